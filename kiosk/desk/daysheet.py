"""日终核对: the reckoning of a day and its sheet, for whoever may have it.

The desk's verbs ask for the right. `kiosk report day` does not: whoever has a shell of the service account holds the
database's key.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import msgspec

from kiosk.desk import printing
from kiosk.desk.equipment import Equipment
from kiosk.desk.printing import OnOutcome
from kiosk.model.dayreport import DayReport
from kiosk.model.devices import PageSize
from kiosk.model.people import Operator
from kiosk.model.printing import edition_of
from kiosk.papers.content import DayPaper

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def reckon(kit: Equipment, day: date) -> DayReport:
    """The report of a day as things stand now."""
    kit.store.papers.unfinished()  # what a process that is gone left running has an unknown end
    return kit.store.daybook.report(day)


def print_sheet(
    kit: Equipment, report: DayReport, operator: Operator | None, size: PageSize | None, on_outcome: OnOutcome
) -> None:
    """Print 日终核对单. A later report of the same day that says something else is a paper of its own."""
    way = printing.way_of(kit, size)
    demo = kit.store.settings.identity().demo
    who = operator.staff_id if operator else ""

    def make(copy: int) -> DayPaper:
        return DayPaper(report, kit.now(), who, copy, demo, way.size)

    # The sheets it counts grow by the sheet itself: the same figures printed again are a copy.
    edition = edition_of(msgspec.json.encode(replace(report, at=_NEVER, papers=())))
    printing.print_paper(kit, "day", report.day.isoformat(), make, on_outcome, way, edition)
