"""The long walk; prints a line for each target and ends with the count. Exit 1: something broke or hung."""

import argparse
import sys
import time
from collections import Counter

from tests.fuzz.running import DEVICES, STICKS, jobs, run_all

CHUNK, PICTURES_AT_ONCE = 20_000, 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000_000, help="wire, frames, codes, sticks, devices")
    parser.add_argument("--pictures", type=int, default=100_000, help="over pictures and documents")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=time.time_ns() % (1 << 40))
    asked = parser.parse_args()
    every = list(jobs("wire", asked.inputs * 3 // 4, asked.seed, CHUNK))
    every += jobs("written", asked.inputs // 20, asked.seed, CHUNK)
    every += jobs(STICKS, asked.inputs // 1_000, asked.seed, CHUNK)
    for group in DEVICES:
        every += jobs(group, asked.inputs // 4 // len(DEVICES), asked.seed, CHUNK)
    every += jobs("pictures", asked.pictures, asked.seed, PICTURES_AT_ONCE)
    begun, counted, wrong = time.monotonic(), Counter[str](), list[str]()
    for done in run_all(every, asked.jobs):
        counted[f"{done.job.group}.{done.job.target}"] += done.count
        wrong += done.wrong
    for name, count in sorted(counted.items()):
        sys.stdout.write(f"{name:28} {count:>12,}\n")
    pictures = sum(count for name, count in counted.items() if name.startswith("pictures."))
    sys.stdout.write("".join(f"WRONG {one}\n" for one in wrong))
    sys.stdout.write(
        f"{counted.total() - pictures:,} inputs and {pictures:,} pictures and documents, {len(wrong)} wrong, "
        f"seed {asked.seed}, {time.monotonic() - begun:.0f} s\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
