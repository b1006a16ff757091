import threading
import zlib
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from kiosk.model.case import Rating
from kiosk.seal import records
from sync.wire.coding import pack
from sync.wire.messages import Ack, Begun, EventAnswer
from sync.wire.records import read_record
from tests.central.conftest import Platform
from tests.central.terminal import MADE, RefusedError, Terminal, ask


def _ack(terminal: Terminal, answer: EventAnswer) -> Ack:
    assert answer.outcome == "taken", answer
    assert answer.ack is not None
    return read_record(answer.ack, "ack", Ack, terminal.statement.record_key)


def test_a_form_is_acknowledged_before_any_of_its_files(platform: Platform, terminal: Terminal) -> None:
    filed = terminal.file([terminal.page(b"front" * 30000), terminal.page(b"back" * 100, index=1)])
    answer = terminal.exchange(filed.event)
    assert answer.nonce == terminal.asked
    ack = _ack(terminal, answer.answers[0])
    assert (ack.complete, ack.number, ack.digest) == (False, filed.event.number, filed.event.payload_digest())
    assert [(one.digest, one.have) for one in answer.answers[0].missing] == [(p.entry.digest, 0) for p in filed.pages]

    last = terminal.upload(*filed.pages)
    assert [read_record(one, "ack", Ack, terminal.statement.record_key).complete for one in last.acks] == [True]
    again = terminal.exchange(filed.event).answers[0]
    assert _ack(terminal, again).complete
    assert again.missing == ()
    assert platform.audit()[-1].act == "intake.complete"


def _cases_of(platform: Platform, terminal: Terminal) -> list[str]:
    return [number for number, case in platform.cases().items() if case.terminal == terminal.name]


def test_a_repeat_gets_the_very_same_answer_and_makes_no_second_case(platform: Platform, terminal: Terminal) -> None:
    filed = terminal.file()
    first = terminal.exchange(filed.event).answers
    assert terminal.exchange(filed.event, filed.event).answers == first * 2
    assert _cases_of(platform, terminal) == [filed.event.number]


def test_the_same_id_with_other_bytes_is_a_conflict_and_seen_by_the_operator(
    platform: Platform, terminal: Terminal
) -> None:
    filed = terminal.file()
    terminal.exchange(filed.event)
    other = terminal.file(event_id=filed.event.event, number=filed.event.number)
    answer = terminal.exchange(other.event).answers[0]
    assert (answer.outcome, answer.reason, answer.ack) == ("conflict", "other_bytes", None)
    noted = [one for one in platform.audit() if one.act == "intake.conflict" and one.subject == filed.event.event]
    assert len(noted) == 1
    assert noted[0].details["digest"] == other.event.payload_digest().hex()
    assert terminal.exchange(filed.event).answers[0].outcome == "taken"


def test_one_number_is_one_case(terminal: Terminal) -> None:
    first = terminal.file()
    terminal.exchange(first.event)
    answer = terminal.exchange(terminal.file(number=first.event.number).event).answers[0]
    assert (answer.outcome, answer.field, answer.reason) == ("conflict", "number", "number_taken")


