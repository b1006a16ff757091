"""Ed25519 signatures with a domain, so that bytes signed for one purpose mean nothing for another."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_signing_key() -> bytes:
    """A fresh private key as raw 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key of a private one."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, domain: str, data: bytes) -> bytes:
    """64-byte signature over `jinban/<domain>/1`, a zero byte and `data`."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(_message(domain, data))


def verify(public: bytes, domain: str, data: bytes, signature: bytes) -> bool:
    """Whether the holder of `public`'s private key signed `data` for `domain`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _message(domain, data))
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(domain: str, data: bytes) -> bytes:
    return b"jinban/" + domain.encode() + b"/1\0" + data
