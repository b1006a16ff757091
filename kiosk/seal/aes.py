"""Suite 1. Wraps: HPKE (RFC 9180) DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Contents: Cobblestone-256.

Cobblestone-256 is C2SP chunked-encryption: SHA-512, AES-256-GCM. What opens raises `InvalidTag` or `ValueError` for
another key, another context or a changed byte.
"""

import secrets
from typing import Final

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_HPKE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_NONCE: Final = 12


def encrypt(plain: bytes, key: bytes, context: bytes) -> bytes:
    """Chunked AEAD under a 32-byte key used once."""
    encryptor = Cobblestone256Encryptor(key, context=context)
    return encryptor.update(plain) + encryptor.finalize()


def decrypt(sealed: bytes, key: bytes, context: bytes) -> bytes:
    """The plain bytes, whole or not at all."""
    decryptor = Cobblestone256Decryptor(key, context=context)
    return decryptor.update(sealed) + decryptor.finalize()


def wrap(key: bytes, public: bytes, info: bytes) -> bytes:
    """A 32-byte key for the holder of an X25519 private key (80 bytes)."""
    return _HPKE.encrypt(key, X25519PublicKey.from_public_bytes(public), info=info)


def unwrap(wrapped: bytes, private: bytes, info: bytes) -> bytes:
    """The key out of `wrap`."""
    return _HPKE.decrypt(wrapped, X25519PrivateKey.from_private_bytes(private), info=info)


def lock(key: bytes, outer: bytes, label: bytes) -> bytes:
    """A key under another symmetric key of 32 bytes."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(outer).encrypt(nonce, key, label)


def unlock(locked: bytes, outer: bytes, label: bytes) -> bytes:
    """The key out of `lock`."""
    return AESGCM(outer).decrypt(locked[:_NONCE], locked[_NONCE:], label)
