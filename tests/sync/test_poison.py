"""Cases that no platform takes in stand aside with their reason and delay nobody."""

from kiosk.failure import Failure
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.taking import take

CASES = 50
POISONED = (12, 37)


def test_two_poisoned_cases_among_fifty_are_parked_by_name_and_cost_the_others_nothing(
    opened: Opener, platform: Platform
) -> None:
    terminal = opened()
    clean = [take(terminal.store, 5_000, index=place + 1) for place in range(CASES)]
    plain = terminal.agent.run_once()
    assert (plain.settled, plain.failure) == (CASES, None)
    cases = [
        take(terminal.store, 5_000, index=place + 1, answers={"not_asked": "x"} if place in POISONED else None)
        for place in range(CASES)
    ]
    report = terminal.agent.run_once()
    assert (report.settled, report.parked) == (CASES - len(POISONED), len(POISONED))
    assert report.turns <= plain.turns + 2, "a request more or less for the scans"
    assert report.sent_bytes <= plain.sent_bytes * 1.05
    sound = [case.number for place, case in enumerate(cases) if place not in POISONED]
    assert sorted(platform.numbers(terminal.name)) == sorted([*sound, *(case.number for case in clean)])
    for place in POISONED:
        summary = terminal.store.cases.show(cases[place].number)
        assert (summary.parked, summary.failure) == (True, Failure.INTAKE_REFUSED.code)
        assert summary.reason == "answers: not_asked"
    again = terminal.agent.run_once()
    assert (again.pending, again.turns) == (len(POISONED), 1), "what is parked is not asked about again"
