"""What a printer or a queue says of itself and of a job, parsed once (RFC 8011, PWG 5100.14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeVar

from devices.printer.ipp.codec import Value

_T = TypeVar("_T", int, str)
Attributes = Mapping[str, tuple[Value, ...]]
A4 = "iso_a4"
_A4_NAME = "iso_a4_210x297mm"
PRINTER_ATTRIBUTES = (
    "printer-make-and-model",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-up-time",
    "operations-supported",
    "document-format-supported",
    "media-supported",
    "media-ready",
    "media-default",
    "sides-supported",
    "copies-supported",
    "print-color-mode-supported",
    "pwg-raster-document-resolution-supported",
    "pwg-raster-document-type-supported",
    "which-jobs-supported",
    "device-uri",
)
JOB_ATTRIBUTES = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "job-originating-user-name",
)


class Operation(IntEnum):
    """The operations spoken here."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class PrinterState(IntEnum):
    """`printer-state`."""

    IDLE = 3
    PROCESSING = 4
    STOPPED = 5


class JobState(IntEnum):
    """`job-state`. From `CANCELED` on nothing more happens."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer's word on itself. `ready` is None when it does not tell what paper lies in it; `up` is in seconds."""

    model: str
    state: int
    reasons: frozenset[str]
    accepting: bool
    up: int | None
    operations: frozenset[int]
    formats: tuple[str, ...]
    media: tuple[str, ...]
    ready: tuple[str, ...] | None
    sides: tuple[str, ...]
    copies: bool
    resolutions: tuple[tuple[int, ...], ...]
    raster_types: tuple[str, ...]
    which_jobs: tuple[str, ...]
    device_uri: str = field(default="", repr=False)

    @property
    def a4(self) -> str | None:
        """How this printer names A4, None when it has never heard of it; the standard's name where it lists nothing."""
        return next((name for name in self.media if name.startswith(A4)), None if self.media else _A4_NAME)

    @property
    def a4_ready(self) -> bool:
        """Whether A4 lies in it, as far as it tells."""
        return self.ready is None or any(name.startswith(A4) for name in self.ready)


@dataclass(frozen=True, slots=True)
class JobInfo:
    """A printer's word on one job. Counters are None where it keeps none."""

    number: int
    name: str
    state: int
    reasons: frozenset[str]
    impressions: int | None
    sheets: int | None
    user: str = field(default="", repr=False)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state >= JobState.CANCELED

    @property
    def untouched(self) -> bool:
        """Whether the printer itself says that no page of it came out."""
        return self.impressions == 0 and not self.sheets


def printer_of(said: Attributes) -> Printer:
    """A printer from its attributes; what it left out is empty."""
    return Printer(
        model="".join(sign for sign in _first(said, "printer-make-and-model", "") if sign.isprintable())[:80],
        state=_first(said, "printer-state", int(PrinterState.IDLE)),
        reasons=_reasons(said, "printer-state-reasons"),
        accepting=bool(_first(said, "printer-is-accepting-jobs", 1)),
        up=_counter(said, "printer-up-time"),
        operations=frozenset(_all(said, "operations-supported", int)),
        formats=_all(said, "document-format-supported", str),
        media=_all(said, "media-supported", str),
        ready=_all(said, "media-ready", str) if "media-ready" in said else None,
        sides=_all(said, "sides-supported", str),
        copies="copies-supported" in said,
        resolutions=_tuples(said, "pwg-raster-document-resolution-supported"),
        raster_types=_all(said, "pwg-raster-document-type-supported", str),
        which_jobs=_all(said, "which-jobs-supported", str),
        device_uri=_first(said, "device-uri", ""),
    )


def job_of(said: Attributes) -> JobInfo:
    """A job from its attributes."""
    return JobInfo(
        number=_first(said, "job-id", 0),
        name=_first(said, "job-name", ""),
        state=_first(said, "job-state", 0),
        reasons=_reasons(said, "job-state-reasons"),
        impressions=_counter(said, "job-impressions-completed"),
        sheets=_counter(said, "job-media-sheets-completed"),
        user=_first(said, "job-originating-user-name", ""),
    )


def _all(said: Attributes, name: str, kind: type[_T]) -> tuple[_T, ...]:
    return tuple(value for value in said.get(name, ()) if isinstance(value, kind))


def _tuples(said: Attributes, name: str) -> tuple[tuple[int, ...], ...]:
    return tuple(value for value in said.get(name, ()) if isinstance(value, tuple))


def _first(said: Attributes, name: str, otherwise: _T) -> _T:
    found = _all(said, name, type(otherwise))
    return found[0] if found else otherwise


def _counter(said: Attributes, name: str) -> int | None:
    found: Iterable[int] = _all(said, name, int)
    return next(iter(found), None)


def _reasons(said: Attributes, name: str) -> frozenset[str]:
    return frozenset(_all(said, name, str)) - {"none"}
