"""USB without a kernel: a PyUSB backend that speaks USB/IP with a simulated reader, so that PyUSB is the real one.

`backend("127.0.0.1:PORT")` is what the option `usb_backend = "tests.stacks.usb:backend:127.0.0.1:PORT"` of the driver
`sam` makes. The protocol is that of the Linux kernel (Documentation/usb/usbip_protocol.rst).
"""

# ruff: noqa: ARG002 - a backend's signatures are PyUSB's

import errno
import itertools
import socket
import struct
from array import array
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

VERSION = 0x0111
REQ_DEVLIST, REQ_IMPORT = 0x8005, 0x8003
CMD_SUBMIT, CMD_UNLINK, RET_SUBMIT = 1, 2, 3
OUT, IN = 0, 1
DEVICE_BYTES = 312
_HEAD = struct.Struct(">IIIII")
_FIELDS = {
    1: (
        "bLength bDescriptorType bcdUSB bDeviceClass bDeviceSubClass bDeviceProtocol bMaxPacketSize0 idVendor "
        "idProduct bcdDevice iManufacturer iProduct iSerialNumber bNumConfigurations"
    ),
    2: (
        "bLength bDescriptorType wTotalLength bNumInterfaces bConfigurationValue iConfiguration bmAttributes bMaxPower"
    ),
    4: (
        "bLength bDescriptorType bInterfaceNumber bAlternateSetting bNumEndpoints bInterfaceClass bInterfaceSubClass "
        "bInterfaceProtocol iInterface"
    ),
    5: "bLength bDescriptorType bEndpointAddress bmAttributes wMaxPacketSize bInterval",
}
_LAYOUTS = {1: "<BBHBBBBHHHBBBB", 2: "<BBHBBBBB", 4: "<BBBBBBBBB", 5: "<BBBBHB"}


def backend(place: str) -> "OverIp":
    """The backend for the USB/IP server at `host:port`."""
    host, _, port = place.rpartition(":")
    return OverIp(host, int(port))


class _Handle:
    """One imported device."""

    def __init__(self, host: str, port: int) -> None:
        self._numbers = itertools.count(1)
        self.socket = _connect(host, port)
        self.socket.sendall(struct.pack(">HHI", VERSION, REQ_IMPORT, 0) + b"1-1".ljust(32, b"\0"))
        if struct.unpack(">HHI", self._take(8))[2] != 0:
            raise usb.core.USBError("import refused", None, errno.ENODEV)
        device = self._take(DEVICE_BYTES)
        bus, number = struct.unpack(">II", device[288:296])
        self._device = bus << 16 | number

    def submit(self, endpoint: int, direction: int, data: bytes, length: int, setup: bytes, timeout: int) -> bytes:
        """One transfer; what came in, or as many bytes of it as went out."""
        number = next(self._numbers)
        head = _HEAD.pack(CMD_SUBMIT, number, self._device, direction, endpoint & 0x0F)
        head += struct.pack(">Iiiii", 0, length, 0, 0, 0) + setup
        try:
            self.socket.settimeout(None)
            self.socket.sendall(head + (data if direction == OUT else b""))
            self.socket.settimeout(timeout / 1000 if timeout else None)
            answer = self._take(48, idle=True)
            if answer is None:
                return self._unlink(number)
            return self._finish(answer, direction)
        except OSError as error:
            if isinstance(error, usb.core.USBError):
                raise
            raise usb.core.USBError("gone", None, errno.ENODEV) from None

    def _finish(self, answer: bytes, direction: int) -> bytes:
        status, actual = struct.unpack(">ii", answer[20:28])
        if status != 0:
            raise usb.core.USBError("transfer failed", None, errno.EPIPE)
        self.socket.settimeout(None)
        return self._take(actual) if direction == IN and actual else bytes(actual)

    def _unlink(self, number: int) -> bytes:
        """Take a transfer back. It may have been answered just now: then nothing is lost."""
        head = _HEAD.pack(CMD_UNLINK, next(self._numbers), self._device, 0, 0)
        self.socket.settimeout(1.0)
        self.socket.sendall(head + struct.pack(">I", number) + bytes(24))
        arrived = b""
        while True:
            answer = self._take(48)
            if struct.unpack(">I", answer[:4])[0] != RET_SUBMIT:
                break
            arrived = self._finish(answer, IN)
        if arrived:
            return arrived
        raise usb.core.USBTimeoutError("timeout", None, errno.ETIMEDOUT)

    def _take(self, count: int, *, idle: bool = False) -> Any:
        data = b""
        while len(data) < count:
            try:
                piece = self.socket.recv(count - len(data))
            except TimeoutError:
                if idle and not data:
                    return None
                raise
            if not piece:
                raise usb.core.USBError("gone", None, errno.ENODEV)
            data += piece
        return data


