"""One exchange turn: every queued form in one question, and what became of each in one answer."""

from collections.abc import Sequence
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.ports import OutboxEntry
from sync.anchors import anchors_of
from sync.body import Body
from sync.parts import Parts
from sync.proof import event_of, proven_answer
from sync.settling import Outcome, Settling
from sync.wire.coding import WireError, pack, unpack
from sync.wire.messages import Begun, Event, Manifest, ManifestAnswer, SignedRecord

PATH: Final = "/v1/exchange"


class Exchange:
    """Asks the platform to take forms, and what it still misses of forms it has."""

    def __init__(self, parts: Parts) -> None:
        self._store, self._identity, self._parts = parts.store, parts.identity, parts
        self._settling = Settling(parts.store)

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
        with self._parts.progress.settling() as settled:
            with self._store.write_tx():
                for entry in (*fresh, *begun):
                    self._settling.apply(entry, events[entry.event_id], answers.get(entry.event_id), outcome)
            settled.update(outcome.settled)
        return outcome

    def _ask(self, events: tuple[Event, ...], begun: tuple[Begun, ...]) -> ManifestAnswer:
        nonce = self._parts.signer.nonce()
        anchors = anchors_of(self._store.journal)
        position, head = self._store.journal.tell()
        manifest = Manifest(
            terminal=self._identity.terminal,
            epoch=self._identity.epoch,
            journal=position,
            journal_head=head,
            events=events,
            begun=begun,
            anchors=anchors,
        )
        body = self._parts.link.ask(self._parts.signer.question(PATH, Body(pack(manifest)), nonce))
        try:
            record = unpack(body, SignedRecord)
        except WireError as error:
            raise KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled") from error
        answer = proven_answer(record, "exchange", ManifestAnswer, nonce, self._identity)
        self._store.journal.told(position)
        self._parts.watch.told(answer.at)
        return answer
