"""What is over goes, what may still be needed stays, and a clock nobody believes deletes nothing."""

import secrets
from datetime import UTC, datetime, timedelta

from kiosk.clock import CLOCK_MARK, SystemClock
from kiosk.failure import Failure
from kiosk.model.case import Channel, DraftSummary
from kiosk.ports import Store, StoredDraft
from sync.agent import failure_of
from sync.simlink import LinkSimulator
from tests.sync.conftest import Opener
from tests.sync.taking import ITEM, take
from tests.sync.terminal import Terminal
from tests.sync.test_agent import Year1970


def kept_until(store: Store, keep_until: datetime) -> str:
    """A draft somebody asked to keep until then."""
    case_id = secrets.token_hex(16)
    summary = DraftSummary(case_id, ITEM, "样例", Channel.TERMINAL, datetime.now(UTC), keep_until)
    store.drafts.save(StoredDraft(summary, b"sealed", b"owner", b"key"))
    return case_id


def held(store: Store, case_id: str) -> bool:
    def load() -> None:
        store.drafts.load(case_id)

    failure = failure_of(load)
    assert failure is None or failure.failure is Failure.CASE_UNKNOWN
    return failure is None


def readable(store: Store, digest: str) -> bool:
    def read() -> None:
        store.blobs.read(digest)

    failure = failure_of(read)
    assert failure is None or failure.failure is Failure.BLOB_DAMAGED
    return failure is None


def no_retention(terminal: Terminal) -> None:
    """As if the catalogue said that nothing need stay here after delivery."""
    with terminal.store.write_tx():
        terminal.store._connection.run("UPDATE shelf_retention SET days = 0")


def test_a_run_lets_go_of_drafts_whose_day_has_passed_and_of_no_others(terminal: Terminal) -> None:
    now = datetime.now(UTC)
    over, open_still = (kept_until(terminal.store, now + timedelta(hours=hours)) for hours in (-1, 1))

    terminal.agent.run_once()

    assert not held(terminal.store, over)
    assert held(terminal.store, open_still)


def test_files_stay_after_delivery_as_long_as_the_catalogue_says(terminal: Terminal) -> None:
    taken = take(terminal.store, 10_000)
    terminal.agent.run_once()
    assert readable(terminal.store, taken.digests[0])


def test_files_go_once_delivered_where_nothing_need_stay(terminal: Terminal) -> None:
    no_retention(terminal)
    taken, kept = take(terminal.store, 10_000), take(terminal.store, 5_000)
    terminal.store.outbox.park(kept.event, "link.intake_refused", "test")

    terminal.agent.run_once()

    assert not readable(terminal.store, taken.digests[0])
    assert readable(terminal.store, kept.digests[0])


def test_a_clock_at_1970_deletes_nothing(opened: Opener) -> None:
    terminal = opened(clock=Year1970())
    no_retention(terminal)
    over = kept_until(terminal.store, datetime(1969, 1, 1, tzinfo=UTC))
    taken = take(terminal.store, 10_000)

    assert terminal.agent.run_once().settled == 1

    assert held(terminal.store, over)
    assert readable(terminal.store, taken.digests[0])


def test_a_clock_that_jumps_to_2099_while_nobody_can_say_so_deletes_nothing(
    opened: Opener, simlink: LinkSimulator
) -> None:
    opened().agent.run_once()
    simlink.cut()
    terminal = opened(clock=Year2099(lambda: terminal.store.settings.get(CLOCK_MARK)))
    kept = kept_until(terminal.store, datetime.now(UTC) + timedelta(days=7))

    assert terminal.agent.run_once().reached is False
    assert held(terminal.store, kept)

    simlink.restore()
    taken = take(terminal.store, 5_000)
    assert terminal.agent.run_once().settled == 1
    assert held(terminal.store, kept)
    assert readable(terminal.store, taken.digests[0])


class Year2099(SystemClock):
    def now(self) -> datetime:
        return datetime(2099, 1, 1, tzinfo=UTC)


def test_a_terminal_without_a_line_still_lets_go_of_what_is_over(terminal: Terminal, simlink: LinkSimulator) -> None:
    over = kept_until(terminal.store, datetime.now(UTC) - timedelta(hours=1))
    simlink.cut()

    assert terminal.agent.run_once().reached is False

    assert not held(terminal.store, over)
