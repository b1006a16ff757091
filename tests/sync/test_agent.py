"""What the agent promises: all of it arrives, once, forms first, and one bad case delays nobody."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit

from kiosk.clock import CLOCK_MARK, SystemClock, read_mark
from kiosk.failure import Failure
from kiosk.model.state import CaseState
from kiosk.seal import records
from sync.body import Body
from sync.exchange import Exchange
from sync.link import Link, Signer
from sync.nonces import Nonces
from sync.parts import parts_of
from sync.simlink import LinkSimulator
from sync.wire.coding import MEDIA_TYPE, pack
from sync.wire.messages import ChangesRequest
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal


def sealed_pages(terminal: Terminal, digests: tuple[str, ...]) -> list[bytes]:
    return sorted(terminal.store.blobs.read(digest) for digest in digests)


def test_a_case_arrives_whole_and_is_acknowledged(terminal: Terminal, platform: Platform) -> None:
    taken = take(terminal.store, 150_000, 3_000, 200_000)
    report = terminal.agent.run_once()
    assert (report.settled, report.pending, report.parked, report.failure) == (1, 0, 0, None)
    assert report.turns <= 6
    assert 353_000 < report.sent_bytes < 370_000
    assert platform.numbers(terminal.name) == [taken.number]
    assert sorted(platform.files(terminal.name, taken.event)) == sealed_pages(terminal, taken.digests)
    assert terminal.store.cases.show(taken.number).state is not CaseState.QUEUED


def test_a_run_with_nothing_to_do_is_one_small_turn(terminal: Terminal) -> None:
    report = terminal.agent.run_once()
    assert (report.turns, report.failure, report.reached) == (1, None, True)
    assert report.sent_bytes + report.received_bytes < 2_000


def test_a_question_that_names_no_kind_is_answered_without_one_and_with_a_date(
    terminal: Terminal, platform: Platform
) -> None:
    signer = parts_of(terminal.store, Link(platform.url), SystemClock()).signer
    body, told = pack(ChangesRequest(terminal.name, 0, 0)), []
    for kind in ({}, {"Content-Type": MEDIA_TYPE}):
        asked = signer.question("/v1/changes", Body(body), signer.nonce())
        with closing(HTTPConnection(urlsplit(platform.url).netloc, timeout=20)) as connection:
            connection.request("POST", asked.path, body, asked.headers | kind)
            told.append(connection.getresponse().headers)
    assert [head.get("Content-Type") for head in told] == [None, MEDIA_TYPE]
    assert all(parsedate_to_datetime(head["Date"]) for head in told)


def test_no_form_waits_for_a_scan(terminal: Terminal, platform: Platform, simlink: LinkSimulator) -> None:
    cases = [take(terminal.store, 60_000, index=index) for index in range(130)]
    forms = sum(len(entry.payload) for entry in terminal.store.outbox.next_batch(datetime.now(UTC), 130))
    simlink.cut_after(forms + 400_000)
    report = terminal.agent.run_once()
    assert report.failure == Failure.LINK_DOWN.code
    assert len(platform.numbers(terminal.name)) == 130
    assert report.pending > 100
    simlink.restore()
    report = terminal.agent.run_once()
    assert (report.pending, report.failure) == (0, None)
    assert sorted(platform.numbers(terminal.name)) == sorted(case.number for case in cases)


def test_a_lost_acknowledgement_leaves_exactly_one_case(
    terminal: Terminal, platform: Platform, simlink: LinkSimulator
) -> None:
    taken = take(terminal.store, 20_000)
    simlink.drop_answers(1)
    lost = terminal.agent.run_once()
    assert (lost.settled, lost.pending, lost.failure) == (0, 1, Failure.LINK_DOWN.code)
    assert platform.numbers(terminal.name) == [taken.number]
    assert terminal.store.cases.show(taken.number).failure == Failure.LINK_DOWN.code
    found = terminal.agent.run_once()
    assert (found.settled, found.pending, found.failure) == (1, 0, None)
    assert platform.numbers(terminal.name) == [taken.number]


def test_the_lost_word_that_all_scans_are_there_is_asked_for_without_sending_them_again(
    terminal: Terminal, platform: Platform, simlink: LinkSimulator
) -> None:
    taken = take(terminal.store, 200_000)
    simlink.drop_answers(1, after=1)
    terminal.agent.run_once()
    assert len(platform.files(terminal.name, taken.event)) == 1
    again = terminal.agent.run_once()
    assert again.pending == 0
    assert simlink.bytes_up < 230_000


def test_a_break_in_the_middle_of_a_scan_costs_only_what_was_on_the_way(
    terminal: Terminal, platform: Platform, simlink: LinkSimulator
) -> None:
    taken = take(terminal.store, 900_000)
    simlink.cut_after(500_000)
    assert terminal.agent.run_once().pending == 1
    simlink.restore()
    assert terminal.agent.run_once().settled == 1
    assert platform.files(terminal.name, taken.event) == sealed_pages(terminal, taken.digests)
    assert simlink.bytes_up < 1_100_000


def test_a_refused_case_is_parked_with_its_reason_and_delays_nobody(terminal: Terminal, platform: Platform) -> None:
    bad = take(terminal.store, 10_000, answers={"name": "演示·测试甲"})
    good = take(terminal.store, 10_000)
    report = terminal.agent.run_once()
    assert (report.settled, report.pending, report.parked) == (1, 1, 1)
    assert platform.numbers(terminal.name) == [good.number]
    parked = terminal.store.cases.show(bad.number)
    assert parked.parked
    assert parked.failure == Failure.INTAKE_REFUSED.code
    assert terminal.store.blobs.read(bad.digests[0])


def test_the_same_event_with_other_bytes_is_refused_visibly(terminal: Terminal, platform: Platform) -> None:
    taken = take(terminal.store)
    (entry,) = terminal.store.outbox.next_batch(datetime.now(UTC))
    parts = parts_of(terminal.store, terminal.link, terminal.clock)
    assert Exchange(parts).turn([entry], []).settled == {taken.event}
    other = records.seal_record(b"{}", parts.identity.platform_key, f"form/{taken.event}")
    outcome = Exchange(parts).turn([replace(entry, payload=other)], [])
    assert outcome.parked == {taken.event}
    assert len(platform.numbers(terminal.name)) == 1


def test_a_scan_that_is_damaged_here_parks_its_own_case_only(terminal: Terminal, platform: Platform) -> None:
    bad, good = take(terminal.store, 50_000), take(terminal.store, 50_000)
    (file,) = (path for path in (terminal.data / "blobs").rglob("*") if bad.digests[0][2:] in path.name)
    file.write_bytes(b"\0" + file.read_bytes()[1:])
    report = terminal.agent.run_once()
    assert (report.settled, report.parked, report.failure) == (1, 1, Failure.BLOB_DAMAGED.code)
    assert terminal.store.cases.show(bad.number).failure == Failure.BLOB_DAMAGED.code
    assert not terminal.store.cases.show(good.number).pending
    assert sorted(platform.numbers(terminal.name)) == sorted([bad.number, good.number])


def test_a_scan_held_by_two_cases_travels_once(terminal: Terminal, platform: Platform, simlink: LinkSimulator) -> None:
    first = take(terminal.store, 200_000)
    second = take(terminal.store, reuse=first)
    assert terminal.agent.run_once().settled == 2
    assert platform.files(terminal.name, first.event) == platform.files(terminal.name, second.event)
    assert simlink.bytes_up < 230_000


def test_a_revoked_terminal_keeps_everything_and_says_so(opened: Opener, platform: Platform) -> None:
    terminal = opened()
    taken = take(terminal.store, 10_000)
    platform.revoke(terminal.name)
    report = terminal.agent.run_once()
    assert (report.pending, report.failure, report.reached) == (1, Failure.TERMINAL_REVOKED.code, False)
    assert report.retry_in is not None
    assert report.retry_in <= 900
    assert terminal.store.blobs.read(taken.digests[0])
    assert terminal.store.cases.show(taken.number).failure == Failure.TERMINAL_REVOKED.code


class Year1970:
    """A clock whose battery is flat."""

    def now(self) -> datetime:
        return datetime(1970, 1, 1, 0, 10, tzinfo=UTC)

    def trusted(self) -> bool:
        return False


def test_a_clock_at_1970_keeps_nobody_from_delivering(opened: Opener, platform: Platform) -> None:
    terminal = opened(clock=Year1970())
    taken = take(terminal.store, 10_000)
    assert terminal.agent.run_once().settled == 1
    assert platform.numbers(terminal.name) == [taken.number]
    mark = read_mark(terminal.store.settings.get(CLOCK_MARK))
    assert mark is not None
    assert mark.ahead.days < -10_000

    class Flat(SystemClock):
        def now(self) -> datetime:
            return Year1970().now()

    assert not Flat(lambda: terminal.store.settings.get(CLOCK_MARK)).trusted()
    assert SystemClock(lambda: terminal.store.settings.get(CLOCK_MARK)).trusted(), "set right, it agrees again"


def test_a_right_clock_is_trusted_once_the_platform_has_spoken(terminal: Terminal) -> None:
    terminal.agent.run_once()
    assert read_mark(terminal.store.settings.get(CLOCK_MARK)) is not None
    assert terminal.clock.trusted()


def test_a_request_number_is_never_used_twice(opened: Opener) -> None:
    first = opened()
    nonces = [Nonces(first.store), Nonces(first.store)]
    used = [nonces[turn % 2].next() for turn in range(2_500)]
    first.close()
    again = Nonces(opened().store)
    used += [again.next() for _ in range(10)]
    assert len(set(used)) == len(used)
    assert min(used[-10:]) > max(used[:-10])


def test_a_request_heard_on_the_line_is_worth_nothing_to_whoever_repeats_it(terminal: Terminal) -> None:
    identity = terminal.store.settings.identity()
    signer = Signer(identity, terminal.store.settings.device_key(), Nonces(terminal.store))
    question = signer.question("/v1/changes", Body(b""), signer.nonce())
    asked: list[str] = []
    for _ in range(2):
        link = Link(terminal.agent._parts.link._url)
        try:
            link.ask(question)
        except Exception as error:  # noqa: BLE001 -- both are refused; the test compares how
            asked.append(str(error))
        link.close()
    assert "400" in asked[0]
    assert "401" in asked[1]
