"""What protection costs: measured in turns with what any program would have to do."""

import statistics
from pathlib import Path

import pytest

from benchmarks import reopening, submit_latency
from tests.proofs import Prove


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_taking_a_case_costs_hardly_more_than_writing_it_down(tmp_path: Path, prove: Prove) -> None:
    times = submit_latency.measure(tmp_path, 300)
    submit, append = (round(statistics.median(times[name]), 2) for name in ("submit", "append"))

    prove("submit-latency", rounds=300, submit_ms=submit, append_ms=append, times_append=round(submit / append, 2))
    assert submit <= submit_latency.LIMIT * append


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_a_terminal_does_not_wait_for_its_database(tmp_path: Path, prove: Prove) -> None:
    median = round(statistics.median(reopening.measure(tmp_path, 1000, 200)), 2)

    prove("reopening", rounds=200, median_ms=median)
    assert median <= reopening.LIMIT
