"""kill -9 at every step of the protocol, on either side: afterwards exactly one case, whole, and its answer here.

The side that dies is a fork of this process in which one named step kills it, so that it dies exactly there.
"""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

import central.intake.frames
import central.routes.exchange
from central.app import create_app
from central.blobs import BlobRoom
from central.office import open_office
from central.store import events
from local_db.inbox import Inbox
from local_db.outbox import Outbox
from sync.link import Link, Signer
from sync.nonces import Nonces
from sync.simlink import LinkSimulator
from sync.upload import Upload
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal

BEFORE, AFTER = "before", "after"
AGENT = {
    "its nonces are just reserved": (Nonces, "_reserve", AFTER),
    "nothing is asked yet": (Signer, "question", BEFORE),
    "the forms are there and the answer is not read": (Link, "ask", AFTER),
    "the form's acknowledgement is not written": (Outbox, "form_taken", BEFORE),
    "the form's acknowledgement is written and not committed": (Outbox, "form_taken", AFTER),
    "no scan has left": (Upload, "run", BEFORE),
    "the scan is there and its answer is not looked at": (Upload, "_landed", BEFORE),
    "the last acknowledgement is not written": (Outbox, "settle", BEFORE),
    "the last acknowledgement is written and not committed": (Outbox, "settle", AFTER),
    "everything is sent and no news is written": (Inbox, "apply_decision", BEFORE),
    "news is written and not counted as taken": (Inbox, "apply_decision", AFTER),
    "news is counted and not committed": (Inbox, "advance", AFTER),
}
PLATFORM = {
    "the nonce is spent and nothing read": (central.routes.exchange, "read_manifest", BEFORE),
    "the form is weighed and not written": (events, "add", BEFORE),
    "the form is written and not committed": (events, "add", AFTER),
    "the form is committed and not answered": (central.routes.exchange, "take_manifest", AFTER),
    "bytes have come and are not appended": (BlobRoom, "append", BEFORE),
    "bytes are appended": (BlobRoom, "append", AFTER),
    "the last byte is there and not checked": (BlobRoom, "_finish", BEFORE),
    "the file is whole and not noted": (central.intake.frames, "file_arrived", BEFORE),
    "the file is noted and not answered": (central.intake.frames, "file_arrived", AFTER),
}
Step = tuple[Any, str, str]


def dying(step: Step) -> None:
    """From here on this process dies at the step."""
    owner, name, when = step
    real: Callable[..., Any] = getattr(owner, name)

    def cut_short(*given: Any, **named: Any) -> Any:
        if when == AFTER:
            real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, cut_short)


def forked(work: Callable[[], object]) -> int:
    """The id of a process that does this and ends."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def killed(child: int) -> bool:
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.parametrize("step", AGENT.values(), ids=AGENT)
def test_an_agent_killed_when(
    step: Step, opened: Opener, platform: Platform, simlink: LinkSimulator, data: Path
) -> None:
    with closing(opened()) as terminal:
        before = take(terminal.store, 1_000)
        assert terminal.agent.run_once().pending == 0
        platform.decide(before.number, 1, "received")
        case = take(terminal.store, 30_000)

    def run() -> None:
        dying(step)
        Terminal(data, simlink.url).agent.run_once()

    assert killed(forked(run))
    with closing(opened()) as terminal:
        report = terminal.agent.run_once()
        assert (report.pending, report.failure) == (0, None)
        assert sorted(platform.numbers(terminal.name)) == sorted([before.number, case.number])
        held = [terminal.store.blobs.read(digest) for digest in case.digests]
        assert platform.files(terminal.name, case.event) == held
        assert str(terminal.store.cases.show(before.number).state) == "received"
        terminal.store.journal.verify()


@contextmanager
def served(folder: Path, listener: socket.socket, step: Step | None) -> Iterator[int]:
    """A platform in a process of its own that dies at the step."""

    def serve() -> None:
        if step is not None:
            dying(step)
        app = create_app(open_office(folder))
        uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off")).run(sockets=[listener])

    child = forked(serve)
    try:
        yield child
    finally:
        if step is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


@pytest.mark.parametrize("step", PLATFORM.values(), ids=PLATFORM)
def test_a_platform_killed_when(step: Step, opened: Opener, platform: Platform) -> None:
    terminal = opened()
    case = take(terminal.store, 30_000)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with served(platform.data, listener, step) as child, closing(opened(url)) as one:
            report = one.agent.run_once()
            assert killed(child)
            assert (report.settled, report.pending, report.reached) == (0, 1, False)
        with served(platform.data, listener, None), closing(opened(url)) as one:
            report = one.agent.run_once()
            assert (report.pending, report.failure) == (0, None)
    held = [terminal.store.blobs.read(digest) for digest in case.digests]
    assert platform.files(terminal.name, case.event) == held
    assert platform.numbers(terminal.name) == [case.number]
