"""One eSCL scan job: `POST ScanJobs`, `GET NextDocument` until there is no more, `DELETE` when it is given up."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from devices.contract import Job, Page
from devices.scanner.asked import far
from devices.scanner.escl.capabilities import UNITS_PER_INCH, Status, status
from devices.scanner.escl.line import Answer, Call, Line, Watch, unwatched
from devices.scanner.escl.xmltree import BadXmlError, read
from kiosk.failure import Failure, KioskError

LARGEST_PAGE = 60 * 1024 * 1024
_BUSY_SECONDS = 8.0
_LEAVING_SECONDS = 1.0
_CANCEL_SECONDS = 0.3
# Together within the 60 s a page has: what the scanner is busy before it, starting, and the page itself.
_START_SECONDS = 10.0
_PAGE_SECONDS = 40.0
_ASKING_SECONDS = 3.0
_SHORTEST_WAIT, _LONGEST_WAIT = 0.25, 2.0
_CREATED, _OK, _NOT_FOUND, _GONE, _CONFLICT, _UNAVAILABLE = 201, 200, 404, 410, 409, 503
_FORBIDDEN = (401, 403)
_JPEG, _PDF = b"\xff\xd8\xff", b"%PDF-"

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" \
xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:Version>{version}</pwg:Version><pwg:ScanRegions>\
<pwg:ScanRegion><pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits><pwg:Height>{height}\
</pwg:Height><pwg:Width>{width}</pwg:Width><pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset></pwg:ScanRegion>\
</pwg:ScanRegions><pwg:InputSource>{source}</pwg:InputSource><scan:ColorMode>{mode}</scan:ColorMode>\
<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>\
<pwg:DocumentFormat>{format}</pwg:DocumentFormat>{more}</scan:ScanSettings>"""
_FORMAT = "<scan:DocumentFormatExt>{}</scan:DocumentFormatExt>"
_DUPLEX = "<scan:Duplex>{}</scan:Duplex>"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of the scanner: way in, resolution, colour mode, format, area in 1/300 inch, both sides or one."""

    feeder: bool
    duplex: bool
    dpi: int
    mode: str
    format: str
    width: int
    height: int
    version: str = "2.0"

    @property
    def pixels(self) -> tuple[int, int]:
        """The size a whole page has."""
        return round(self.width * self.dpi / UNITS_PER_INCH), round(self.height * self.dpi / UNITS_PER_INCH)

    def xml(self) -> bytes:
        """The `ScanSettings` that say so."""
        return _SETTINGS.format(
            version=escape(self.version or "2.0"),
            height=self.height,
            width=self.width,
            source="Feeder" if self.feeder else "Platen",
            mode=escape(self.mode),
            dpi=self.dpi,
            format=escape(self.format),
            more=self._more(),
        ).encode()

    def _more(self) -> str:
        """What not every scanner understands: the format's second name is of eSCL 2.1, both sides are the feeder's."""
        named_twice = self.version.strip() not in {"", "2.0", "2"}
        words = [_FORMAT.format(escape(self.format))] if named_twice else []
        return "".join([*words, *([_DUPLEX.format("true" if self.duplex else "false")] if self.feeder else [])])


class ScanJob:
    """Runs one order on one scanner for the driver's `Job`. `patience` is the longest silence, in seconds."""

    def __init__(self, line: Line, order: Order, job: Job, patience: float) -> None:
        self._line, self._order, self._job, self._patience = line, order, job, patience
        self._address = ""

    def pages(self, most: int) -> Iterator[Page]:
        """Start, and yield page after page; the scanner's job is deleted unless it came to its own end.

        Raises:
            KioskError: what `devices.contract` names for scanners; `SCANNER_SHORT_PAGE` for a page cut off on its way.
        """
        self._address = self._start()
        ended = False
        try:
            for number in range(most if self._order.feeder else 1):
                image = self._next(number)
                if image is None:
                    ended = True
                    if not number:
                        raise self._why(Failure.SCANNER_EMPTY)
                    return
                yield self._page(image, number)
        finally:
            if not ended:
                self._delete()

    def _start(self) -> str:
        call = Call("POST", self._line.at("ScanJobs"), self._order.xml(), _START_SECONDS, _START_SECONDS)
        until = time.monotonic() + _BUSY_SECONDS
        while True:
            answer = self._line.ask(call, watching(self._job, _CANCEL_SECONDS))
            if answer.status == _UNAVAILABLE and time.monotonic() < until:
                self._job.wait(_pause(answer))
                continue
            break
        location = answer.headers.get("Location", "")
        if answer.status == _CREATED and location:
            return self._line.at(location).rstrip("/")
        raise self._refused(answer.status)

    def _next(self, number: int) -> bytes | None:
        """The next document, None when there is none."""
        until = time.monotonic() + _PAGE_SECONDS
        while True:
            if self._job.cancelled:
                raise KioskError(Failure.DEVICE_CANCELLED)
            left = max(_SHORTEST_WAIT, until - time.monotonic())
            answer = self._fetch(left, number)
            if answer.status == _OK and answer.body:
                return answer.body
            if answer.status in {_NOT_FOUND, _GONE}:
                self._raise_if_stuck()
                return None
            if answer.status == _UNAVAILABLE and time.monotonic() < until:
                self._raise_if_stuck()
                self._job.wait(_pause(answer))
                continue
            raise self._refused(answer.status)

    def _fetch(self, seconds: float, number: int) -> Answer:
        call = Call("GET", f"{self._address}/NextDocument", b"", seconds, self._patience, LARGEST_PAGE)
        try:
            return self._line.ask(call, self._watch(number))
        except KioskError as error:
            if error.info.get("reason") in {"cut", "silent"}:
                # A jam often looks like this from here: the scanner itself knows better.
                self._raise_if_stuck()
                if error.info.get("received"):
                    raise KioskError(Failure.SCANNER_SHORT_PAGE, page=number + 1, reason="cut") from None
            raise

    def _page(self, image: bytes, number: int) -> Page:
        width, height = self._order.pixels
        if image.startswith(_PDF):
            return Page(image, "pdf", width, height)
        if not image.startswith(_JPEG):
            raise KioskError(Failure.DEVICE_DISTURBED, reason="garbage")
        return Page(image, "jpg", width, height, back=self._order.duplex and number % 2 == 1)

    def _watch(self, number: int) -> Watch:
        alive = watching(self._job)

        def watch(received: int, announced: int) -> None:
            alive(received, announced)
            if received:
                part = received / announced if announced else 0.5
                self._job.progress(far(number, part) if self._order.feeder else part)

        return watch

    def _refused(self, code: int) -> KioskError:
        if code in _FORBIDDEN:
            return KioskError(Failure.DEVICE_FORBIDDEN, status=code)
        if code == _UNAVAILABLE:
            return self._why(Failure.DEVICE_BUSY)
        return self._why(Failure.DEVICE_DISTURBED, status=code)

    def _why(self, otherwise: Failure, **info: int) -> KioskError:
        """What the scanner itself says stands in the way, or else this failure."""
        try:
            self._raise_if_stuck()
        except KioskError as error:
            return error
        return KioskError(otherwise, **info)

    def _raise_if_stuck(self) -> None:
        """Ask how the scanner is. That it does not answer this is not the failure anybody wants to read."""
        try:
            found = ask_status(self._line, _ASKING_SECONDS, watching(self._job))
        except KioskError as error:
            if error.failure is Failure.DEVICE_CANCELLED:
                raise
            return
        stuck = standing(found) if found else None
        if stuck is not None:
            raise stuck

    def _delete(self) -> None:
        """Tell the scanner to stop; it does not matter here whether it obeys."""
        with contextlib.suppress(KioskError):
            self._line.ask(Call("DELETE", self._address, b"", _LEAVING_SECONDS, _LEAVING_SECONDS))


