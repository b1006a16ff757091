"""Bytes as a TPM wants them: sized buffers, and the two key derivations of part 1, §11.4.10."""

import hashlib
import hmac
import struct
from typing import Final

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES

SHA256: Final = 0x000B
_SIZE: Final = struct.Struct(">H")


def sized(data: bytes) -> bytes:
    """A TPM2B."""
    return _SIZE.pack(len(data)) + data


def take(data: bytes) -> tuple[bytes, bytes]:
    """The first TPM2B, and what follows it.

    Raises:
        ValueError: there is none.
    """
    if len(data) < _SIZE.size:
        raise ValueError("cut")
    end = _SIZE.size + _SIZE.unpack_from(data)[0]
    if len(data) < end:
        raise ValueError("cut")
    return data[_SIZE.size : end], data[end:]


def name_of(public: bytes) -> bytes:
    """The name of an object: its name algorithm and the digest of its public area."""
    return _SIZE.pack(SHA256) + hashlib.sha256(public).digest()


def kdf_a(key: bytes, label: bytes, first: bytes, second: bytes, bits: int = 256) -> bytes:
    """KDFa with SHA-256; up to 256 bits, one round."""
    message = struct.pack(">I", 1) + label + b"\0" + first + second + struct.pack(">I", bits)
    return hmac.digest(key, message, hashlib.sha256)[: bits // 8]


def kdf_e(shared: bytes, label: bytes, ours: bytes, theirs: bytes) -> bytes:
    """KDFe with SHA-256, 256 bits."""
    message = struct.pack(">I", 1) + shared + label + b"\0" + ours + theirs
    return hashlib.sha256(message).digest()


def cfb(key_and_vector: bytes, data: bytes, *, decrypt: bool = False) -> bytes:
    """AES-128-CFB as parameters are encrypted."""
    cipher = Cipher(AES(key_and_vector[:16]), CFB(key_and_vector[16:]))
    working = cipher.decryptor() if decrypt else cipher.encryptor()
    return working.update(data) + working.finalize()
