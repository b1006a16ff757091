"""Where a printer is: a network address, a serial line or a device file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.failure import Failure, KioskError

PORT: Final = 9100
_BAUD: Final = 115200
_LARGEST_PORT: Final = 65535
_FLOWS: Final = frozenset({"none", "rtscts", "dsrdtr", "xonxoff"})
_SPEEDS: Final = frozenset({1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400})


@dataclass(frozen=True, slots=True)
class Network:
    """A host and a TCP port, usually 9100."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class SerialLine:
    """A tty and how it is spoken to: 8 data bits, no parity."""

    path: str
    baud: int
    flow: str


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """A printer class device such as `/dev/usb/lp0`."""

    path: str


Address = Network | SerialLine | DeviceFile


def address_of(options: Mapping[str, str]) -> Address:
    """The address the options `port`, `baud` and `flow` describe.

    Raises:
        KioskError: `CONFIG_INVALID` with the option's name.
    """
    port = options.get("port", "").strip()
    kind, mark, rest = port.partition(":")
    if mark and kind in {"serial", "file"} and rest.startswith("/"):
        return DeviceFile(rest) if kind == "file" else _serial(rest, options)
    if port.startswith("/"):
        return DeviceFile(port) if "/lp" in port else _serial(port, options)
    return _network(port.removeprefix("tcp://"))


def _serial(path: str, options: Mapping[str, str]) -> SerialLine:
    baud, flow = options.get("baud", str(_BAUD)), options.get("flow", "none")
    if not baud.isdecimal() or int(baud) not in _SPEEDS:
        raise _wrong("baud")
    if flow not in _FLOWS:
        raise _wrong("flow")
    return SerialLine(path, int(baud), flow)


def _network(place: str) -> Network:
    host, mark, number = place.rpartition(":")
    if not mark or (":" in host and not host.startswith("[")):
        # No port: a name, or an IPv6 address without brackets.
        host, number = place, str(PORT)
    host = host.strip("[]")
    if (
        not host
        or any(sign in host for sign in "/ \t")
        or not number.isdecimal()
        or not 0 < int(number) <= _LARGEST_PORT
    ):
        raise _wrong("port")
    return Network(host, int(number))


def _wrong(option: str) -> KioskError:
    return KioskError(Failure.CONFIG_INVALID, device="printer", option=option)
