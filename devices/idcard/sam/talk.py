"""One question to the reader and its answer, in time, through noise and damage.

What goes wrong here is named so: nothing at all was heard, `DEVICE_ABSENT` (`reason=silent`): the line is there and the
reader is not; something was heard and no answer could be made of it, `DEVICE_DISTURBED`. Both only after the question
was asked a second time, except where the caller has no time for that.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.idcard.sam import frames
from devices.idcard.sam.commands import Command
from devices.idcard.sam.line import Line
from devices.idcard.sam.status import GARBLED
from kiosk.failure import Failure, KioskError

TRIES = 2
_SW = 3
_TICK = 0.1
# A reader sends a frame without a pause: so long after its last byte nothing more of it will come.
_GAP = 0.3
_QUIET, _DRAINING = 0.03, 0.3


@dataclass(frozen=True, slots=True)
class Answer:
    """Third status byte and data of an answer. `damage` tells that an earlier answer to the question was lost."""

    status: int
    data: bytes = field(repr=False)
    damage: bool = False


def _go_on() -> None:
    """Nobody to ask whether to go on."""


class Talk:
    """Asks over one open line. `damaged` counts the answers that came broken or not at all since it was opened."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.damaged = 0
        self._unanswered = False

    def ask(
        self, command: Command, go_on: Callable[[], None] = _go_on, tries: int = TRIES, seconds: float | None = None
    ) -> Answer:
        """The answer. `go_on` is called every 0.1 s and raises to break off; `seconds` overrides the command's own.

        Raises:
            KioskError: `DEVICE_ABSENT`, `DEVICE_DISTURBED`, and what `go_on` raises.
        """
        patience = command.seconds if seconds is None else seconds
        # The time on the wire comes on top: at 9600 baud a read takes more than a second.
        patience += (len(command.content) + command.most) * self.line.byte_seconds
        for attempt in range(1, tries + 1):
            try:
                answer = self._once(command, go_on, patience)
            except KioskError as error:
                if attempt == tries or error.info.get("reason") not in {"silent", "damaged", "noise"}:
                    raise
            else:
                if answer.status not in GARBLED or attempt == tries:
                    return Answer(answer.status, answer.data, damage=attempt > 1)
                self.damaged += 1
        raise AssertionError("every attempt returns or raises")

    def _once(self, command: Command, go_on: Callable[[], None], patience: float) -> Answer:
        self._settle()
        reader = frames.FrameReader()
        self._unanswered = True
        self.line.send(frames.encode(command.content))
        until = time.monotonic() + patience
        heard = 0.0
        while (now := time.monotonic()) < until:
            go_on()
            data = self.line.receive(reader.missing, min(_TICK, until - now))
            for content in reader.feed(data):
                answer = _answer(command, content)
                if answer is not None:
                    self._unanswered = False
                    return answer
            if data:
                heard = time.monotonic()
            elif heard and (reader.inside or reader.damaged) and time.monotonic() - heard >= _GAP:
                break
        self.damaged += 1
        if not heard:
            raise KioskError(Failure.DEVICE_ABSENT, reason="silent", step=command.name)
        reason = "damaged" if reader.inside or reader.damaged else "noise"
        raise KioskError(Failure.DEVICE_DISTURBED, reason=reason, step=command.name)

    def _settle(self) -> None:
        """Let what is left of an earlier answer run out, so that it is not taken for the next one."""
        if not self._unanswered:
            return
        until = time.monotonic() + _DRAINING
        while time.monotonic() < until and self.line.receive(frames.LARGEST, _QUIET):
            pass


def _answer(command: Command, content: bytes) -> Answer | None:
    """The answer in a frame, None when it is none to this command."""
    first, second, status = content[:_SW]
    data = content[_SW:]
    if first or second or not command.fits(status, data):
        return None
    return Answer(status, data)
