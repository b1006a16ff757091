"""Putting what waits onto a stick: all forms first, then whole cases as far as there is space.

An export replaces the earlier one of this terminal in one step. Pulled at any moment, the stick holds the earlier one
or this one; files that are on it whole already are not written again, and a torn one is.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import TerminalIdentity
from kiosk.ports import Clock, OutboxEntry, Store
from kiosk.seal import signing
from sync.anchors import anchors_of
from sync.courier.counting import next_counter
from sync.proof import event_of
from sync.schedule import first_that_fit, in_order
from sync.wire.coding import WireError, decode, encode, pack
from sync.wire.messages import Manifest, SignedRecord
from sync.wire.stick.labels import read_label
from sync.wire.stick.medium import Stick, blob_place, data_name, folder_of, next_of
from sync.wire.stick.messages import Parcel, Part

_ANY_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)
_MOST_CASES: Final = 20_000
_BATCH: Final = 100
_MANIFEST_BYTES: Final = 8 * 1024 * 1024
_TRAIL: Final = 200
_MOST_INDEX_BYTES: Final = 4 * 1024 * 1024

OnBytes = Callable[[int], None]


@dataclass(slots=True)
class Exported:
    """What one export put on the stick, counted in events.

    `whole` went with every file, `forms_only` without some, `left` not at all; `damaged` cannot be sent from here.
    """

    serial: str
    name: str
    counter: int = 0
    whole: int = 0
    forms_only: int = 0
    left: int = 0
    damaged: int = 0
    bytes_written: int = 0

    @property
    def everything(self) -> bool:
        """Whether nothing stayed behind."""
        return not (self.forms_only or self.left or self.damaged)


def waiting_bytes(store: Store) -> int:
    """How much `export` may have to write, for a progress bar."""
    return store.outbox.counts()[2]


def export(store: Store, clock: Clock, stick: Stick, on_bytes: OnBytes = lambda _: None) -> Exported:
    """Put everything that waits onto a registered stick.

    Raises:
        KioskError: `COURIER_UNREGISTERED`, `COURIER_FOREIGN`, `COURIER_UNREADABLE`; `COURIER_FULL` when there is no
            space even for one form: the earlier export then stands.
    """
    stick.demand()
    identity = store.settings.identity()
    label = read_label(stick, identity.platform_id, identity.record_key, identity.region12)
    entries = in_order(store.outbox.next_batch(_ANY_TIME, _MOST_CASES))
    writing = _Export(store, clock, stick, identity, on_bytes, Exported(label.serial, label.name))
    writing.run(entries)
    return writing.told


@dataclass(slots=True)
class _Export:
    store: Store
    clock: Clock
    stick: Stick
    identity: TerminalIdentity
    on_bytes: OnBytes
    told: Exported
    parts: list[Part] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    carried: set[str] = field(default_factory=set)

    @property
    def folder(self) -> str:
        return folder_of(self.identity.terminal, self.identity.epoch)

    def run(self, entries: list[OutboxEntry]) -> None:
        self._tidy(entries)
        counter = self.told.counter = next_counter(self.store, self.told.serial)
        gone = self._forms(entries)
        self._index(gone, counter)
        self._files(gone)
        self.told.left = len(entries) - len(gone)
        self.stick.flush()
        self.stick.publish((self.folder, "up.jbi"))
        self.stick.keep_only((self.folder, "up"), {data_name(part.digest) for part in self.parts})

    def _tidy(self, entries: Sequence[OutboxEntry]) -> None:
        """Make room.

        What goes are files no waiting case names (the platform has signed for them), what an export that was cut off
        left, and exports of earlier enrolments, which the platform would not take any more.
        """
        for other in self.stick.terminals():
            if other != self.folder and other[:-1] == self.folder[:-1]:
                for name in ("up.jbi", "up.new"):
                    self.stick.discard((other, name))
                self.stick.keep_only((other, "up"), ())
                self._tidy_files(other, set())
        self.stick.keep_only((self.folder, "up"), self._indexed())
        self._tidy_files(
            self.folder,
            {data_name(bytes.fromhex(material.digest)) for entry in entries for material in entry.materials},
        )

    def _indexed(self) -> set[str]:
        """The manifests of the export that stands."""
        for place in ((self.folder, "up.jbi"), (self.folder, "up.new")):
            data = self.stick.index(place, _MOST_INDEX_BYTES)
            with suppress(WireError):
                if data is not None:
                    parcel = decode(decode(data, SignedRecord).body, Parcel)
                    return {data_name(part.digest) for part in parcel.parts}
        return set()

    def _tidy_files(self, folder: str, wanted: set[str]) -> None:
        for name in self.stick.folders((folder, "blobs")):
            self.stick.keep_only((folder, "blobs", name), wanted)

    def _forms(self, entries: list[OutboxEntry]) -> list[OutboxEntry]:
        """Forms as far as there is space, the oldest first; those that went."""
        gone: list[OutboxEntry] = []
        most = _BATCH
        while len(gone) < len(entries):
            batch = first_that_fit(entries[len(gone) :], most, _MANIFEST_BYTES)
            try:
                self._manifest(batch)
            except KioskError as error:
                if error.failure is not Failure.COURIER_FULL:
                    raise
                if len(batch) == 1:
                    break
                most = len(batch) // 2
                continue
            gone += batch
        if entries and not gone:
            raise KioskError(Failure.COURIER_FULL)
        return gone

    def _manifest(self, batch: Sequence[OutboxEntry]) -> None:
        position, head = self.store.journal.head()
        events = tuple(event_of(entry) for entry in batch)
        data = pack(Manifest(self.identity.terminal, self.identity.epoch, position, head, events))
        part = Part("manifest", hashlib.sha256(data).digest(), len(data))
        self.stick.put((self.folder, "up", data_name(part.digest)), data)
        self.parts.append(part)
        self.batches.append(len(batch))
        self._wrote(len(data))

    def _index(self, gone: list[OutboxEntry], counter: int) -> None:
        """Written before the files, so that there is space for it; it takes its place when they are durable."""
        while True:
            try:
                self.stick.put(next_of((self.folder, "up.jbi")), self._signed(counter))
            except KioskError as error:
                if error.failure is not Failure.COURIER_FULL or len(self.parts) < 2:  # noqa: PLR2004 -- one must stay
                    raise
                # the last manifest gives way
                part = self.parts.pop()
                self.stick.discard((self.folder, "up", data_name(part.digest)))
                del gone[-self.batches.pop() :]
            else:
                return

    def _signed(self, counter: int) -> bytes:
        position, head = self.store.journal.head()
        trail = self.store.journal.entries(max(0, position - _TRAIL), _TRAIL)
        version = self.store.shelf.version()
        parcel = Parcel(
            platform=self.identity.platform_id,
            terminal=self.identity.terminal,
            epoch=self.identity.epoch,
            counter=counter,
            made=self.clock.now(),
            journal=position,
            journal_head=head,
            parts=tuple(self.parts),
            trail=tuple(entry.digest for entry in trail if entry.position <= position),
            cursor=self.store.inbox.cursor(),
            catalogue=version,
            held=bytes.fromhex(self.store.shelf.head().digest) if version else b"",
            anchors=anchors_of(self.store.journal),
            posted=self.store.board.cursor(),
        )
        body = encode(parcel)
        signature = signing.sign(self.store.settings.device_key(), "courier", body)
        return encode(SignedRecord("parcel", body, signature))

    def _files(self, gone: Sequence[OutboxEntry]) -> None:
        """Whole cases as far as there is space; a smaller one may still fit where a larger one did not."""
        for entry in sorted(gone, key=_oldest_and_smallest):
            try:
                self._case(entry)
            except KioskError as error:
                if error.failure is Failure.COURIER_FULL:
                    self.told.forms_only += 1
                elif error.failure is Failure.BLOB_DAMAGED:
                    self.store.outbox.park(entry.event_id, error.failure.code, "blob")
                    self.told.damaged += 1
                else:
                    raise
            else:
                self.told.whole += 1

    def _case(self, entry: OutboxEntry) -> None:
        fresh: list[str] = []
        try:
            for material in entry.materials:
                if material.digest not in self.carried:
                    self._file(material.digest, material.size)
                    fresh.append(material.digest)
                    self.carried.add(material.digest)
        except KioskError:
            for digest in fresh:
                self.stick.discard(blob_place(self.folder, bytes.fromhex(digest)))
                self.carried.discard(digest)
            raise

    def _file(self, digest: str, size: int) -> None:
        place = blob_place(self.folder, bytes.fromhex(digest))
        if self.stick.holds(place, bytes.fromhex(digest), size):
            self.stick.claim(place)
            self.on_bytes(size)
            return
        self.stick.put(place, self.store.blobs.read(digest))
        self._wrote(size)

    def _wrote(self, size: int) -> None:
        self.told.bytes_written += size
        self.on_bytes(size)


def _oldest_and_smallest(entry: OutboxEntry) -> tuple[int, int, datetime]:
    moment = entry.created_at.astimezone(UTC)
    return moment.toordinal(), sum(material.size for material in entry.materials), moment
