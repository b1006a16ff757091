"""Taking what a stick brings back: acknowledgements, refusals, decisions and the catalogue.

Each proves itself exactly as over the line, and only a verified, complete acknowledgement settles a case. The stick may
be old, may come twice, or after its answers came over the line: nothing goes backwards by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import TerminalIdentity
from kiosk.ports import OutboxEntry, Store
from sync.board import Board
from sync.courier.counting import newest
from sync.decisions import OF_CATALOGUE, ChangesResult, Decisions, check_package
from sync.proof import event_of
from sync.settling import Outcome, Settling
from sync.wire.coding import MAX_BODY_BYTES, WireError, decode, unpack
from sync.wire.messages import CatalogueHead, EventAnswer, Message, SignedRecord
from sync.wire.records import read_record
from sync.wire.stick.labels import read_label
from sync.wire.stick.medium import Place, Stick, data_name, folder_of, next_of
from sync.wire.stick.messages import Answers, Delivery, Feed, Part, Postings

_ANY_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)
_MOST_CASES: Final = 20_000
_MOST_INDEX_BYTES: Final = 4 * 1024 * 1024
_AT_ONCE: Final = 100
_CATALOGUE_FOLDER: Final = "catalog"

_M = TypeVar("_M", bound=Message)


@dataclass(slots=True)
class Imported:
    """What a stick changed here. `torn` counts files that were not whole, `failure` is the first thing that was wrong.

    `catalogue` is the version taken, 0 for none.
    """

    serial: str
    name: str
    settled: int = 0
    parked: int = 0
    decisions: int = 0
    catalogue: int = 0
    torn: int = 0
    failure: KioskError | None = None


def take(store: Store, stick: Stick) -> Imported:
    """Take what a registered stick brings for this terminal.

    Raises:
        KioskError: `COURIER_UNREGISTERED`, `COURIER_FOREIGN`, `COURIER_NOTHING`, `COURIER_TORN`,
            `COURIER_NOT_GENUINE`, `COURIER_UNREADABLE`; nothing was changed then.
    """
    stick.demand()
    identity = store.settings.identity()
    label = read_label(stick, identity.platform_id, identity.record_key, identity.region12)
    delivery = _delivery(stick, identity)
    taking = _Taking(store, stick, identity, delivery, Imported(label.serial, label.name))
    taking.run()
    store.journal.append("courier.imported", label.serial, "technician", {"delivery": str(delivery.counter)})
    return taking.told


def _delivery(stick: Stick, identity: TerminalIdentity) -> Delivery:
    """The platform's index for this terminal and this enrolment."""
    place = (folder_of(identity.terminal, identity.epoch), "down.jbi")
    trouble: KioskError | None = None
    for tried in (place, next_of(place)):  # the second where the stick was pulled while one took the other's place
        data = stick.index(tried, _MOST_INDEX_BYTES)
        if data is None:
            continue
        try:
            return _proven(data, identity)
        except KioskError as error:
            trouble = trouble or error
    raise trouble or KioskError(Failure.COURIER_NOTHING, reason="no_index")


def _proven(data: bytes, identity: TerminalIdentity) -> Delivery:
    try:
        record = decode(data, SignedRecord)
        claimed = decode(record.body, Delivery)
    except WireError as error:
        raise KioskError(Failure.COURIER_TORN, reason="index") from error
    if claimed.platform != identity.platform_id:
        raise KioskError(Failure.COURIER_FOREIGN, reason="platform")
    try:
        delivery = read_record(record, "delivery", Delivery, identity.record_key)
    except KioskError as error:
        raise KioskError(Failure.COURIER_NOT_GENUINE, reason="signature") from error
    if (delivery.terminal, delivery.epoch) != (identity.terminal, identity.epoch):
        raise KioskError(Failure.COURIER_NOT_GENUINE, reason="terminal")
    return delivery


@dataclass(slots=True)
class _Taking:
    store: Store
    stick: Stick
    identity: TerminalIdentity
    delivery: Delivery
    told: Imported
    changes: ChangesResult = field(default_factory=ChangesResult)

    def run(self) -> None:
        waiting = {entry.event_id: entry for entry in self.store.outbox.next_batch(_ANY_TIME, _MOST_CASES)}
        decisions = Decisions(self.store)
        for part in self.delivery.parts:
            try:
                if part.kind == "answers":
                    self._settle(waiting, self._read(part, Answers).answers)
                elif part.kind == "changes":
                    self._decide(decisions, self._read(part, Feed))
                elif part.kind == "postings":
                    self._post(self._read(part, Postings))
                elif part.kind == "catalogue":
                    self._shelve(part)
            except KioskError as error:
                if error.failure is not Failure.COURIER_TORN and error.failure not in OF_CATALOGUE:
                    raise
                self.told.torn += error.failure is Failure.COURIER_TORN
                self.told.failure = self.told.failure or error
                # what a torn part holds has to be asked for again, so nothing after it moves the cursor
                self.changes.gap = self.changes.gap or part.kind == "changes"
        self.told.decisions = self.changes.decisions
        self.told.failure = self.told.failure or self.changes.failure

    def _settle(self, waiting: dict[str, OutboxEntry], answers: Iterable[EventAnswer]) -> None:
        """As after an exchange, but a refusal counts only in answer to the newest export.

        The stick may be old, and the case mended since.
        """
        fresh = self.delivery.answered == newest(self.store)
        known = [one for one in answers if one.event in waiting and (one.outcome == "taken" or fresh)]
        settling = Settling(self.store)
        for start in range(0, len(known), _AT_ONCE):
            outcome = Outcome()
            with self.store.write_tx():
                for one in known[start : start + _AT_ONCE]:
                    entry = waiting[one.event]
                    settling.apply(entry, event_of(entry), one, outcome)
            for event in outcome.settled | outcome.parked:
                self.told.settled += event in outcome.settled and waiting[event].kind != "rating"
                del waiting[event]
            self.told.parked += len(outcome.parked)
            for failure in outcome.trouble.values():
                self.told.failure = self.told.failure or KioskError(failure, reason="answer")

    def _decide(self, decisions: Decisions, feed: Feed) -> None:
        decisions.apply(feed.records, self.changes)
        # a feed that begins behind what was applied here would leave a hole
        held = self.store.inbox.cursor()
        if not self.changes.gap and feed.since <= held < feed.cursor:
            self.store.inbox.advance(feed.cursor)

    def _post(self, posted: Postings) -> None:
        _, wrong = Board(self.store).apply(posted.records, posted.since, posted.posted)
        self.told.failure = self.told.failure or wrong

    def _shelve(self, part: Part) -> None:
        if self.delivery.head is None:
            return
        head = read_record(self.delivery.head, "catalogue", CatalogueHead, self.identity.record_key)
        if head.version <= self.store.shelf.version():
            return
        package = self._bytes((_CATALOGUE_FOLDER, data_name(part.digest)), part)
        check_package(package, head, self.identity.record_key)
        self.told.catalogue = self.store.shelf.replace(package)

    def _read(self, part: Part, kind: type[_M]) -> _M:
        folder = folder_of(self.identity.terminal, self.identity.epoch)
        data = self._bytes((folder, "down", data_name(part.digest)), part)
        try:
            return unpack(data, kind)
        except WireError as error:
            raise KioskError(Failure.COURIER_TORN, reason="message") from error

    def _bytes(self, place: Place, part: Part) -> bytes:
        return self.stick.part(place, part.digest, part.size, MAX_BODY_BYTES)
