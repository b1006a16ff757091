"""A reader on USB: frames over one bulk endpoint out and one in (PyUSB, which needs libusb-1.0)."""

import errno
import importlib
from contextlib import suppress
from typing import Any

import usb.core
import usb.util

from devices.idcard.sam.line import USB_IDS, Line
from kiosk.failure import Failure, KioskError

_WRITING_MS = 500
_PACKET = 64
_MEANING = {
    errno.EACCES: Failure.DEVICE_FORBIDDEN,
    errno.EPERM: Failure.DEVICE_FORBIDDEN,
    errno.EBUSY: Failure.DEVICE_BUSY,
}


class UsbLine(Line):
    """Opens the first device with these ids; the endpoints are those its descriptor names, unless told otherwise.

    `ids` is `VVVV:PPPP`, `endpoints` `OUT/IN` (both hexadecimal) or empty, `backend` `module:function[:argument]` of a
    function that makes a PyUSB backend or empty for libusb.

    Raises:
        KioskError: `DEVICE_ABSENT`, `DEVICE_FORBIDDEN`, `DEVICE_BUSY`, `DEVICE_NEEDS_VENDOR` without libusb or for a
            device without bulk endpoints, `CONFIG_INVALID` for options that are none.
    """

    def __init__(self, ids: str = USB_IDS, endpoints: str = "", backend: str = "") -> None:
        vendor, product = _hexadecimals(ids, ":", "usb")
        wanted = _hexadecimals(endpoints, "/", "endpoints") if endpoints else None
        self._rest = b""
        try:
            device = usb.core.find(idVendor=vendor, idProduct=product, backend=_backend(backend))
        except usb.core.NoBackendError:
            raise KioskError(Failure.DEVICE_NEEDS_VENDOR, library="libusb-1.0") from None
        except (usb.core.USBError, OSError) as error:
            raise _failure(error) from None
        if device is None:
            raise KioskError(Failure.DEVICE_ABSENT, reason="not_found")
        self._device = device
        try:
            self._out, self._in = self._claim(wanted)
        except (usb.core.USBError, OSError) as error:
            self.close()
            raise _failure(error) from None
        except BaseException:
            self.close()
            raise

    def _claim(self, wanted: tuple[int, int] | None) -> tuple[Any, Any]:
        try:
            configuration = self._device.get_active_configuration()
        except usb.core.USBError:
            # Not configured yet. Setting it again on a device that is would reset it.
            self._device.set_configuration()
            configuration = self._device.get_active_configuration()
        for interface in configuration:
            pair = _pair(interface, wanted)
            if pair is not None:
                number = interface.bInterfaceNumber
                # What PyUSB raises where the system has no kernel drivers to take the device from.
                with suppress(NotImplementedError):
                    if self._device.is_kernel_driver_active(number):
                        self._device.detach_kernel_driver(number)
                usb.util.claim_interface(self._device, number)
                return pair
        raise KioskError(Failure.DEVICE_NEEDS_VENDOR, reason="no_bulk_endpoints")

    def send(self, data: bytes) -> None:
        """Send all of it; a reader that takes nothing for half a second is as good as gone."""
        try:
            while data:
                taken = self._out.write(data, _WRITING_MS)
                if not taken:
                    raise KioskError(Failure.DEVICE_ABSENT, reason="gone")
                data = data[taken:]
        except (usb.core.USBError, OSError) as error:
            raise _failure(error) from None

    def receive(self, wanted: int, seconds: float) -> bytes:
        """What comes within `seconds`. Reads whole packets, and keeps what was not wanted yet."""
        if not self._rest:
            size = max(_PACKET, -(-wanted // _PACKET) * _PACKET)
            try:
                self._rest = bytes(self._in.read(size, max(1, round(seconds * 1000))))
            except usb.core.USBTimeoutError:
                return b""
            except (usb.core.USBError, OSError) as error:
                raise _failure(error) from None
        taken, self._rest = self._rest[:wanted], self._rest[wanted:]
        return taken

    def close(self) -> None:
        """Give interface and device back."""
        self._rest = b""
        # A device that has gone cannot be given back, and some systems cannot do it at all (NotImplementedError).
        with suppress(usb.core.USBError, OSError, NotImplementedError):
            usb.util.dispose_resources(self._device)

    def describe(self) -> str:
        """Only that it is USB: the ids stand in the configuration."""
        return "USB"


def _pair(interface: Any, wanted: tuple[int, int] | None) -> tuple[Any, Any] | None:
    """The first bulk endpoint out and in of an interface, or the wanted ones; None when it lacks one of them."""
    bulk = [point for point in interface if usb.util.endpoint_type(point.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK]
    if wanted is not None:
        bulk = [point for point in bulk if point.bEndpointAddress in wanted]
    out = [point for point in bulk if usb.util.endpoint_direction(point.bEndpointAddress) == usb.util.ENDPOINT_OUT]
    into = [point for point in bulk if usb.util.endpoint_direction(point.bEndpointAddress) == usb.util.ENDPOINT_IN]
    return (out[0], into[0]) if out and into else None


def _hexadecimals(text: str, between: str, option: str) -> tuple[int, int]:
    try:
        first, second = (int(part, 16) for part in text.split(between))
    except ValueError:
        raise KioskError(Failure.CONFIG_INVALID, option=option) from None
    return first, second


def _backend(place: str) -> Any:
    if not place:
        return None
    module, _, call = place.partition(":")
    function, _, argument = call.partition(":")
    try:
        make = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError):
        raise KioskError(Failure.CONFIG_INVALID, option="usb_backend") from None
    return make(argument) if argument else make()


def _failure(error: Exception) -> KioskError:
    number = error.errno if isinstance(error, OSError) else None
    meaning = _MEANING.get(number or 0, Failure.DEVICE_ABSENT)
    return KioskError(meaning, reason="gone") if meaning is Failure.DEVICE_ABSENT else KioskError(meaning)
