"""What travels sealed inside a case event: everything the authority needs, readable by the platform alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.case import Draft

PAYLOAD_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class CasePayload:
    """The application as sealed at submission. Material files travel as blobs; `draft.materials` names them."""

    submission_no: str
    event_id: str
    terminal: str
    item_name: str
    draft: Draft
    sealed_at: datetime
    clock_trusted: bool
    version: int = PAYLOAD_VERSION


def encode_payload(payload: CasePayload) -> bytes:
    """The payload as JSON."""
    return msgspec.json.encode(payload)


def decode_payload(data: bytes) -> CasePayload:
    """A payload from JSON; fields of a newer version are ignored.

    Raises:
        KioskError: `INTAKE_REFUSED` with reason `payload` when it is no payload.
    """
    try:
        return msgspec.json.decode(data, type=CasePayload)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KioskError(Failure.INTAKE_REFUSED, reason="payload") from error
