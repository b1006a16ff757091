"""The agent of a data directory, as `kiosk sync` runs it, until everything is acknowledged.

`python -m benchmarks.links.deliver DATA`
"""

import sys
import threading
from pathlib import Path

from kiosk.channel import AGENT, Channel
from kiosk.cli.sync import sync

_POLL_SECONDS = 0.05


def _stop_when_done(data: Path) -> None:
    agent, pause = Channel(data, AGENT), threading.Event()
    while True:
        status = agent.ask({"do": "status"})
        if status is not None and status["queued"] == 0:
            agent.ask({"do": "stop"})
            return
        pause.wait(_POLL_SECONDS)


if __name__ == "__main__":
    threading.Thread(target=_stop_when_done, args=(Path(sys.argv[1]),), daemon=True).start()
    sync(["--data", sys.argv[1]])
