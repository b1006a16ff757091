"""Something long sealed in one run, piece after piece, so that it need not fit into memory.

The same construction as a content's (`kiosk.seal.aes.encrypt`), under a key used once: order and end are proven too.
"""

from collections.abc import Iterable, Iterator

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from kiosk.failure import Failure, KioskError


def sealing(pieces: Iterable[bytes], key: bytes, context: bytes) -> Iterator[bytes]:
    """The sealed bytes of these pieces; `context` must be the same when they are opened."""
    encryptor = Cobblestone256Encryptor(key, context=context)
    for piece in pieces:
        yield encryptor.update(piece)
    yield encryptor.finalize()


def opening(pieces: Iterable[bytes], key: bytes, context: bytes) -> Iterator[bytes]:
    """The plain bytes, each proven before it is given; only whoever reads to the end knows that it is the end.

    Raises:
        KioskError: `BLOB_DAMAGED` for another key or context, a changed byte, or an end that is missing.
    """
    try:
        decryptor = Cobblestone256Decryptor(key, context=context)
        for piece in pieces:
            yield decryptor.update(piece)
        yield decryptor.finalize()
    except (InvalidTag, ValueError) as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="stream") from error
