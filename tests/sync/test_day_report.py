"""The day's reckoning from both sides, through the real line and the real platform."""

import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from central.dayreport import Compared, compared, day_report
from central.office import Office, open_office
from kiosk.calendar import shanghai_day
from kiosk.failure import Failure, KioskError
from kiosk.model.dayreport import ALARMING, Cause, DayReport, Sending
from sync.simlink import LinkSimulator
from tests.sync.platform import Platform
from tests.sync.taking import Taken, take
from tests.sync.terminal import Terminal


@pytest.fixture
def office(platform: Platform) -> Iterator[Office]:
    with open_office(platform.data) as opened:
        yield opened


def today() -> date:
    return shanghai_day(datetime.now(UTC))


def reckoned(terminal: Terminal, office: Office) -> tuple[DayReport, Compared]:
    own = terminal.store.daybook.report(today())
    return own, compared(office, own)


def of(taken: Taken, found: Compared) -> list[Cause]:
    assert found.differences is not None
    return [one.cause for one in found.differences if one.event == taken.event]


def test_what_was_delivered_is_the_same_on_both_sides(terminal: Terminal, office: Office) -> None:
    for size in (3_000, 40_000):
        take(terminal.store, size)
    terminal.agent.run_once()
    own, found = reckoned(terminal, office)

    assert (own.submitted, own.acknowledged) == (2, 2)
    assert (found.report.submitted, found.report.acknowledged) == (2, 2)
    assert found.differences == ()
    assert {one.event for one in own.events} == {one.event for one in found.report.events}
    assert found.report.agrees


def test_what_is_still_here_is_named_by_its_cause(terminal: Terminal, office: Office, simlink: LinkSimulator) -> None:
    simlink.cut()
    waiting = take(terminal.store, 3_000)
    untried, found = reckoned(terminal, office)
    assert of(waiting, found) == [Cause.SENDING_QUEUED]
    assert found.report.submitted == 0
    terminal.agent.run_once()
    tried, found = reckoned(terminal, office)

    assert of(waiting, found) == [Cause.SENDING_TRYING]
    assert (untried.acknowledged, tried.acknowledged) == (0, 0)


def test_a_refused_case_is_named_on_both_sides_with_the_platforms_reason(terminal: Terminal, office: Office) -> None:
    refused = take(terminal.store, 3_000, answers={})
    terminal.agent.run_once()
    own, found = reckoned(terminal, office)

    assert [one.cause for one in own.differences if one.event == refused.event][-1] is Cause.SENDING_PARKED
    assert of(refused, found) == [Cause.PLATFORM_REFUSED]
    assert [(one.event, bool(one.reason)) for one in found.report.refused] == [(refused.event, True)]


def test_an_acknowledgement_the_platform_never_gave_is_an_alarm(terminal: Terminal, office: Office) -> None:
    forged = take(terminal.store, 3_000)
    terminal.store.outbox.settle(forged.event, b"not an acknowledgement")
    _, found = reckoned(terminal, office)

    assert of(forged, found) == [Cause.PLATFORM_LACKS]
    assert Cause.PLATFORM_LACKS in ALARMING


def test_a_case_the_terminal_has_forgotten_is_an_alarm(terminal: Terminal, office: Office) -> None:
    taken = take(terminal.store, 3_000)
    terminal.agent.run_once()
    own = terminal.store.daybook.report(today())
    forgetful = DayReport(own.terminal, own.point_name, own.day, own.at, clock_trusted=True)

    assert of(taken, compared(office, forgetful)) == [Cause.TERMINAL_LACKS]


def test_a_form_that_went_before_its_scans_is_half_there_on_both_sides(
    terminal: Terminal, office: Office, simlink: LinkSimulator
) -> None:
    half = take(terminal.store, 400_000)
    simlink.cut_after(60_000)
    terminal.agent.run_once()
    own, found = reckoned(terminal, office)

    assert own.events[0].sending is Sending.SCANS
    assert of(half, found) == [Cause.SENDING_SCANS]
    assert (found.report.submitted, found.report.acknowledged) == (1, 0)


def test_a_report_of_a_terminal_nobody_knows_is_refused(office: Office) -> None:
    with pytest.raises(KioskError) as refused:
        day_report(office, f"X{secrets.token_hex(3)}", today())

    assert refused.value.failure is Failure.NOT_PROVISIONED
