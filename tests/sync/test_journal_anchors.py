"""A journal that was cut off and grew again is found at the platform, over the line and by stick."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from central.office import Office, open_office
from central.store import anchors, audit
from kiosk import journal as chain
from kiosk.seal import signing
from local_db.store import Store
from sync.simlink import LinkSimulator
from tests.sync.conftest import Opener
from tests.sync.courier import Courier
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal


@pytest.fixture
def office(platform: Platform) -> Iterator[Office]:
    with open_office(platform.data) as opened:
        yield opened


class Calendar:
    """The machine's clock some days on."""

    days = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)

    def trusted(self) -> bool:
        return True


@pytest.fixture
def calendar(terminal: Terminal) -> Calendar:
    calendar = Calendar()
    terminal.store._connection.clock = calendar
    return calendar


def told(office: Office, terminal: str) -> list[str]:
    with office.store.read() as connection:
        return [
            one.act for one in audit.entries(connection) if one.subject == terminal and one.act.startswith("journal")
        ]


def shrink(store: Store, to: int, *, forget: bool = False) -> None:
    """Cut the journal's end off as somebody with the database key does, with the counter set back."""
    with store.write_tx():
        store._connection.run("DROP TRIGGER IF EXISTS journal_never_shrinks")
        store._connection.run("DELETE FROM journal WHERE position > ?", (to,))
        store._connection.run("UPDATE counters SET value = ? WHERE name = 'journal'", (to,))
        if forget:
            store._connection.run("DELETE FROM settings WHERE name = 'journal.told'")


def work(terminal: Terminal, times: int = 1) -> None:
    for _ in range(times):
        take(terminal.store, 2_000)
        assert terminal.agent.run_once().failure is None


def test_an_honest_journal_is_never_doubted_over_days_breaks_and_lost_answers(
    terminal: Terminal, office: Office, calendar: Calendar, simlink: LinkSimulator
) -> None:
    for day in range(4):
        calendar.days = day
        simlink.drop_answers(2)
        for _ in range(4):
            take(terminal.store, 2_000)
            terminal.agent.run_once()
        simlink.restore()
        work(terminal)

    assert told(office, terminal.name) == []
    with office.store.read() as connection:
        kept = anchors.kept(connection, terminal.name)
    assert len([one for _, one in kept if one.day]) == 3
    terminal.store.journal.verify([one for _, one in kept])


def test_a_journal_cut_off_and_grown_beyond_what_it_told_is_a_fork(terminal: Terminal, office: Office) -> None:
    work(terminal, 3)
    before = terminal.store.journal.head()[0]
    shrink(terminal.store, before - 4)
    for _ in range(9):
        terminal.store.journal.append("nothing.happened", "x", "y")
    assert terminal.store.journal.head()[0] > before
    work(terminal)

    assert told(office, terminal.name)[:1] == ["journal.fork"]


def test_one_that_also_forgot_what_it_told_is_raised_all_the_same(terminal: Terminal, office: Office) -> None:
    work(terminal, 3)
    before = terminal.store.journal.head()[0]
    shrink(terminal.store, before - 4, forget=True)
    for _ in range(9):
        terminal.store.journal.append("nothing.happened", "x", "y")
    work(terminal)

    assert told(office, terminal.name)[:1] == ["journal.unproven"]
    with office.store.read() as connection:
        kept = [one for _, one in anchors.kept(connection, terminal.name)]
    with pytest.raises(Exception, match="anchor"):
        terminal.store.journal.verify(kept)


def test_a_seal_that_was_left_out_is_a_fork(terminal: Terminal, office: Office, calendar: Calendar) -> None:
    for day in range(4):
        calendar.days = day
        work(terminal)
    seal = [entry for entry in terminal.store.journal.entries() if entry.act == chain.SEALED][1]
    shrink(terminal.store, seal.position - 1, forget=True)
    calendar.days = 1  # the day goes on as if it had not ended
    for _ in range(40):
        terminal.store.journal.append("nothing.happened", "x", "y")
    calendar.days = 4
    work(terminal)

    assert "journal.fork" in told(office, terminal.name)


def test_a_seal_of_another_key_is_raised(terminal: Terminal, office: Office, calendar: Calendar) -> None:
    work(terminal)
    statement = terminal.store.settings.identity().statement
    stranger = signing.new_signing_key()
    terminal.store.journal.seal_with(
        lambda head, day: chain.seal_details(head, day, stranger, statement), terminal.store.settings.root
    )
    calendar.days = 1
    work(terminal)

    assert told(office, terminal.name)[0] == "journal.seal"


def test_a_stick_carries_the_seals_and_finds_the_same(
    terminal: Terminal, office: Office, calendar: Calendar, data: Path, platform: Platform, tmp_path: Path
) -> None:
    courier = Courier(platform, tmp_path)
    stick = courier.stick()
    for day in (-2, -1, 0):
        calendar.days = day
        take(terminal.store, 2_000)
    courier.there_and_back(data, stick)
    assert told(office, terminal.name) == []
    terminal.store.journal.verify()
    with office.store.read() as connection:
        seals = [one for _, one in anchors.kept(connection, terminal.name) if one.day]
    assert len(seals) == 3

    shrink(terminal.store, seals[1].position)
    calendar.days = -2
    for _ in range(300):  # more than a stick's trail shows
        terminal.store.journal.append("nothing.happened", "x", "y")
    calendar.days = 0
    take(terminal.store, 2_000)
    courier.there_and_back(data, stick)
    assert set(told(office, terminal.name)) == {"journal.fork"}


def test_the_journal_still_verifies_when_the_terminal_is_opened_again(terminal: Terminal, opened: Opener) -> None:
    work(terminal, 2)
    again = opened()

    assert again.store.journal.verify() == terminal.store.journal.verify()
