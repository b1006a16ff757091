"""What `scanimage` means when it fails: its exit code is the SANE status, its last words say the same in English.

The words go first: a device that cannot be opened ends with code 1, whatever the reason.
"""

import re

from kiosk.failure import Failure, KioskError

GOOD, NO_DOCS = 0, 7
# Status codes of SANE 1.x and the text `sane_strstatus` has for each; the text is never translated by `scanimage`.
_TEXTS = {
    1: "Operation not supported",
    2: "Operation was cancel",
    3: "Device busy",
    4: "Invalid argument",
    5: "End of file reached",
    6: "Document feeder jammed",
    NO_DOCS: "Document feeder out of documents",
    8: "Scanner cover is open",
    9: "Error during device I/O",
    10: "Out of memory",
    11: "Access to resource has been denied",
}
_FAILURES = {
    # Somebody pressed the scanner's own button.
    2: Failure.DEVICE_CANCELLED,
    3: Failure.DEVICE_BUSY,
    5: Failure.SCANNER_SHORT_PAGE,
    6: Failure.SCANNER_JAM,
    NO_DOCS: Failure.SCANNER_EMPTY,
    8: Failure.SCANNER_COVER_OPEN,
    9: Failure.DEVICE_DISTURBED,
    10: Failure.DEVICE_DISTURBED,
    11: Failure.DEVICE_FORBIDDEN,
}
# What the device or its option words make impossible: a matter of configuration, not of the moment.
_MISCONFIGURED = (1, 4)
_NOT_OPENED = re.compile(r"^scanimage: (?:open of device .* failed|no SANE devices found)", re.MULTILINE)
_MISUSED = re.compile(r"^scanimage: (?:unrecognized option|setting of option|argument|option|bad )", re.MULTILINE)
_OPENING_MEANS_GONE = (4, 9)


def code(words: str, exit_code: int) -> int:
    """The SANE status of a `scanimage` that has ended; 0 is well. `words` are the last it wrote on standard error."""
    lines = [line for line in words.splitlines() if line.startswith("scanimage:")]
    for line in reversed(lines):
        for number, text in _TEXTS.items():
            if text in line:
                return number
    return exit_code


def failure(words: str, exit_code: int) -> KioskError | None:
    """What went wrong with a `scanimage` that has ended, None when nothing did. A negative code is a signal."""
    if exit_code < 0:
        return KioskError(Failure.DEVICE_CRASHED, signal=-exit_code)
    status = code(words, exit_code)
    if exit_code == GOOD and status not in _FAILURES:
        return None
    if _NOT_OPENED.search(words) and (
        status in _OPENING_MEANS_GONE or status not in _TEXTS or status in _MISCONFIGURED
    ):
        return KioskError(Failure.DEVICE_ABSENT, status=status)
    if status in _MISCONFIGURED or _MISUSED.search(words):
        return KioskError(Failure.CONFIG_INVALID, status=status)
    return KioskError(_FAILURES.get(status, Failure.DEVICE_DISTURBED), status=status)
