"""The answer to feedback, heard at another terminal: with the query code, or with the card tapped when it was said."""

from datetime import timedelta
from typing import Any

import pytest

from central import feedback as book
from kiosk.model.feedback import FeedbackState
from kiosk.model.inquiry import InquiryKind, InquiryReply
from kiosk.model.people import Assurance, Person
from tests.central.conftest import Platform
from tests.central.speaking import spoken_up
from tests.central.terminal import Terminal
from tests.central.test_inquiries import DAUGHTER, MOTHER, ask

NOBODY: dict[str, Any] = {"id_no": "", "name": "", "assurance": Assurance.STATED, "agreed_at": None}


def by_code(at: Terminal, number: str, code: str) -> InquiryReply:
    return ask(at, MOTHER, InquiryKind.FEEDBACK, about=number, code=code, **NOBODY)


def by_card(at: Terminal, number: str, person: Person) -> InquiryReply:
    return ask(at, person, InquiryKind.FEEDBACK, about=number, agreed_at=None)


def test_whoever_has_the_slip_hears_it_at_another_terminal_and_need_be_nobody(
    platform: Platform, terminal: Terminal
) -> None:
    number, elsewhere = spoken_up(terminal, code="135790"), platform.enrolled()
    waiting = by_code(elsewhere, number, "135790").feedback
    platform.ask("feedback", "answer", number, "马上派人去看")
    platform.ask("feedback", "answer", number, "已经修好了")
    heard = by_code(elsewhere, number, "135790").feedback

    assert waiting is not None
    assert heard is not None
    assert (waiting.state, waiting.answer) == (FeedbackState.TAKEN, "")
    assert (heard.number, heard.state, heard.answer) == (number, FeedbackState.ANSWERED, "已经修好了")
    assert by_code(elsewhere, number, "135791").refused == "feedback_unknown"


def test_the_card_tapped_when_it_was_said_will_do_and_no_other(platform: Platform, terminal: Terminal) -> None:
    number, elsewhere = spoken_up(terminal, holder=MOTHER.id_no), platform.enrolled()
    shown = platform.ask("feedback", "show", number)

    assert by_card(elsewhere, number, MOTHER).feedback is not None
    assert by_card(elsewhere, number, DAUGHTER).refused == "feedback_unknown"
    typed = ask(elsewhere, MOTHER, InquiryKind.FEEDBACK, about=number, assurance=Assurance.STATED)
    assert typed.refused == "identity_too_weak"
    assert MOTHER.id_no not in str(shown), "who reads it is not shown who said it"


def test_what_was_said_without_card_or_code_is_told_to_nobody_elsewhere(platform: Platform, terminal: Terminal) -> None:
    number, elsewhere = spoken_up(terminal), platform.enrolled()

    assert by_code(elsewhere, number, "000000").refused == "feedback_unknown"
    assert by_card(elsewhere, number, MOTHER).refused == "feedback_unknown"
    assert by_code(elsewhere, "T00001A-20261124-09999-X", "135790").refused == "feedback_unknown"


def test_five_wrong_tries_close_it_for_a_day(
    platform: Platform, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, elsewhere = spoken_up(terminal, code="135790", holder=MOTHER.id_no), platform.enrolled()
    for wrong in range(5):
        by_code(elsewhere, number, f"00000{wrong}")
    closed, card = by_code(elsewhere, number, "135790"), by_card(elsewhere, number, MOTHER)
    with platform.office() as office:
        now = office.now()
        monkeypatch.setattr(type(office), "now", lambda _: now + timedelta(days=1, minutes=1))
        next_day = book.told(office, number, "135790", "")

    assert closed.refused == "feedback_unknown"
    assert card.feedback is not None, "who guesses codes keeps nobody's own card from being heard"
    assert next_day is not None
