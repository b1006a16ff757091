"""Progress in bytes and time left, as people watch them: neither ever runs backwards."""

import json
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli import kiosk
from kiosk.model.terminal import LinkState
from local_db.store import open_store
from sync.course import Course
from sync.line import AgentLine
from sync.simlink import LinkSimulator
from tests.sync.conftest import Opener
from tests.sync.taking import take
from tests.sync.test_service import until


def test_at_a_steady_pace_the_time_left_is_right_and_counts_down() -> None:
    course, told = Course(), []
    for second in range(101):
        course.see(100_000 - 1000 * second, float(second))
        told.append(course.seconds_left())
    assert told[:4] == [None] * 4, "four seconds say too little"
    assert told[4:100] == list(range(96, 0, -1))
    assert told[100] is None


def test_a_new_case_makes_the_whole_larger_and_undoes_nothing() -> None:
    course = Course()
    course.see(10_000, 0)
    course.see(2_000, 5)
    assert (course.done, course.total) == (8_000, 10_000)
    course.see(7_000, 6)
    assert (course.done, course.total) == (8_000, 15_000)
    course.see(0, 20)
    course.see(500, 21)
    assert (course.done, course.total) == (0, 500), "all was delivered: a new course"


def test_a_line_a_little_slower_makes_the_time_stand_still_and_one_far_slower_takes_it_back() -> None:
    course, left, told = Course(), 1_000_000.0, []
    for second in range(200):
        left -= 10_000 if second < 20 else 8_000 if second < 40 else 200
        course.see(int(left), float(second))
        told.append(course.seconds_left())
    assert told[19] == 80
    assert all(seconds is not None for seconds in told[4:45])
    assert None in told[45:120], "no time is better than a wrong one"
    assert (told[199] or 0) > 1000, "reckoned anew"


def test_a_line_that_stands_still_tells_no_time() -> None:
    course = Course()
    for second in range(10):
        course.see(100_000 - 1000 * second, float(second))
    assert course.seconds_left() is not None
    for second in range(10, 40):
        course.see(91_000, float(second))
        seconds = course.seconds_left()
    assert seconds is None


@given(st.lists(st.tuples(st.integers(0, 5000), st.floats(0.1, 20.0), st.integers(0, 20)), max_size=80))
def test_whatever_the_line_does_neither_what_is_done_nor_the_time_left_runs_backwards(
    steps: list[tuple[int, float, int]],
) -> None:
    course, left, now, done, last = Course(), 100_000, 0.0, 0, None
    for moved, seconds, new in steps:
        left, now = max(1, left - moved) + (5_000 if new == 20 else 0), now + seconds
        course.see(left, now)
        assert course.done >= done
        told = course.seconds_left()
        if new == 20:
            last = None
        if told is not None and last is not None:
            assert told <= last
        done, last = course.done, told


def test_what_was_done_stays_done_while_the_last_acknowledgement_is_awaited() -> None:
    course = Course()
    for second, left in enumerate((1000, 600, 0, 0)):
        course.see(left, second, waiting=True)
    assert (course.done, course.total) == (1000, 1000)
    course.see(0, 5)
    assert (course.done, course.total) == (0, 0), "all is over"


def test_scans_on_their_way_are_counted_for_each_case_and_for_all(
    data: Path, opened: Opener, simlink: LinkSimulator
) -> None:
    terminal = opened()
    cases = [take(terminal.store, 120_000, index=index) for index in range(20)]
    simlink.limit(45_000)
    agent = subprocess.Popen([sys.executable, "-m", "tests.sync.agent_main", str(data), "30"])
    try:
        line, seen, listed = AgentLine(data), [], []

        def looked() -> bool:
            status = line.status()
            if status.state is not LinkState.SILENT:  # on a busy machine: it says nothing, not that nothing was done
                seen.append((status.bytes_total - status.bytes_left, status.seconds_left))
            rows = json.loads(CliRunner().invoke(kiosk, ["cases", "list", "--json", "--data", str(data)]).stdout)
            listed.append({row["submission_no"]: row["bytes_left"] for row in rows})
            assert all(row["bytes_left"] <= row["bytes_total"] for row in rows)
            time.sleep(0.2)
            return status.all_delivered and len(seen) > 1

        until(looked, 30)
    finally:
        agent.kill()
        agent.wait()
    done = [much for much, _ in seen[:-1]]
    assert done == sorted(done)
    assert max(done) > 200_000
    assert any(seconds is not None for _, seconds in seen)
    assert any(0 < left < 120_000 for row in listed for left in row.values()), "it is seen to get less"
    for case in cases:
        left = [row[case.number] for row in listed]
        assert left == sorted(left, reverse=True)
        assert left[-1] == 0


def test_no_look_at_any_moment_counts_a_case_twice(data: Path, opened: Opener, simlink: LinkSimulator) -> None:
    terminal, course, lefts = opened(), Course(), []
    for index in range(12):
        take(terminal.store, 60_000, index=index)
    whole = terminal.store.outbox.counts()[2]
    simlink.limit(400_000)
    with closing(open_store(data)) as counting:
        over = threading.Event()

        def look() -> None:
            while not over.is_set():
                (_, _, left), moved, at_once = terminal.agent.progress.glance(counting.outbox.counts)
                if at_once:
                    lefts.append(left - moved)
                    course.see(left - moved, time.monotonic(), waiting=True)

        watching = threading.Thread(target=look)
        watching.start()
        report = terminal.agent.run_once()
        over.set()
        watching.join()
    assert (report.pending, terminal.agent.progress.bytes_moved) == (0, 0)
    assert len(lefts) > 100
    assert lefts == sorted(lefts, reverse=True), "nothing that left comes back"
    assert course.total == whole
