"""What proves itself. Everything the platform says is held against what this terminal asked and sent."""

from datetime import UTC
from typing import TypeVar

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import TerminalIdentity
from kiosk.ports import OutboxEntry
from sync.wire.messages import Ack, Answer, BlobEntry, Event, SignedRecord
from sync.wire.records import read_record

_A = TypeVar("_A", bound=Answer)


def event_of(entry: OutboxEntry) -> Event:
    """The outbox row as it travels."""
    blobs = tuple(
        BlobEntry(
            material=material.material_id,
            index=material.index,
            digest=bytes.fromhex(material.digest),
            size=material.size,
            ext=material.extension,
            wrap=material.wrap,
            member=material.member,
        )
        for material in entry.materials
    )
    return Event(
        event=entry.event_id,
        kind=entry.kind,
        number=entry.submission_no,
        item=entry.item_code,
        item_version=entry.item_version,
        payload=entry.payload,
        made=entry.created_at.astimezone(UTC),
        blobs=blobs,
        replaces=entry.replaces,
        trusted_clock=entry.clock_trusted,
    )


def proven_answer(record: SignedRecord, kind: str, answer: type[_A], nonce: int, identity: TerminalIdentity) -> _A:
    """The whole answer, as the platform gave it to our own question and to no older one.

    Raises:
        KioskError: `RECORD_NOT_GENUINE`.
    """
    told = read_record(record, kind, answer, identity.record_key)
    if told.nonce != nonce:
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="nonce", kind=kind)
    return told


def proven_ack(record: SignedRecord, identity: TerminalIdentity) -> Ack:
    """An acknowledgement the platform signed for this terminal.

    Raises:
        KioskError: `RECORD_NOT_GENUINE`.
    """
    ack = read_record(record, "ack", Ack, identity.record_key)
    if ack.terminal != identity.terminal:
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="terminal", kind="ack")
    return ack


def check_ack(ack: Ack, event: Event) -> None:
    """Hold an acknowledgement against the row it speaks of.

    Raises:
        KioskError: `RECORD_NOT_GENUINE` when it is for another event, number or other bytes.
    """
    if (ack.event, ack.number, ack.digest) != (event.event, event.number, event.payload_digest()):
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="digest", kind="ack")
