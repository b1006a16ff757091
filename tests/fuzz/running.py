"""Runs targets in several processes and counts: inputs, what broke, what hung. A dead process names its job."""

import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from types import FrameType
from typing import Any

from tests.devices import fuzz_escl, fuzz_escpos, fuzz_ipp, fuzz_sam, fuzz_social_card
from tests.devices.fuzzing import Mutations, Target
from tests.fuzz.bending import bent
from tests.fuzz.pictures import PICTURE_SEEDS
from tests.fuzz.sticks import STICK_TARGETS, stick_seeds
from tests.fuzz.wire import WIRE
from tests.fuzz.written import WRITTEN

HANG_SECONDS = 2.0
"""Of processor time, which another busy program cannot use up."""

DEVICES: dict[str, Any] = {
    "sam": fuzz_sam,
    "social_card": fuzz_social_card,
    "escl": fuzz_escl,
    "escpos": fuzz_escpos,
    "ipp": fuzz_ipp,
}


SEEDS: dict[str, dict[Target, tuple[bytes, ...]]] = {"wire": WIRE, "written": WRITTEN, "pictures": PICTURE_SEEDS}
STICKS = "sticks"


@dataclass(frozen=True)
class Job:
    """So many inputs for one target, drawn from a seed."""

    group: str
    target: str
    seed: int
    count: int


@dataclass(frozen=True)
class Done:
    """How many inputs a job took; `wrong` holds what broke or hung, with the input in hex."""

    job: Job
    count: int
    wrong: tuple[str, ...] = ()


class HungError(Exception):
    """An input took too long."""


def targets(group: str) -> dict[str, Target]:
    """The targets of a group by name."""
    if group == STICKS:
        return {one.__name__: one for one in STICK_TARGETS}
    every = DEVICES[group].TARGETS if group in DEVICES else SEEDS[group]
    return {one.__name__: one for one in every}


def jobs(group: str, inputs: int, seed: int, chunk: int) -> Iterator[Job]:
    """At least so many inputs over all targets of a group."""
    names = targets(group)
    each = -(-inputs // len(names))
    for name in names:
        for start in range(0, each, chunk):
            yield Job(group, name, seed + start, min(chunk, each - start))


def run(job: Job) -> Done:
    """Feed one target."""
    target, inputs = _chosen(job)
    signal.signal(signal.SIGVTALRM, _hung)
    wrong: list[str] = []
    for number, data in enumerate(inputs, 1):
        signal.setitimer(signal.ITIMER_VIRTUAL, HANG_SECONDS)
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 -- that is what is looked for
            wrong.append(f"{job.target}: {type(error).__name__} for {data[:300].hex()}")
        if number >= job.count or len(wrong) > 3:
            break
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return Done(job, number, tuple(wrong))


def run_all(every: list[Job], processes: int) -> Iterator[Done]:
    """Every job; one that kills its process is told as wrong, with the seed that finds it again."""
    left = list(every)
    while left:
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            running = {pool.submit(run, job): job for job in left}
            try:
                for future in as_completed(running):
                    done = future.result()
                    left.remove(done.job)
                    yield done
            except BrokenProcessPool:
                job = left.pop(0)  # the pool does not say which; alone it is told
                yield _alone(job)


def _alone(job: Job) -> Done:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        try:
            return pool.submit(run, job).result()
        except BrokenProcessPool:
            return Done(job, 0, (f"{job.target}: the process died at seed {job.seed}, within {job.count} inputs",))


def _chosen(job: Job) -> tuple[Target, Iterator[bytes]]:
    target = targets(job.group)[job.target]
    if job.group == STICKS:
        return target, bent(stick_seeds(), job.seed)
    if job.group not in DEVICES:
        return target, bent(SEEDS[job.group][target], job.seed)
    made: Mutations = getattr(DEVICES[job.group], "mutations", None) or DEVICES[job.group].inputs
    return target, made(job.seed)


def _hung(_number: int, _frame: FrameType | None) -> None:
    raise HungError
