"""The simulated A4 printer behind its socket: paper, jobs, pages that come out as PNG, and everything that goes wrong.

One thread prints; requests come on others. Everything is changed under one lock.
"""

import io
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image

from devices.printer.ipp.printer import JobState, PrinterState
from devices.printer.ipp.raster import RasterError, decode

_SCALE: Final = 150 / 72
_TICK = 0.05
CUTS: Final = ("connect", "body", "answer", "accepted", "answered")


@dataclass(slots=True)
class SimJob:
    """One job. `waiting` for its document after a Create-Job."""

    number: int
    name: str
    user: str
    format: str = ""
    data: bytes = field(default=b"", repr=False)
    state: int = JobState.PENDING
    reasons: set[str] = field(default_factory=set)
    impressions: int = 0
    cancelled: bool = False
    waiting: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state >= JobState.CANCELED


class World:
    """The printer's inside. `tray` takes the pages that come out, `seconds` is how long one takes.

    With `history` 0 it forgets a job as soon as that has ended; with `counts` off it never counts a page.
    """

    def __init__(self, tray: Path, seconds: float = 0.1, history: int = 50, *, counts: bool = True) -> None:
        self.lock = threading.Condition(threading.RLock())
        self.jobs: dict[int, SimJob] = {}
        self.faults: dict[str, Any] = {}
        self.low: set[str] = set()
        self.deaf_until = 0.0
        self._tray = tray
        self._seconds = self._usual_seconds = seconds
        self._history = history
        self._counts = counts
        self._born = time.monotonic()
        self._next = 1
        threading.Thread(target=self._print_for_ever, name="print", daemon=True).start()

    # what the wire asks

    @property
    def up(self) -> int:
        """Seconds since it was switched on."""
        return 1 + int(time.monotonic() - self._born)

    @property
    def reasons(self) -> set[str]:
        """`printer-state-reasons`."""
        found = {f"{word}-report" for word in self.low}
        for fault, word in (("cover", "cover-open"), ("jammed", "media-jam"), ("stopped", self.faults.get("stopped"))):
            if self.faults.get(fault):
                found.add(f"{word}-error")
        if self.faults.get("sheets") == 0:
            found.add("media-empty-error")
        return found

    @property
    def state(self) -> int:
        """`printer-state`."""
        if any(reason.endswith("-error") for reason in self.reasons):
            return PrinterState.STOPPED
        at_work = any(job.state in {JobState.PROCESSING, JobState.STOPPED} for job in self.jobs.values())
        return PrinterState.PROCESSING if at_work or self.faults.get("busy") else PrinterState.IDLE

    def take(self, name: str, user: str, document_format: str, data: bytes | None) -> SimJob:
        """A new job; without `data` it waits for its document."""
        with self.lock:
            job = SimJob(self._next, name, user, document_format, data or b"", waiting=data is None)
            if job.waiting:
                job.state, job.reasons = JobState.HELD, {"job-incoming"}
            self.jobs[job.number] = job
            self._next += 1
            self.lock.notify_all()
            return job

    def cancel(self, job: SimJob) -> None:
        """Give a job up: at once when it has not begun, else before its next page."""
        with self.lock:
            job.cancelled = True
            if job.state in {JobState.PENDING, JobState.HELD}:
                self._end(job, JobState.CANCELED, "job-canceled-by-user")
            self.lock.notify_all()

    def fault(self, name: str) -> Any:
        """A fault that works once: it is gone afterwards."""
        with self.lock:
            return self.faults.pop(name, None)

    # what a person does to it

    def act(self, command: Mapping[str, Any]) -> dict[str, Any]:
        """Obey one command of the menu (see `devices.printer.simulated.ipp`).

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        words = dict(command)
        chosen = self._menu()[words.pop("do")]
        with self.lock:
            answer = chosen(**words)
            self.lock.notify_all()
            return answer or {}

    def _menu(self) -> Mapping[str, Callable[..., dict[str, Any] | None]]:
        setting = self._set
        return {
            "paper_out": lambda: setting(sheets=0),
            "sheets": lambda count: setting(sheets=int(count)),
            "refill": lambda: setting(sheets=None),
            "cover_open": lambda: setting(cover=True),
            "cover_close": lambda: setting(cover=None),
            "jam": lambda: setting(jam=True),
            "clear": lambda: setting(jam=None, jammed=None),
            "stop": lambda reason="toner-empty": setting(stopped=str(reason)),
            "go_on": lambda: setting(stopped=None),
            "busy": lambda: setting(busy=True),
            "free": lambda: setting(busy=None),
            "keep": lambda job: setting(keep=int(job)),
            "slow": lambda seconds: self._slow(float(seconds)),
            "abort": lambda after=0: setting(abort=int(after)),
            "die": lambda at="page": setting(die=_one(at, ("page", "body", "accepted"))),
            "cut": lambda at, seconds=0.0: setting(cut=(_one(at, CUTS), float(seconds))),
            "silent": lambda seconds: setting(silent=float(seconds)),
            "deaf": lambda seconds: self._deaf(float(seconds)),
            "low": lambda what="media": self.low.add(_one(f"{what}-low", ("media-low", "toner-low"))),
            "letter": lambda: setting(letter=True),
            "a4": lambda: setting(letter=None),
            "forget": self._forget,
            "state": self._tell,
            "reset": self._reset,
        }

    def _set(self, **faults: Any) -> None:
        self.faults.update(faults)
        self.faults = {name: value for name, value in self.faults.items() if value is not None}

    def _slow(self, seconds: float) -> None:
        self._seconds = seconds

    def _deaf(self, seconds: float) -> None:
        self.deaf_until = time.monotonic() + seconds

    def _forget(self) -> None:
        """Switched off and on: no job is left, and it counts from the beginning."""
        for job in self.jobs.values():
            job.cancelled = True
        self.jobs, self._next, self._born = {}, 1, time.monotonic()

    def _reset(self) -> None:
        """In order again, and without a job; it still counts from where it was."""
        for job in self.jobs.values():
            job.cancelled = True
        self.jobs, self.faults, self.low, self.deaf_until = {}, {}, set(), 0.0
        self._seconds = self._usual_seconds

    def _tell(self) -> dict[str, Any]:
        jobs = [
            {"job": job.number, "state": JobState(job.state).name.lower(), "impressions": job.impressions}
            for job in self.jobs.values()
        ]
        return {"state": int(self.state), "reasons": sorted(self.reasons), "jobs": jobs, "faults": sorted(self.faults)}

    # printing

    def _print_for_ever(self) -> None:
        while True:
            with self.lock:
                job = next((job for job in self.jobs.values() if job.state == JobState.PENDING), None)
                if job is None:
                    self.lock.wait()
                    continue
                job.state, job.reasons = JobState.PROCESSING, {"job-printing"}
            self._print(job)

    def _print(self, job: SimJob) -> None:
        try:
            pages = _pages(job.format, job.data)
        except (RasterError, pypdfium2.PdfiumError, OSError):
            self._end(job, JobState.ABORTED, "document-format-error")
            return
        for number, page in enumerate(pages, start=1):
            if not self._ready_for_a_sheet(job):
                self._end(job, JobState.CANCELED, "job-canceled-by-user")
                return
            if self.faults.get("abort") == number - 1:
                self.fault("abort")
                self._end(job, JobState.ABORTED, "aborted-by-system")
                return
            page.save(self._tray / f"{job.number:04d}-{number:02d}.png")
            with self.lock:
                job.impressions += self._counts
                if self.faults.get("sheets") is not None:
                    self.faults["sheets"] -= 1
        self._end(job, JobState.COMPLETED, "job-completed-successfully")

    def _ready_for_a_sheet(self, job: SimJob) -> bool:
        """Draw the next sheet in, waiting for whatever keeps it; False once cancelled."""
        done = time.monotonic() + self._seconds
        with self.lock:
            while not job.cancelled:
                if self.fault("jam"):
                    self._set(jammed=True)
                stuck = self.state == PrinterState.STOPPED
                job.state = JobState.STOPPED if stuck else JobState.PROCESSING
                job.reasons = {"printer-stopped"} if stuck else {"job-printing"}
                if not stuck and time.monotonic() >= done:
                    if self.faults.get("die") == "page":
                        os._exit(1)
                    return True
                self.lock.wait(_TICK)
        return False

    def _end(self, job: SimJob, state: JobState, reason: str) -> None:
        with self.lock:
            job.state, job.reasons, job.data = state, {reason}, b""
            ended = [one.number for one in self.jobs.values() if one.ended]
            for number in ended[: max(0, len(ended) - self._history)]:
                del self.jobs[number]


def _pages(document_format: str, data: bytes) -> list[Image.Image]:
    if document_format == "image/pwg-raster":
        return [
            Image.frombytes("RGB" if page.depth != 1 else "L", (page.width, page.height), page.pixels)
            for page in decode(data)
        ]
    if document_format == "image/jpeg":
        return [Image.open(io.BytesIO(data)).copy()]
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=_SCALE).to_pil() for page in document]
    finally:
        document.close()


def _one(word: object, words: tuple[str, ...]) -> str:
    if word not in words:
        raise ValueError(word)
    return str(word)
