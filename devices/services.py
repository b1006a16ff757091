"""The system services a driver leans on, and whether each one answers: one more thing that can be down.

Only asking is done here, on the service's own socket; nothing is started, and no device is touched.
"""

import os
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from devices.config import Choice
from kiosk.failure import Failure
from kiosk.model.devices import DeviceKind

_SECONDS = 2.0
_IPP_PORT = 631
_PCSCD_SOCKET = "/run/pcscd/pcscd.comm"
_CUPS_SOCKET = "/run/cups/cups.sock"


@dataclass(frozen=True, slots=True)
class ServiceState:
    """One service. `failure`: `CARD_SERVICE_DOWN`, `PRINTER_OFFLINE`, `DEVICE_FORBIDDEN`, None where it answers."""

    name: str
    address: str
    failure: Failure | None


def services(choices: Iterable[Choice]) -> tuple[ServiceState, ...]:
    """Every service the configured devices need, once each."""
    found: dict[tuple[str, str], ServiceState] = {}
    for choice in choices:
        if (choice.kind, choice.driver) == (DeviceKind.ID_CARD, "pcsc"):
            path = choice.options.get("socket") or os.environ.get("PCSCLITE_CSOCK_NAME", _PCSCD_SOCKET)
            state = ServiceState("pcscd", path, _asked(path, Failure.CARD_SERVICE_DOWN))
        elif (choice.kind, choice.driver) == (DeviceKind.PRINTER, "cups"):
            address = _cups_address(choice.options)
            state = ServiceState("cupsd", address, _asked(address, Failure.PRINTER_OFFLINE))
        else:
            continue
        found[state.name, state.address] = state
    return tuple(found.values())


def _cups_address(options: Mapping[str, str]) -> str:
    named = options.get("server") or os.environ.get("CUPS_SERVER", "")
    return named or (_CUPS_SOCKET if os.path.exists(_CUPS_SOCKET) else "localhost")  # noqa: PTH110 - a socket's name


def _asked(address: str, down: Failure) -> Failure | None:
    """Whether something listens at `/path` or `host[:port]`."""
    local = address.startswith("/")
    try:
        with socket.socket(socket.AF_UNIX) if local else socket.create_connection(_tcp(address), _SECONDS) as line:
            line.settimeout(_SECONDS)
            if local:
                line.connect(address)
    except PermissionError:
        return Failure.DEVICE_FORBIDDEN
    except (OSError, ValueError):
        return down
    return None


def _tcp(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":") if address.count(":") == 1 else (address, "", "")
    return host, int(port or _IPP_PORT)
