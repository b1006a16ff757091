"""What travels sealed inside a case event: everything the authority needs, readable by the platform alone."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.case import Draft
from kiosk.model.values import JsonObject

PAYLOAD_VERSION: Final = 1
DICTIONARY: Final = "payload.dictionary"
"""What payloads have in common, for zlib; a file of this package that never changes. Another one needs another name."""

MOST_PLAIN_BYTES: Final = 16 * 1024 * 1024
_JSON: Final = b"{"
_LEVEL: Final = 9

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class CasePayload:
    """The application as sealed at submission. Material files travel as blobs; `draft.materials` names them.

    `under_14`: who of the case was a child on that day, `applicant` or refs of members. Their data is sensitive; the
    signature is the consent of the guardian who acts, or of the applicant whose household it is.
    """

    submission_no: str
    event_id: str
    terminal: str
    item_name: str
    draft: Draft
    sealed_at: datetime
    clock_trusted: bool
    version: int = PAYLOAD_VERSION
    under_14: tuple[str, ...] = ()


def encode_payload(payload: CasePayload) -> bytes:
    """The payload as JSON."""
    return msgspec.json.encode(payload)


def pack_payload(payload: CasePayload) -> bytes:
    """The payload as it is sealed: JSON, deflated with the dictionary, a third of its size.

    Forms go up before anything else, so on a slow line their size is what a new case waits for.
    """
    packer = zlib.compressobj(_LEVEL, zdict=_dictionary())
    return packer.compress(encode_payload(payload)) + packer.flush()


def decode_payload(data: bytes) -> CasePayload:
    """A payload from JSON, deflated or not; fields of a newer version are ignored.

    Raises:
        KioskError: `INTAKE_REFUSED` with reason `payload` when it is no payload, or longer than `MOST_PLAIN_BYTES`.
    """
    return _decoded(data, CasePayload)


def written_payload(data: bytes) -> JsonObject:
    """The same as it was written, with the fields of a newer version.

    Raises:
        KioskError: as `decode_payload`.
    """
    return _decoded(data, JsonObject)


def _decoded(data: bytes, kind: type[_T]) -> _T:
    try:
        plain = data if data[:1] == _JSON else _inflated(data)
        return msgspec.json.decode(plain, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, zlib.error) as error:
        raise KioskError(Failure.INTAKE_REFUSED, reason="payload") from error


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj(zdict=_dictionary())
    plain = inflater.decompress(data, MOST_PLAIN_BYTES)
    if not inflater.eof or inflater.unused_data:
        raise KioskError(Failure.INTAKE_REFUSED, reason="payload")
    return plain


@cache
def _dictionary() -> bytes:
    return (files("kiosk.model") / DICTIONARY).read_bytes()
