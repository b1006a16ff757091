"""`python -m benchmarks [NAME …]` (as `./dev bench`): every benchmark, or the named ones, one after the other."""

import subprocess
import sys
from pathlib import Path

NAMES = (
    "submit_latency",
    "queue_scale",
    "search",
    "agent_memory",
    "screen",
    "thermal",
    "page",
    "social_card",
    "id_reader",
)


def main(wanted: list[str]) -> int:
    """Run them; 1 when one of them missed its bar."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    missed = 0
    for name in wanted or NAMES:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        missed += subprocess.run(command, check=False, cwd=Path(__file__).parent.parent).returncode != 0
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
