"""What comes home to the screen: on its thread, in order, and never for a visit that is over."""

import threading
from collections.abc import Iterator, Sized

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication

from kiosk.failure import Failure, KioskError
from ui.hand import NotThereError
from ui.lanes import Lanes
from ui.models import Rows
from ui.questions import QuestionRow


class Waiter:
    """Runs the event loop until something is so."""

    def __init__(self, app: QGuiApplication) -> None:
        self._app = app
        self.bugs: list[Exception] = []
        self.lanes = Lanes(self.bugs.append)

    def until(self, count: int, of: Sized) -> None:
        for _ in range(2000):
            if len(of) >= count:
                return
            self._app.processEvents()
            threading.Event().wait(0.001)
        raise NotThereError(f"{count} answers")


@pytest.fixture
def waiter(app: QGuiApplication) -> Iterator[Waiter]:
    made = Waiter(app)
    yield made
    made.lanes.close()


def test_answers_come_home_in_order_on_the_thread_of_the_screen(waiter: Waiter) -> None:
    home: list[object] = []
    worked: set[int] = set()
    for number in range(200):

        def call(number: int = number) -> int:
            worked.add(threading.get_ident())
            return number

        waiter.lanes.work(call, lambda answer: home.append((answer, threading.get_ident())))
    waiter.until(200, home)

    assert home == [(number, threading.get_ident()) for number in range(200)]
    assert len(worked) == 1
    assert threading.get_ident() not in worked


def test_what_a_finished_visit_asked_for_never_arrives(waiter: Waiter) -> None:
    arrived: list[object] = []
    lasting: list[object] = []
    gate = threading.Event()
    waiter.lanes.work(gate.wait, lambda _: arrived.append("of the visit"))
    waiter.lanes.work(lambda: 1, lasting.append, lasting=True)
    from_device = waiter.lanes.posting(arrived.append)
    waiter.lanes.forget()
    gate.set()
    from_device("of a device")
    waiter.until(1, lasting)

    assert arrived == []


def test_an_expected_failure_is_told_and_an_unexpected_one_is_a_bug(waiter: Waiter) -> None:
    failures: list[object] = []

    def refuse() -> None:
        raise KioskError(Failure.STORE_FULL)

    waiter.lanes.work(refuse, lambda _: None, failures.append)
    waiter.lanes.work(lambda: int("nothing"), lambda _: None, failures.append)
    waiter.until(1, waiter.bugs)

    assert [error.failure for error in failures if isinstance(error, KioskError)] == [Failure.STORE_FULL]
    assert len(failures) == 1
    assert isinstance(waiter.bugs[0], ValueError)


def _row(field: str, value: str = "") -> QuestionRow:
    return QuestionRow(field, field, "", "text", True, value, False, "", (), (), (), "", "", 0)


@given(
    before=st.lists(st.sampled_from("abcdefgh"), unique=True), after=st.lists(st.sampled_from("abcdefgh"), unique=True)
)
def test_rows_merged_are_the_rows_wanted_and_those_that_stay_are_not_taken_away(
    before: list[str], after: list[str]
) -> None:
    rows: Rows[QuestionRow] = Rows(QuestionRow)
    rows.show([_row(name) for name in before])
    gone: list[str] = []
    resets: list[bool] = []
    rows.rowsAboutToBeRemoved.connect(lambda _parent, first, _last: gone.append(rows.rows[first].field))
    rows.modelReset.connect(lambda: resets.append(True))
    rows.merge([_row(name, "changed") for name in after], lambda row: row.field)
    same_order = [name for name in before if name in after] == [name for name in after if name in before]

    assert [row.field for row in rows.rows] == after
    assert all(row.value == "changed" for row in rows.rows)
    assert set(gone) <= set(before) - set(after) or resets
    assert not (same_order and resets)
