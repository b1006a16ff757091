"""What lies in the database's files for somebody who has the key and reads pages instead of rows.

Pages of the file, free ones too, and every frame of the write-ahead log, those of earlier rounds behind its end too.
Each page is AES-256-CBC under the raw key, its initialisation vector in front of its HMAC at the end (SQLCipher 4).
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from local_db.driver import PAGE_BYTES
from local_db.opening import FILE_NAME

_SALT = 16
_RESERVED = 80
_IV = 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def plain_pages(data: Path, key: bytes) -> Iterator[bytes]:
    """Every page anywhere, opened."""
    whole = (data / FILE_NAME).read_bytes()
    for start in range(0, len(whole), PAGE_BYTES):
        yield _opened(whole[start : start + PAGE_BYTES], key, first=start == 0)
    log = data / f"{FILE_NAME}-wal"
    frames = log.read_bytes()[_LOG_HEAD:] if log.exists() else b""
    step = _FRAME_HEAD + PAGE_BYTES
    for start in range(0, len(frames) - step + 1, step):
        first = int.from_bytes(frames[start : start + 4], "big") == 1
        yield _opened(frames[start + _FRAME_HEAD : start + step], key, first=first)


def found(data: Path, key: bytes, needles: dict[str, bytes]) -> set[str]:
    """Which of these still lie in a page, or in the open in any file."""
    everything = b"|".join(
        [*plain_pages(data, key), *(path.read_bytes() for path in data.rglob("*") if path.is_file())]
    )
    return {name for name, needle in needles.items() if needle in everything}


def _opened(page: bytes, key: bytes, *, first: bool) -> bytes:
    covered, vector = page[_SALT if first else 0 : -_RESERVED], page[-_RESERVED : -_RESERVED + _IV]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(covered) + decryptor.finalize()
