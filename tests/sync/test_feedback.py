"""Feedback by line and by stick: exactly once, answered where it was handed in, and patient with an older platform."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from central import feedback as book
from kiosk import numbers
from kiosk.cli.wiring import new_desk
from kiosk.failure import Failure, KioskError
from kiosk.model.feedback import Feedback, FeedbackKind, FeedbackState, NewFeedback
from kiosk.model.people import Agent, AgentKind, Applicant, Assurance, IdType, Person, Relation
from kiosk.seal import records
from local_db.store import Store
from sync.simlink import LinkSimulator
from sync.wire.messages import EventAnswer, Manifest
from tests.sync.conftest import Opener
from tests.sync.courier import Courier
from tests.sync.impostor import Impostor
from tests.sync.platform import Platform
from tests.sync.strangers import Stranger
from tests.sync.taking import take
from tests.sync.terminal import Terminal

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
TEXT = "指南里要的证明早就取消了"


def building(store: Store, text: str = TEXT, **other: str) -> Callable[[int], NewFeedback]:
    """What a desk hands to the book; `other` is made wrong on purpose."""
    identity = store.settings.identity()

    def build(counter: int) -> NewFeedback:
        number = numbers.submission_no(identity.terminal, identity.epoch, NOON.date(), counter)
        said = Feedback(other.get("inside", number), FeedbackKind.GUIDE, text, NOON, contact="村东头第三家")
        event = f"feedback-{counter}"
        payload = records.seal_record(msgspec.json.encode(said), identity.platform_key, f"form/{event}")
        return NewFeedback(event, number, FeedbackKind.GUIDE, payload, NOON, clock_trusted=True, code_tag=b"tag")

    return build


def give(store: Store, **other: str) -> str:
    return store.feedback.submit(building(store, **other)).number


def test_whoever_tapped_the_card_hears_the_answer_elsewhere_and_not_whom_they_act_for(
    terminal: Terminal, platform: Platform
) -> None:
    mother = Person(IdType.RESIDENT_ID, "00000019500101001X", "演示·张小凤")
    son = Person(IdType.RESIDENT_ID, "000000197503030011", "演示·张大山")
    desk = new_desk(terminal.data, terminal.store)
    session = desk.open_session()
    session.applicant = Applicant(mother, Assurance.STATED)
    session.agent = Agent(son, AgentKind.AGENT, Relation.CHILD, assurance=Assurance.CHIP)
    slip = desk.give_feedback(session, FeedbackKind.COMPLAINT, TEXT)
    session.wipe()
    terminal.agent.run_once()

    with platform.office() as office:
        assert book.told(office, slip.number, "", son.id_no) is not None
        assert book.told(office, slip.number, "", mother.id_no) is None


def test_it_goes_up_sealed_is_answered_and_the_answer_comes_back(terminal: Terminal, platform: Platform) -> None:
    number = give(terminal.store)
    assert terminal.store.feedback.show(number).state is FeedbackState.KEPT
    assert terminal.store.outbox.counts()[0] == 1, "what was promised with a number counts as waiting"
    report = terminal.agent.run_once()
    assert (report.settled, report.pending, report.failure) == (1, 0, None)
    assert terminal.store.feedback.show(number).state is FeedbackState.TAKEN
    with platform.office() as office:
        stored, said = book.opened(office, number)
        assert (stored.terminal, said.text, said.contact) == (terminal.name, TEXT, "村东头第三家")
        assert number in [one.number for one in book.listed(office, unanswered=True)]
        assert book.answer(office, number, "谢谢,已经改正", officer="test") == 1
        assert number not in [one.number for one in book.listed(office, unanswered=True)]
    assert terminal.agent.run_once().failure is None
    found = terminal.store.feedback.show(number)
    assert (found.state, found.answer) == (FeedbackState.ANSWERED, "谢谢,已经改正")
    with platform.office() as office:
        book.answer(office, number, "再补一句:新指南明天生效", officer="test")
    terminal.agent.run_once()
    assert terminal.store.feedback.show(number).answer == "再补一句:新指南明天生效"
    acts = [one.act for one in terminal.store.journal.entries() if one.subject == number]
    assert acts == [
        "feedback.submitted",
        "event.settled",
        "feedback.answered",
        "feedback.answered",
    ]
    terminal.store.journal.verify()


def test_a_lost_acknowledgement_makes_no_second_one(
    opened: Opener, platform: Platform, simlink: LinkSimulator, terminal: Terminal
) -> None:
    number = give(terminal.store)
    simlink.drop_answers(1)
    assert terminal.agent.run_once().pending == 1
    assert opened().agent.run_once().pending == 0
    with platform.office() as office:
        assert [one.number for one in book.listed(office)].count(number) == 1


def test_an_older_platform_leaves_it_waiting_named_and_delays_nothing_else(
    opened: Opener, platform: Platform, terminal: Terminal
) -> None:
    def older(manifest: Manifest) -> tuple[EventAnswer, ...]:
        return tuple(
            EventAnswer(one.event, "refused", field="kind", reason="unknown")
            if one.kind == "feedback"
            else EventAnswer(one.event, "unknown")
            for one in manifest.events
        )

    number = give(terminal.store)
    impostor = Impostor(platform.record_key(), answer_manifest=older)
    stranger = Stranger(impostor.reply)
    report = opened(stranger.url).agent.run_once()
    stranger.close()
    assert (report.pending, report.parked, report.failure) == (1, 0, Failure.PLATFORM_OLDER.code)
    assert terminal.store.feedback.show(number).state is FeedbackState.KEPT
    case = take(terminal.store, 3_000)
    report = terminal.agent.run_once()
    assert (report.settled, report.pending) == (2, 0)
    assert case.number in platform.numbers(terminal.name)


def test_a_stick_carries_it_and_brings_the_answer(
    terminal: Terminal, data: Path, platform: Platform, tmp_path: Path
) -> None:
    courier = Courier(platform, tmp_path)
    number = give(terminal.store)
    stick = courier.stick()
    assert courier.there_and_back(data, stick)["settled"] == 1
    with platform.office() as office:
        book.answer(office, number, "收到", officer="test")
    assert courier.there_and_back(data, stick)["failure"] is None
    assert terminal.store.feedback.show(number).answer == "收到"


def test_what_says_another_number_inside_than_outside_is_refused_and_parked(terminal: Terminal) -> None:
    give(terminal.store, inside="T00001A-20261124-00001-X")
    report = terminal.agent.run_once()
    assert (report.pending, report.parked) == (1, 1)


def test_an_answer_to_nothing_or_of_nothing_is_no_answer(terminal: Terminal, platform: Platform) -> None:
    with platform.office() as office:
        with pytest.raises(KioskError) as unknown:
            book.answer(office, "T00001A-20261124-09999-X", "?", officer="test")
        with pytest.raises(KioskError) as empty:
            book.answer(office, "T00001A-20261124-09999-X", "  ", officer="test")
    assert (unknown.value.failure, empty.value.failure) == (Failure.FEEDBACK_UNKNOWN, Failure.ANSWERS_INVALID)
    with pytest.raises(KioskError):
        terminal.store.feedback.show("T00001A-20261124-09999-X")
