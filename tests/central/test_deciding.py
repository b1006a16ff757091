import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from central.export import named
from central.review import AutoReview
from central.store import cases
from central.store.cases import Case
from kiosk.seal import keys, signing
from sync.wire.messages import Ack, BlobEntry, CatalogueHead, DecisionBody
from sync.wire.records import read_record
from tests.central.catalogue import ITEM
from tests.central.conftest import Platform
from tests.central.terminal import Filed, RefusedError, Terminal, child


def _submitted(terminal: Terminal) -> Filed:
    filed = terminal.file()
    assert terminal.exchange(filed.event).answers[0].outcome == "taken"
    return filed


def _amendment(terminal: Terminal, number: str, **changes: object) -> Filed:
    draft = replace(
        terminal.draft(),
        **{"answers": {}, "materials": (), "replaces": number, **changes},  # type: ignore[arg-type]
    )
    return terminal.file(draft=draft, number=number, kind="amendment")


def test_acceptance_brings_a_number_and_a_signed_paper_down_to_the_terminal(
    platform: Platform, terminal: Terminal
) -> None:
    filed = _submitted(terminal)
    done = platform.ask("decide", filed.event.number, "accept", "--officer", "测试窗口")
    assert done["state"] == "accepted"
    assert done["acceptance_no"].startswith("SL2")
    assert len(done["acceptance_no"]) == 15
    (body,) = terminal.decisions()
    assert (body.number, body.seq, body.state, body.acceptance) == (
        filed.event.number,
        1,
        "accepted",
        done["acceptance_no"],
    )
    assert body.paper is not None
    assert body.paper.startswith(b"%PDF")
    assert signing.verify(terminal.statement.record_key, "paper", body.paper, body.paper_signature)
    listed = {one["submission_no"]: one for one in platform.ask("cases", "list")}[filed.event.number]
    assert listed["acceptance_no"] == done["acceptance_no"]
    assert (listed["state"], listed["item"]) == ("accepted", ITEM)


def test_a_decision_is_sealed_to_its_terminal_and_outlives_a_new_enrolment(
    platform: Platform, terminal: Terminal
) -> None:
    filed = _submitted(terminal)
    platform.ask("decide", filed.event.number, "accept")
    (record,) = terminal.changes().records
    assert record.sealed
    assert filed.event.number.encode() not in record.body
    with pytest.raises(Exception, match="not_genuine"):
        replace(terminal, sealing=keys.new_sealing_key()).decisions()
    again = Terminal.enrol(platform.url, platform.ask("enroll", "--terminal", terminal.name)["code"])
    assert again.decisions()[0].number == filed.event.number


def test_the_feed_goes_forward_without_gaps_or_repeats(platform: Platform, terminal: Terminal) -> None:
    filed = [_submitted(terminal) for _ in range(3)]
    platform.ask("decide", filed[0].event.number, "accept")
    first = terminal.changes()
    platform.ask("decide", filed[1].event.number, "refuse", "--reason", "r-income")
    platform.ask("decide", filed[2].event.number, "correct", "--material", "proof")
    second = terminal.changes(first.cursor)
    assert (first.cursor, len(first.records), second.cursor, len(second.records)) == (1, 1, 3, 2)
    assert terminal.changes(second.cursor).records == ()
    assert [one.number for one in terminal.decisions()] == [one.event.number for one in filed]
    assert platform.enrolled().changes().records == ()


def test_a_terminal_behind_gets_the_whole_catalogue_and_others_only_its_head(terminal: Terminal) -> None:
    behind, level = terminal.changes(catalogue=0), terminal.changes(catalogue=1)
    assert behind.head is not None
    head = read_record(behind.head, "catalogue", CatalogueHead, terminal.statement.record_key)
    assert (head.version, head.items) == (1, 1)
    assert behind.package is not None
    assert level.head == behind.head
    assert level.package is None


