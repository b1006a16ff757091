"""What became of a manifest, as the terminal hears it: acknowledgements signed, missing files named with their offset.

A repeat is answered alike, because everything an acknowledgement says was stored when the event was taken.
"""

from collections.abc import Iterable, Sequence

from central.completion import file_arrived
from central.intake.reading import ReadManifest
from central.intake.taking import Conflicting, Fate, Refused, Taken, take_events
from central.office import Office
from central.store import events
from central.store.events import StoredEvent
from central.store.terminals import Terminal
from sync.wire.messages import Ack, Begun, EventAnswer, Missing, SignedRecord
from sync.wire.records import make_record


def take_manifest(office: Office, terminal: Terminal, manifest: ReadManifest) -> tuple[EventAnswer, ...]:
    """Take a manifest in, however it came: one answer for each event in order, then one for each begun event."""
    fates = take_events(office, terminal, manifest.events)
    answers = answer_fates(office, terminal, fates)
    answers += answer_begun(office, terminal, manifest.begun)
    office.arrivals.set()
    return tuple(answers)


def answer_fates(office: Office, terminal: Terminal, fates: Iterable[Fate]) -> list[EventAnswer]:
    """One answer for each event of a manifest."""
    return [_answer(office, terminal, fate) for fate in fates]


def answer_begun(office: Office, terminal: Terminal, begun: Sequence[Begun]) -> list[EventAnswer]:
    """What is missing of events taken earlier."""
    answers = []
    for asked in begun:
        with office.store.read() as connection:
            stored = events.find(connection, terminal.id, asked.event)
        if stored is None:
            answers.append(EventAnswer(asked.event, "unknown"))
        elif stored.digest != asked.digest:
            answers.append(_answer(office, terminal, Conflicting(asked.event, "event", "other_bytes")))
        else:
            answers.append(_answer(office, terminal, Taken(stored)))
    return answers


def acknowledgement(office: Office, stored: StoredEvent) -> SignedRecord:
    """The platform's word that it holds an event; complete only when it holds every file of it."""
    complete = stored.completed_at is not None
    ack = Ack(
        terminal=stored.terminal,
        event=stored.event,
        number=stored.number,
        digest=stored.digest,
        at=stored.completed_at or stored.taken_at,
        complete=complete,
    )
    return make_record("ack", ack, office.keys.record)


def _answer(office: Office, terminal: Terminal, fate: Fate) -> EventAnswer:
    if isinstance(fate, Refused):
        return EventAnswer(fate.event, "refused", field=fate.field, reason=fate.reason)
    if isinstance(fate, Conflicting):
        return EventAnswer(fate.event, "conflict", field=fate.field, reason=fate.reason)
    stored = fate.stored
    missing: tuple[Missing, ...] = ()
    if stored.completed_at is None:
        stored, missing = _still_missing(office, terminal, stored)
    return EventAnswer(stored.event, "taken", acknowledgement(office, stored), missing)


def _still_missing(office: Office, terminal: Terminal, stored: StoredEvent) -> tuple[StoredEvent, tuple[Missing, ...]]:
    """Ask the disk, which may know more than the database when the process ended between the two."""
    with office.store.read() as connection:
        wanted = events.missing(connection, terminal.id, stored.event)
    missing = []
    for file in wanted:
        have = office.blobs.have(terminal.id, file.digest, file.size)
        if have == file.size:
            file_arrived(office, terminal.id, file.digest)
        else:
            missing.append(Missing(file.digest, have, office.blobs.beyond(terminal.id, file.digest, have)))
    with office.store.read() as connection:
        return events.find(connection, terminal.id, stored.event) or stored, tuple(missing)
