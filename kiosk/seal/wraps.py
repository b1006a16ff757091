"""The two wraps of a content key: one for the platform, and while it is a draft one under the draft key."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.failure import Failure, KioskError
from kiosk.seal.suite import HPKE, SUITE, body_of

_PLATFORM = b"jinban/wrap/platform/1"
_RELEASE = b"jinban/wrap/release/1"
_DRAFT = b"jinban/wrap/draft/1"
_NONCE = 12


def wrap_for_platform(key: bytes, platform_key: bytes) -> bytes:
    """The content key so that only the holder of the platform's private key opens it (81 bytes)."""
    return SUITE + HPKE.encrypt(key, X25519PublicKey.from_public_bytes(platform_key), info=_PLATFORM)


def open_platform_wrap(wrap: bytes, private: bytes) -> bytes:
    """The content key out of a platform wrap.

    Raises:
        KioskError: `BLOB_DAMAGED` for another key or a changed wrap.
    """
    try:
        return HPKE.decrypt(body_of(wrap), X25519PrivateKey.from_private_bytes(private), info=_PLATFORM)
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="wrap") from error


def wrap_for_release(key: bytes, release_key: bytes) -> bytes:
    """A staff draft's key so that only supervisors of this terminal open it."""
    return SUITE + HPKE.encrypt(key, X25519PublicKey.from_public_bytes(release_key), info=_RELEASE)


def open_release_wrap(wrap: bytes, private: bytes) -> bytes:
    """The key out of `wrap_for_release`.

    Raises:
        KioskError: `DRAFT_LOCKED` for another key, a changed wrap or none.
    """
    try:
        return HPKE.decrypt(body_of(wrap), X25519PrivateKey.from_private_bytes(private), info=_RELEASE)
    except (InvalidTag, ValueError, KioskError) as error:
        raise KioskError(Failure.DRAFT_LOCKED, reason="release") from error


def wrap_under(key: bytes, outer: bytes) -> bytes:
    """A key under another symmetric key (AES-256-GCM, random nonce)."""
    nonce = secrets.token_bytes(_NONCE)
    return SUITE + nonce + AESGCM(outer).encrypt(nonce, key, _DRAFT)


def unwrap_under(wrap: bytes, outer: bytes) -> bytes:
    """The key out of `wrap_under`.

    Raises:
        KioskError: `DRAFT_LOCKED` for another outer key or a changed wrap.
    """
    if wrap[:1] != SUITE:
        raise KioskError(Failure.DRAFT_LOCKED, reason="suite")
    nonce, sealed = wrap[1 : 1 + _NONCE], wrap[1 + _NONCE :]
    try:
        return AESGCM(outer).decrypt(nonce, sealed, _DRAFT)
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.DRAFT_LOCKED, reason="key") from error
