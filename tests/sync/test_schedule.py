"""When to try again, in which order and how much at once."""

import socket
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import RELEASED, ClockMark, SystemClock, read_mark
from kiosk.failure import Failure
from kiosk.ports import OutboxEntry, SealedMaterial
from sync.linkwatch import any_up
from sync.schedule import LONGEST_PAUSE, SHORTEST_PAUSE, first_that_fit, in_order, pause_after
from sync.tempo import FEW, MANY, SEVERAL, Tempo

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


def entry(name: str, *, at: datetime = NOON, taken: bool = False, size: int = 1000, payload: int = 10) -> OutboxEntry:
    material = SealedMaterial("m", None, 0, "00" * 32, size, "jpg", b"w")
    return OutboxEntry(name, "case", "n", "i", 1, bytes(payload), (material,), at, True, 0, taken)


@given(failures=st.integers(0, 10_000), told=st.none() | st.integers(0, 10**9), failure=st.sampled_from(Failure))
def test_a_next_try_never_lies_more_than_a_quarter_of_an_hour_away(
    failures: int, told: int | None, failure: Failure
) -> None:
    pause = pause_after(failure, failures, told)
    assert SHORTEST_PAUSE <= pause <= LONGEST_PAUSE == 900
    if told is not None:
        assert pause >= min(told, 900)


def test_pauses_grow_are_spread_at_random_and_start_short() -> None:
    first = [pause_after(Failure.LINK_DOWN, 1) for _ in range(300)]
    later = [pause_after(Failure.LINK_DOWN, 12) for _ in range(300)]
    assert max(first) <= 2
    assert len({round(pause, 3) for pause in later}) > 100
    assert 15 < sum(later) / len(later) < 45
    assert max(later) <= 60
    assert max(pause_after(Failure.TERMINAL_REVOKED, 16) for _ in range(100)) > 300


def test_forms_go_before_scans_the_oldest_day_first_and_small_before_large() -> None:
    rows = [
        entry("large scan today", taken=True, size=900),
        entry("small scan today", taken=True, size=10),
        entry("large scan yesterday", at=NOON - timedelta(days=1), taken=True, size=5000),
        entry("form at noon", size=10**9),
        entry("form an hour before", at=NOON - timedelta(hours=1)),
    ]
    assert [row.event_id for row in in_order(rows)] == [
        "form an hour before",
        "form at noon",
        "large scan yesterday",
        "small scan today",
        "large scan today",
    ]


def test_a_question_is_bounded_by_count_and_bytes_but_one_form_always_goes() -> None:
    rows = [entry(str(number), payload=1000) for number in range(50)]
    assert len(first_that_fit(rows, 10, 10**9)) == 10
    assert len(first_that_fit(rows, 50, 12_100)) == 10
    assert len(first_that_fit([replace(rows[0], payload=bytes(10**6))], 50, 10)) == 1


def test_requests_follow_what_the_line_carries() -> None:
    tempo = Tempo()
    start = tempo.pack_bytes()
    tempo.carried(start, 60.0)
    assert tempo.pack_bytes() == tempo.least_pack, "about 4 kB/s: as little as a request may be"
    for _ in range(10):
        tempo.carried(500_000, 0.1)
    assert tempo.pack_bytes() == tempo.most_pack
    tempo.stumbled()
    assert tempo.pack_bytes() == tempo.least_pack
    tempo.carried(100, 9.0)
    assert tempo.pack_bytes() == tempo.least_pack


def test_five_seconds_of_the_measured_rate_go_into_one_request() -> None:
    tempo = Tempo()
    for _ in range(20):
        tempo.carried(100_000, 1.0)
    assert 450_000 < tempo.pack_bytes() < 550_000


def test_connections_follow_what_the_line_carries_and_how_far_away_the_platform_is() -> None:
    tempo = Tempo()
    assert tempo.connections() == FEW, "nothing is known yet"
    for rate, trip, seconds, expected in (
        (12_000, 0.6, 3, FEW),  # edge: more only cost bytes
        (110_000, 0.2, 3, SEVERAL),  # 3g
        (230_000, 0.65, 3, MANY),  # satellite
        (12_000, 0.6, 60, FEW),  # and down again, in its own time: a lull is no slower line
    ):
        for _ in range(5 * seconds):
            tempo.sampled(rate, trip)
        assert tempo.connections() == expected
    assert Tempo(most_connections=1).connections() == 1


