"""The agent as a process: runs when there is something to do or to hear, answers on its socket, ends when asked.

One process holds a data directory's agent lock. It says nothing personal, neither in logs nor on the socket.
"""

import base64
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Final

import structlog

from kiosk.channel import AGENT, Channel
from kiosk.config import LineConfig
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import LinkState, Waiting
from kiosk.model.values import JsonObject
from kiosk.ports import Clock, Store
from sync.agent import Agent
from sync.course import Course
from sync.link import Link, LinkOptions
from sync.linkwatch import LinkWatch
from sync.lock import only_agent
from sync.schedule import LONGEST_PAUSE

POLL_SECONDS: Final = 30.0
_NICE: Final = 10
_FIRST_LOOK_SECONDS: Final = 0.5
_RULES_SECONDS: Final = 2.0

_log = structlog.get_logger("sync.service")


def serve(
    data: Path,
    open_store: Callable[[], Store],
    clock: Clock,
    *,
    options: LinkOptions | None = None,
    poll_seconds: float = POLL_SECONDS,
    rules: Callable[[], LineConfig] = LineConfig,
) -> None:
    """Be the agent of a data directory until SIGTERM, SIGINT or `stop` on the socket.

    `open_store` is called twice: the socket counts on a connection of its own, so that it answers during an upload.
    `rules` are asked anew whenever they matter.

    Raises:
        KioskError: `AGENT_ALREADY_RUNNING`, `NOT_PROVISIONED`, or why the store does not open.
    """
    with only_agent(data), closing(open_store()) as store, closing(open_store()) as counting:
        _be_modest()
        link = Link(store.settings.identity().platform_url, options)
        service = _Service(Agent(store, link, clock, rules), counting, clock, poll_seconds, rules)
        server = Channel(data, AGENT).serve(service.answer)
        watch = LinkWatch(service.hurry_if_offline)
        try:
            with _signals(service.stop):
                service.loop()
        finally:
            watch.close()
            server.close()
            link.close()


