"""Signed requests (RFC 9421) with Ed25519 over method, path and content digest.

There is no time window: a terminal with a wrong clock must not be locked out. `created` is therefore always 0 and
freshness is the nonce, a per-device counter the platform holds against a sliding window; `tag` names the platform, so
that a request signed for one platform is nothing to another.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

_COVERED = ("@method", "@path", "content-digest")
_LABEL = "jinban"
_EPOCH = datetime.fromtimestamp(0, UTC)
_HOST = "https://platform.invalid"


class RequestNotSigned(Exception):  # noqa: N818 -- it reads as what it says
    """The request is not signed by that key, for that platform, over these bytes."""


@dataclass(slots=True)
class _View:
    """What the signature library needs to see of a request; only the path of the URL is signed."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return _HOST + self.path


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, private: bytes | None = None, public: bytes | None = None) -> None:
        self._private, self._public = private, public

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002 -- one key, whatever its name
        return Ed25519PrivateKey.from_private_bytes(self._private or b"")

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:  # noqa: ARG002 -- the caller chose it by name
        return Ed25519PublicKey.from_public_bytes(self._public or b"")


def sign_request(
    method: str, path: str, digest: bytes, *, terminal: str, nonce: int, platform: str, private: bytes
) -> dict[str, str]:
    """The headers that make a request with a body of this SHA-256 the terminal's.

    They are Content-Digest (RFC 9530), Signature-Input and Signature.
    """
    stated = f"sha-256=:{base64.b64encode(digest).decode('ascii')}:"
    view = _View(method, path, {"Content-Digest": stated})
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_OneKey(private=private))
    signer.sign(
        view,
        key_id=terminal,
        created=_EPOCH,
        nonce=str(nonce),
        tag=platform,
        label=_LABEL,
        covered_component_ids=_COVERED,
        use_existing_digest=True,
        include_alg=False,  # the platform knows what kind of key it enrolled
    )
    return view.headers


def claimed_terminal(headers: Mapping[str, str]) -> str:
    """The terminal a request claims to come from, before anything is verified.

    Raises:
        RequestNotSigned: no readable signature input.
    """
    import http_sf  # noqa: PLC0415 -- only the platform needs it

    try:
        parsed: Any = http_sf.parse(headers["signature-input"].encode("ascii"), tltype="dictionary")
        key_id = parsed[_LABEL][1]["keyid"]
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise RequestNotSigned("no signature") from error
    if not isinstance(key_id, str):
        raise RequestNotSigned("no key name")
    return key_id


def verify_head(
    method: str, path: str, headers: Mapping[str, str], *, platform: str, public: bytes
) -> tuple[int, bytes]:
    """Nonce and stated SHA-256 of the body of a request whose head is genuine, before the body has arrived.

    Raises:
        RequestNotSigned: a wrong signature, another platform's tag, too little covered, another kind of digest.
    """
    view = _View(method, path, {name.lower(): value for name, value in headers.items()})
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=_OneKey(public=public))
    try:
        results = verifier.verify(
            view, max_age=None, expect_tag=platform, expect_label=_LABEL, require_components=_COVERED
        )
        return int(results[0].parameters["nonce"]), _stated_sha256(view.headers["content-digest"])
    except (InvalidSignature, HTTPMessageSignaturesException, KeyError, ValueError, TypeError, IndexError) as error:
        raise RequestNotSigned("not genuine") from error


def _stated_sha256(header: str) -> bytes:
    import http_sf  # noqa: PLC0415 -- only the platform needs it

    parsed: Any = http_sf.parse(header.encode("ascii"), tltype="dictionary")
    digest = parsed["sha-256"][0]
    if not isinstance(digest, bytes):
        raise TypeError("no byte sequence")
    return digest