def watching(job: Job, grace: float = 0.0) -> Watch:
    """End an exchange once the job is cancelled; `grace` lets one that names a job to be deleted still come back."""
    cancelled_at = 0.0

    def watch(_received: int, _announced: int) -> None:
        nonlocal cancelled_at
        if job.cancelled:
            cancelled_at = cancelled_at or time.monotonic()
            if time.monotonic() - cancelled_at >= grace:
                raise KioskError(Failure.DEVICE_CANCELLED)

    return watch


def ask_status(line: Line, seconds: float, watch: Watch = unwatched) -> Status | None:
    """How the scanner is; None when it answers, but nothing that can be read.

    Raises:
        KioskError: see `Line.ask`.
    """
    call = Call("GET", line.at("ScannerStatus"), b"", seconds, seconds)
    answer = line.ask(call, watch)
    if answer.status != _OK:
        return None
    try:
        return status(read(answer.body))
    except BadXmlError:
        return None


def standing(found: Status) -> KioskError | None:
    """What stands in the way until somebody walks over to the scanner."""
    if found.jammed:
        return KioskError(Failure.SCANNER_JAM)
    if found.open:
        return KioskError(Failure.SCANNER_COVER_OPEN)
    return None


def _pause(answer: Answer) -> float:
    word = answer.headers.get("Retry-After", "")
    seconds = float(word) if word.isascii() and word.isdigit() and len(word) <= len("9999") else 1.0
    return min(_LONGEST_WAIT, max(_SHORTEST_WAIT, seconds))
