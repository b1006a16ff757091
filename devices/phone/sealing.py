"""What a phone sends: one file sealed with ChaCha20-Poly1305 (RFC 8439) under the key behind the # of the address."""

import base64
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kiosk.failure import Failure, KioskError

_KEY_BYTES = 32
_NONCE_BYTES = 12
_KINDS = {0: "jpg", 1: "pdf"}


@dataclass(frozen=True, slots=True)
class Invitation:
    """One hand-over: `name` is the path that admits, `key` seals what comes. Both are random and die with it."""

    name: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    key: bytes = field(default_factory=lambda: secrets.token_bytes(_KEY_BYTES), repr=False)

    def url(self, host: str, port: int) -> str:
        """The address that the code on the screen says. What stands behind # never leaves the phone."""
        return f"http://{host}:{port}/{self.name}/#{base64.urlsafe_b64encode(self.key).decode()}"

    def opened(self, number: int, body: bytes) -> tuple[bytes, str]:
        """The file and its extension.

        Raises:
            KioskError: `FILE_UNSAFE` when it was not sealed with this key, for this place in the order.
        """
        try:
            plain = ChaCha20Poly1305(self.key).decrypt(
                body[:_NONCE_BYTES], body[_NONCE_BYTES:], f"jinban-phone {number}".encode()
            )
        except (InvalidTag, ValueError):
            raise KioskError(Failure.FILE_UNSAFE, reason="seal") from None
        kind = _KINDS.get(plain[0]) if plain else None
        if kind is None:
            raise KioskError(Failure.FILE_KIND_UNKNOWN)
        return plain[1:], kind
