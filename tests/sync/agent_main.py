"""The agent in a process of its own, as `kiosk sync` runs it: DATA, seconds between polls."""

import sys
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.failure import Failure, KioskError
from local_db.store import open_store
from sync.link import LinkOptions
from sync.service import serve


def main() -> int:
    data, poll = Path(sys.argv[1]), float(sys.argv[2])
    try:
        serve(
            data,
            lambda: open_store(data),
            SystemClock(),
            options=LinkOptions(connect=2.0, answer=5.0),
            poll_seconds=poll,
        )
    except KioskError as error:
        sys.stderr.write(error.failure.code)
        return 4 if error.failure is Failure.AGENT_ALREADY_RUNNING else 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
