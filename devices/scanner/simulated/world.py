"""The little world of the simulated eSCL scanner: what lies on its glass and in its feeder, its job, its mischief.

A sheet is the name of a sample page, or `front/back` for one printed on both sides; `blank` is an empty sheet.
"""

import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any

from devices.scanner.pages import BLANK, find, page_names
from devices.scanner.simulated.settings import Asked
from kiosk.failure import KioskError

GARBAGE = ("capabilities", "status", "page", "html")


class Fed(Enum):
    """What the scanner has got hold of when it is no sample page."""

    BLANK = auto()
    NOTHING = auto()
    JAM = auto()


class UnknownError(Exception):
    """A command that makes no sense; the text says why."""


@dataclass(slots=True)
class Mischief:
    """What goes wrong. None, False and 0 are a scanner in order.

    `jam` jams after so many more pages, `cut` hangs up after so many bytes of the next page, `torn` makes it that long
    and says that this is all, `short` delivers its upper 40 %, `busy` answers so many starts with 503, `slow` makes a
    page take so many seconds, `garbage` answers nonsense to one kind of question, `huge` and `bomb` answer XML without
    end or with entities, `hang` answers nothing, `redirect` sends every question elsewhere, `die` ends the process in
    the middle of the next page.
    """

    jam: int | None = None
    jammed: bool = False
    cover: bool = False
    busy: int = 0
    slow: float = 0.0
    cut: int | None = None
    torn: int | None = None
    short: bool = False
    garbage: str = ""
    huge: bool = False
    bomb: bool = False
    hang: bool = False
    redirect: str = ""
    die: bool = False


@dataclass(slots=True)
class Running:
    """One scan job: what was asked, and how many pages it has delivered."""

    asked: Asked
    name: str = field(default_factory=lambda: str(uuid.uuid4()))
    delivered: int = 0
    # The second side of the sheet that has just been read.
    back: str | None = None
    over: bool = False


class World:
    """One scanner. Methods may be called from any thread; commands come as dictionaries with `do`."""

    def __init__(self, data: Path, feeder: tuple[str, ...] = ()) -> None:
        self.lock = threading.RLock()
        self.mischief = Mischief()
        self.job: Running | None = None
        self.counts = {"started": 0, "pages": 0, "deleted": 0}
        self._data = data
        self._feeder = list(feeder)
        self._glass: str | None = None
        self._turn = 0
        self._commands: dict[str, Callable[..., dict[str, Any] | None]] = {
            "load": self._load,
            "place": self._place,
            "empty": lambda: self._load([]),
            "jam": lambda after=0: self._set(jam=int(after)),
            "clear": lambda: self._set(jam=None, jammed=False),
            "open_cover": lambda: self._set(cover=True),
            "close_cover": lambda: self._set(cover=False),
            "busy": lambda times=1: self._set(busy=int(times)),
            "slow": lambda seconds: self._set(slow=float(seconds)),
            "cut": lambda after: self._set(cut=int(after)),
            "torn": lambda after: self._set(torn=int(after)),
            "short_page": lambda: self._set(short=True),
            "garbage": self._garbage,
            "huge": lambda: self._set(huge=True),
            "bomb": lambda: self._set(bomb=True),
            "hang": lambda: self._set(hang=True),
            "redirect": lambda to: self._set(redirect=str(to)),
            "die": lambda: self._set(die=True),
            "reset": self._reset,
            "pages": lambda: {"pages": [*page_names(self._data), BLANK]},
            "state": self.state,
        }

    # commands

    def obey(self, command: Mapping[str, Any]) -> dict[str, Any]:
        """Do one command and say what came of it.

        Raises:
            UnknownError: no such command, or not with these words.
        """
        words = dict(command)
        name = words.pop("do", "")
        chosen = self._commands.get(name) if isinstance(name, str) else None
        if chosen is None:
            raise UnknownError("unknown command")
        try:
            with self.lock:
                return chosen(**words) or {}
        except (TypeError, ValueError):
            raise UnknownError("arguments") from None

    def state(self) -> dict[str, Any]:
        """What lies where, and what has been asked so far."""
        with self.lock:
            return {
                "feeder": list(self._feeder),
                "glass": self._glass,
                "jammed": self.mischief.jammed,
                "cover": self.mischief.cover,
                "running": self.running,
                **self.counts,
            }

    # the scanner

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return self.job is not None and not self.job.over

    @property
    def loaded(self) -> bool:
        """Whether a sheet lies in the feeder."""
        return bool(self._feeder)

    def begin(self, asked: Asked) -> Running | None:
        """Start a job; None where the scanner cannot: jammed, open, or an empty feeder."""
        with self.lock:
            wrong = self.mischief.jammed or self.mischief.cover or (asked.feeder and not self._feeder)
            if wrong:
                return None
            self.counts["started"] += 1
            self.job = Running(asked)
            return self.job

    def end(self, name: str) -> bool:
        """Cancel a job; whether there was one of that name."""
        with self.lock:
            if self.job is None or self.job.name != name:
                return False
            self.counts["deleted"] += 1
            self.job.over = True
            return True

    def next_page(self, job: Running) -> Path | Fed:
        """The next page of a job: its file, or what came instead."""
        with self.lock:
            if job.over or (not job.asked.feeder and job.delivered):
                job.over = True
                return Fed.NOTHING
            if self.mischief.jam == 0:
                self.mischief.jam, self.mischief.jammed, job.over = None, True, True
                return Fed.JAM
            name = self._take(job)
            if name is None:
                job.over = True
                return Fed.NOTHING
            if self.mischief.jam:
                self.mischief.jam -= 1
            job.delivered += 1
            return Fed.BLANK if name == BLANK else find(self._data, name)

    def _take(self, job: Running) -> str | None:
        if not job.asked.feeder:
            return self._glass or self._next_sample()
        if job.back is not None:
            name, job.back = job.back, None
            return name
        if not self._feeder:
            return None
        front, _, back = self._feeder.pop(0).partition("/")
        if job.asked.duplex:
            job.back = back or BLANK
        return front

    def _next_sample(self) -> str:
        names = page_names(self._data)
        self._turn += 1
        return names[(self._turn - 1) % len(names)]

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self.mischief, name, value)

    def _reset(self) -> None:
        self.mischief, self._feeder, self._glass, self.job = Mischief(), [], None, None
        self.counts = dict.fromkeys(self.counts, 0)

    def _garbage(self, what: str) -> None:
        if what not in GARBAGE:
            raise ValueError(what)
        self._set(garbage=what)

    def _load(self, pages: str | list[str]) -> None:
        sheets = [word.strip() for word in pages.split(",")] if isinstance(pages, str) else list(pages)
        for sheet in sheets:
            for side in sheet.split("/"):
                self._known(side)
        self._feeder = sheets

    def _place(self, page: str | None = None) -> None:
        if page is not None:
            self._known(page)
        self._glass = page

    def _known(self, name: str) -> None:
        try:
            if name != BLANK:
                find(self._data, name)
        except KioskError:
            raise ValueError(name) from None
