"""Who may open a draft again, and whose cases these are, without writing down who.

Keys derive from the key provider's secret and from card bytes that are not printed on the card, never from the ID
number alone, which can be guessed. Tags for finding one's own cases are HMACs under the provider's secret.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.failure import Failure, KioskError

_LEAST_SECRET = 16


def owner_tag(provider_secret: bytes, id_no: str) -> bytes:
    """The tag under which a person's cases and kept drafts are found here (32 bytes, meaningless elsewhere)."""
    return hmac.new(provider_secret, b"jinban/owner/1\0" + id_no.upper().encode(), hashlib.sha256).digest()


def staff_tag(provider_secret: bytes, staff_id: str) -> bytes:
    """The tag under which one member of staff's kept drafts are found."""
    return hmac.new(provider_secret, b"jinban/staff/1\0" + staff_id.encode(), hashlib.sha256).digest()


def content_tag(provider_secret: bytes, data: bytes) -> bytes:
    """The tag by which the same page, handed in again, is known here (32 bytes, meaningless elsewhere)."""
    return hmac.new(provider_secret, b"jinban/content/1\0" + hashlib.sha256(data).digest(), hashlib.sha256).digest()


def card_kek(provider_secret: bytes, card_secret: bytes) -> bytes:
    """The key that wraps a draft key so that only the same card brings it back.

    Raises:
        KioskError: `DRAFT_LOCKED` when the card gave nothing unprinted (typed identity, chip without photo).
    """
    if len(card_secret) < _LEAST_SECRET:
        raise KioskError(Failure.DRAFT_LOCKED, reason="no_card_secret")
    return _derive(provider_secret, b"jinban/card-kek/1", hashlib.sha256(card_secret).digest())


def login_kek(provider_secret: bytes, login_key: bytes) -> bytes:
    """The key that wraps a staff draft's key so that only that login brings it back."""
    return _derive(provider_secret, b"jinban/login-kek/1", login_key)


def _derive(secret: bytes, label: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=label).derive(secret)
