"""How long the A4 drivers wait for what, in seconds, and how a driver waits without being taken for hung."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, fields

from devices.contract import Job
from kiosk.failure import Failure, KioskError

_SHORTEST, _LONGEST = 0.1, 150.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Each can be set as an option of the driver.

    reach
        For a printer that cannot be reached before it was given anything: then `PRINTER_OFFLINE`.
    lost
        For a printer that is lost with a paper in its hands: then `PRINT_UNCERTAIN`.
    hold
        For a printer that holds the paper because of an empty tray, an open cover, a jam: then the job is cancelled.
    busy
        For a printer that takes nothing because it is at another job: then `PRINTER_BUSY`.
    settle
        How long an idle printer must not know a paper before that paper counts as never arrived.
    confirm
        For a cancelled job to end.
    whole
        For everything together; the host itself loses patience after 180 s.
    """

    reach: float = 5.0
    lost: float = 20.0
    hold: float = 20.0
    busy: float = 30.0
    settle: float = 2.0
    confirm: float = 8.0
    whole: float = 150.0


def patience_of(options: Mapping[str, str]) -> Patience:
    """From the driver's options.

    Raises:
        KioskError: `CONFIG_INVALID` with the option's name.
    """
    given = {}
    for one in fields(Patience):
        if one.name in options:
            given[one.name] = _seconds(one.name, options[one.name])
    return Patience(**given)


def _seconds(name: str, word: str) -> float:
    try:
        seconds = float(word)
    except ValueError:
        seconds = -1.0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise KioskError(Failure.CONFIG_INVALID, option=name)
    return seconds


class Clockwork:
    """The time of one paper: when all of it must be over, and a pause that a cancelled job cuts short."""

    def __init__(self, job: Job, whole: float) -> None:
        self._job = job
        self.until = time.monotonic() + whole

    @property
    def over(self) -> bool:
        """Whether the whole time is up."""
        return time.monotonic() >= self.until

    @property
    def given_up(self) -> bool:
        """Whether nobody waits for this paper any more. A sign of life, too."""
        return self._job.cancelled

    def pause(self, seconds: float) -> None:
        """Wait a little; returns at once when given up."""
        try:
            self._job.wait(seconds)
        except KioskError:
            return

    def wait(self, seconds: float) -> None:
        """Wait a little; raises `DEVICE_CANCELLED` when given up: for moments when nothing has left yet."""
        self._job.wait(seconds)