def test_two_hundred_posts_of_one_event_at_once_make_one_case(platform: Platform, terminal: Terminal) -> None:
    filed = terminal.file()
    body = pack(terminal.manifest([filed.event]))
    requests = [terminal.signed("/v1/exchange", body) for _ in range(200)]
    statuses: list[int] = []

    def post(headers: dict[str, str]) -> None:
        statuses.append(ask(terminal.url, "POST", "/v1/exchange", body, headers)[0])

    threads = [threading.Thread(target=post, args=(headers,)) for headers in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 200
    assert _cases_of(platform, terminal) == [filed.event.number]


def test_one_bad_event_never_delays_its_neighbours(terminal: Terminal) -> None:
    good, other = terminal.file(), terminal.file()
    bad = terminal.file(draft=terminal.draft(item_code="99NOWHERE"))
    manifest = terminal.manifest([good.event, bad.event, other.event])
    raw = {name: getattr(manifest, name) for name in manifest.__struct_fields__}
    raw["events"] = [good.event, bad.event, {"event": "e-broken", "kind": 7}, ["not", "a", "map"], other.event]
    body = zlib.compress(msgspec.msgpack.encode(raw))
    answers = terminal.exchanged(terminal.post("/v1/exchange", body)).answers
    assert [one.outcome for one in answers] == ["taken", "refused", "refused", "refused", "taken"]
    assert [one.event for one in answers][2] == "e-broken"


def test_a_case_completes_only_when_the_last_of_its_files_is_here(terminal: Terminal) -> None:
    shared = terminal.page(b"shared" * 5000)
    one = terminal.file([shared, terminal.page(b"one", index=1)])
    two = terminal.file([shared])
    terminal.exchange(one.event, two.event)
    acks = terminal.upload(shared).acks
    assert [read_record(ack, "ack", Ack, terminal.statement.record_key).event for ack in acks] == [two.event.event]
    acks = terminal.upload(one.pages[1]).acks
    assert [read_record(ack, "ack", Ack, terminal.statement.record_key).event for ack in acks] == [one.event.event]


def test_pages_still_held_cost_their_name_alone(terminal: Terminal) -> None:
    page = terminal.page(b"again" * 9000)
    terminal.exchange(terminal.file([page]).event)
    terminal.upload(page)
    answer = terminal.exchange(terminal.file([page]).event).answers[0]
    assert _ack(terminal, answer).complete
    assert answer.missing == ()


def test_files_of_one_terminal_are_never_found_for_another(platform: Platform, terminal: Terminal) -> None:
    page = terminal.page(b"mine" * 9000)
    terminal.exchange(terminal.file([page]).event)
    terminal.upload(page)
    other = platform.enrolled()
    answer = other.exchange(other.file([page]).event).answers[0]
    assert [(one.digest, one.have) for one in answer.missing] == [(page.entry.digest, 0)]
    assert not _ack(other, answer).complete


def test_begun_events_are_asked_after_by_name(terminal: Terminal) -> None:
    filed = terminal.file([terminal.page(b"x" * 90000)])
    terminal.exchange(filed.event)
    digest = filed.event.payload_digest()
    asked = [Begun(filed.event.event, digest), Begun("never-sent", digest), Begun(filed.event.event, bytes(32))]
    answers = terminal.exchange(begun=asked).answers
    assert [one.outcome for one in answers] == ["taken", "unknown", "conflict"]
    assert len(answers[0].missing) == 1


def test_a_request_is_worth_nothing_twice_and_may_overtake_others(terminal: Terminal) -> None:
    body = pack(terminal.manifest([]))
    late, early = terminal.signed("/v1/exchange", body, 500), terminal.signed("/v1/exchange", body, 3)
    assert [ask(terminal.url, "POST", "/v1/exchange", body, one)[0] for one in (late, early, late, early)] == [
        200,
        200,
        401,
        401,
    ]
    far = terminal.signed("/v1/exchange", body, 100_000)
    assert ask(terminal.url, "POST", "/v1/exchange", body, far)[0] == 200
    behind = terminal.signed("/v1/exchange", body, 501)
    assert ask(terminal.url, "POST", "/v1/exchange", body, behind)[0] == 401


@pytest.mark.parametrize("forgery", ["key", "platform", "body", "unsigned", "name", "path"])
def test_a_request_that_is_not_genuine_is_refused(platform: Platform, terminal: Terminal, forgery: str) -> None:
    body = pack(terminal.manifest([terminal.file().event]))
    headers = terminal.signed("/v1/exchange", body)
    if forgery == "key":
        headers = replace(terminal, device=bytes(32)).signed("/v1/exchange", body)
    elif forgery == "platform":
        answer = type(terminal.answer)(**{**_fields(terminal.answer), "platform": "P-OTHER"})
        headers = replace(terminal, answer=answer).signed("/v1/exchange", body)
    elif forgery == "body":
        body = pack(terminal.manifest([]))
    elif forgery == "unsigned":
        headers = {}
    elif forgery == "name":
        body = pack(platform.enrolled().manifest([]))
        headers = terminal.signed("/v1/exchange", body)
    elif forgery == "path":
        headers = terminal.signed("/v1/changes", body)
    status, answer_body = ask(terminal.url, "POST", "/v1/exchange", body, headers)
    assert status == 401
    assert b"link.refused" in answer_body
    assert _cases_of(platform, terminal) == []


def _fields(message: Any) -> dict[str, Any]:
    return {name: getattr(message, name) for name in message.__struct_fields__}


def test_a_body_that_is_more_or_other_than_a_manifest_is_turned_away(terminal: Terminal) -> None:
    manifest = terminal.manifest([terminal.file().event])
    for wrong in (
        pack(manifest) + b"and more",
        pack(manifest)[:-4],
        pack(msgspec.structs.replace(manifest, journal=-1)),
        pack(msgspec.structs.replace(manifest, journal=1 << 63)),
        zlib.compress(b"\x81\xa1x" + b"\x91" * 5000 + b"\x00"),
        b"",
    ):
        with pytest.raises(RefusedError) as refused:
            terminal.post("/v1/exchange", wrong)
        assert refused.value.status == 400


def test_bodies_beyond_measure_are_turned_away(terminal: Terminal) -> None:
    bomb = zlib.compress(bytes(64 * 1024 * 1024))
    for body, status in ((bomb, 400), (b"", 400), (b"\x00garbage", 400), (bytes(17 * 1024 * 1024), 413)):
        with pytest.raises(RefusedError) as refused:
            terminal.post("/v1/exchange", body)
        assert refused.value.status == status
    assert terminal.exchange().answers == ()


def test_doors_that_do_not_exist_answer_in_our_words(platform: Platform) -> None:
    for method, path in (("GET", "/"), ("GET", "/v1/exchange"), ("POST", "/v1/nothing")):
        status, body = ask(platform.url, method, path, b"", {})
        assert status in {404, 405}
        assert b"link.refused" in body


def test_a_cloned_disk_is_taken_in_and_raised(platform: Platform, terminal: Terminal) -> None:
    terminal.journal = (10, "aa")
    assert terminal.exchange(terminal.file().event).answers[0].outcome == "taken"
    terminal.journal = (12, "bb")
    terminal.exchange()
    terminal.journal = (10, "cc")
    assert terminal.exchange(terminal.file().event).answers[0].outcome == "taken"
    terminal.journal = (11, "dd")
    terminal.exchange()
    elsewhere = msgspec.structs.replace(terminal.manifest([]), epoch="Z", journal=13, journal_head="ee")
    terminal.exchanged(terminal.post("/v1/exchange", pack(elsewhere)))
    acts = [one.act for one in platform.audit() if one.subject == terminal.name and one.act.startswith("journal")]
    assert acts == ["journal.unproven", "journal.fork", "journal.back", "journal.epoch"]
    listed = {one["terminal"]: one["forked_at"] for one in platform.ask("terminals", "list")}
    assert listed[terminal.name] is not None


def test_a_manifest_that_was_overtaken_is_no_fork(platform: Platform, terminal: Terminal) -> None:
    terminal.journal = (5, "aa")
    body = pack(terminal.manifest([]))
    overtaken = terminal.signed("/v1/exchange", body)
    terminal.journal = (6, "bb")
    terminal.exchange()
    assert ask(terminal.url, "POST", "/v1/exchange", body, overtaken)[0] == 200
    assert not [one for one in platform.audit() if one.subject == terminal.name and one.act.startswith("journal")]


def test_a_rating_is_kept_once(platform: Platform, terminal: Terminal) -> None:
    filed = terminal.file()
    number, event_id = filed.event.number, "rating-1"
    sealed = records.seal_record(
        msgspec.json.encode(Rating(number, 2, MADE, ("耐心",))), terminal.statement.platform_key, f"form/{event_id}"
    )
    rating = terminal.file(event_id=event_id, kind="rating", number=number, payload=sealed)
    answers = terminal.exchange(filed.event, rating.event, rating.event).answers
    assert [_ack(terminal, one).complete for one in answers] == [True, True, True]
    assert _cases_of(platform, terminal) == [number]


def test_no_personal_data_reaches_the_log(platform: Platform, terminal: Terminal) -> None:
    terminal.exchange(terminal.file().event, terminal.file(draft=terminal.draft(answers={"phone": "1"})).event)
    person = terminal.draft().applicant
    assert person is not None
    said = platform.log.read_text()
    for secret in (person.person.name, person.person.id_no, person.person.phone, "家人住院"):
        assert secret not in said
