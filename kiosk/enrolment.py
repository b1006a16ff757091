"""The one-time enrolment code: a single-use secret and a fingerprint of the platform's root key.

65 bits of secret and 80 bits of fingerprint in Crockford base 32 (no I, L, O, U), typed in groups of five.
"""

import hashlib
import secrets
from dataclasses import dataclass, field

from kiosk.failure import Failure, KioskError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SECRET = 13
_FINGERPRINT = 16
_GROUP = 5


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """`secret` proves the terminal to the platform, `fingerprint` the platform to the terminal."""

    secret: str = field(repr=False)
    fingerprint: str

    def text(self) -> str:
        """The code as people read and type it: groups of five and a check character at the end."""
        body = self.secret + self.fingerprint
        whole = body + _check(body)
        return "-".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP))


def new_code(root_public: bytes) -> EnrolmentCode:
    """A fresh code for one enrolment."""
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET))
    return EnrolmentCode(secret, fingerprint_of(root_public))


def parse(text: str) -> EnrolmentCode:
    """A typed code: case, spaces, dashes and look-alikes (I, L, O) forgiven, a mistyped character not.

    Raises:
        KioskError: `ENROLMENT_CODE_REFUSED` with reason `length`, `characters` or `check`.
    """
    body = "".join(text.split()).replace("-", "").upper().translate(_LOOKALIKES)
    if len(body) != _SECRET + _FINGERPRINT + 1:
        raise KioskError(Failure.ENROLMENT_CODE_REFUSED, reason="length")
    if not set(body) <= set(_ALPHABET):
        raise KioskError(Failure.ENROLMENT_CODE_REFUSED, reason="characters")
    if _check(body[:-1]) != body[-1]:
        raise KioskError(Failure.ENROLMENT_CODE_REFUSED, reason="check")
    return EnrolmentCode(body[:_SECRET], body[_SECRET:-1])


def fingerprint_of(root_public: bytes) -> str:
    """The first 80 bits of SHA-256 of the root key, as 16 characters."""
    number = int.from_bytes(hashlib.sha256(b"jinban/root/1\0" + root_public).digest()[:10], "big")
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(75, -1, -5))


def _check(body: str) -> str:
    total = 0
    for place, character in enumerate(body):
        total += (2 * place + 1) * _ALPHABET.index(character)
    return _ALPHABET[total % 32]
