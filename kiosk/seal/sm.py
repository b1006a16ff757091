"""Suite 2: SM4-GCM (GB/T 32907, RFC 8998) under keys derived by HKDF with SM3 (GB/T 32905), agreed by X25519.

Only symmetric cipher and hash are Chinese standards here, computed by OpenSSL; the key agreement stays X25519
(`docs/decisions/0027-sm3-and-sm4.md`). Nobody has assessed it. What opens raises `InvalidTag` or
`ValueError` for another key, another context or a changed byte.
"""

import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_SALT: Final = 32
_COMMITMENT: Final = 32
_PUBLIC: Final = 32
_CONTENT: Final = b"jinban/sm/content/1|"
_WRAP: Final = b"jinban/sm/wrap/1|"
_LOCK: Final = b"jinban/sm/lock/1"


def encrypt(plain: bytes, key: bytes, context: bytes) -> bytes:
    """Salt, commitment, SM4-GCM: key and nonce come from `key` and the salt, so that no pair of them is used twice.

    GCM alone opens under keys it was not sealed with, if somebody works for it; the commitment does not.
    """
    salt = secrets.token_bytes(_SALT)
    inner, nonce, commitment = _content_keys(key, salt, context)
    return salt + commitment + seal(inner, nonce, plain, context)


def decrypt(sealed: bytes, key: bytes, context: bytes) -> bytes:
    """The plain bytes, whole or not at all."""
    salt, told, rest = sealed[:_SALT], sealed[_SALT : _SALT + _COMMITMENT], sealed[_SALT + _COMMITMENT :]
    inner, nonce, commitment = _content_keys(key, salt, context)
    if not hmac.compare_digest(told, commitment):
        raise InvalidTag
    return unseal(inner, nonce, rest, context)


def wrap(key: bytes, public: bytes, info: bytes) -> bytes:
    """A 32-byte key for the holder of an X25519 private key (80 bytes: a one-time public key, ciphertext, tag)."""
    once = X25519PrivateKey.generate()
    shown = once.public_key().public_bytes_raw()
    inner, nonce = _wrap_keys(once.exchange(X25519PublicKey.from_public_bytes(public)), shown + public + info)
    return shown + seal(inner, nonce, key, info)


def unwrap(wrapped: bytes, private: bytes, info: bytes) -> bytes:
    """The key out of `wrap`."""
    own = X25519PrivateKey.from_private_bytes(private)
    shown = wrapped[:_PUBLIC]
    shared = own.exchange(X25519PublicKey.from_public_bytes(shown))
    inner, nonce = _wrap_keys(shared, shown + own.public_key().public_bytes_raw() + info)
    return unseal(inner, nonce, wrapped[_PUBLIC:], info)


def lock(key: bytes, outer: bytes, label: bytes) -> bytes:
    """A key under another symmetric key of 32 bytes."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + seal(derive(outer, b"", _LOCK, _KEY), nonce, key, label)


def unlock(locked: bytes, outer: bytes, label: bytes) -> bytes:
    """The key out of `lock`."""
    return unseal(derive(outer, b"", _LOCK, _KEY), locked[:_NONCE], locked[_NONCE:], label)


def seal(key: bytes, nonce: bytes, plain: bytes, label: bytes) -> bytes:
    """SM4-GCM: ciphertext and 16-byte tag."""
    encryptor = Cipher(SM4(key), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(label)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def unseal(key: bytes, nonce: bytes, sealed: bytes, label: bytes) -> bytes:
    """The plain bytes out of `seal`."""
    cut = len(sealed) - _TAG
    if cut < 0:
        raise InvalidTag
    decryptor = Cipher(SM4(key), GCM(nonce, sealed[cut:])).decryptor()
    decryptor.authenticate_additional_data(label)
    return decryptor.update(sealed[:cut]) + decryptor.finalize()


def derive(secret: bytes, salt: bytes, label: bytes, length: int) -> bytes:
    """HKDF (RFC 5869) with HMAC-SM3."""
    return HKDF(algorithm=SM3(), length=length, salt=salt, info=label).derive(secret)


def _content_keys(key: bytes, salt: bytes, context: bytes) -> tuple[bytes, bytes, bytes]:
    made = derive(key, salt, _CONTENT + context, _KEY + _NONCE + _COMMITMENT)
    return made[:_KEY], made[_KEY : _KEY + _NONCE], made[_KEY + _NONCE :]


def _wrap_keys(shared: bytes, context: bytes) -> tuple[bytes, bytes]:
    made = derive(shared, b"", _WRAP + context, _KEY + _NONCE)
    return made[:_KEY], made[_KEY:]
