"""The Acme reader keeps Jinban's contract, and reads what lies on it."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from acme_jinban import Reader

from devices.conformance import DriverConformance
from devices.conformance.trial_job import TrialJob
from devices.contract import Setup
from kiosk.failure import Failure, KioskError


class Played:
    """The simulator in its own process."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "acme_jinban.simulator"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = self._line()

    def do(self, command: str) -> None:
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        assert self._line() == "ok"

    def _line(self) -> str:
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    played = Played()
    with played.process:
        yield played
        played.process.stdin.close()


class TestAcmeReader(DriverConformance):
    kind, driver = "idcard", "acme"

    @pytest.fixture(autouse=True)
    def _with(self, played: Played) -> None:
        self.played = played

    def options(self) -> dict[str, str]:
        return {"port": self.played.port}

    def lay(self) -> None:
        self.played.do("lay")

    def take_away(self) -> None:
        self.played.do("lift")

    def unplug(self) -> None:
        self.played.do("unplug")

    def plug(self) -> None:
        self.played.do("plug")


def test_the_card_is_read_as_it_was_laid(played: Played, tmp_path) -> None:
    reader = Reader(Setup("idcard", tmp_path, {"port": played.port}))
    reader.open()
    played.do("lay")
    assert reader.read(TrialJob(5)).name.startswith("演示")
    played.do("pull")
    with pytest.raises(KioskError) as pulled:
        reader.read(TrialJob(5))
    reader.close()
    assert pulled.value.failure is Failure.CARD_PULLED