class _Service:
    """The loop and what the socket may ask of it."""

    def __init__(
        self, agent: Agent, counting: Store, clock: Clock, poll_seconds: float, rules: Callable[[], LineConfig]
    ) -> None:
        self._agent, self._counting, self._clock, self._rules = agent, counting, clock, rules
        self._poll_seconds = poll_seconds
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._count_lock = threading.Lock()
        self._failure: str | None = None
        self._reached = False
        self._proofs = 0
        self._next_try: datetime | None = None
        self._course = Course()
        self._eager = poll_seconds

    def loop(self) -> None:
        """Run, wait for the next reason to run, run again."""
        while not self._stopping.is_set():
            self._wake.clear()
            self._next_try = None
            rules = self._rules()
            pause = self._run()
            self._next_try = self._clock.now() + timedelta(seconds=pause)
            self._wait(pause, rules)

    def _run(self) -> float:
        """One run; seconds until the next."""
        try:
            report = self._agent.run_once()
        except KioskError as error:
            self._failure, self._proofs = error.failure.code, self._agent.proofs
            _log.warning("run.failed", failure=error.failure.code)
            return self._poll
        except Exception as error:  # noqa: BLE001 -- a bug costs one run, never all the runs to come
            self._failure, self._reached, self._proofs = Failure.AGENT_FAULTY.code, False, self._agent.proofs
            _log.error("run.crashed", error=type(error).__name__, place=_place_of(error))
            return self._poll
        self._failure, self._reached, self._proofs = report.failure, report.reached, self._agent.proofs
        _log.info("run", settled=report.settled, pending=report.pending, failure=report.failure, turns=report.turns)
        if report.settled:
            self._eager = _FIRST_LOOK_SECONDS
        return self._next_look() if report.retry_in is None else report.retry_in

    @property
    def _poll(self) -> float:
        """Seconds between looks; where every byte is paid for, as many as may lie between two."""
        return max(self._poll_seconds, LONGEST_PAUSE) if self._rules().metered else self._poll_seconds

    def _next_look(self) -> float:
        """After cases were delivered an answer may come soon: look often at first, then ever less."""
        pause = min(self._eager, self._poll)
        self._eager = min(self._eager * 2, self._poll)
        waiting = self._agent.waiting
        if waiting is not None and waiting.until is not None:
            pause = min(pause, max(1.0, (waiting.until - self._clock.now()).total_seconds()))
        return pause

    def stop(self) -> None:
        """End soon: at once between runs, else as soon as the connections are cut."""
        self._stopping.set()
        self._agent.stop()
        self._wake.set()

    def hurry_if_offline(self) -> None:
        """Run now if the platform was out of reach."""
        if not self._online():
            self._wake.set()

    def answer(self, question: JsonObject) -> JsonObject:
        """What the socket asks: `status`, `lacking`, `wake`, `stop` or `ask`."""
        asked = question.get("do")
        if asked == "ask":
            return self._ask(str(question.get("sealed", "")))
        if asked == "status":
            return self._status()
        if asked == "lacking":
            return {"ok": True, "lacking": self._agent.lacking}
        if asked == "wake":
            self._agent.nudge()
            self._wake.set()
            return {"ok": True}
        if asked == "stop":
            self.stop()
            return {"ok": True}
        return {"ok": False}

    def _ask(self, sealed: str) -> JsonObject:
        """Carry one sealed question of a visit to the platform and its sealed answer back."""
        try:
            answer = self._agent.inquire(base64.b64decode(sealed, validate=True))
        except ValueError:
            return {"ok": False, "failure": Failure.LINK_REFUSED.code}
        return {"ok": True, "sealed": base64.b64encode(answer).decode()}

    def _wait(self, pause: float, rules: LineConfig) -> None:
        """Until it is time, on the steady clock (the other may jump), or the rules are not those the run began with."""
        deadline = time.monotonic() + pause
        while not self._wake.is_set() and (left := deadline - time.monotonic()) > 0 and rules == self._rules():
            self._wake.wait(min(left, _RULES_SECONDS))

    def _online(self) -> bool:
        """Whether the last run reached the platform, or the present one already has."""
        return self._reached or self._agent.proofs > self._proofs

    def _status(self) -> JsonObject:
        online, waiting = self._online(), self._agent.waiting
        with self._count_lock:
            (queued, parked, bytes_left), moved, whole = self._agent.progress.glance(self._counting.outbox.counts)
            course = self._course
            if whole:  # else what was last seen stands, for the moment that a transaction takes
                course.see(max(0, bytes_left - moved), time.monotonic(), waiting=queued > parked)
            if not online or waiting is not None or queued == parked:
                course.pause()
            left, total, seconds = course.left, course.total, course.seconds_left()
        contact = self._agent.last_contact
        return {
            "ok": True,
            "state": str(LinkState.ONLINE if online else LinkState.OFFLINE),
            "queued": queued,
            "parked": parked,
            "bytes_left": left,
            "bytes_total": total,
            "seconds_left": seconds,
            "last_contact": contact.isoformat() if contact else None,
            "next_try": self._next_try.isoformat() if self._next_try else None,
            "failure": self._failure,
            "waiting": _told(waiting),
        }


def _told(waiting: Waiting | None) -> JsonObject | None:
    if waiting is None:
        return None
    return {"why": str(waiting.why), "until": waiting.until.isoformat() if waiting.until else None}


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT end the loop, where this is the main thread of a process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        # from a thread: the interrupted code may hold the very locks that stopping takes
        threading.Thread(target=stop, name="stop").start()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _place_of(error: BaseException) -> list[str]:
    """Where it happened, innermost last. Its text may name people, so that is not told."""
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]


def _be_modest() -> None:
    """The screen goes first."""
    with suppress(OSError):
        os.nice(_NICE)
