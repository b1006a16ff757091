"""Fuzzing by hand and in the suite: a target takes bytes and raises what it must not."""

import sys
import time
from collections.abc import Callable, Iterator

Target = Callable[[bytes], None]
Mutations = Callable[[int], Iterator[bytes]]

LONGEST = 2.0
"""Seconds one input may take."""


def run(target: Target, mutations: Mutations, seconds: float, seed: int) -> int:
    """Feed a target for so long; how many inputs it took."""
    until, count = time.monotonic() + seconds, 0
    for data in mutations(seed):
        begun = time.monotonic()
        target(data)
        assert time.monotonic() - begun < LONGEST, "too slow for its input"
        count += 1
        if time.monotonic() >= until:
            break
    return count


def by_hand(targets: tuple[Target, ...], mutations: Mutations) -> None:
    """`python -m tests.devices.fuzz_… [SECONDS]`: every target in turn, from a seed of this moment."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = time.time_ns()
    for one in targets:
        count = run(one, mutations, seconds / len(targets), seed)
        sys.stdout.write(f"{one.__name__}: {count} inputs, seed {seed}\n")
