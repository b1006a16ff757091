"""Driver `lan`: pictures and PDFs from a phone in the same local network.

Options:

`address`
    IPv4 address phones can reach this terminal at. Left out, the one of the default route.
`port`
    0 (the default) takes any that is free; set it where a firewall lets one through.
`largest_mb`
    Largest file, 20.

The phone reads the code on the screen, which holds an address nobody can guess and, behind `#`, the key everything is
sealed with. The key never travels: who listens on the network learns that a file went by and how large it was. Who can
change traffic on the network could hand the phone another page; where that is to be feared, leave this driver out.
"""

import queue
import socket
from collections.abc import Callable, Iterator
from ipaddress import AddressValueError, IPv4Address

from devices.contract import ForeignFile, Job, Setup
from devices.phone.sealing import Invitation
from devices.phone.serving import Counter
from kiosk.failure import Failure, KioskError

_LOOK_SECONDS = 0.1
_MB = 1024 * 1024
_LARGEST_MB = 64
_NOBODY = ("192.0.2.1", 9)
"""An address of the documentation block (RFC 5737): asking for the way there sends nothing."""


class LanPhone:
    """Implements `devices.contract.PhoneDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._wanted = setup.options.get("address", "")
        self._port = _number(setup, "port", 0, 65535)
        self._largest = _number(setup, "largest_mb", 20, _LARGEST_MB) * _MB
        self._address = ""

    def open(self) -> None:
        """Find the address phones can reach."""
        self._address = self._wanted or _own_address()
        try:
            IPv4Address(self._address)
        except AddressValueError:
            raise KioskError(Failure.CONFIG_INVALID, device="phone", reason="address") from None

    def check(self) -> str:
        """The address; there is one as long as the network is up.

        Raises:
            KioskError: `HANDOVER_UNREACHABLE`.
        """
        self._address = self._wanted or _own_address()
        return f"local network, {self._address}"

    def close(self) -> None:
        """Nothing to let go."""

    def receive(self, opened: Callable[[str], None], job: Job) -> Iterator[ForeignFile]:
        """Open the counter, tell its address, and hand on what comes until the person is done."""
        self.check()
        try:
            counter = Counter(self._address, self._port, Invitation(), self._largest)
        except OSError:
            raise KioskError(Failure.HANDOVER_UNREACHABLE, reason="port") from None
        try:
            opened(counter.url)
            while True:
                job.wait(_LOOK_SECONDS)
                try:
                    yield counter.arrived.get_nowait()
                except queue.Empty:
                    continue
        finally:
            counter.end()


def _own_address() -> str:
    """The address of the default route.

    Raises:
        KioskError: `HANDOVER_UNREACHABLE` without a network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_NOBODY)
        except OSError:
            raise KioskError(Failure.HANDOVER_UNREACHABLE, reason="network") from None
        return str(asking.getsockname()[0])


def _number(setup: Setup, name: str, otherwise: int, most: int) -> int:
    text = setup.options.get(name, str(otherwise))
    if not text.isascii() or not text.isdecimal() or int(text) > most:
        raise KioskError(Failure.CONFIG_INVALID, device=setup.name, reason=name)
    return int(text)
