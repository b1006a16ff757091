"""The driver `escl`: a network scanner that speaks eSCL (AirScan), glass, feeder and both sides.

Options beside those of `devices.scanner.asked` (`source`, `duplex`, `size`, `patience`):

url
    Where the scanner is, `http://192.0.2.7/eSCL` or `https://192.0.2.7:443/eSCL`. Needed.
fingerprint
    SHA-256 of its certificate, hexadecimal: the only one taken. Left out, any certificate is.
"""

from collections.abc import Iterator

from devices.contract import Job, Page, Setup
from devices.scanner.asked import MM_PER_INCH, Source, Wishes, wishes, wrong
from devices.scanner.escl.capabilities import UNITS_PER_INCH, Capabilities, Intake, capabilities
from devices.scanner.escl.line import Call, Line
from devices.scanner.escl.scanjob import Order, ScanJob, ask_status, standing, watching
from devices.scanner.escl.xmltree import BadXmlError, read
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages

_OPENING_SECONDS = 8.0
_FEELING_SECONDS = 0.8
_ASKING_SECONDS = 3.0
_OK = 200
_FORBIDDEN = (401, 403)
_FORMATS = ("image/jpeg", "application/pdf")


class EsclScanner:
    """Implements `devices.contract.ScannerDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._options = setup.options
        self._wishes: Wishes | None = None
        self._line: Line | None = None
        self._able: Capabilities | None = None

    def open(self) -> None:
        """Ask the scanner what it can do."""
        self._wishes = wishes(self._options)
        if "url" not in self._options:
            raise wrong("url")
        self._line = Line(self._options["url"], self._options.get("fingerprint", ""))
        self._able = self._ask_capabilities(self._line)

    def check(self) -> str:
        """The model; raises what stands in the way. An empty feeder does not, nor does a job of somebody else."""
        line, able, _ = self._opened()
        found = ask_status(line, _FEELING_SECONDS)
        stuck = standing(found) if found else None
        if stuck is not None:
            raise stuck
        ways = {"flatbed": able.platen, "feeder": able.feeder, "duplex": able.duplex}
        return f"{able.model or 'eSCL scanner'}, {'+'.join(name for name, way in ways.items() if way)}"

    def close(self) -> None:
        """Forget the scanner; no connection outlives its exchange."""
        self._line = self._able = None

    def scan(self, request: ScanPages, job: Job) -> Iterator[Page]:
        """Scan from glass or feeder; see `ScanJob.pages` for what may be raised."""
        line, able, wanted = self._opened()
        order = self._order(line, able, wanted, request, job)
        return ScanJob(line, order, job, wanted.patience).pages(request.max_pages)

    def _opened(self) -> tuple[Line, Capabilities, Wishes]:
        if self._line is None or self._able is None or self._wishes is None:
            raise KioskError(Failure.DEVICE_ABSENT)
        return self._line, self._able, self._wishes

    def _order(self, line: Line, able: Capabilities, wanted: Wishes, request: ScanPages, job: Job) -> Order:
        feeder = self._from_feeder(line, able, wanted.source, job)
        duplex = feeder and wanted.duplex and able.duplex is not None
        way = able.duplex if duplex else (able.feeder or able.duplex) if feeder else able.platen
        if way is None:
            raise wrong("source")
        return Order(
            feeder,
            duplex,
            way.resolution(request.dpi),
            way.mode(colour=request.colour),
            _format(way),
            min(way.width, _units(wanted.width_mm)),
            min(way.height, _units(wanted.height_mm)),
            able.version,
        )

    def _from_feeder(self, line: Line, able: Capabilities, source: Source, job: Job) -> bool:
        """Whether to take the feeder, and whether anything lies there."""
        has_feeder = able.feeder is not None or able.duplex is not None
        if source is Source.FLATBED or not has_feeder:
            return False
        found = ask_status(line, _ASKING_SECONDS, watching(job))
        stuck = standing(found) if found else None
        if stuck is not None:
            raise stuck
        if source is Source.AUTO and able.platen is not None:
            return found is not None and found.loaded
        if found is not None and found.empty:
            raise KioskError(Failure.SCANNER_EMPTY)
        return True

    def _ask_capabilities(self, line: Line) -> Capabilities:
        answer = line.ask(Call("GET", line.at("ScannerCapabilities"), b"", _OPENING_SECONDS))
        if answer.status in _FORBIDDEN:
            raise KioskError(Failure.DEVICE_FORBIDDEN, status=answer.status)
        try:
            found = capabilities(read(answer.body)) if answer.status == _OK else None
        except BadXmlError:
            found = None
        if found is None:
            raise KioskError(Failure.DEVICE_DISTURBED, reason="garbage", status=answer.status)
        return found


def _format(way: Intake) -> str:
    for name in _FORMATS:
        if name in way.formats:
            return name
    raise KioskError(Failure.DEVICE_NEEDS_VENDOR, reason="format")


def _units(millimetres: float) -> int:
    return round(millimetres / MM_PER_INCH * UNITS_PER_INCH)
