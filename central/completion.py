"""A file is here whole: which events, and so which cases, are complete by it."""

from central.intake.kinds import EventKind
from central.office import Office
from central.store import audit, cases, events
from central.store.events import StoredEvent


def file_arrived(office: Office, terminal: str, digest: bytes) -> tuple[StoredEvent, ...]:
    """Note a whole file durably; the events it completed."""
    now = office.now()
    with office.store.write() as connection:
        completed = events.complete(connection, terminal, digest, now)
        for event in completed:
            if event.kind != EventKind.RATING:
                cases.wait_for(connection, event.number, -1)
            audit.note(connection, now, "intake.complete", event.number, terminal, event=event.event)
    if completed:
        office.arrivals.set()
    return completed
