"""The way to a reader: bytes there and back. `serial_line` and `usb_line` are the two kinds."""

from abc import ABC, abstractmethod

BAUDS = (115200, 57600, 38400, 19200, 9600)
"""Speeds a serial reader may be set to, in the order they are tried."""
USB_IDS = "0400:C35A"
"""Vendor and product of the USB readers most vendors sell."""


class Line(ABC):
    """An open line. Every method raises `DEVICE_ABSENT` once the other end is gone, and none waits beyond `seconds`."""

    byte_seconds: float = 0.0
    """What one byte takes on the wire, in seconds; 0 where it takes next to nothing."""

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Send all of it."""

    @abstractmethod
    def receive(self, wanted: int, seconds: float) -> bytes:
        """What comes: returns as soon as `wanted` bytes are here, or with fewer, even none, when the time is up."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it. Never raises."""

    @abstractmethod
    def describe(self) -> str:
        """In words for technicians, such as `serial 115200`; never a path."""
