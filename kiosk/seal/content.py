"""Contents: a page or form encrypted once, when it is captured, under its own random key."""

import secrets

from cryptography.exceptions import InvalidTag

from kiosk.failure import Failure, KioskError
from kiosk.seal.suite import AES, Suite, opened

PAGE = b"jinban/page/1"
DRAFT = b"jinban/draft/1"
RECORD = b"jinban/record/1"


def new_key() -> bytes:
    """A fresh 32-byte content key."""
    return secrets.token_bytes(32)


def encrypt(plain: bytes, key: bytes, context: bytes, suite: Suite = AES) -> bytes:
    """Suite byte and AEAD of `plain`; `context` must be the same when it is opened."""
    return suite.mark + suite.encrypt(plain, key, context)


def decrypt(sealed: bytes, key: bytes, context: bytes) -> bytes:
    """The plain bytes, whole or not at all.

    Raises:
        KioskError: `BLOB_DAMAGED` when a bit, the length, the key or the context is wrong.
    """
    suite, body = opened(sealed)
    try:
        return suite.decrypt(body, key, context)
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="content") from error
