"""Which algorithms a sealed thing was made with.

Suite 1: HPKE (RFC 9180) DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM for wraps; Cobblestone-256
(C2SP chunked-encryption: SHA-512, AES-256-GCM) for contents; Ed25519 for signatures.
"""

from typing import Final

from cryptography.hazmat.primitives import hpke

from kiosk.failure import Failure, KioskError

SUITE: Final = b"\x01"
HPKE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def body_of(sealed: bytes) -> bytes:
    """The bytes after the suite byte.

    Raises:
        KioskError: `BLOB_DAMAGED` when the suite is not one this version knows.
    """
    if sealed[:1] != SUITE:
        raise KioskError(Failure.BLOB_DAMAGED, reason="suite")
    return sealed[1:]
