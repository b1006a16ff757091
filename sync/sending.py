"""One run's sending: forms first, all of them; then scans from the byte the platform holds.

Whatever goes wrong with one case sets that case aside and names it; whatever goes wrong with the link ends the run.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

import structlog

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import Waiting
from kiosk.ports import OutboxEntry
from sync.exchange import Exchange
from sync.parts import Parts
from sync.proof import check_ack, event_of, proven_ack
from sync.schedule import first_that_fit, in_order, pause_after
from sync.settling import Outcome
from sync.tempo import Tempo
from sync.thrift import Thrift
from sync.upload import Upload, UploadResult, WantedBlob
from sync.wire.coding import encode
from sync.wire.messages import Missing, SignedRecord

BATCH: Final = 100
_ANY_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)
_MOST_ASKS: Final = 20
_PER_CONNECTION: Final = 64 * 1024
_BREAKS: Final = frozenset({Failure.LINK_DOWN, Failure.LINK_STALLED})

_log = structlog.get_logger("sync.sending")


class Held:
    """Rows that wait for a later run because of themselves, whatever the link does; forgotten with the process.

    `told` are rows whose scans wait and of which the platform has said what it lacks: it need not be asked every time.
    """

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self.told: set[str] = set()

    def hold(self, event_id: str, seconds: float) -> None:
        """Leave this row alone for so long."""
        self._until[event_id] = time.monotonic() + seconds

    def now(self) -> set[str]:
        """The rows to leave alone."""
        moment = time.monotonic()
        self._until = {name: until for name, until in self._until.items() if until > moment}
        return set(self._until)


@dataclass(slots=True)
class SendResult:
    """Cases settled, the first thing that went wrong with a single row, and why scans were left here."""

    settled: int = 0
    failure: KioskError | None = None
    waiting: Waiting | None = None


@dataclass(slots=True)
class Sending:
    """Works the outbox until nothing can be sent. Made anew for every run.

    `known` is what the platform said it misses, `resend` names rows it does not hold any more, `asked` counts questions
    per row, so that none can turn a run into an endless one.
    """

    parts: Parts
    exchange: Exchange
    tempo: Tempo
    held: Held
    thrift: Thrift
    result: SendResult = field(default_factory=SendResult)
    batch: int = BATCH
    known: dict[str, tuple[Missing, ...]] = field(default_factory=dict)
    resend: set[str] = field(default_factory=set)
    asked: dict[str, int] = field(default_factory=dict)
    rows: dict[str, OutboxEntry] = field(default_factory=dict)

    def run(self) -> None:
        """Send everything; `result` also holds what was done before a failure.

        Raises:
            KioskError: the link, or the store, failed.
        """
        while not self.parts.stopping.is_set() and (batch := self._due()):
            fresh = [entry for entry in batch if not entry.form_taken or entry.event_id in self.resend]
            fresh = first_that_fit(fresh, self.batch, self.tempo.pack_bytes())
            waiting = self.thrift.wait()
            begun = self._to_ask(batch, barred=waiting is not None)
            if fresh or begun:
                self._turn(fresh, begun[: self.batch - len(fresh)])
            elif waiting is None:
                self._upload(batch)
            else:
                self._leave(waiting)
                return

    def _to_ask(self, batch: list[OutboxEntry], *, barred: bool) -> list[OutboxEntry]:
        """Rows with a form the platform has, of which it is not known here what it lacks.

        While scans are barred each is asked once: its last acknowledgement may have been lost.
        """
        if not barred:
            self.held.told.clear()
        passed = {*self.known, *self.resend, *self.held.told}
        return [entry for entry in batch if entry.form_taken and entry.event_id not in passed]

    def _leave(self, waiting: Waiting) -> None:
        self.held.told |= self.known.keys()
        self.result.waiting = waiting
        self._blame(KioskError(Failure.SCANS_WAIT, reason=waiting.why))

    def _due(self) -> list[OutboxEntry]:
        """The next rows, whatever their hour: when to run is decided for the whole link, not row by row."""
        aside = self.held.now()
        batch = self.parts.store.outbox.next_batch(_ANY_TIME, BATCH + len(aside))
        return in_order(entry for entry in batch if entry.event_id not in aside)[:BATCH]

    def _turn(self, fresh: list[OutboxEntry], begun: list[OutboxEntry]) -> None:
        entries = [*fresh, *begun]
        self._expect(entries)
        try:
            outcome = self.exchange.turn(fresh, begun)
        except KioskError as error:
            if error.info.get("status") == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                self._too_large(error, entries)
                return
            self._postpone(error, entries)
            raise
        for entry in entries:
            self._note(entry, outcome)

    def _expect(self, entries: list[OutboxEntry]) -> None:
        """After the answer scans go up at once: their connections come up while it is awaited."""
        scans = [part.size for entry in entries for part in entry.materials]
        if scans and self.thrift.wait() is None:
            self.parts.link.expect(min(len(scans), math.ceil(sum(scans) / _PER_CONNECTION)))

    def _too_large(self, error: KioskError, entries: list[OutboxEntry]) -> None:
        """Ask again in halves; a row that is too large all by itself waits for a later run."""
        if len(entries) > 1:
            self.batch = max(1, len(entries) // 2)
        else:
            self._aside(entries[0], error.failure)

    def _note(self, entry: OutboxEntry, outcome: Outcome) -> None:
        name = entry.event_id
        self.resend.discard(name)
        if name in outcome.settled:
            self._count_settled(entry)
        elif name in outcome.trouble:
            self._aside(entry, outcome.trouble[name])
        elif name in outcome.missing or name in outcome.resend:
            self.asked[name] = self.asked.get(name, 0) + 1
            if self.asked[name] > _MOST_ASKS:
                self._aside(entry, Failure.LINK_STALLED)
            elif name in outcome.resend:
                self.resend.add(name)
            else:
                self.known[name] = outcome.missing[name]

    def _upload(self, batch: list[OutboxEntry]) -> None:
        holders: dict[bytes, list[OutboxEntry]] = {}
        wanted: dict[bytes, WantedBlob] = {}
        held: dict[str, int] = {}
        for entry in batch:
            sizes = {bytes.fromhex(part.digest): part.size for part in entry.materials}
            missing = self.known.pop(entry.event_id)
            held[entry.event_id] = sum(sizes.values()) - sum(sizes[part.digest] - part.have for part in missing)
            for part in sorted(missing, key=lambda part: sizes[part.digest]):
                holders.setdefault(part.digest, []).append(entry)
                wanted.setdefault(part.digest, WantedBlob(part.digest, sizes[part.digest], part.have, part.beyond))
        names = {digest: [entry.event_id for entry in entries] for digest, entries in holders.items()}
        self.parts.progress.begin(held, names)
        self.rows = {entry.event_id: entry for entry in batch}
        self.parts.progress.lacking = lambda: _lacking(holders, wanted)
        result = Upload(self.parts, self.tempo, self._settle, self._meanwhile, self.thrift.left).run(wanted.values())
        self._after_upload(batch, holders, result)

    def _meanwhile(self) -> None:
        """Forms submitted while scans are on their way go up at once, beside them; barred scans stop."""
        self.thrift.note()
        if self.thrift.wait() is not None:
            raise KioskError(Failure.SCANS_WAIT, reason="mid_way")
        if not self.parts.nudged.is_set():
            return
        self.parts.nudged.clear()
        fresh = [entry for entry in self._due() if not entry.form_taken and entry.event_id not in self.known]
        if fresh:
            self._turn(first_that_fit(fresh, self.batch, self.tempo.pack_bytes()), [])

    def _after_upload(
        self, batch: list[OutboxEntry], holders: dict[bytes, list[OutboxEntry]], result: UploadResult
    ) -> None:
        for digest, failure in result.damaged.items():
            for entry in holders[digest]:
                self.parts.store.outbox.park(entry.event_id, failure.code, "blob")
                self._blame(KioskError(failure, reason="blob"))
        for digest in result.refused:
            for entry in holders[digest]:
                self._aside(entry, Failure.LINK_REFUSED)
        if result.failure is None:
            return
        if result.failure.failure is Failure.SCANS_WAIT:
            self.held.told |= {entry.event_id for entry in batch}
            return
        self.tempo.stumbled()
        if result.moved == 0 or result.failure.failure not in _BREAKS:
            self._postpone(result.failure, [entry for entry in batch if entry.event_id in self.rows])
            raise result.failure

    def _settle(self, acks: tuple[SignedRecord, ...]) -> None:
        """Acknowledgements that became complete; one that does not prove itself settles nothing."""
        for start in range(0, len(acks), BATCH):
            with self.parts.progress.settling() as settled, self.parts.store.write_tx():
                for record in acks[start : start + BATCH]:
                    self._settle_one(record, settled)

    def _settle_one(self, record: SignedRecord, settled: set[str]) -> None:
        try:
            ack = proven_ack(record, self.parts.identity)
            entry = self.rows.get(ack.event)
            if entry is None or not ack.complete:
                return  # of another batch: its own question will bring it again
            check_ack(ack, event_of(entry))
        except KioskError as error:
            self._blame(error)
            return
        self.parts.store.outbox.settle(entry.event_id, encode(record))
        settled.add(entry.event_id)
        del self.rows[entry.event_id]
        self._count_settled(entry)

    def _count_settled(self, entry: OutboxEntry) -> None:
        self.result.settled += entry.kind != "rating"

    def _blame(self, error: KioskError) -> None:
        self.result.failure = self.result.failure or error

    def _aside(self, entry: OutboxEntry, failure: Failure) -> None:
        """Leave one row for a later run, saying why."""
        error = KioskError(failure, reason="row")
        self._blame(error)
        self.held.hold(entry.event_id, self._postpone(error, [entry]))

    def _postpone(self, error: KioskError, entries: Iterable[OutboxEntry]) -> float:
        """Write down why these rows did not go and when they are tried again; how many seconds that is."""
        rows = list(entries)
        told = error.info.get("wait")
        attempts = max((entry.attempts for entry in rows), default=0) + 1
        pause = pause_after(error.failure, attempts, told if isinstance(told, int) else None)
        if rows and not self.parts.stopping.is_set():
            due = self.parts.clock.now() + timedelta(seconds=pause)
            self.parts.store.outbox.postpone([entry.event_id for entry in rows], error.failure.code, due)
            _log.info("postponed", rows=len(rows), failure=error.failure.code)
        return pause


def _lacking(holders: dict[bytes, list[OutboxEntry]], wanted: dict[bytes, WantedBlob]) -> dict[str, int]:
    left: dict[str, int] = {}
    for digest, blob in wanted.items():
        for entry in holders[digest]:
            left[entry.submission_no] = left.get(entry.submission_no, 0) + blob.size - blob.have
    return left
