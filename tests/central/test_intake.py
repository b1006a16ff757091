"""What fits is taken, what does not is refused with its field, and neither stands in another's way."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from central.intake.taking import Refused, Taken, take_events
from central.store import ratings, terminals
from kiosk import numbers
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Rating
from kiosk.model.people import Portrait
from kiosk.seal import records, wraps
from tests.central.catalogue import item, publish
from tests.central.conftest import Platform
from tests.central.terminal import DAY, MADE, Filed, Page, Terminal, child

Change = Callable[[Terminal], Filed]


def _foreign(terminal: Terminal) -> Filed:
    return terminal.file(number=numbers.submission_no("T99999", "A", DAY, 1))


def _unsealed(terminal: Terminal) -> Filed:
    filed = terminal.file()
    sealed = records.seal_record(b"not json", terminal.statement.platform_key, f"form/{filed.event.event}")
    return terminal.file(payload=sealed, event_id=filed.event.event)


def _moved_seal(terminal: Terminal) -> Filed:
    return terminal.file(payload=terminal.file().event.payload)


def _unnamed_file(terminal: Terminal) -> Filed:
    pages = [terminal.page(b"a"), terminal.page(b"b", index=1)]
    return terminal.file(pages, draft=terminal.draft(pages[:1]))


def _bad_wrap(terminal: Terminal) -> Filed:
    page = terminal.page(b"a")
    fields = {name: getattr(page.entry, name) for name in page.entry.__struct_fields__}
    wrap = wraps.wrap_for_platform(bytes(32), terminal.answer.rescue_key)
    return terminal.file([Page(page.plain, page.sealed, type(page.entry)(**{**fields, "wrap": wrap}))])


def _with_photograph(terminal: Terminal) -> Filed:
    draft = terminal.draft()
    assert draft.applicant is not None
    return terminal.file(draft=replace(draft, applicant=replace(draft.applicant, portrait=Portrait(b"WLf"))))


def _placed(terminal: Terminal, index: int) -> Filed:
    page = terminal.page(b"a")
    entry = msgspec.structs.replace(page.entry, index=index)
    return terminal.file([Page(page.plain, page.sealed, entry)])


def _rated(terminal: Terminal, **wrong: object) -> Filed:
    event, number = secrets.token_hex(16), terminal.number()
    rating = Rating(number, 1, MADE)
    sealed = records.seal_record(
        msgspec.json.encode(replace(rating, **wrong)),  # type: ignore[arg-type] # made wrong on purpose
        terminal.statement.platform_key,
        f"form/{event}",
    )
    return terminal.file(kind="rating", event_id=event, number=number, payload=sealed)


REFUSED: dict[str, tuple[Change, str, str]] = {
    "a photograph nobody asked for": (_with_photograph, "applicant.portrait", "not_asked"),
    "an unknown item": (lambda t: t.file(draft=t.draft(item_code="99NOWHERE")), "item", "unknown"),
    "a version of the item that never was": (lambda t: t.file(item_version=9), "item", "unknown"),
    "a catalogue that never was": (
        lambda t: t.file(draft=t.draft(catalogue_version=77)),
        "catalogue_version",
        "unknown",
    ),
    "a required answer missing": (
        lambda t: t.file(draft=t.draft(answers={"phone": "15400000001"})),
        "answers.income",
        "required",
    ),
    "an answer of another type": (
        lambda t: t.file(draft=t.draft(answers={"phone": "15400000001", "income": "many"})),
        "answers.income",
        "not_whole",
    ),
    "an answer nobody asked for": (
        lambda t: t.file(draft=t.draft(answers={"phone": "15400000001", "income": 1, "religion": "x"})),
        "answers",
        "not_asked",
    ),
    "a member's form unfinished": (
        lambda t: t.file(draft=t.draft(members=(replace(child(), answers={}),))),
        "members.m1.answers.school",
        "required",
    ),
    "another terminal's number": (_foreign, "number", "another_terminal"),
    "an epoch never issued": (
        lambda t: t.file(number=numbers.submission_no(t.name, "C", DAY, 7)),
        "number",
        "epoch",
    ),
    "a wrong check character": (lambda t: t.file(number=t.number()[:-1] + "?"), "number", "shape"),
    "a payload that is none": (_unsealed, "payload", "unreadable"),
    "another event's payload": (_moved_seal, "payload", "seal"),
    "a payload that says another number": (
        lambda t: t.file(number=t.number(), payload=t.file().event.payload),
        "payload",
        "seal",
    ),
    "a number in full-width digits": (lambda t: t.file(number=t.number().replace("2", "２")), "number", "shape"),
    "a rating of no time zone": (lambda t: _rated(t, rated_at=datetime(2026, 7, 2, 1, 30)), "rated_at", "no_zone"),  # noqa: DTZ001 -- the fault itself
    "a place among pages beyond all measure": (lambda t: _placed(t, 1 << 63), "blobs", "shape"),
    "a place among pages before the first": (lambda t: _placed(t, -1), "blobs", "shape"),
    "a material of a member who is not there": (
        lambda t: t.file([t.page(b"book", material="hukou", member="m9")]),
        "materials",
        "no_such_member",
    ),
    "an application that replaces another": (
        lambda t: t.file(draft=t.draft(replaces=t.number())),
        "replaces",
        "another_number",
    ),
    "an unknown kind": (lambda t: t.file(kind="wish"), "kind", "unknown"),
    "an event id that is a path": (lambda t: t.file(event_id="../../x"), "event", "shape"),
    "a material the item does not know": (
        lambda t: t.file([t.page(b"x", material="passport")]),
        "materials",
        "unknown",
    ),
    "a file nobody put into the form": (_unnamed_file, "blobs", "disagree"),
    "a page key for somebody else": (_bad_wrap, "blobs", "wrap"),
    "a correction of nothing": (
        lambda t: t.file(kind="amendment", number=(n := t.number()), draft=t.draft(replaces=n), replaces=n),
        "replaces",
        "unknown",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_fit_is_refused_with_its_field(terminal: Terminal, what: str) -> None:
    make, field, reason = REFUSED[what]
    answer = terminal.exchange(make(terminal).event).answers[0]
    assert (answer.outcome, answer.field, answer.reason) == ("refused", field, reason)
    assert answer.ack is None


def test_an_event_that_breaks_the_writing_delays_no_neighbour_and_a_full_disk_is_held_against_none(
    founded: Callable[..., Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = founded("poison").start()
    terminal = platform.enrolled()
    platform.stop()
    good, bad = terminal.file().event, _rated(terminal).event
    with platform.office() as office:
        with office.store.read() as connection:
            known = terminals.find(connection, terminal.name)
        assert known is not None

        def fail_with(error: Exception) -> None:
            def add(*_: object) -> None:
                raise error

            monkeypatch.setattr(ratings, "add", add)

        full = sqlite3.OperationalError()
        full.sqlite_errorcode = sqlite3.SQLITE_FULL
        fail_with(OperationalError("INSERT", None, full))
        with pytest.raises(KioskError) as raised:
            take_events(office, known, [bad, good])
        assert raised.value.failure is Failure.STORE_FULL
        fail_with(OverflowError())
        poisoned, taken = take_events(office, known, [bad, good])
    assert poisoned == Refused(bad.event, "event", "internal")
    assert isinstance(taken, Taken)


def test_a_refused_event_is_taken_once_the_platform_knows_its_catalogue(founded: Callable[..., Platform]) -> None:
    late = founded("late").start()
    terminal = late.enrolled()
    filed = terminal.file(draft=terminal.draft(catalogue_version=2))
    assert terminal.exchange(filed.event).answers[0].reason == "unknown"
    office = late.office()
    publish(office, item(), item(version=2, code="99TEST00000002"))
    office.close()
    assert terminal.exchange(filed.event).answers[0].outcome == "taken"
    late.stop()
