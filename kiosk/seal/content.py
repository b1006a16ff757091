"""Contents: a page or form encrypted once, when it is captured, under its own random key."""

import secrets

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from kiosk.failure import Failure, KioskError
from kiosk.seal.suite import SUITE, body_of

PAGE = b"jinban/page/1"
DRAFT = b"jinban/draft/1"
RECORD = b"jinban/record/1"


def new_key() -> bytes:
    """A fresh 32-byte content key."""
    return secrets.token_bytes(32)


def encrypt(plain: bytes, key: bytes, context: bytes) -> bytes:
    """Suite byte and chunked AEAD of `plain`; `context` must be the same when it is opened."""
    encryptor = Cobblestone256Encryptor(key, context=context)
    return SUITE + encryptor.update(plain) + encryptor.finalize()


def decrypt(sealed: bytes, key: bytes, context: bytes) -> bytes:
    """The plain bytes, whole or not at all.

    Raises:
        KioskError: `BLOB_DAMAGED` when a bit, the length, the key or the context is wrong.
    """
    decryptor = Cobblestone256Decryptor(key, context=context)
    try:
        return decryptor.update(body_of(sealed)) + decryptor.finalize()
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="content") from error
