"""The line as the desk and the screen see it: the agent's word where it answers, the outbox's own counts always."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from kiosk.channel import AGENT, Channel
from kiosk.model.terminal import LineStatus, LinkState, ScansWait, Waiting
from kiosk.model.values import JsonObject

_PATIENCE_SECONDS: Final = 0.2

Counts = Callable[[], tuple[int, int, int]]
"""As `kiosk.ports.Outbox.counts`."""


class AgentLine:
    """Answers `kiosk.ports.Line`. An agent that does not answer in 200 ms is `SILENT`, never "all sent".

    `counts` reads the caller's own outbox, which knows of a case the moment it is submitted; without it the last word
    of the agent stands, and before any word a case is assumed to wait.
    """

    def __init__(self, data: Path, counts: Counts | None = None) -> None:
        self._channel = Channel(data, AGENT)
        self._counts = counts
        self._last = (1, 0, 0)

    def wake(self) -> None:
        """Tell the agent that there is something to send; nobody waits for it."""
        self._channel.ask({"do": "wake"}, _PATIENCE_SECONDS)

    def lacking(self) -> dict[str, int]:
        """Sealed bytes the platform lacks of cases whose scans are under way; none without an agent."""
        answer = self._channel.ask({"do": "lacking"}, _PATIENCE_SECONDS)
        return dict(answer.get("lacking", {})) if answer is not None and answer.get("ok") else {}

    def status(self) -> LineStatus:
        """What is known now."""
        answer = self._channel.ask({"do": "status"}, _PATIENCE_SECONDS)
        try:
            status = _status(answer) if answer is not None and answer.get("ok") else None
        except (KeyError, ValueError, TypeError):
            status = None
        if status is not None:
            self._last = (status.queued, status.parked, status.bytes_left)
        queued, parked, bytes_left = self._counts() if self._counts else self._last
        if status is None:
            return LineStatus(LinkState.SILENT, queued, parked, bytes_left, bytes_left)
        if self._counts and (queued, parked) != (status.queued, status.parked):
            most = max(bytes_left, status.bytes_total)
            status = replace(status, queued=queued, parked=parked, bytes_left=bytes_left, bytes_total=most)
        return status if queued else replace(status, waiting=None, seconds_left=None)


def _status(answer: JsonObject) -> LineStatus:
    failure = answer["failure"]
    return LineStatus(
        state=LinkState(answer["state"]),
        queued=int(answer["queued"]),
        parked=int(answer["parked"]),
        bytes_left=int(answer["bytes_left"]),
        bytes_total=int(answer["bytes_total"]),
        last_contact=_moment(answer["last_contact"]),
        next_try=_moment(answer["next_try"]),
        failure=None if failure is None else str(failure),
        seconds_left=answer.get("seconds_left"),
        waiting=_waiting(answer.get("waiting")),
    )


def _waiting(told: object) -> Waiting | None:
    return Waiting(ScansWait(told["why"]), _moment(told["until"])) if isinstance(told, dict) else None


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
