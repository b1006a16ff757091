"""The shipped fonts (OFL 1.1, see LICENCE.txt), made by `packaging/subset_fonts.py`."""

from importlib.resources import files
from pathlib import Path
from typing import Final

REGULAR: Final = "JinbanSans-Regular"
BOLD: Final = "JinbanSans-Bold"
NAMES: Final = "JinbanNames-Regular"


def font_path(name: str) -> Path:
    """The file of a shipped font."""
    return Path(str(files("kiosk.papers.fonts") / f"{name}.ttf"))
