"""The agent: sends what has to go up, takes what came about, and reports. One run at a time, no waiting, no loop."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.config import LineConfig
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import Waiting
from kiosk.ports import Clock, Store
from sync.changes import Changes
from sync.exchange import Exchange
from sync.hub import Hub, HubReport
from sync.inquiring import inquire
from sync.link import Link
from sync.parts import parts_of
from sync.progress import Progress
from sync.schedule import pause_after
from sync.sending import Held, Sending
from sync.tempo import Tempo
from sync.thrift import Thrift
from sync.tidying import Tidying

LINK_FAILURES: Final = frozenset(
    {
        Failure.LINK_DOWN,
        Failure.LINK_STALLED,
        Failure.LINK_BUSY,
        Failure.LINK_NOT_PLATFORM,
        Failure.LINK_REFUSED,
        Failure.TERMINAL_REVOKED,
    }
)
"""After these there is nobody to talk to for now."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run: cases settled in it, cases still without acknowledgement (parked ones among them), bytes at HTTP level.

    `failure` is the first thing that went wrong. `reached` says whether the platform proved itself and was still there
    at the end; where it was not, `retry_in` says after how many seconds a next try is due. `at_hub` counts events that
    lie at a hub without the platform's word.
    """

    settled: int
    pending: int
    parked: int
    sent_bytes: int
    received_bytes: int
    turns: int
    failure: str | None = None
    reached: bool = True
    retry_in: float | None = None
    at_hub: int = 0


class Agent:
    """Works one terminal's outbox and inbox over one link. `stop` and the properties alone are for other threads.

    `rules` are the technician's, asked whenever they matter; `waiting` says why the last run left scans here.
    """

    def __init__(self, store: Store, link: Link, clock: Clock, rules: Callable[[], LineConfig] = LineConfig) -> None:
        self._parts = parts_of(store, link, clock)
        self._exchange = Exchange(self._parts)
        self._changes = Changes(self._parts)
        self._tempo = Tempo(link.connections)
        self._held = Held()
        self._tidying = Tidying(store, clock)
        self._hub = Hub(self._parts)
        self._rules = rules
        self._thrift = Thrift(store.settings, clock, link.traffic, rules)
        self._failures = 0
        self.waiting: Waiting | None = None

    @property
    def progress(self) -> Progress:
        """Sealed bytes the platform already holds of cases under way; for the progress bar only."""
        return self._parts.progress

    @property
    def lacking(self) -> dict[str, int]:
        """Sealed bytes the platform lacks of each case whose scans were last under way, by submission number."""
        return self._parts.progress.lacking()

    @property
    def last_contact(self) -> datetime | None:
        """When the platform last proved itself, by our clock; None: not since this process began."""
        return self._parts.watch.last_contact

    @property
    def proofs(self) -> int:
        """How often the platform has proved itself since this process began."""
        return self._parts.watch.proofs

    def stop(self) -> None:
        """End a run under way: connections are cut, and what was not acknowledged will be asked again."""
        self._parts.stopping.set()
        self._parts.link.abort()

    def inquire(self, sealed: bytes) -> bytes:
        """The platform's sealed answer to a visit's sealed question; from any thread, beside a run.

        Raises:
            KioskError: a `LINK_…` failure, or `RECORD_NOT_GENUINE`.
        """
        return inquire(self._parts, sealed)

    def nudge(self) -> None:
        """Something was submitted: a run under way sends its form beside the scans, now."""
        self._parts.nudged.set()

    def run_once(self) -> RunReport:
        """Send until nothing can be sent, then one changes turn; then let go of what is over."""
        store, link, watch = self._parts.store, self._parts.link, self._parts.watch
        before = (link.traffic.sent, link.traffic.received, link.traffic.turns, watch.proofs)
        link.freshen()
        sending = Sending(self._parts, self._exchange, self._tempo, self._held, self._thrift)
        lost = failure_of(sending.run)
        self.waiting = sending.result.waiting
        failure = lost or sending.result.failure
        if lost is None or lost.failure not in LINK_FAILURES:
            lost = failure_of(self._take)
            failure = failure or lost
        reached = watch.proofs > before[3] and (lost is None or lost.failure not in LINK_FAILURES)
        self._thrift.note(last=True)
        hub = HubReport() if reached else self._by_hub()
        failure = failure or hub.failure
        self._tidying.run()
        pending, parked, _ = store.outbox.counts()
        return RunReport(
            settled=sending.result.settled + hub.settled,
            pending=pending,
            parked=parked,
            sent_bytes=link.traffic.sent - before[0],
            received_bytes=link.traffic.received - before[1],
            turns=link.traffic.turns - before[2],
            failure=failure.failure.code if failure else None,
            reached=reached,
            retry_in=self._retry_in(None if reached else failure),
            at_hub=hub.waiting,
        )

    def _by_hub(self) -> HubReport:
        """The platform comes first; only what cannot reach it goes to the hub."""
        url = self._rules().hub
        return self._hub.run(url) if url and not self._parts.stopping.is_set() else HubReport()

    def _take(self) -> None:
        if not self._parts.stopping.is_set():
            result = self._changes.take()
            if result.failure is not None:
                raise result.failure

    def _retry_in(self, error: KioskError | None) -> float | None:
        if error is None:
            self._failures = 0
            return None
        self._failures += 1
        told = error.info.get("wait")
        return pause_after(error.failure, self._failures, told if isinstance(told, int) else None)


def failure_of(work: Callable[[], None]) -> KioskError | None:
    """The expected failure that ended `work`, or None."""
    try:
        work()
    except KioskError as error:
        return error
    return None
