"""Two hundred terminals give numbers for weeks without hearing of each other: none is given twice or can be misread."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import numbers
from kiosk.failure import KioskError
from local_db.store import open_store
from tests.local_db.making import Application, SetClock, enrol
from tests.proofs import Prove

START = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
DAYS = 45


def offline(data: Path, terminal: str) -> list[str]:
    """What one terminal gives: a restart a day, days under a clock nobody believes, and for some a disk from a copy."""
    given: list[str] = []
    epoch, copy = "A", data.with_name(f"{data.name}-copy")
    copied = int(terminal[1:]) % 5 == 0
    for day in range(DAYS):
        at = START + timedelta(days=day)
        if day == 30 and copied:
            # a week-old copy in place of a dead disk: the counter goes back, so the platform gives another epoch
            shutil.rmtree(data)
            copy.rename(data)
            epoch = "B"
        with open_store(data, create=day == 0, clock=SetClock(at)) as store:
            if day == 0:
                enrol(store)
            for _ in range(1 + day % 2):
                made = Application(at=at, terminal=terminal, epoch=epoch, day_known=day % 7 != 3)
                given.append(store.cases.submit(made.build).summary.submission_no)
        if day == 23 and copied:
            shutil.copytree(data, copy)
    return given


def wrong_digits(number: str) -> Iterator[str]:
    """The number with one digit misread, each in each way."""
    for place, digit in enumerate(number):
        if digit.isdigit():
            yield from (number[:place] + other + number[place + 1 :] for other in "0123456789" if other != digit)


def passes(number: str) -> bool:
    try:
        numbers.parse(number)
    except KioskError:
        return False
    return True


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("terminals", [5, pytest.param(195, marks=pytest.mark.long)])
def test_no_two_terminals_ever_give_the_same_number_and_no_digit_can_be_misread(
    tmp_path: Path, terminals: int, prove: Prove
) -> None:
    first = 1 if terminals == 5 else 6
    given = []
    for number in range(first, first + terminals):
        given += offline(tmp_path / str(number), f"T{number:05d}")
        shutil.rmtree(tmp_path / str(number))
    wrong = [one for number in given for one in wrong_digits(number)]
    passed = sum(map(passes, wrong))
    clashes = len(given) - len(set(given))

    prove(
        "numbers",
        terminals=terminals,
        days=DAYS,
        numbers=len(given),
        clashes=clashes,
        errors=len(wrong),
        passed=passed,
    )
    assert len({numbers.parse(one).day for one in given} - {None}) > 30
    assert {numbers.parse(one).epoch for one in given} == {"A", "B"}
    assert all(passes(one) for one in given)
    assert (clashes, passed) == (0, 0)
