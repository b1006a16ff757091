"""Which algorithms a sealed thing was made with: told by its first byte. Both are opened side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.seal import aes, sm

Sealing = Callable[[bytes, bytes, bytes], bytes]
"""What is sealed or opened, the key, and what both sides must know of it."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One choice of algorithms. `mark` is the first byte of whatever it sealed."""

    mark: bytes
    encrypt: Sealing
    decrypt: Sealing
    wrap: Sealing
    unwrap: Sealing
    lock: Sealing
    unlock: Sealing


AES: Final = Suite(b"\x01", aes.encrypt, aes.decrypt, aes.wrap, aes.unwrap, aes.lock, aes.unlock)
SM: Final = Suite(b"\x02", sm.encrypt, sm.decrypt, sm.wrap, sm.unwrap, sm.lock, sm.unlock)
SUITES: Final = {"aes": AES, "sm": SM}
"""By the name settings give them."""

_BY_MARK: Final = {suite.mark: suite for suite in SUITES.values()}


def opened(sealed: bytes) -> tuple[Suite, bytes]:
    """The suite of a sealed thing, and the bytes after its mark.

    Raises:
        KioskError: `BLOB_DAMAGED` when the suite is not one this version knows.
    """
    suite = _BY_MARK.get(sealed[:1])
    if suite is None:
        raise KioskError(Failure.BLOB_DAMAGED, reason="suite")
    return suite, sealed[1:]