def test_the_last_scan_is_shared_out_on_a_far_line_and_whole_on_a_near_one() -> None:
    far, near = Tempo(), Tempo()
    far.began(125_000, 0.2)
    near.began(2_500_000, 0.01)
    for tempo in (far, near):
        tempo.carried(500_000, 4.0)
    assert far.may_share()
    assert far.pack_bytes(100_000, blobs=1) < 50_000
    far.shared_blobs = False
    assert far.pack_bytes(100_000, blobs=1) == 100_000
    assert not near.may_share()
    assert near.pack_bytes(100_000, blobs=1) == 100_000


def test_the_first_question_decides_how_it_begins_and_nothing_after_it() -> None:
    tempo = Tempo()
    tempo.began(None, None)
    assert tempo.connections() == FEW
    tempo.began(230_000, 0.65)
    assert tempo.connections() == MANY
    assert tempo.pack_bytes() < tempo.first_pack
    tempo.began(12_000, 0.6)
    assert tempo.connections() == MANY


def test_the_first_tries_after_a_break_come_within_a_second_because_most_breaks_last_seconds() -> None:
    for failure in (Failure.LINK_DOWN, Failure.LINK_STALLED):
        assert max(pause_after(failure, tries) for tries in range(1, 8) for _ in range(100)) <= 1


def test_the_kernel_is_understood_when_a_line_comes_up() -> None:
    def message(kind: int, body: bytes) -> bytes:
        return struct.pack("=IHHII", 16 + len(body), kind, 0, 0, 0) + body

    def link(flags: int) -> bytes:
        return message(16, struct.pack("=BxHiII", socket.AF_UNSPEC, 1, 2, flags, 0))

    assert any_up(message(20, bytes(8)))
    assert any_up(link(0x1043))
    assert not any_up(link(0x1003)), "no carrier"
    assert not any_up(message(21, bytes(8))), "an address went"
    assert any_up(message(21, bytes(8)) + message(20, bytes(8)))
    assert not any_up(b"\0" * 40)
    assert not any_up(b"x")


@pytest.mark.parametrize(
    ("ahead", "believed"),
    [
        (timedelta(0), True),
        (timedelta(minutes=4), True),
        (timedelta(minutes=6), False),
        (timedelta(hours=-8), False),
    ],
)
def test_a_clock_is_believed_while_the_platform_agrees(ahead: timedelta, believed: bool) -> None:  # noqa: FBT001 -- a table of cases
    mark = ClockMark(datetime.now(UTC) - timedelta(hours=1), ahead)
    assert read_mark(mark.encode()) is not None
    assert SystemClock(mark.encode).trusted() is believed


def test_a_clock_that_went_back_behind_the_platforms_last_word_is_not_believed() -> None:
    assert not SystemClock(ClockMark(datetime.now(UTC) + timedelta(days=2), timedelta(0)).encode).trusted()


def test_a_clock_that_jumped_far_beyond_the_platforms_last_word_is_not_believed() -> None:
    class Jumped(SystemClock):
        def now(self) -> datetime:
            return datetime(2099, 1, 1, tzinfo=UTC)

    mark = ClockMark(datetime.now(UTC) - timedelta(hours=1), timedelta(0))
    assert not Jumped(mark.encode).trusted()
    assert SystemClock(ClockMark(datetime.now(UTC) - timedelta(days=300), timedelta(0)).encode).trusted()


def test_a_clock_before_the_release_is_not_believed() -> None:
    class Flat(SystemClock):
        def now(self) -> datetime:
            return datetime(1970, 1, 1, tzinfo=UTC)

    assert not Flat().trusted()
    assert SystemClock().trusted() is (datetime.now(UTC) >= RELEASED)
    assert read_mark(b"garbage") is None
    assert SystemClock(lambda: b"garbage").trusted()
