"""One exchange turn: every queued form in one question, and what became of each in one answer.

Only a verified acknowledgement moves a row forward; a refusal, signed like the whole answer, parks that one row;
silence about a row changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.ports import OutboxEntry
from sync.body import Body
from sync.parts import Parts
from sync.proof import check_ack, event_of, proven_ack, proven_answer
from sync.wire.coding import WireError, encode, pack, unpack
from sync.wire.messages import Begun, Event, EventAnswer, Manifest, ManifestAnswer, Missing, SignedRecord

PATH: Final = "/v1/exchange"
_REASON_CHARACTERS: Final = 500


@dataclass(slots=True)
class Outcome:
    """What one turn changed, by event id.

    `missing` are blobs of taken forms, `resend` rows the platform does not hold (any more), `trouble` rows whose answer
    was absent or not genuine.
    """

    settled: set[str] = field(default_factory=set)
    parked: set[str] = field(default_factory=set)
    missing: dict[str, tuple[Missing, ...]] = field(default_factory=dict)
    resend: set[str] = field(default_factory=set)
    trouble: dict[str, Failure] = field(default_factory=dict)


class Exchange:
    """Asks the platform to take forms, and what it still misses of forms it has."""

    def __init__(self, parts: Parts) -> None:
        self._store, self._identity, self._parts = parts.store, parts.identity, parts

    def turn(self, fresh: Sequence[OutboxEntry], begun: Sequence[OutboxEntry]) -> Outcome:
        """Send `fresh` forms whole and name `begun` ones; write what is proven, at most 100 rows at once.

        Raises:
            KioskError: the link failed or the answer is not genuine; then nothing was written.
        """
        events = {entry.event_id: event_of(entry) for entry in (*fresh, *begun)}
        answer = self._ask(
            tuple(events[entry.event_id] for entry in fresh),
            tuple(Begun(entry.event_id, events[entry.event_id].payload_digest()) for entry in begun),
        )
        answers = {part.event: part for part in answer.answers}
        outcome = Outcome()
        with self._store.write_tx():
            for entry in (*fresh, *begun):
                self._apply(entry, events[entry.event_id], answers.get(entry.event_id), outcome)
        return outcome

    def _ask(self, events: tuple[Event, ...], begun: tuple[Begun, ...]) -> ManifestAnswer:
        nonce = self._parts.signer.nonce()
        position, head = self._store.journal.head()
        manifest = Manifest(
            terminal=self._identity.terminal,
            epoch=self._identity.epoch,
            journal=position,
            journal_head=head,
            events=events,
            begun=begun,
        )
        body = self._parts.link.ask(self._parts.signer.question(PATH, Body(pack(manifest)), nonce))
        try:
            record = unpack(body, SignedRecord)
        except WireError as error:
            raise KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled") from error
        answer = proven_answer(record, "exchange", ManifestAnswer, nonce, self._identity)
        self._parts.watch.told(answer.at)
        return answer

    def _apply(self, entry: OutboxEntry, event: Event, answer: EventAnswer | None, outcome: Outcome) -> None:
        name = entry.event_id
        if answer is None:
            outcome.trouble[name] = Failure.RECORD_NOT_GENUINE
        elif answer.outcome == "taken":
            try:
                self._taken(entry, event, answer, outcome)
            except KioskError as error:
                if error.failure is not Failure.RECORD_NOT_GENUINE:
                    raise
                outcome.trouble[name] = error.failure
        elif answer.outcome in _PARKED:
            self._store.outbox.park(name, _PARKED[answer.outcome].code, _reason(answer))
            outcome.parked.add(name)
        else:
            outcome.resend.add(name)

    def _taken(self, entry: OutboxEntry, event: Event, answer: EventAnswer, outcome: Outcome) -> None:
        if answer.ack is None:
            raise KioskError(Failure.RECORD_NOT_GENUINE, reason="absent", kind="ack")
        ack = proven_ack(answer.ack, self._identity)
        check_ack(ack, event)
        if ack.complete:
            self._store.outbox.settle(entry.event_id, encode(answer.ack))
            outcome.settled.add(entry.event_id)
            return
        if not entry.form_taken:
            self._store.outbox.form_taken(entry.event_id, encode(answer.ack))
        outcome.missing[entry.event_id] = _sane(answer.missing, event)


_PARKED: Final = {"refused": Failure.INTAKE_REFUSED, "conflict": Failure.EVENT_CONFLICT}


def _reason(answer: EventAnswer) -> str:
    text = f"{answer.field}: {answer.reason}" if answer.field else answer.reason
    return text[:_REASON_CHARACTERS]


def _sane(missing: Iterable[Missing], event: Event) -> tuple[Missing, ...]:
    """What of the missing list this event really holds."""
    sizes = {blob.digest: blob.size for blob in event.blobs}
    return tuple(part for part in missing if 0 <= part.have <= sizes.get(part.digest, -1))
