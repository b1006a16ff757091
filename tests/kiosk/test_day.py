"""Which day it is under a clock that cannot be believed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cli.wiring import new_press
from kiosk.clock import CLOCK_MARK, RELEASED, ClockMark, SystemClock
from kiosk.desk.equipment import Equipment
from local_db.store import open_store
from sync.line import AgentLine

CONTACT = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)


class Set(SystemClock):
    """The machine's clock, wrong."""

    at = CONTACT

    def now(self) -> datetime:
        return self.at


@pytest.mark.parametrize(
    "at", [datetime(1970, 1, 1, tzinfo=UTC), CONTACT - timedelta(days=2), CONTACT + timedelta(days=730)]
)
def test_ages_and_terms_are_counted_from_the_platforms_last_signed_day(tmp_path: Path, at: datetime) -> None:
    with open_store(tmp_path / "data", create=True) as store:
        clock = Set(lambda: store.settings.get(CLOCK_MARK))
        kit = Equipment(store, new_press(), AgentLine(tmp_path, store.outbox.counts), clock)
        store.settings.put(CLOCK_MARK, ClockMark(CONTACT, timedelta(0)).encode())

        assert kit.today() == date(2027, 3, 1)
        clock.at = at
        assert kit.today() == date(2027, 3, 1)
        assert kit.trusted_today() is None


def test_before_the_first_contact_no_day_lies_before_this_release(tmp_path: Path) -> None:
    with open_store(tmp_path / "data", create=True) as store:
        clock = Set(lambda: store.settings.get(CLOCK_MARK))
        clock.at = datetime(1970, 1, 1, tzinfo=UTC)
        kit = Equipment(store, new_press(), AgentLine(tmp_path, store.outbox.counts), clock)

        assert kit.today() == RELEASED.date()
