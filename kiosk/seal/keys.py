"""X25519 keys that things are sealed to, as raw 32 bytes."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


def new_sealing_key() -> bytes:
    """A fresh private key."""
    return X25519PrivateKey.generate().private_bytes_raw()


def sealing_public(private: bytes) -> bytes:
    """The public half, which may be published."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