def test_only_reasons_of_the_catalogue_can_be_given(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    for arguments in (
        ("refuse",),
        ("refuse", "--reason", "because"),
        ("refuse", "--reason", "idcard"),
        ("refuse", "--reason", "r-income", "--material", "proof"),
        ("correct",),
        ("correct", "--material", "passport"),
        ("correct", "--reason", "r-income"),
        ("accept", "--reason", "r-income"),
    ):
        said = platform.ask("decide", number, *arguments, status=2)
        assert said["failure"] == "decision.not_in_catalogue", arguments
    assert platform.cases()[number].state == "submitted"
    assert terminal.decisions() == []
    shown = platform.ask("cases", "show", number)
    assert set(shown["refuse"]) == {"r-income", "r-place"}
    assert set(shown["correct"]) == {"idcard", "proof", "hukou", "c-hard", "phone", "income", "reason", "school"}


def test_a_case_is_decided_only_where_the_table_of_states_allows(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    platform.ask("decide", number, "accept")
    for verdict in (("accept",), ("refuse", "--reason", "r-income"), ("correct", "--material", "proof")):
        assert platform.ask("decide", number, *verdict, status=1)["failure"] == "case.illegal_move"
    assert platform.ask("decide", terminal.number(), "accept", status=1)["failure"] == "case.unknown"
    assert len(terminal.decisions()) == 1


def test_nothing_is_decided_while_files_are_on_their_way(platform: Platform, terminal: Terminal) -> None:
    filed = terminal.file([terminal.page(b"page")])
    terminal.exchange(filed.event)
    said = platform.ask("decide", filed.event.number, "accept", status=1)
    assert "incomplete" in said["message"]
    terminal.upload(*filed.pages)
    assert platform.ask("decide", filed.event.number, "accept")["ok"]


def test_a_refusal_names_its_reasons_and_ends_the_case(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    platform.ask("decide", number, "refuse", "--reason", "r-income", "--reason", "r-place", "--note", "详见告知书")
    (body,) = terminal.decisions()
    assert (body.state, body.acceptance, body.correct) == ("refused", None, ())
    assert body.reason == "家庭收入超过当地标准；不属于本机关职权范围；详见告知书"
    assert body.paper is not None


def test_a_correction_comes_back_as_an_amendment_and_is_judged_again(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    platform.ask("decide", number, "correct", "--material", "proof", "--reason", "income")
    (body,) = terminal.decisions()
    assert (body.state, body.correct) == ("correction", ("income", "proof"))

    page = terminal.page(b"better proof", material="proof")
    amendment = terminal.file(
        [page],
        draft=replace(terminal.draft([page]), answers={"income": 700}, replaces=number),
        number=number,
        kind="amendment",
    )
    answer = terminal.exchange(amendment.event).answers[0]
    assert answer.outcome == "taken"
    assert platform.cases()[number].state == "received"
    assert platform.cases()[number].waiting == 1
    terminal.upload(page)
    assert platform.ask("decide", number, "accept")["state"] == "accepted"
    states = [(one.seq, one.state) for one in terminal.decisions()]
    assert states == [(1, "correction"), (2, "received"), (3, "accepted")]
    assert terminal.exchange(amendment.event).answers[0].outcome == "taken"


def test_a_case_that_was_not_sent_back_cannot_be_amended(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    answer = terminal.exchange(_amendment(terminal, number, answers={"income": 1}).event).answers[0]
    assert (answer.outcome, answer.field, answer.reason) == ("refused", "replaces", "not_amendable")
    platform.ask("decide", number, "correct", "--reason", "income")
    bad = terminal.exchange(_amendment(terminal, number, answers={"income": -1}).event).answers[0]
    assert (bad.outcome, bad.field) == ("refused", "answers.income")
    other = terminal.draft().applicant
    assert other is not None
    somebody = replace(other, person=child().person)
    stolen = terminal.exchange(_amendment(terminal, number, applicant=somebody).event).answers[0]
    assert (stolen.field, stolen.reason) == ("applicant", "another_person")
    assert terminal.exchange(_amendment(terminal, number, answers={"income": 1}).event).answers[0].outcome == "taken"


def test_what_a_first_correction_could_have_told_is_a_finding(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    platform.ask("decide", number, "correct", "--reason", "income")
    terminal.exchange(_amendment(terminal, number, answers={"income": 800, "reason": "新的理由"}).event)
    ids = ("--reason", "income", "--reason", "reason", "--material", "proof")
    platform.ask("decide", number, "correct", *ids, "--officer", "甲")
    found = [one for one in platform.ask("findings") if one["submission_no"] == number]
    assert [(one["rule"], one["officer"], one["ids"]) for one in found] == [("told_late", "甲", ["proof"])]


def test_two_officers_at_once_make_one_decision(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: _decided(platform, number), range(4)))
    assert sorted(done) == [False, False, False, True]
    assert len(terminal.decisions()) == 1


def _decided(platform: Platform, number: str) -> bool:
    try:
        platform.command_apart("decide", number, "accept", status=1)
    except AssertionError:
        return True
    return False


@pytest.fixture(scope="module")
def automatic(founded: Callable[..., Platform]) -> Iterator[Platform]:
    running = founded("automatic", "auto").start("--demo")
    yield running
    running.stop()


def _decisions(terminal: Terminal, count: int) -> list[DecisionBody]:
    deadline = time.monotonic() + 20
    while len(found := terminal.decisions()) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def test_automatic_review_accepts_complete_cases_and_waits_for_the_others(automatic: Platform) -> None:
    terminal = automatic.enrolled()
    assert terminal.answer.demo
    complete, waiting = terminal.file(), terminal.file([terminal.page(b"to come")])
    terminal.exchange(complete.event, waiting.event)
    (first,) = _decisions(terminal, 1)
    assert (first.number, first.state) == (complete.event.number, "accepted")
    acks = terminal.upload(*waiting.pages).acks
    assert read_record(acks[0], "ack", Ack, terminal.statement.record_key).complete
    second = _decisions(terminal, 2)[1]
    assert (second.number, second.state) == (waiting.event.number, "accepted")
    assert second.acceptance != first.acceptance


def test_a_case_of_a_terminal_far_away_in_time_is_accepted_all_the_same(automatic: Platform) -> None:
    terminal = automatic.enrolled()
    filed = terminal.file(made=datetime(1970, 1, 1, 0, 5, tzinfo=UTC), trusted_clock=False)
    assert terminal.exchange(filed.event).answers[0].outcome == "taken"
    assert _decisions(terminal, 1)[0].state == "accepted"


def test_what_claims_to_come_from_the_end_of_time_was_handed_in_when_it_arrived(automatic: Platform) -> None:
    terminal = automatic.enrolled()
    filed = terminal.file(made=datetime.max.replace(tzinfo=UTC), trusted_clock=True)
    assert terminal.exchange(filed.event).answers[0].outcome == "taken"
    assert _decisions(terminal, 1)[0].state == "accepted"


def test_no_two_files_of_an_export_share_a_name() -> None:
    entries = [
        BlobEntry("a", 0, bytes(32), 1, "jpg", b"", "b"),
        BlobEntry("a-b", 0, bytes(32), 1, "jpg", b""),
        BlobEntry("a-b", 1, bytes(32), 1, "jpg", b""),
    ]
    assert sorted(name for name, _ in named(tuple(entries))) == ["a-b-01.jpg", "a-b-02.jpg", "a-b-03.jpg"]


def test_export_holds_every_file_byte_for_byte(platform: Platform, terminal: Terminal, tmp_path: Path) -> None:
    members = (child(),)
    pages = [
        terminal.page(b"\xff\xd8front\x00", index=0),
        terminal.page(b"back" * 40000, index=1),
        terminal.page(b"book", material="hukou", member="m1"),
    ]
    filed = terminal.file(pages, draft=terminal.draft(pages, members=members))
    terminal.exchange(filed.event)
    terminal.upload(*pages)
    number = filed.event.number
    platform.ask("decide", number, "correct", "--material", "proof")
    proof = terminal.page(b"proof!", material="proof")
    change = replace(terminal.draft([proof]), answers={"income": 5}, replaces=number)
    terminal.exchange(terminal.file([proof], draft=change, number=number, kind="amendment").event)
    terminal.upload(proof)

    waiting = terminal.file([terminal.page(b"not here yet")])
    terminal.exchange(waiting.event)

    told = platform.ask("export", str(tmp_path / "out"), status=1)
    assert waiting.event.number in {one["submission_no"] for one in told["incomplete"]}
    folder = tmp_path / "out" / number
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    forms = {name: json.loads(found.pop(name)) for name in ("form.json", "amendments/01/form.json")}
    assert found == {
        "idcard-01.jpg": pages[0].plain,
        "idcard-02.jpg": pages[1].plain,
        "hukou-m1-01.jpg": pages[2].plain,
        "amendments/01/proof-01.jpg": b"proof!",
    }
    assert forms["form.json"]["answers"] == terminal.draft().answers
    assert forms["form.json"]["draft"]["members"][0]["answers"] == members[0].answers
    assert forms["form.json"]["item"] == ITEM
    assert forms["amendments/01/form.json"]["answers"] == {"income": 5}


def test_a_late_refusal_does_not_reach_a_revoked_terminal(platform: Platform, terminal: Terminal) -> None:
    number = _submitted(terminal).event.number
    platform.ask("terminals", "revoke", terminal.name)
    platform.ask("decide", number, "refuse", "--reason", "r-place")
    with pytest.raises(RefusedError):
        terminal.changes()


def test_automatic_review_outlives_a_round_that_breaks(
    founded: Callable[..., Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = founded("review").start()
    terminal = platform.enrolled()
    number = _submitted(terminal).event.number
    platform.stop()
    genuine = cases.for_review
    broken: list[int] = []

    def breaks_once(*arguments: Any) -> tuple[Case, ...]:
        if not broken:
            broken.append(1)
            raise RuntimeError
        return genuine(*arguments)

    monkeypatch.setattr(cases, "for_review", breaks_once)
    with platform.office() as office:
        review = AutoReview(office)
        review.start()
        deadline = time.monotonic() + 15
        while platform.cases()[number].state != "accepted" and time.monotonic() < deadline:
            office.arrivals.set()
            time.sleep(0.05)
        review.stop()
    assert broken
    assert platform.cases()[number].state == "accepted"
