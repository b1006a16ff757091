"""`python -m benchmarks [NAME …]` (as `./dev bench`): every benchmark, or the named ones, one after the other.

Options behind a name are that benchmark's: `./dev bench soak --minutes 15`. `soak` takes an hour and runs only by name.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "submit_latency",
    "reopening",
    "queue_scale",
    "search",
    "agent_memory",
    "poison",
    "catalogue_turn",
    "screen",
    "keyboard",
    "thermal",
    "page",
    "social_card",
    "id_reader",
    "camera",
)
ONLY_BY_NAME = ("soak",)


def parts(words: list[str]) -> Iterator[list[str]]:
    """Each name with the options behind it."""
    found: list[list[str]] = []
    for word in words:
        if found and (word.startswith("-") or found[-1][-1].startswith("-")):
            found[-1].append(word)
        else:
            found.append([word])
    yield from found


def main(words: list[str]) -> int:
    """Run them; 1 when one of them missed its bar."""
    wanted = list(parts(words)) or [[name] for name in NAMES]
    unknown = [name for name, *_ in wanted if name not in (*NAMES, *ONLY_BY_NAME)]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join((*NAMES, *ONLY_BY_NAME))}", file=sys.stderr)
        return 2
    missed = 0
    for name, *options in wanted:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        missed += subprocess.run(command, check=False, cwd=Path(__file__).parent.parent).returncode != 0
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
