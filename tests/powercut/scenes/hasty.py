"""The visit with a database that commits without waiting for its log: wrong on purpose, to see that it is found."""

from pathlib import Path
from typing import Final

from local_db import driver
from tests.powercut.scene import Scene, one_terminal
from tests.powercut.scenes import visit
from tests.powercut.terminals import look
from tests.powercut.told import broken_promises


def play(folder: Path) -> None:
    """As `visit`, on `synchronous = NORMAL`."""
    pragmas: Final = "_PRAGMAS"
    setattr(driver, pragmas, tuple(one.replace("FULL", "NORMAL") for one in driver._PRAGMAS))
    visit.play(folder)


SCENE = Scene("hasty", visit.prepare, play, {"terminal": look}, one_terminal(broken_promises))
