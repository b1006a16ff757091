"""One agent per data directory: two would ask the same questions twice and race for the same answers."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.failure import Failure, KioskError


@contextmanager
def only_agent(data: Path) -> Iterator[None]:
    """Be the agent of this data directory; the kernel lets go when the process ends, however it ends.

    Raises:
        KioskError: `AGENT_ALREADY_RUNNING`.
    """
    run = data / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(run / "agent.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KioskError(Failure.AGENT_ALREADY_RUNNING) from error
        yield
    finally:
        os.close(descriptor)
