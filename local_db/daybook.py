"""What happened on one day here, counted from the outbox and the print ledger; nothing is kept for it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Final

from kiosk.calendar import SHANGHAI
from kiosk.model.dayreport import DayEvent, DayReport, PaperCount, ReceiptEnd, Sending
from kiosk.model.printing import edition_of
from local_db.columns import moment, ticks
from local_db.connection import Connection, Row
from local_db.settings import Settings

_EVENT: Final = (
    "SELECT event_id, submission_no, kind, created_at, clock_trusted, state, form_taken, attempts, failure, reason"
    " FROM outbox WHERE kind IN ('case', 'amendment') AND "
)
_OF_THE_DAY: Final = _EVENT + "created_at >= ? AND created_at < ? ORDER BY seq"
_UNDATED: Final = (
    _EVENT + "clock_trusted = 0 AND NOT (created_at >= ? AND created_at < ?)"
    " AND (state <> 'settled' OR (settled_at >= ? AND settled_at < ?)) ORDER BY seq"
)
_EARLIER: Final = _EVENT + "clock_trusted <> 0 AND created_at < ? AND state <> 'settled' ORDER BY seq"
_PRINTS: Final = (
    # '.' is the character after '-': every subject that is this number or begins with it and a dash
    "SELECT subject, outcome FROM papers WHERE kind = 'receipt' AND (subject = ? OR (subject > ? AND subject < ?))"
    " ORDER BY entry"
)
_SHEETS: Final = (
    "SELECT kind, count(*), count(*) FILTER (WHERE copy > 0) FROM papers"
    " WHERE outcome = 'printed' AND begun_at >= ? AND begun_at < ? GROUP BY kind ORDER BY kind"
)
_ENDS: Final = {"parked": ReceiptEnd.WAITING, "failed": ReceiptEnd.GIVEN_UP}


class Daybook:
    """See `kiosk.ports.Daybook`."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self._db = connection
        self._settings = settings

    def report(self, day: date) -> DayReport:
        """The report of a day in Asia/Shanghai as things stand now.

        Raises:
            KioskError: `NOT_PROVISIONED`.
        """
        identity = self._settings.identity()
        bounds = bounds_of(day)
        return DayReport(
            terminal=identity.terminal,
            point_name=identity.point_name,
            day=day,
            at=self._db.now(),
            clock_trusted=self._db.clock.trusted(),
            events=self._events(_OF_THE_DAY, bounds),
            undated=self._events(_UNDATED, (*bounds, *bounds)),
            earlier=self._events(_EARLIER, bounds[:1]),
            papers=tuple(PaperCount(*row) for row in self._db.rows(_SHEETS, bounds)),
        )

    def _events(self, query: str, bounds: tuple[int, ...]) -> tuple[DayEvent, ...]:
        rows = self._db.rows(query, bounds)
        receipts = {number: self._receipts(number) for number in {row[1] for row in rows}}
        return tuple(_event(row, *receipts[row[1]].get(row[0], (ReceiptEnd.UNASKED, 0))) for row in rows)

    def _receipts(self, number: str) -> dict[str, tuple[ReceiptEnd, int]]:
        """How the receipt of each event of a case ended, and its reprints.

        The first receipt is printed under the number alone, a correction's under the number and its edition. Only the
        newest edition can be told from the receipt kept here; earlier ones follow in the order of their events.
        """
        prints: dict[str, list[str]] = {}
        for subject, outcome in self._db.rows(_PRINTS, (number, f"{number}-", f"{number}.")):
            prints.setdefault(subject, []).append(outcome)
        ended: dict[str, tuple[ReceiptEnd, int]] = {}
        for event, subject in self._subjects(number, prints).items():
            if subject in prints:
                ended[event] = _end(prints[subject])
        return ended

    def _subjects(self, number: str, prints: Iterable[str]) -> dict[str, str]:
        rows = self._db.rows(
            "SELECT event_id, kind FROM outbox WHERE submission_no = ? AND kind IN ('case', 'amendment') ORDER BY seq",
            (number,),
        )
        found = {event: number for event, kind in rows if kind == "case"}
        amendments = [event for event, kind in rows if kind == "amendment"]
        if amendments:
            kept = self._db.row("SELECT paper FROM receipts WHERE submission_no = ?", (number,))
            newest = f"{number}-{edition_of(kept[0])}" if kept else ""
            older = [subject for subject in prints if subject not in (number, newest)]
            found |= dict(zip(amendments[:-1], older, strict=False)) | {amendments[-1]: newest}
        return found


def bounds_of(day: date) -> tuple[int, int]:
    """First instant of a day in Asia/Shanghai and of the next one, as columns hold them."""
    begin = datetime.combine(day, clock_time(), SHANGHAI)
    return ticks(begin), ticks(begin + timedelta(days=1))


def _event(row: Row, receipt: ReceiptEnd, reprints: int) -> DayEvent:
    event, number, kind, made, trusted, state, form_taken, attempts, failure, reason = row
    return DayEvent(
        event=event,
        number=number,
        kind=kind,
        made=moment(made),
        clock_trusted=bool(trusted),
        sending=_sending(state, attempts, form_taken=bool(form_taken)),
        receipt=receipt,
        reprints=reprints,
        failure=failure or "",
        reason=reason,
    )


def _sending(state: str, attempts: int, *, form_taken: bool) -> Sending:
    if state == "settled":
        return Sending.COMPLETE
    if state == "parked":
        return Sending.PARKED
    if form_taken:
        return Sending.SCANS
    return Sending.TRYING if attempts else Sending.QUEUED


def _end(outcomes: list[str]) -> tuple[ReceiptEnd, int]:
    """One sheet that came out is the receipt, every further one a reprint; else the worst that is not known."""
    printed = outcomes.count("printed")
    if printed:
        return ReceiptEnd.PRINTED, printed - 1
    if "uncertain" in outcomes:
        return ReceiptEnd.UNCERTAIN, 0
    return _ENDS.get(outcomes[-1], ReceiptEnd.RUNNING), 0
