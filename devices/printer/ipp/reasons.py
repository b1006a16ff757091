"""A printer's words for what is wrong, as ours: `printer-state-reasons`, `job-state-reasons`, status codes.

Keywords: RFC 8011 section 5.4.12 and the PWG registry; each may end in `-error`, `-warning` or `-report`, and none of
these means an error.
"""

from collections.abc import Iterable
from typing import Final

from devices.printer.ipp.printer import JobInfo, Printer, PrinterState
from kiosk.failure import Failure, KioskError

_STOPPING: Final = (
    ("cover-open", Failure.PRINTER_COVER_OPEN),
    ("door-open", Failure.PRINTER_COVER_OPEN),
    ("interlock-open", Failure.PRINTER_COVER_OPEN),
    ("media-jam", Failure.PRINTER_JAM),
    ("media-path-media-jam", Failure.PRINTER_JAM),
    ("media-empty", Failure.PRINTER_PAPER_OUT),
    ("media-needed", Failure.PRINTER_PAPER_OUT),
    ("media-path-input-request", Failure.PRINTER_PAPER_OUT),
    ("input-tray-missing", Failure.PRINTER_PAPER_OUT),
    ("input-media-tray-missing", Failure.PRINTER_PAPER_OUT),
    ("toner-empty", Failure.PRINTER_STOPPED),
    ("marker-supply-empty", Failure.PRINTER_STOPPED),
    ("developer-empty", Failure.PRINTER_STOPPED),
    ("opc-life-over", Failure.PRINTER_STOPPED),
    ("marker-waste-full", Failure.PRINTER_STOPPED),
    ("output-area-full", Failure.PRINTER_STOPPED),
    ("output-tray-missing", Failure.PRINTER_STOPPED),
    ("fuser-over-temp", Failure.PRINTER_STOPPED),
    ("fuser-under-temp", Failure.PRINTER_STOPPED),
    ("connecting-to-device", Failure.PRINTER_OFFLINE),
    ("cups-insecure-filter", Failure.PRINT_REFUSED),
    ("cups-missing-filter", Failure.PRINT_REFUSED),
    ("offline", Failure.PRINTER_OFFLINE),
    ("shutdown", Failure.PRINTER_OFFLINE),
    ("timed-out", Failure.PRINTER_OFFLINE),
    ("deactivated", Failure.PRINTER_OFFLINE),
    ("paused", Failure.PRINTER_STOPPED),
)
# Said as `-report` or `-warning` even when nothing works: cupsd while its printer does not answer.
_ALWAYS: Final = frozenset({"offline", "connecting-to-device", "paused", "shutdown", "deactivated"})
_LOW: Final = (
    ("media-low", Failure.PRINTER_PAPER_LOW),
    ("toner-low", Failure.PRINTER_TONER_LOW),
    ("marker-supply-low", Failure.PRINTER_TONER_LOW),
    ("marker-waste-almost-full", Failure.PRINTER_TONER_LOW),
    ("opc-near-eol", Failure.PRINTER_TONER_LOW),
)
_UNPRINTABLE: Final = frozenset(
    {
        "document-format-error",
        "unsupported-document-format",
        "document-unprintable-error",
        "document-unprintable",
        "document-password-error",
        "compression-error",
        "unsupported-compression",
        "unsupported-attributes-or-values",
        "conflicting-attributes",
    }
)
_FORBIDDEN = frozenset({0x0401, 0x0402, 0x0403})
# temporary-error, not-accepting-jobs, busy, too-many-jobs; service-unavailable, printer-is-deactivated.
_BUSY = frozenset({0x0505, 0x0506, 0x0507, 0x050B})
_OFFLINE = frozenset({0x0502, 0x050A})
# The printer may have begun before it said so.
DOUBTFUL: Final = frozenset({0x0500, 0x0504, 0x0508})
NOT_FOUND: Final = frozenset({0x0406, 0x0407})


def stem(reason: str) -> str:
    """A reason without its severity."""
    for end in ("-error", "-warning", "-report"):
        if reason.endswith(end):
            return reason.removesuffix(end)
    return reason


def blocker(printer: Printer, familiar: Iterable[str] = ()) -> tuple[Failure, str] | None:
    """What keeps this printer from printing now, and the word it used. `familiar` warnings are passed over.

    A warning of something that stops printers counts as soon as it is new: `ippeveprinter` shows an empty tray that
    way. One that was there before (the second tray of two) is only a warning.
    """
    stopped = printer.state == PrinterState.STOPPED
    passed = set(familiar)
    for word, failure in _STOPPING:
        for reason in sorted(printer.reasons):
            mild = reason.endswith(("-warning", "-report")) and word not in _ALWAYS
            if stem(reason) == word and (stopped or not mild or reason not in passed):
                return failure, word
    return (Failure.PRINTER_STOPPED, "stopped") if stopped else None


def standing_blocker(printer: Printer) -> tuple[Failure, str] | None:
    """What keeps it from taking a paper at all: mild warnings do not, and A4 must lie in it."""
    found = blocker(printer, printer.reasons)
    if found is None and not printer.a4_ready:
        return Failure.PRINTER_PAPER_OUT, "a4_not_loaded"
    return found


def low(printer: Printer) -> tuple[tuple[str, Failure], ...]:
    """What is nearly used up, by its own word and by ours; paper first."""
    words = {stem(reason) for reason in printer.reasons}
    return tuple(one for one in _LOW if one[0] in words)


def refused(status: int) -> KioskError:
    """The failure behind a status with which nothing was printed."""
    code = f"0x{status:04x}"
    if status in _FORBIDDEN:
        return KioskError(Failure.DEVICE_FORBIDDEN, ipp=code)
    if status in _BUSY:
        return KioskError(Failure.PRINTER_BUSY, ipp=code)
    if status in _OFFLINE:
        return KioskError(Failure.PRINTER_OFFLINE, ipp=code)
    return KioskError(Failure.PRINT_REFUSED, ipp=code)


def http_refused(status: int) -> KioskError:
    """The failure behind an HTTP status other than 200."""
    if status in {401, 403, 407, 426}:
        return KioskError(Failure.DEVICE_FORBIDDEN, http=status)
    return KioskError(Failure.PRINTER_OFFLINE, http=status)


def ended_badly(job: JobInfo, printer: Printer | None) -> KioskError:
    """Why a job of which nothing came out was not printed."""
    words = {stem(reason) for reason in job.reasons} | job.reasons
    if words & _UNPRINTABLE:
        return KioskError(Failure.PRINT_REFUSED, reason=min(words & _UNPRINTABLE))
    found = standing_blocker(printer) if printer is not None else None
    if found is not None:
        return KioskError(found[0], reason=found[1])
    if "job-canceled-by-user" in words or "job-canceled-at-device" in words or "job-canceled-by-operator" in words:
        return KioskError(Failure.DEVICE_CANCELLED, reason="at_the_printer")
    return KioskError(Failure.PRINT_REFUSED, reason="aborted")
