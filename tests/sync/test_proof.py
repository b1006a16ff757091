"""Nothing is believed because it arrived: only the platform's own word, to our own question, about our own bytes."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kiosk.failure import Failure
from kiosk.model.state import CaseState
from kiosk.seal import keys, signing
from sync.wire.messages import (
    ChangesAnswer,
    DecisionBody,
    EventAnswer,
    FrameState,
    Manifest,
    ManifestAnswer,
    Missing,
    SignedRecord,
)
from sync.wire.records import make_record, make_sealed_record
from tests.sync.conftest import Opener
from tests.sync.impostor import Impostor, meddler
from tests.sync.platform import Platform
from tests.sync.strangers import Stranger, http, stranger
from tests.sync.taking import Taken, take
from tests.sync.terminal import Terminal

OTHER_KEY = signing.new_signing_key()


@pytest.fixture
def impostor(platform: Platform) -> Impostor:
    """Signs as the real platform does; a test takes that from it where it wants to."""
    return Impostor(platform.record_key())


@pytest.fixture
def behind(opened: Opener, impostor: Impostor) -> Iterator[Terminal]:
    """The enrolled terminal with the impostor at the end of its line."""
    server = Stranger(impostor.reply)
    yield opened(server.url)
    server.close()


def untouched(terminal: Terminal, taken: Taken) -> bool:
    """Whether the row is as if nobody had answered, and every byte still here."""
    (entry,) = terminal.store.outbox.next_batch(datetime(9000, 1, 1, tzinfo=UTC))
    here = all(terminal.store.blobs.read(digest) for digest in taken.digests)
    return here and not entry.form_taken and terminal.store.cases.show(taken.number).state is CaseState.QUEUED


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (http("200 OK", b"<html>please log in</html>"), Failure.LINK_NOT_PLATFORM),
        (http("302 Found", b"", "Location: http://portal.invalid/"), Failure.LINK_NOT_PLATFORM),
        (http("200 OK", b"not a message", media="application/vnd.jinban+msgpack"), Failure.LINK_NOT_PLATFORM),
        (http("503 Service Unavailable", b"", "Retry-After: 5"), Failure.LINK_BUSY),
        (b"", Failure.LINK_DOWN),
    ],
)
def test_a_stranger_on_the_line_changes_nothing(opened: Opener, reply: bytes, failure: Failure) -> None:
    with stranger(reply) as server:
        terminal = opened(server.url)
        taken = take(terminal.store, 5_000)
        report = terminal.agent.run_once()
        assert (report.failure, report.reached, report.pending) == (failure.code, False, 1)
        assert untouched(terminal, taken)
    assert opened().agent.run_once().settled == 1


def test_an_answer_signed_by_another_key_changes_nothing(behind: Terminal, impostor: Impostor) -> None:
    impostor.record = OTHER_KEY
    impostor.answer_manifest = lambda manifest: (taken_whole(impostor, manifest),)
    taken = take(behind.store, 5_000)
    report = behind.agent.run_once()
    assert (report.failure, report.settled, report.reached) == (Failure.RECORD_NOT_GENUINE.code, 0, False)
    assert untouched(behind, taken)


def test_an_old_answer_played_again_changes_nothing(behind: Terminal, impostor: Impostor) -> None:
    impostor.nonce = 1
    impostor.answer_manifest = lambda manifest: (taken_whole(impostor, manifest),)
    taken = take(behind.store, 5_000)
    assert behind.agent.run_once().failure == Failure.RECORD_NOT_GENUINE.code
    assert untouched(behind, taken)


@pytest.mark.parametrize(
    "wrong",
    [{"terminal": "T99999"}, {"event": "0" * 32}, {"number": "T99999A-20261124-00001-X"}, {"digest": b"x" * 32}],
)
def test_an_acknowledgement_of_something_else_settles_nothing(
    behind: Terminal, impostor: Impostor, wrong: dict[str, object]
) -> None:
    impostor.answer_manifest = lambda manifest: tuple(
        EventAnswer(event.event, "taken", impostor.ack(manifest, **wrong)) for event in manifest.events
    )
    taken = take(behind.store, 5_000)
    report = behind.agent.run_once()
    assert (report.settled, report.pending, report.failure) == (0, 1, Failure.RECORD_NOT_GENUINE.code)
    assert untouched(behind, taken)
    assert behind.store.cases.show(taken.number).failure == Failure.RECORD_NOT_GENUINE.code


def test_a_refusal_put_in_on_the_way_parks_nothing(opened: Opener, platform: Platform) -> None:
    def refuse(answer: Any) -> Any:
        if not isinstance(answer, ManifestAnswer):
            return answer
        refused = tuple(EventAnswer(one.event, "refused", field="x", reason="y") for one in answer.answers)
        return msgspec.structs.replace(answer, answers=refused)

    with stranger(meddler(platform.url, refuse)) as line:
        terminal = opened(line.url)
        taken = take(terminal.store)
        report = terminal.agent.run_once()
        assert (report.failure, report.parked, report.pending) == (Failure.RECORD_NOT_GENUINE.code, 0, 1)
        assert untouched(terminal, taken)
    assert opened().agent.run_once().settled == 1


def test_a_cursor_put_forward_on_the_way_hides_no_decision(opened: Opener, platform: Platform) -> None:
    terminal = opened()
    taken = take(terminal.store)
    terminal.agent.run_once()
    platform.decide(taken.number, 1, "accepted")

    def hide(answer: Any) -> Any:
        if isinstance(answer, ChangesAnswer):
            return msgspec.structs.replace(answer, records=(), cursor=answer.cursor + 1)
        return answer

    cursor = terminal.store.inbox.cursor()
    with stranger(meddler(platform.url, hide)) as line:
        report = opened(line.url).agent.run_once()
    assert (report.failure, report.reached) == (Failure.RECORD_NOT_GENUINE.code, False)
    assert terminal.store.inbox.cursor() == cursor
    assert terminal.agent.run_once().failure is None
    assert terminal.store.cases.show(taken.number).state is CaseState.ACCEPTED


@pytest.mark.parametrize("have", [-5, 1 << 63])
def test_a_platform_that_says_it_holds_an_impossible_part_ends_no_agent(
    behind: Terminal, impostor: Impostor, have: int
) -> None:
    taken = take(behind.store, 200_000)
    digest = bytes.fromhex(taken.digests[0])
    still_missing(impostor, digest)
    impostor.answer_frames = lambda _: (FrameState(digest, have),)
    report = behind.agent.run_once()
    assert (report.settled, report.pending) == (0, 1)
    assert behind.store.blobs.read(taken.digests[0])


@pytest.mark.parametrize("what", ["a cursor beyond any database", "a clock of no zone", "a decision of no zone"])
def test_a_signed_answer_that_makes_no_sense_ends_no_agent(behind: Terminal, impostor: Impostor, what: str) -> None:
    decided = datetime.now(UTC)
    if what == "a cursor beyond any database":
        impostor.cursor = 1 << 63
    elif what == "a clock of no zone":
        impostor.zone = None
    else:
        decided = decided.replace(tzinfo=None)
    body = DecisionBody(behind.name, "T00001A-20261124-00001-X", 1, "accepted", decided)
    sealing = keys.sealing_public(behind.store.settings.terminal_key())
    impostor.records = (make_sealed_record("decision", body, impostor.record, behind.name, sealing),)
    cursor = behind.store.inbox.cursor()
    assert behind.agent.run_once().failure == Failure.RECORD_NOT_GENUINE.code
    assert behind.store.inbox.cursor() == cursor


def test_a_platform_that_throws_a_file_away_again_and_again_does_not_hold_the_run(
    behind: Terminal, impostor: Impostor
) -> None:
    taken = take(behind.store, 200_000)
    digest = bytes.fromhex(taken.digests[0])
    still_missing(impostor, digest)
    held = itertools.cycle((65_536, 0))
    impostor.answer_frames = lambda _: (FrameState(digest, next(held)),)
    report = behind.agent.run_once()
    assert report.failure == Failure.LINK_REFUSED.code
    assert report.turns < 20
    assert behind.store.cases.show(taken.number).failure == Failure.LINK_REFUSED.code


def still_missing(impostor: Impostor, digest: bytes) -> None:
    """The form is taken, of its file nothing is there."""
    told: list[EventAnswer] = []

    def answer(manifest: Manifest) -> tuple[EventAnswer, ...]:
        if manifest.events:
            ack = impostor.ack(manifest, complete=False)
            told.append(EventAnswer(manifest.events[0].event, "taken", ack, (Missing(digest, 0),)))
        return (told[0],)

    impostor.answer_manifest = answer


@pytest.mark.parametrize("answers", [(), None])
def test_silence_about_a_case_settles_nothing(
    behind: Terminal, impostor: Impostor, answers: tuple[EventAnswer, ...] | None
) -> None:
    impostor.answer_manifest = lambda manifest: (
        answers if answers is not None else tuple(EventAnswer(event.event, "taken") for event in manifest.events)
    )
    taken = take(behind.store, 5_000)
    report = behind.agent.run_once()
    assert (report.settled, report.pending) == (0, 1)
    assert untouched(behind, taken)


def test_one_case_without_a_right_answer_delays_no_other(behind: Terminal, impostor: Impostor) -> None:
    first, second = take(behind.store), take(behind.store)

    def answer(manifest: Manifest) -> tuple[EventAnswer, ...]:
        return tuple(
            EventAnswer(
                event.event,
                "taken",
                impostor.ack(manifest, event=event.event, number=event.number, digest=event.payload_digest()),
            )
            for event in manifest.events
            if event.event != first.event
        )

    impostor.answer_manifest = answer
    report = behind.agent.run_once()
    assert (report.settled, report.pending) == (1, 1)
    assert not behind.store.cases.show(second.number).pending
    assert behind.agent.run_once().turns == 1, "the row left aside is not asked about at every run"


def test_a_form_the_platform_lost_is_sent_again_whole(opened: Opener, platform: Platform, impostor: Impostor) -> None:
    impostor.answer_manifest = lambda manifest: (
        (EventAnswer(manifest.events[0].event, "taken", impostor.ack(manifest, complete=False)),)
        if manifest.events
        else (EventAnswer(manifest.begun[0].event, "unknown"),)
    )
    with stranger(impostor.reply) as server:
        terminal = opened(server.url)
        taken = take(terminal.store, 5_000)
        terminal.agent.run_once()
    kinds = ["whole" if manifest.events else "begun" for manifest in impostor.manifests]
    assert kinds[:3] == ["whole", "begun", "whole"]
    assert opened().agent.run_once().settled == 1
    assert platform.numbers(terminal.name) == [taken.number]


def taken_whole(impostor: Impostor, manifest: Manifest) -> EventAnswer:
    return EventAnswer(manifest.events[0].event, "taken", impostor.ack(manifest))


def test_a_decision_comes_down_sealed_and_is_applied_once(opened: Opener, platform: Platform) -> None:
    terminal = opened()
    taken = take(terminal.store)
    terminal.agent.run_once()
    platform.decide(taken.number, 1, "accepted", b"%PDF-1.4 acceptance")
    assert terminal.agent.run_once().failure is None
    case = terminal.store.cases.show(taken.number)
    assert (case.state, case.acceptance_no, case.has_paper) == (CaseState.ACCEPTED, "SL00001", True)
    paper = terminal.store.cases.decision_paper(taken.number)
    assert paper is not None
    assert paper[0] == b"%PDF-1.4 acceptance"
    cursor = terminal.store.inbox.cursor()
    assert cursor > 0
    assert terminal.agent.run_once().turns == 1
    assert terminal.store.inbox.cursor() == cursor


def test_a_decision_that_is_not_genuine_hides_no_other_and_is_asked_for_again(
    behind: Terminal, impostor: Impostor
) -> None:
    impostor.answer_manifest = lambda manifest: tuple(
        EventAnswer(
            event.event,
            "taken",
            impostor.ack(manifest, event=event.event, number=event.number, digest=event.payload_digest()),
        )
        for event in manifest.events
    )
    first, second = take(behind.store), take(behind.store)
    sealing = keys.sealing_public(behind.store.settings.terminal_key())
    decision = sealed_decision(behind.name, sealing)
    impostor.cursor = 7
    impostor.records = (decision(first.number, OTHER_KEY), decision(second.number, impostor.record))
    report = behind.agent.run_once()
    assert report.failure == Failure.RECORD_NOT_GENUINE.code
    assert behind.store.cases.show(second.number).state is CaseState.ACCEPTED
    assert behind.store.cases.show(first.number).state is CaseState.SUBMITTED
    assert behind.store.inbox.cursor() == 0
    impostor.records = (decision(first.number, impostor.record), decision(second.number, impostor.record))
    assert behind.agent.run_once().failure is None
    assert behind.store.cases.show(first.number).state is CaseState.ACCEPTED
    assert behind.store.inbox.cursor() == 7


def test_a_decision_for_another_terminal_opens_nothing_here(behind: Terminal, impostor: Impostor) -> None:
    elsewhere = sealed_decision("T99999", keys.sealing_public(keys.new_sealing_key()))
    impostor.records = (elsewhere("T99999A-20261124-00001-X", impostor.record),)
    assert behind.agent.run_once().failure == Failure.RECORD_NOT_GENUINE.code


def test_a_record_in_the_open_is_not_taken_for_a_decision(behind: Terminal, impostor: Impostor) -> None:
    body = DecisionBody(behind.name, "T00001A-20261124-00001-X", 1, "accepted", datetime.now(UTC))
    impostor.records = (make_record("decision", body, impostor.record),)
    assert behind.agent.run_once().failure == Failure.RECORD_NOT_GENUINE.code


def test_a_decision_on_a_case_this_terminal_never_took_is_passed_over(opened: Opener, platform: Platform) -> None:
    terminal = opened()
    platform.decide(f"{terminal.name}A-20261124-99999-X", 1, "accepted")
    report = terminal.agent.run_once()
    assert report.failure is None
    assert terminal.store.inbox.cursor() > 0


def test_a_newer_catalogue_comes_with_the_changes_as_what_differs(opened: Opener, platform: Platform) -> None:
    terminal = opened()
    newer = terminal.store.shelf.version() + 1
    platform.publish(newer)
    report = terminal.agent.run_once()
    assert report.failure is None
    assert report.turns == 1
    assert report.received_bytes < 1_800, "the new head, hardly more than an answer without news"
    assert terminal.store.shelf.version() == newer
    assert terminal.agent.run_once().received_bytes < 1_500


def test_a_difference_that_leads_nowhere_is_made_good_by_the_whole_at_the_next_turn(
    opened: Opener, platform: Platform
) -> None:
    terminal = opened()
    with terminal.store.write_tx():  # a shelf filled before there were differences
        terminal.store._connection.run("UPDATE shelf_head SET others = NULL")
    newer = terminal.store.shelf.version() + 1
    platform.publish(newer)
    assert terminal.agent.run_once().failure is None
    assert terminal.store.shelf.version() == newer - 1, "what was in force stays"
    assert terminal.agent.run_once().failure is None
    assert terminal.store.shelf.version() == newer


@pytest.mark.parametrize(
    ("head_signed_by", "failure"),
    [("another", Failure.RECORD_NOT_GENUINE), ("platform", Failure.CATALOGUE_BROKEN)],
)
def test_a_catalogue_that_proves_nothing_leaves_the_old_one_in_force(
    behind: Terminal, impostor: Impostor, head_signed_by: str, failure: Failure
) -> None:
    held = behind.store.shelf.version()
    genuine = impostor.record
    impostor.record = genuine if head_signed_by == "platform" else OTHER_KEY
    impostor.catalogue(held + 9, b"x" * 32, b"no package at all")
    impostor.record = genuine
    report = behind.agent.run_once()
    assert report.failure == failure.code
    assert report.reached
    assert behind.store.shelf.version() == held
    assert behind.store.shelf.items()


def test_a_catalogue_that_cannot_be_used_is_named_at_every_turn_but_not_fetched_at_every_turn(
    behind: Terminal, impostor: Impostor
) -> None:
    held = behind.store.shelf.version()
    taken = take(behind.store)
    impostor.answer_manifest = lambda manifest: (taken_whole(impostor, manifest),)
    impostor.catalogue(held + 9, b"x" * 32, b"no package at all")
    assert behind.agent.run_once().failure == Failure.CATALOGUE_BROKEN.code
    impostor.package = None
    impostor.records = (sealed_to(behind, impostor, taken.number),)
    impostor.cursor = 7
    assert behind.agent.run_once().failure == Failure.CATALOGUE_BROKEN.code
    assert [asked.catalogue for asked in impostor.changes] == [held, held + 9]
    assert behind.store.inbox.cursor() == 7, "what is wrong with a catalogue holds no decision back"
    impostor.catalogue(held + 10, b"x" * 32, b"no package at all")
    assert behind.agent.run_once().failure == Failure.CATALOGUE_BROKEN.code
    assert behind.agent.run_once().failure == Failure.CATALOGUE_BROKEN.code
    assert [asked.catalogue for asked in impostor.changes][2:] == [held + 9, held + 10]


def sealed_to(terminal: Terminal, impostor: Impostor, number: str) -> SignedRecord:
    sealing = keys.sealing_public(terminal.store.settings.terminal_key())
    return sealed_decision(terminal.name, sealing)(number, impostor.record)


def sealed_decision(terminal: str, sealing: bytes) -> Callable[[str, bytes], SignedRecord]:
    def decision(number: str, record_key: bytes) -> SignedRecord:
        body = DecisionBody(terminal, number, 1, "accepted", datetime.now(UTC))
        return make_sealed_record("decision", body, record_key, terminal, sealing)

    return decision
