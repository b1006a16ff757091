"""Every shipped driver keeps the contract of `devices.contract`, the real ones played to by the simulators."""

import json
import threading
from collections.abc import Iterator, Mapping
from typing import ClassVar

import pytest

from devices.conformance import DriverConformance
from tests.stacks import need
from tests.stacks.simulators import Simulator, simulator


class Played(DriverConformance):
    """A driver whose device a shipped simulator plays."""

    __test__ = False
    simulator: ClassVar[tuple[str, ...]]
    played: ClassVar[Simulator]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _playing(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
        need("pty")
        name, *words = cls.simulator
        words = [word.replace("TMP", str(tmp_path_factory.mktemp("out"))) for word in words]
        with simulator(name, *words) as cls.played:
            yield

    def options(self) -> Mapping[str, str]:
        settings: dict[str, str] = self.played.first["settings"][self.kind]
        return {name: word for name, word in settings.items() if name != "driver"}


class TestSamReader(Played):
    __test__ = True
    kind, driver, simulator = "idcard", "sam", ("id-card",)

    def lay(self) -> None:
        self.played.do("lay", name="zhang-xiuying")

    def take_away(self) -> None:
        self.played.do("lift")

    def unplug(self) -> None:
        self.played.do("unplug")

    def plug(self) -> None:
        self.played.do("plug")


class TestEsclScanner(Played):
    __test__ = True
    kind, driver, simulator = "scanner", "escl", ("escl",)

    def lay(self) -> None:
        self.played.do("reset")

    def unplug(self) -> None:
        self.played.do("gone")

    def plug(self) -> None:
        self.played.do("back")


class TestIppPrinter(Played):
    __test__ = True
    kind, driver, simulator = "printer", "ipp", ("ipp", "--tray", "TMP")

    def unplug(self) -> None:
        self.played.do("deaf", seconds=600)

    def plug(self) -> None:
        self.played.do("deaf", seconds=0)


class TestReceiptPrinter(Played):
    __test__ = True
    kind, driver, simulator = "printer", "escpos", ("escpos",)

    def unplug(self) -> None:
        self.played.do("away")

    def plug(self) -> None:
        self.played.do("back")


class TestSerialGun(Played):
    __test__ = True
    kind, driver, simulator = "barcode", "serial", ("barcode",)

    @pytest.fixture(autouse=True)
    def _somebody_at_the_counter(self) -> Iterator[None]:
        self.codes: list[threading.Timer] = []
        yield
        for code in self.codes:
            code.cancel()
            code.join()

    def lay(self) -> None:
        for seconds in range(1, 10):
            self.codes.append(threading.Timer(seconds, lambda: self.played.do("scan", text="6901234567892")))
            self.codes[-1].start()

    def unplug(self) -> None:
        self.played.do("unplug")

    def plug(self) -> None:
        self.played.do("plug")


class Simulated(DriverConformance):
    """A driver that plays its device itself: its world is a file."""

    __test__ = False
    driver = "sim"
    # Its plug is pulled by the host's `simulate`: tests/devices/test_misbehaving_drivers.py.
    test_unplugged_it_says_so_and_comes_back = None  # type: ignore[assignment]
    at_work: ClassVar[dict[str, object]] = {}

    def lay(self) -> None:
        self._world(self.at_work)

    def take_away(self) -> None:
        self._world({})

    def _world(self, switches: Mapping[str, object]) -> None:
        (self.data / "sim").mkdir(exist_ok=True)
        (self.data / "sim" / f"{self.kind}.json").write_text(json.dumps(switches))


class TestSimulatedReader(Simulated):
    __test__ = True
    kind, at_work = "idcard", {"card": "zhang-xiuying"}


class TestSimulatedScanner(Simulated):
    __test__ = True
    kind = "scanner"


class TestSimulatedCamera(Simulated):
    __test__ = True
    kind = "camera"


class TestSimulatedGun(Simulated):
    __test__ = True
    kind, at_work = "barcode", {"codes": ["6901234567892"]}


class TestSimulatedPrinter(Simulated):
    __test__ = True
    kind = "printer"
