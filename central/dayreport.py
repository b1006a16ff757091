"""The day report as the platform reckons it from what it holds of a terminal, held against the terminal's own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from central.office import Office
from central.store import audit, events, terminals
from central.store.audit import AuditEntry
from central.store.events import StoredEvent
from kiosk.calendar import SHANGHAI
from kiosk.failure import Failure, KioskError
from kiosk.model.dayreport import Cause, DayEvent, DayReport, Difference, Sending, compare

_UNTAKEN = ("intake.refused", "intake.conflict")


@dataclass(frozen=True, slots=True)
class Compared:
    """The platform's report, and every difference from the terminal's where that was given."""

    report: DayReport
    differences: tuple[Difference, ...] | None = None


def day_report(office: Office, terminal: str, day: date) -> DayReport:
    """What the platform holds of a terminal's day.

    Raises:
        KioskError: `NOT_PROVISIONED` for a terminal this platform does not know.
    """
    with office.store.read() as connection:
        known = terminals.find(connection, terminal)
        if known is None:
            raise KioskError(Failure.NOT_PROVISIONED, role="terminal")
        begin, end = bounds_of(day)
        made = events.made_between(connection, terminal, begin, end)
        undated = events.undated(connection, terminal, begin, end)
        earlier = events.incomplete_before(connection, terminal, begin)
        refused = [one for act in _UNTAKEN for one in audit.by_actor(connection, act, terminal, begin, end)]
        return DayReport(
            terminal=terminal,
            point_name=known.point_name,
            day=day,
            at=office.now(),
            clock_trusted=True,
            events=tuple(_event(one) for one in made),
            undated=tuple(_event(one) for one in undated),
            earlier=tuple(_event(one) for one in earlier),
            refused=tuple(_refusal(one) for one in refused if not _is_taken(connection, terminal, one.subject)),
        )


def compared(office: Office, of_terminal: DayReport) -> Compared:
    """The platform's report of the same day, held against the terminal's.

    Raises:
        KioskError: `NOT_PROVISIONED` for a terminal this platform does not know.
    """
    report = day_report(office, of_terminal.terminal, of_terminal.day)
    named = [one.event for one in (*of_terminal.events, *of_terminal.undated, *of_terminal.earlier)]
    with office.store.read() as connection:
        held = _held(connection, of_terminal.terminal, named)
        refused = {one.event: one for one in report.refused}
        for name in named:
            told = [one for act in _UNTAKEN for one in audit.of_subject(connection, act, name)]
            if told and name not in held:
                refused[name] = _refusal(told[-1])
    return Compared(report, compare(of_terminal, replace(report, refused=tuple(refused.values())), held))


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """First instant of a day in Asia/Shanghai and of the next one."""
    begin = datetime.combine(day, time(), SHANGHAI)
    return begin, begin + timedelta(days=1)


def _held(connection: Connection, terminal: str, named: Iterable[str]) -> dict[str, DayEvent]:
    found = ((name, events.find(connection, terminal, name)) for name in named)
    return {name: _event(one) for name, one in found if one is not None}


def _is_taken(connection: Connection, terminal: str, event: str) -> bool:
    return events.find(connection, terminal, event) is not None


def _event(stored: StoredEvent) -> DayEvent:
    whole = stored.completed_at is not None
    return DayEvent(
        event=stored.event,
        number=stored.number,
        kind=stored.kind,
        made=stored.made,
        clock_trusted=stored.trusted_clock,
        sending=Sending.COMPLETE if whole else Sending.SCANS,
    )


def _refusal(entry: AuditEntry) -> Difference:
    reason = "/".join(part for part in (entry.details.get("field", ""), entry.details.get("reason", "")) if part)
    return Difference(Cause.PLATFORM_REFUSED, "", entry.subject, reason=reason)
