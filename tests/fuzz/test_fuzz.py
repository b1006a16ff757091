"""Bytes nobody meant break nothing: a little every time, a long walk in several processes with --long."""

import os
from collections.abc import Iterable

import pytest

from tests.devices.fuzzing import Target
from tests.fuzz.pictures import PICTURE_SEEDS
from tests.fuzz.running import DEVICES, STICKS, Done, Job, jobs, run, run_all
from tests.fuzz.wire import WIRE
from tests.fuzz.written import WRITTEN
from tests.proofs import Prove

SEED = 20261124


@pytest.mark.parametrize("target", WIRE, ids=lambda one: one.__name__)
def test_nothing_that_comes_over_the_line_or_on_a_stick_breaks_its_reader(target: Target, prove: Prove) -> None:
    done = run(Job("wire", target.__name__, SEED, 1500))
    tell(prove, [done])
    assert (done.count, done.wrong) == (1500, ())


@pytest.mark.parametrize("target", WRITTEN, ids=lambda one: one.__name__)
def test_nothing_somebody_writes_breaks_its_reader(target: Target, prove: Prove) -> None:
    done = run(Job("written", target.__name__, SEED, 400))
    tell(prove, [done])
    assert (done.count, done.wrong) == (400, ())


def test_no_file_of_a_stick_breaks_terminal_or_platform(prove: Prove) -> None:
    done = run(Job(STICKS, "stick", SEED, 100))
    tell(prove, [done])
    assert (done.count, done.wrong) == (100, ())


@pytest.mark.parametrize("target", PICTURE_SEEDS, ids=lambda one: one.__name__)
def test_no_picture_or_document_breaks_its_reader(target: Target, prove: Prove) -> None:
    done = run(Job("pictures", target.__name__, SEED, 150))
    tell(prove, [done])
    assert (done.count, done.wrong) == (150, ())


def test_the_good_ones_are_read() -> None:
    for target, seeds in (WIRE | WRITTEN | PICTURE_SEEDS).items():
        for seed in seeds:
            target(seed)


def test_a_target_that_breaks_or_hangs_is_told_with_its_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(data: bytes) -> None:
        if len(data) % 3 == 0:
            raise ZeroDivisionError

    def hangs(data: bytes) -> None:
        while len(data) >= 0:
            pass

    monkeypatch.setattr("tests.fuzz.running.HANG_SECONDS", 0.05)
    for target, cause in ((breaks, "ZeroDivisionError"), (hangs, "HungError")):
        monkeypatch.setitem(WIRE, target, (b"seed",))
        done = run(Job("wire", target.__name__, SEED, 200))
        assert done.wrong
        assert all(one.startswith(f"{target.__name__}: {cause} for ") for one in done.wrong)


@pytest.mark.long
@pytest.mark.timeout(10_800)
def test_a_long_walk_over_everything_breaks_nothing(prove: Prove) -> None:
    inputs = int(os.environ.get("JINBAN_FUZZ_INPUTS", "10000000"))
    every = [*jobs("wire", inputs, SEED, 20_000), *jobs("pictures", inputs // 100, SEED, 1_000)]
    every += [*jobs("written", inputs // 20, SEED, 20_000), *jobs(STICKS, inputs // 1_000, SEED, 2_000)]
    for group in DEVICES:
        every += jobs(group, inputs // 20, SEED, 20_000)
    done = list(run_all(every, os.cpu_count() or 2))
    tell(prove, done)
    assert [one.wrong for one in done if one.wrong] == []


def tell(prove: Prove, done: Iterable[Done]) -> None:
    pictures = sum(one.count for one in done if one.job.group == "pictures")
    inputs = sum(one.count for one in done) - pictures
    prove("bent-bytes", inputs=inputs, pictures=pictures, broken=sum(len(one.wrong) for one in done))
