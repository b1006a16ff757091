"""One self-contained sealed record: content key wrapped for one reader, contents behind it.

A form goes up so, sealed to the platform; a decision comes down so, sealed to the terminal; the database key lies so
beside the database, sealed to the platform's rescue key.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from kiosk.failure import Failure, KioskError
from kiosk.seal import content
from kiosk.seal.suite import HPKE, SUITE, body_of

_WRAP_BYTES = 32 + 32 + 16


def seal_record(plain: bytes, public_key: bytes, context: str) -> bytes:
    """`plain` for the holder of one private key; `context` says what and whose it is and must be known to open it."""
    key = content.new_key()
    wrap = HPKE.encrypt(key, X25519PublicKey.from_public_bytes(public_key), info=_info(context))
    return SUITE + wrap + content.encrypt(plain, key, content.RECORD + context.encode())


def open_record(sealed: bytes, private_key: bytes, context: str) -> bytes:
    """The plain bytes of a sealed record.

    Raises:
        KioskError: `BLOB_DAMAGED` for another reader, another context or any changed byte.
    """
    body = body_of(sealed)
    wrap, rest = body[:_WRAP_BYTES], body[_WRAP_BYTES:]
    try:
        key = HPKE.decrypt(wrap, X25519PrivateKey.from_private_bytes(private_key), info=_info(context))
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="record") from error
    return content.decrypt(rest, key, content.RECORD + context.encode())


def _info(context: str) -> bytes:
    return b"jinban/record/1|" + context.encode()
