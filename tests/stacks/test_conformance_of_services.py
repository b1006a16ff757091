"""The drivers behind services and sources of their own keep the contract of `devices.contract`, through the real stack.

pcscd with its virtual reader, cupsd onto an IPP printer, HTTP, files and folders. V4L2 no test can have: `uvc` is held
to everything but its pictures, at a file in place of the camera's.
"""

import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from devices.conformance import DriverConformance
from devices.scanner.pages import find
from tests.devices.ipp_bench import SimulatedIpp, simulated
from tests.stacks.cups import QUEUE, Cupsd, cupsd
from tests.stacks.pcscd import CardProcess, Pcscd, own_pcscd
from tests.stacks.test_conformance import Played


class TestSocialCardReader(DriverConformance):
    kind, driver = "idcard", "pcsc"
    stack: ClassVar[Pcscd]
    card: ClassVar[CardProcess]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _playing(cls) -> Iterator[None]:
        with own_pcscd() as cls.stack:
            cls.stack.start_open()
            cls.card = cls.stack.card()
            try:
                yield
            finally:
                cls.card.close()

    def options(self) -> Mapping[str, str]:
        return {"socket": self.stack.socket, "reader": "Virtual", "apdu_seconds": "2"}

    def lay(self) -> None:
        self.card.do("insert", card="zhang-xiuying")

    def take_away(self) -> None:
        self.card.do("remove")

    def unplug(self) -> None:
        self.stack.unplug()

    def plug(self) -> None:
        self.stack.plug()


class TestQueue(DriverConformance):
    kind, driver = "printer", "cups"
    printer: ClassVar[SimulatedIpp]
    queue: ClassVar[Cupsd]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _playing(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
        tray = tmp_path_factory.mktemp("queue") / "tray"
        with cupsd() as cls.queue, simulated(tray, "--seconds", "0.1") as cls.printer:
            cls.queue.add(cls.printer.uri)
            # A queue is on cupsd's disk half a minute after it was made, or at its end: a kill before loses it.
            cls.queue.kill(signal.SIGTERM)
            cls.queue.start()
            yield

    def options(self) -> Mapping[str, str]:
        return {"queue": QUEUE, "server": self.queue.server, "reach": "1", "lost": "3", "settle": "0.6"}

    def unplug(self) -> None:
        self.queue.kill()

    def plug(self) -> None:
        self.queue.start()


class TestNetworkCamera(Played):
    __test__ = True
    kind, driver, simulator = "camera", "mjpeg", ("camera", "--page", "lease")

    def options(self) -> Mapping[str, str]:
        return {**super().options(), "second": self.played.address, "seconds": "2"}

    def lay(self) -> None:
        self.played.do("reset")

    def unplug(self) -> None:
        self.played.do("gone")

    def plug(self) -> None:
        self.played.do("back")


class Somewhere(DriverConformance):
    """A driver whose device is a place in the file system."""

    __test__ = False
    place: ClassVar[Path]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _somewhere(cls, tmp_path_factory: pytest.TempPathFactory) -> None:
        cls.place = tmp_path_factory.mktemp("place") / "there"


class TestPicturesFromDisk(Somewhere):
    __test__ = True
    kind, driver = "camera", "file"

    def options(self) -> Mapping[str, str]:
        self.plug()
        return {"path": str(self.place), "second": str(self.place), "rate": "20", "hold": "0.5"}

    def lay(self) -> None:
        self.plug()

    def unplug(self) -> None:
        shutil.rmtree(self.place)

    def plug(self) -> None:
        self.place.mkdir(exist_ok=True)
        for page in ("lease", "household-register"):
            shutil.copyfile(find(self.place.parent, page), self.place / f"{page}.jpg")


class TestUsbCamera(Somewhere):
    """The checks that need pictures are skipped: no device answers behind this file."""

    __test__ = True
    kind, driver = "camera", "uvc"

    def options(self) -> Mapping[str, str]:
        self.plug()
        at = str(self.place)
        return {"device": at, "second": at, "width": "640", "height": "480", "rate": "25", "format": "YUYV"}

    def unplug(self) -> None:
        self.place.unlink()

    def plug(self) -> None:
        self.place.touch()


class TestStick(Somewhere):
    __test__ = True
    kind, driver = "stick", "folder"

    def options(self) -> Mapping[str, str]:
        self.place.mkdir(exist_ok=True)
        return {"roots": str(self.place), "unmounted": "yes", "largest_mb": "2"}

    def lay(self) -> None:
        shutil.copyfile(find(self.place, "income-statement"), self.place / "收入证明.jpg")


class TestPhone(DriverConformance):
    """What a phone sends is in tests/devices/test_phone_and_stick.py: only who sees the code on the screen can send."""

    kind, driver = "phone", "lan"

    def options(self) -> Mapping[str, str]:
        return {"address": "127.0.0.1", "port": "0", "largest_mb": "2"}