class OverIp(usb.backend.IBackend):  # type: ignore[misc] # the package is not typed
    """What PyUSB asks of the system, answered by a device on the other side of a socket."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self._place = host, port
        self._claimed = 0
        # A new connection is a bus reset to the device: descriptors are fetched once, as a system does.
        self._known: dict[int, list[Any]] = {}

    def enumerate_devices(self) -> list[str]:
        try:
            handle = _Handle(*self._place)
        except (OSError, usb.core.USBError):
            return []
        handle.socket.close()
        return ["1-1"]

    def get_device_descriptor(self, dev: str) -> Any:
        return SimpleNamespace(
            **vars(self._descriptors(0x01, 18)[0]), bus=1, address=2, port_number=1, port_numbers=(1,), speed=3
        )

    def get_configuration_descriptor(self, dev: str, config: int) -> Any:
        return SimpleNamespace(**vars(self._configuration()[0]), extra_descriptors=[])

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> Any:
        found = [one for one in self._configuration() if one.bDescriptorType == 4]
        if alt or intf >= len(found):
            raise IndexError(intf)
        return SimpleNamespace(**vars(found[intf]), extra_descriptors=[])

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> Any:
        found = [one for one in self._configuration() if one.bDescriptorType == 5]
        return SimpleNamespace(**vars(found[ep]), bRefresh=0, bSynchAddress=0, extra_descriptors=[])

    def open_device(self, dev: str) -> _Handle:
        return _Handle(*self._place)

    def close_device(self, dev_handle: _Handle) -> None:
        dev_handle.socket.close()

    def set_configuration(self, dev_handle: _Handle, config_value: int) -> None:
        dev_handle.submit(0, OUT, b"", 0, struct.pack("<BBHHH", 0, 9, config_value, 0, 0), 1000)

    def get_configuration(self, dev_handle: _Handle) -> int:
        return int(dev_handle.submit(0, IN, b"", 1, struct.pack("<BBHHH", 0x80, 8, 0, 0, 1), 1000)[0])

    def claim_interface(self, dev_handle: _Handle, intf: int) -> None:
        self._claimed += 1

    def release_interface(self, dev_handle: _Handle, intf: int) -> None:
        self._claimed -= 1

    def is_kernel_driver_active(self, dev_handle: _Handle, intf: int) -> bool:
        return False

    def bulk_write(self, dev_handle: _Handle, ep: int, intf: int, data: "array[int]", timeout: int) -> int:
        return len(dev_handle.submit(ep, OUT, data.tobytes(), len(data), bytes(8), timeout))

    def bulk_read(self, dev_handle: _Handle, ep: int, intf: int, buff: "array[int]", timeout: int) -> int:
        """Packet after packet until the buffer is full or a short packet ends the transfer, as a controller does."""
        at = 0
        while at < len(buff):
            try:
                piece = dev_handle.submit(ep, IN, b"", min(64, len(buff) - at), bytes(8), timeout)
            except usb.core.USBTimeoutError:
                if at:
                    break
                raise
            buff[at : at + len(piece)] = array("B", piece)
            at += len(piece)
            if len(piece) < 64:
                break
        return at

    def _descriptors(self, kind: int, length: int) -> list[Any]:
        if kind not in self._known:
            self._known[kind] = self._fetch(kind, length)
        return self._known[kind]

    def _fetch(self, kind: int, length: int) -> list[Any]:
        handle = _Handle(*self._place)
        try:
            data = handle.submit(0, IN, b"", length, struct.pack("<BBHHH", 0x80, 6, kind << 8, 0, length), 1000)
        finally:
            handle.socket.close()
        found = []
        while data:
            layout = _LAYOUTS.get(data[1])
            if layout is not None:
                values = struct.unpack(layout, data[: struct.calcsize(layout)])
                found.append(SimpleNamespace(**dict(zip(_FIELDS[data[1]].split(), values, strict=True))))
            data = data[data[0] :]
        return found

    def _configuration(self) -> list[Any]:
        return self._descriptors(0x02, 512)


def _connect(host: str, port: int) -> socket.socket:
    peer = socket.create_connection((host, port), timeout=2.0)
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return peer
