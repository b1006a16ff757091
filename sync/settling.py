"""What the platform's answers do to the outbox, however they came: by the line or on a stick.

Only a verified acknowledgement moves a row forward; a refusal, signed with the answer it is part of, parks that one
row; silence about a row changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.ports import OutboxEntry, Store
from sync.proof import check_ack, proven_ack
from sync.wire.coding import encode
from sync.wire.messages import Event, EventAnswer, Missing

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


class Settling:
    """Writes down what is proven of rows; the caller holds the transaction, at most 100 rows in each."""

    def __init__(self, store: Store) -> None:
        self._store, self._identity = store, store.settings.identity()

    def apply(self, entry: OutboxEntry, event: Event, answer: EventAnswer | None, outcome: Outcome) -> None:
        """Do what an answer says of one row, if it proves itself; None is silence."""
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
        elif answer.outcome == "refused" and (answer.field, answer.reason) == ("kind", "unknown"):
            outcome.trouble[name] = Failure.PLATFORM_OLDER  # it waits for a platform that knows it
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
