"""The two wraps of a content key: one for the platform, and while it is a draft one under the draft key."""

from cryptography.exceptions import InvalidTag

from kiosk.failure import Failure, KioskError
from kiosk.seal.suite import AES, Suite, opened

_PLATFORM = b"jinban/wrap/platform/1"
_RELEASE = b"jinban/wrap/release/1"
_DRAFT = b"jinban/wrap/draft/1"


def wrap_for_platform(key: bytes, platform_key: bytes, suite: Suite = AES) -> bytes:
    """The content key so that only the holder of the platform's private key opens it (81 bytes)."""
    return suite.mark + suite.wrap(key, platform_key, _PLATFORM)


def open_platform_wrap(wrap: bytes, private: bytes) -> bytes:
    """The content key out of a platform wrap.

    Raises:
        KioskError: `BLOB_DAMAGED` for another key or a changed wrap.
    """
    suite, body = opened(wrap)
    try:
        return suite.unwrap(body, private, _PLATFORM)
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="wrap") from error


def wrap_for_release(key: bytes, release_key: bytes) -> bytes:
    """A staff draft's key so that only supervisors of this terminal open it."""
    return AES.mark + AES.wrap(key, release_key, _RELEASE)


def open_release_wrap(wrap: bytes, private: bytes) -> bytes:
    """The key out of `wrap_for_release`.

    Raises:
        KioskError: `DRAFT_LOCKED` for another key, a changed wrap or none.
    """
    try:
        suite, body = opened(wrap)
        return suite.unwrap(body, private, _RELEASE)
    except (InvalidTag, ValueError, KioskError) as error:
        raise KioskError(Failure.DRAFT_LOCKED, reason="release") from error


def wrap_under(key: bytes, outer: bytes, suite: Suite = AES) -> bytes:
    """A key under another symmetric key."""
    return suite.mark + suite.lock(key, outer, _DRAFT)


def unwrap_under(wrap: bytes, outer: bytes) -> bytes:
    """The key out of `wrap_under`.

    Raises:
        KioskError: `DRAFT_LOCKED` for another outer key or a changed wrap.
    """
    try:
        suite, body = opened(wrap)
        return suite.unlock(body, outer, _DRAFT)
    except (InvalidTag, ValueError, KioskError) as error:
        raise KioskError(Failure.DRAFT_LOCKED, reason="key") from error
