"""What the sync agent holds in memory: after its start, and after it has delivered a pile of cases.

`python -m benchmarks.agent_memory [CASES]` (default 200, each with a form and three scans of 150 kB) runs `kiosk sync`
as a terminal does, against the reference platform on loopback, and prints resident memory as the kernel counts it.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.table import print_table
from kiosk.channel import AGENT, Channel
from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.line import AgentLine
from sync.provision import provision_online
from tests.sync.platform import Platform
from tests.sync.taking import take

CASES = 200
SCAN = 150_000
BAR_MB = 90.0


def main() -> int:
    """Print the figures; 1 when the agent holds more than it may."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform(Path(folder) / "platform")
        try:
            rows, most = measure(Path(folder) / "terminal", platform, cases)
        finally:
            platform.kill()
    print_table(("kiosk sync", "resident MB", "peak MB"), rows)
    print(f"bar: {BAR_MB:.0f} MB")
    return int(most > BAR_MB)


def measure(data: Path, platform: Platform, cases: int) -> tuple[list[tuple[str, str, str]], float]:
    """Rows of figures, and the most memory ever seen."""
    with closing(open_store(data, create=True)) as store:
        provision_online(platform.url, platform.code(), store, SystemClock())
    agent = subprocess.Popen([sys.executable, "-m", "kiosk.cli", "sync", "--data", str(data)])
    try:
        line = AgentLine(data)
        until(lambda: Channel(data, AGENT).ask({"do": "status"}) is not None and line.status().next_try is not None)
        started = memory(agent.pid)
        with closing(open_store(data)) as store:
            for index in range(cases):
                take(store, SCAN, SCAN, SCAN, index=index)
        began = time.monotonic()
        line.wake()
        until(lambda: line.status().all_delivered)
        seconds = time.monotonic() - began
        done = memory(agent.pid)
    finally:
        agent.terminate()
        agent.wait()
    rows = [
        ("after its start", *(f"{value:.1f}" for value in started)),
        (f"after {cases} cases ({seconds:.1f} s)", *(f"{value:.1f}" for value in done)),
    ]
    return [(name, now, peak) for name, now, peak in rows], done[1]


def memory(pid: int) -> tuple[float, float]:
    """Resident memory now and at its peak, in MB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1000, int(lines["VmHWM"].split()[0]) / 1000


def until(true: Callable[[], bool], seconds: float = 300.0) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
