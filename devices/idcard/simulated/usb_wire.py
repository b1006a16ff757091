"""The simulator as a USB device, exported over USB/IP on loopback (package `usbip`, for developers only).

A Linux with the module vhci-hcd attaches it with `usbip attach -r 127.0.0.1 -b 1-1 --tcp-port PORT`; the tests reach
it through PyUSB without any kernel.
"""

import socket
import threading
import time
from contextlib import suppress
from typing import Any

from usbip import In, Interface, Out, USBDevice, protocol
from usbip.transport import Transport

from devices.idcard.simulated.wires import Wire

_PACKET = 64
_VENDOR, _PRODUCT = 0x0400, 0xC35A


class _Bulk(Interface):  # type: ignore[misc] # the package is not typed
    bInterfaceClass = 0xFF  # noqa: N815 - a name of the USB specification
    bulk_out = Out(0x02, "bulk", mps=_PACKET)
    bulk_in = In(0x81, "bulk", mps=_PACKET)


class _Port(Transport):  # type: ignore[misc] # the package is not typed
    """A USB/IP port that can be closed with everything connected to it, as a pulled plug does."""

    def __init__(self, number: int) -> None:
        self.listener = socket.create_server(("127.0.0.1", number))
        self._peers: list[socket.socket] = []

    def serve(self, dev: Any) -> None:
        dev.busid, dev.busnum, dev.devnum = "1-1", 1, 2
        threading.Thread(target=self._accept, args=(dev,), daemon=True).start()

    def stop(self, dev: Any = None) -> None:  # noqa: ARG002 - the package's own signature
        for end in (self.listener, *self._peers):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self, dev: Any) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._peers = [one for one in self._peers if one.fileno() >= 0] + [peer]
            threading.Thread(target=protocol.serve_connection, args=(peer, [dev]), daemon=True).start()


class UsbWire(Wire):
    """A device with one bulk endpoint out and one in, under the ids most readers have."""

    def __init__(self, number: int = 0) -> None:
        self._number = number
        self._port: _Port | None = None
        self._function: Any = None
        self.open()
        self.address = f"usbip://127.0.0.1:{self._number}/1-1"

    def open(self) -> None:
        """Plug it in, after the first time at the same port."""
        if self._port is not None:
            return
        device = USBDevice(_VENDOR, _PRODUCT, manufacturer="Jinban", product="Simulated card reader", serial="1")
        self._function = device.add(_Bulk())
        self._port = _Port(self._number)
        self._number = self._port.listener.getsockname()[1]
        device.plug(via=self._port)

    def close(self) -> None:
        """Pull the plug."""
        port, self._port = self._port, None
        if port is not None:
            port.stop()

    def read(self, seconds: float) -> bytes:
        """What came out of the host."""
        if self._port is None:
            time.sleep(seconds)
            return b""
        return bytes(self._function.bulk_out.read(timeout=seconds))

    def put(self, data: bytes) -> None:
        """Send it in packets."""
        for start in range(0, len(data), _PACKET):
            self._function.bulk_in.write(data[start : start + _PACKET])
