"""A hub nearby, for while the platform is out of reach: what waits is left there, what came back is fetched.

The hub is a stick on a line and is believed as little. It settles nothing by taking something: only the platform's own
acknowledgement does, whichever way it comes; and when the platform is reached again, everything it has not signed for
is asked of it as ever.
"""

import base64
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import structlog

from kiosk.failure import Failure, KioskError
from kiosk.ports import OutboxEntry
from sync.body import Body
from sync.courier.giving import Exported, export
from sync.courier.taking import take
from sync.link import Link, LinkOptions
from sync.parts import Parts
from sync.wire.coding import WireError, decode, encode
from sync.wire.stick.distant import PATH, STATEMENT, DistantStick, StickAnswer, StickQuestion

_AGAIN_SECONDS: Final = 3600.0
_ANY_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)
_MOST_CASES: Final = 20_000

_log = structlog.get_logger("sync.hub")


@dataclass(frozen=True, slots=True)
class HubReport:
    """`waiting` events lie at the hub without the platform's word; `settled` cases got it by way of the hub.

    `failure` is the first thing that went wrong.
    """

    waiting: int = 0
    settled: int = 0
    failure: KioskError | None = None


class Hub:
    """Leaves and fetches. What was left is remembered.

    So that it is offered again only when there is more, or hourly.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._left: frozenset[str] = frozenset()
        self._again = 0.0
        self._full: KioskError | None = None
        self._kept_out = 0

    def run(self, url: str, options: LinkOptions | None = None) -> HubReport:
        """Fetch what came back, leave what waits."""
        link = Link(url, options)
        stick = DistantStick(self._parts.identity.terminal, lambda question: self._ask(link, question))
        try:
            settled, failure = self._fetch(stick)
            waiting = self._waiting()
            if waiting and (not self._left >= waiting or time.monotonic() >= self._again):
                self._note(export(self._parts.store, self._parts.clock, stick))
                self._left, self._again = waiting, time.monotonic() + _AGAIN_SECONDS
        except KioskError as error:
            _log.info("hub.failed", failure=error.failure.code)
            return HubReport(len(self._left & self._waiting()), 0, error)
        finally:
            link.close()
        at_hub = max(0, len(self._left & waiting) - self._kept_out)
        return HubReport(at_hub, settled, failure or (self._full if waiting else None))

    def _note(self, done: Exported) -> None:
        """The hub keeps so much of one terminal and no more; what it did not take waits here, as ever."""
        full = bool(done.forms_only or done.left)
        self._full, self._kept_out = KioskError(Failure.COURIER_FULL, reason="hub") if full else None, done.left
        if full:
            _log.info("hub.full", forms_only=done.forms_only, left=done.left)

    def _fetch(self, stick: DistantStick) -> tuple[int, KioskError | None]:
        try:
            done = take(self._parts.store, stick)
        except KioskError as error:
            if error.failure is not Failure.COURIER_NOTHING:
                raise
            return 0, None
        return done.settled, done.failure

    def _waiting(self) -> frozenset[str]:
        entries: tuple[OutboxEntry, ...] = self._parts.store.outbox.next_batch(_ANY_TIME, _MOST_CASES)
        return frozenset(entry.event_id for entry in entries)

    def _ask(self, link: Link, question: StickQuestion) -> StickAnswer:
        if self._parts.stopping.is_set():
            raise KioskError(Failure.LINK_DOWN, reason="stopping")
        asked = self._parts.signer.question(PATH, Body(encode(question)), self._parts.signer.nonce())
        asked.headers[STATEMENT] = base64.b64encode(self._parts.identity.statement).decode()
        try:
            return decode(link.ask(asked), StickAnswer)
        except WireError as error:
            raise KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled") from error
