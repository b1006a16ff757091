"""Putting on a stick what waits for terminals: acknowledgements, decisions sealed to each, postings, the catalogue.

What a terminal has on the stick says where its answers begin; without it they begin at the beginning. Repeats do no
harm there: acknowledgements settle once, decisions carry their sequence, catalogue versions only rise.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from central import feed
from central.courier.taking import TakenIn
from central.intake.answers import acknowledgement
from central.office import Office
from central.store import events, settings
from central.store.terminals import Terminal
from kiosk.failure import KioskError
from sync.wire.coding import encode, pack
from sync.wire.messages import ChangesAnswer, ChangesRequest, EventAnswer, Message, SignedRecord
from sync.wire.records import make_record
from sync.wire.stick.medium import Place, Stick, data_name, folder_of, next_of
from sync.wire.stick.messages import Answers, Delivery, Feed, Parcel, Part, Postings

SAID_AGAIN: Final = timedelta(days=120)
"""For so long every stick brings an event's acknowledgement again: the stick that brought the event may be lost."""

CATALOGUE: Final = "catalog"
_ANSWERS_AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True)
class Given:
    """What one terminal is given. `catalogue` is 0 where it holds the newest; `package` names its file."""

    terminal: str
    answers: int
    decisions: int
    catalogue: int
    package: bytes = b""


def give(office: Office, stick: Stick, terminal: Terminal, taken: TakenIn | None) -> Given:
    """Write one terminal's answers; those of an earlier visit are replaced in one step.

    Raises:
        KioskError: `COURIER_FULL`, and then the earlier ones stand; `COURIER_UNREADABLE`; `STORE_…`.
    """
    down = _Down(stick, folder_of(terminal.id, terminal.epoch))
    try:
        return _give(office, down, terminal, taken)
    except KioskError:
        down.undo()
        raise


def tidy_catalogues(stick: Stick, kept: Iterable[bytes]) -> None:
    """Take catalogues off that no delivery written now speaks of."""
    stick.keep_only((CATALOGUE,), {data_name(digest) for digest in kept})


def _give(office: Office, down: "_Down", terminal: Terminal, taken: TakenIn | None) -> Given:
    parcel = taken.parcel if taken else None
    answers = _answers(office, terminal, taken.answers if taken else ())
    for start in range(0, len(answers), _ANSWERS_AT_ONCE):
        down.add("answers", Answers(tuple(answers[start : start + _ANSWERS_AT_ONCE])))
    decided, head, package = 0, None, None
    for since, posted, told in _changes(office, terminal, parcel):
        if told.records:
            down.add("changes", Feed(since, told.cursor, told.records))
        if told.postings:
            down.add("postings", Postings(posted, told.posted, told.postings))
        decided += len(told.records)
        head, package = told.head, told.package
    version, digest = 0, b""
    if head is not None and package is not None:
        version, digest = office.catalogues.version(), down.add_catalogue(package)
    down.publish(office, terminal, parcel, head if version else None)
    return Given(terminal.id, len(answers), decided, version, digest)


class _Down:
    """One terminal's delivery while it is written."""

    def __init__(self, stick: Stick, folder: str) -> None:
        self._stick, self._folder = stick, folder
        self._parts: list[Part] = []
        self._fresh: list[Place] = []

    def add(self, kind: str, message: Message) -> None:
        self._put(kind, (self._folder, "down"), pack(message))

    def add_catalogue(self, package: bytes) -> bytes:
        """The digest that names it."""
        return self._put("catalogue", (CATALOGUE,), package)

    def undo(self) -> None:
        """Take off what was written in vain, as far as the medium lets us."""
        for place in self._fresh:
            with suppress(KioskError):
                self._stick.discard(place)

    def _put(self, kind: str, folder: Place, data: bytes) -> bytes:
        part = Part(kind, hashlib.sha256(data).digest(), len(data))
        place = (*folder, data_name(part.digest))
        if self._stick.holds(place, part.digest, part.size):
            self._stick.claim(place)
        else:
            self._stick.put(place, data)
            self._fresh.append(place)
        self._parts.append(part)
        return part.digest

    def publish(self, office: Office, terminal: Terminal, parcel: Parcel | None, head: SignedRecord | None) -> None:
        with office.store.write() as connection:
            counter = settings.count_up(connection, "courier")
        delivery = Delivery(
            platform=office.name,
            terminal=terminal.id,
            epoch=terminal.epoch,
            counter=counter,
            at=office.now(),
            parts=tuple(self._parts),
            answered=parcel.counter if parcel else 0,
            head=head,
        )
        place = (self._folder, "down.jbi")
        self._stick.put(next_of(place), encode(make_record("delivery", delivery, office.keys.record)))
        self._stick.flush()
        self._fresh.clear()  # from here on the index may name them
        self._stick.publish(place)
        self._stick.keep_only((self._folder, "down"), {data_name(part.digest) for part in self._parts})


def _answers(office: Office, terminal: Terminal, answers: Iterable[EventAnswer]) -> list[EventAnswer]:
    """What became of what the stick brought, and the acknowledgements of what came some other way of late."""
    told = {one.event: one for one in answers}
    with office.store.read() as connection:
        stored = events.taken_since(connection, terminal.id, office.now() - SAID_AGAIN)
    for one in stored:
        if one.event not in told:
            told[one.event] = EventAnswer(one.event, "taken", acknowledgement(office, one))
    return list(told.values())


def _changes(office: Office, terminal: Terminal, parcel: Parcel | None) -> Iterator[tuple[int, int, ChangesAnswer]]:
    """The turns that the terminal would take over the line."""
    cursor, posted = (parcel.cursor, parcel.posted) if parcel else (0, 0)
    version, held = (parcel.catalogue, parcel.held) if parcel else (0, b"")
    while True:
        # a whole package, because one file then serves every terminal on the stick
        current = office.catalogues.in_force()
        same = current is not None and (version, held) == (current.version, current.digest)
        request = ChangesRequest(terminal.id, cursor, version, held=held if same else b"", posted=posted)
        told = feed.answer(office, terminal, request, 0)
        yield cursor, posted, told
        if not told.more or (told.cursor <= cursor and told.posted <= posted):
            return
        cursor, posted = told.cursor, max(posted, told.posted)
