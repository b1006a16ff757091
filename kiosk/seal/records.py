"""One self-contained sealed record: content key wrapped for one reader, contents behind it.

A form goes up so, sealed to the platform; a decision comes down so, sealed to the terminal; the database key lies so
beside the database, sealed to the platform's rescue key.
"""

from cryptography.exceptions import InvalidTag

from kiosk.failure import Failure, KioskError
from kiosk.seal import content
from kiosk.seal.suite import AES, Suite, opened

_WRAP_BYTES = 32 + 32 + 16


def seal_record(plain: bytes, public_key: bytes, context: str, suite: Suite = AES) -> bytes:
    """`plain` for the holder of one private key; `context` says what and whose it is and must be known to open it."""
    key = content.new_key()
    wrap = suite.wrap(key, public_key, _info(context))
    return suite.mark + wrap + content.encrypt(plain, key, content.RECORD + context.encode(), suite)


def open_record(sealed: bytes, private_key: bytes, context: str) -> bytes:
    """The plain bytes of a sealed record.

    Raises:
        KioskError: `BLOB_DAMAGED` for another reader, another context or any changed byte.
    """
    suite, body = opened(sealed)
    wrap, rest = body[:_WRAP_BYTES], body[_WRAP_BYTES:]
    try:
        key = suite.unwrap(wrap, private_key, _info(context))
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="record") from error
    return content.decrypt(rest, key, content.RECORD + context.encode())


def _info(context: str) -> bytes:
    return b"jinban/record/1|" + context.encode()
