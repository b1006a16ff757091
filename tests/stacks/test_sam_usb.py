"""A card reader on USB: PyUSB as it is, a virtual device at the other end of USB/IP."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import usb.core

from devices.idcard.sam.reader import SamReader
from kiosk.failure import Failure
from kiosk.model.devices import CardRead, ReadCard
from tests.devices.device_bench import ask, begin, running, until
from tests.stacks.pty import ANSWER, Errand, PlayedReader, driver, failing, open_again, opened, played_reader, settings


@pytest.fixture(scope="module")
def device() -> Iterator[PlayedReader]:
    with played_reader("--usb", "--already-read", "free") as reader:
        yield reader


@pytest.fixture
def plugged(device: PlayedReader) -> PlayedReader:
    device.do("reset")
    device.do("plug")
    device.do("lay", name="wang-jianguo")
    return device


def usb_options(device: PlayedReader) -> dict[str, str]:
    place = device.address.removeprefix("usbip://").partition("/")[0]
    return {"usb_backend": f"tests.stacks.usb:backend:{place}"}


def reading(device: PlayedReader) -> SamReader:
    return driver("usb", **usb_options(device))


def test_a_card_is_read_over_bulk_endpoints_found_in_the_descriptor(plugged: PlayedReader) -> None:
    with opened("usb", **usb_options(plugged)) as reader:
        assert reader.check().detail.startswith("SAM_V, USB")
        assert reader.present() is True
        assert reader.read(Errand()).name == "演示·王建国"


def test_a_fingerprint_and_a_new_address_come_over_usb_too(plugged: PlayedReader) -> None:
    plugged.do("fingerprint", on=True)
    plugged.do("lay", name="wang-jianguo", newest="演示省新址3号")
    with opened("usb", **usb_options(plugged)) as reader:
        assert reader.read(Errand()).address == "演示省新址3号"
    plugged.do("fingerprint", on=False)


def test_named_endpoints_are_used_and_wrong_ones_refused(plugged: PlayedReader) -> None:
    with opened("usb", endpoints="02/81", **usb_options(plugged)) as reader:
        assert reader.present() is True
    error = failing(driver("usb", endpoints="06/85", **usb_options(plugged)).open)
    assert (error.failure, error.info) == (Failure.DEVICE_NEEDS_VENDOR, {"reason": "no_bulk_endpoints"})


def test_another_vendors_ids_are_another_device(plugged: PlayedReader) -> None:
    error = failing(driver("usb", usb="1234:5678", **usb_options(plugged)).open)
    assert (error.failure, error.info) == (Failure.DEVICE_ABSENT, {"reason": "not_found"})


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"usb": "0400"}, "usb"),
        ({"endpoints": "x/y"}, "endpoints"),
        ({"usb_backend": "tests.nothing:here"}, "usb_backend"),
    ],
)
def test_options_that_make_no_sense_are_named(options: dict[str, str], option: str) -> None:
    error = failing(driver("usb", **options).open)
    assert (error.failure, error.info) == (Failure.CONFIG_INVALID, {"option": option})


class Refusing:
    """A PyUSB backend whose system says no."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        raise self._error


def forbidding() -> Refusing:
    return Refusing(usb.core.USBError("Access denied", -3, 13))


def busy() -> Refusing:
    return Refusing(usb.core.USBError("Resource busy", -6, 16))


def missing() -> Refusing:
    raise usb.core.NoBackendError("No backend available")


@pytest.mark.parametrize(
    ("backend", "failure"), [("forbidding", Failure.DEVICE_FORBIDDEN), ("busy", Failure.DEVICE_BUSY)]
)
def test_what_the_system_refuses_is_named(backend: str, failure: Failure) -> None:
    assert failing(driver("usb", usb_backend=f"{__name__}:{backend}").open).failure is failure


def test_a_missing_library_is_named() -> None:
    error = failing(driver("usb", usb_backend=f"{__name__}:missing").open)
    assert (error.failure, error.info) == (Failure.DEVICE_NEEDS_VENDOR, {"library": "libusb-1.0"})


def test_without_a_reader_the_real_library_finds_none() -> None:
    """libusb where it is installed, and its lack where it is not: either has its name."""
    error = failing(driver("usb").open)
    assert error.failure in {Failure.DEVICE_ABSENT, Failure.DEVICE_NEEDS_VENDOR}


@pytest.mark.parametrize("place", [0, 1, 5, 7, 64, 640, ANSWER - 1])
def test_a_reader_unplugged_at_a_byte_is_absent_and_works_when_it_is_back(plugged: PlayedReader, place: int) -> None:
    reader = reading(plugged)
    reader.open()
    plugged.do("close", at=place, on="read")
    begun = time.monotonic()
    assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_ABSENT
    assert time.monotonic() - begun < 2.0
    reader.close()
    open_again(reader)
    assert reader.read(Errand()).name == "演示·王建国"
    reader.close()


def test_damage_and_silence_over_usb_have_the_same_names(plugged: PlayedReader) -> None:
    with opened("usb", **usb_options(plugged)) as reader:
        plugged.do("noise", bytes=33, on="select")
        plugged.do("flip", at=500, on="read")
        assert reader.read(Errand()).name == "演示·王建国"
        plugged.do("cut", at=500, on="read", times=2)
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_DISTURBED
        assert reader.read(Errand()).name == "演示·王建国"
        plugged.do("silence", on="find", times=2)
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_ABSENT


@pytest.mark.expects_logs
def test_the_host_reads_over_usb_and_goes_on_after_the_plug_was_pulled(plugged: PlayedReader, tmp_path: Path) -> None:
    with running(tmp_path, settings("usb", **usb_options(plugged))) as host:
        event = ask(host, ReadCard())
        assert isinstance(event, CardRead)
        assert event.card.name == "演示·王建国"
        plugged.do("unplug")
        assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_ABSENT
        plugged.do("plug")
        until(lambda: host.status()[0].ready, 3.0)
        assert isinstance(ask(host, ReadCard()), CardRead)
