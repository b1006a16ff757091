"""The driver `sane`: every scanner libsane knows, through the program `scanimage` (package `sane-utils`).

Options beside those of `devices.scanner.asked` (`source`, `duplex`, `size`, `patience`):

device
    A name as `scanimage -L` prints it (`fujitsu:fi-7160:1234`), or a pattern for one that changes with the plug
    (`genesys:*`). Left out, the first scanner found is taken; finding probes every backend, so a name is quicker.
extra
    Words for `scanimage` that set options of the backend, `--swdeskew=yes --brightness=10`.

`SANE_CONFIG_DIR` of the terminal's environment says which backends there are, as for every SANE program.
"""

import fnmatch
import re
import shlex
import time
from collections.abc import Iterator
from pathlib import Path

from devices.contract import Job, Page, Setup
from devices.scanner.asked import Source, Wishes, far, wishes, wrong
from devices.scanner.sane.batch import Batch, Tell, sweep
from devices.scanner.sane.choosing import Sources, asked, both_sides, sources, ways
from devices.scanner.sane.options import Options, options
from devices.scanner.sane.program import Question
from devices.scanner.sane.status import failure
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages

_OPENING_SECONDS = 8.0
# Opening moves the lamp of some flatbeds: where USB itself tells whether the plug is in, it is done rarely.
_WELL_SECONDS, _WELL_ON_USB_SECONDS, _ILL_SECONDS = 3.0, 60.0, 1.5
_QUICK_SECONDS = 0.4
_LISTING = "%d\t%v\t%m%n"
_PATTERN = "*?["
_USB = re.compile(r":libusb:(\d{3}):(\d{3})")
# Not scanners, though libsane lists them.
_CAMERAS = ("v4l:", "gphoto2:")
# Words that say where the picture goes, or from which device: never an option of a backend. `getopt` also takes their
# beginnings.
_OURS = (
    *("device-name", "list-devices", "formatted-device-list", "all-options", "help", "version", "verbose", "test"),
    *("batch", "batch-start", "batch-count", "batch-increment", "batch-double", "batch-print", "batch-prompt"),
    *("format", "icc-profile", "output-file", "progress", "dont-scan", "buffer-size", "accept-md5-only"),
)


class SaneScanner:
    """Implements `devices.contract.ScannerDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._options = setup.options
        self._folder = setup.data / "run" / f"{setup.name}.pages"
        self._wishes: Wishes | None = None
        self._device: list[str] = []
        self._model = ""
        self._offered: dict[str | None, Options] = {}
        self._feeling: Question | None = None
        self._feel_at = 0.0
        self._trouble: KioskError | None = None

    def open(self) -> None:
        """Find the scanner, open it once and learn what it offers."""
        sweep(self._folder)
        until = time.monotonic() + _OPENING_SECONDS
        self._wishes = wishes(self._options)
        extra = _extra(self._options.get("extra", ""))
        wanted = self._options.get("device", "")
        if wanted and not any(sign in wanted for sign in _PATTERN):
            name, self._model = wanted, f"SANE {wanted.partition(':')[0]}"
        else:
            name, self._model = _find(wanted or "*", until)
        self._device = ["-d", name, *extra]
        self._offered = {None: self._learn(None, until)}
        self._trouble = None
        self._feel_again()

    def check(self) -> str:
        """The model. The scanner is opened now and then, beside this call, because that may take seconds."""
        if plugged_in(self._device[1]) is False:
            raise KioskError(Failure.DEVICE_ABSENT, reason="unplugged")
        self._feel()
        if self._trouble is not None:
            raise self._trouble
        return self._model

    def close(self) -> None:
        """Let it go. It is only ever open while `scanimage` runs."""
        self._stop_feeling()
        self._device, self._offered = [], {}

    def scan(self, request: ScanPages, job: Job) -> Iterator[Page]:
        """Scan from the feeder, the glass or both in turn; see `devices.contract.ScannerDriver`."""
        if self._wishes is None or not self._device:
            raise KioskError(Failure.DEVICE_ABSENT)
        self._stop_feeling()
        found = sources(self._offered[None])
        tries = ways(self._wishes, found)
        for way in tries:
            try:
                yield from self._scan_from(way, found, request, job)
            except KioskError as error:
                if error.failure is not Failure.SCANNER_EMPTY or way is tries[-1]:
                    raise
            else:
                return

    def _scan_from(self, way: Source, found: Sources, request: ScanPages, job: Job) -> Iterator[Page]:
        wanted = self._wishes
        if wanted is None:
            return
        feeder = way is Source.FEEDER
        word, duplex = _word(way, found, duplex=wanted.duplex)
        source = ["--source", word] if word is not None else []
        offered = self._offers(word)
        more = both_sides(offered) if feeder and wanted.duplex and not duplex else None
        ask = asked(offered, wanted, request)
        words = [*self._device, *source, *(more or []), *ask.words]
        most = request.max_pages if feeder else 1
        with Batch(words, self._folder, most, job, wanted.patience) as batch:
            count = 0
            for raster in batch.pages(_telling(job, several=feeder)):
                if not raster.whole:
                    raise failure_of(batch, count + 1) or KioskError(
                        Failure.SCANNER_SHORT_PAGE, page=count + 1, reason="cut"
                    )
                size = ask.width or raster.width, ask.height or raster.height
                image, extension = raster.page()
                yield Page(image, extension, *size, back=(duplex or more is not None) and count % 2 == 1)
                count += 1
            # Also after the last page: a lamp on its way home is not to be disturbed.
            trouble = failure_of(batch)
        enough = count == most or (count and trouble and trouble.failure is Failure.SCANNER_EMPTY)
        if trouble is not None and not enough:
            raise trouble
        if not count:
            raise KioskError(Failure.DEVICE_DISTURBED, reason="no_picture")

    def _offers(self, word: str | None) -> Options:
        if word not in self._offered:
            self._offered[word] = self._learn(word, time.monotonic() + _OPENING_SECONDS)
        return self._offered[word]

    def _learn(self, word: str | None, until: float) -> Options:
        source = ["--source", word] if word is not None else []
        return options(_answer([*self._device, *source, "-A"], until))

    def _feel(self) -> None:
        """Open the scanner in a process beside us every so often; what came of it is `_trouble`."""
        if self._feeling is None:
            if time.monotonic() < self._feel_at:
                return
            self._feeling = Question([*self._device, "-A"], _OPENING_SECONDS)
            self._feeling.wait(_QUICK_SECONDS)
        if not self._feeling.over:
            return
        feeling, self._feeling = self._feeling, None
        code, _, complaints = feeling.end()
        self._trouble = _problem(code, complaints)
        if self._trouble is not None and self._trouble.failure is Failure.DEVICE_BUSY:
            # Somebody else scans: that is no state of the device.
            self._trouble = None
        self._feel_again()

    def _feel_again(self) -> None:
        well = _WELL_SECONDS if plugged_in(self._device[1]) is None else _WELL_ON_USB_SECONDS
        self._feel_at = time.monotonic() + (well if self._trouble is None else _ILL_SECONDS)

    def _stop_feeling(self) -> None:
        feeling, self._feeling = self._feeling, None
        if feeling is not None:
            feeling.end()


def plugged_in(name: str, buses: Path = Path("/dev/bus/usb")) -> bool | None:
    """Whether a USB device is still on its bus; None for a scanner whose name does not say where it is."""
    place = _USB.search(name)
    return (buses / place[1] / place[2]).exists() if place and buses.is_dir() else None


def failure_of(batch: Batch, page: int = 0) -> KioskError | None:
    """How a batch, or one page of it, ended."""
    code, words = batch.outcome(page)
    return failure(words, code)


def _word(way: Source, found: Sources, *, duplex: bool) -> tuple[str | None, bool]:
    """The device's word for a way in, and whether it reads both sides."""
    if way is Source.FLATBED:
        return found.flatbed, False
    if duplex and found.duplex is not None:
        return found.duplex, True
    return found.feeder or found.duplex, found.feeder is None and found.duplex is not None


def _telling(job: Job, *, several: bool) -> Tell:
    return lambda pages, part: job.progress(far(pages, part) if several else part)


def _find(pattern: str, until: float) -> tuple[str, str]:
    """The first scanner whose name fits: its name and its model."""
    for line in _answer(["-f", _LISTING], until).splitlines():
        name, _, model = line.partition("\t")
        if fnmatch.fnmatchcase(name, pattern) and not name.startswith(_CAMERAS) and model:
            return name, " ".join(model.split())
    raise KioskError(Failure.DEVICE_ABSENT, reason="none_found")


def _answer(words: list[str], until: float) -> str:
    question = Question(words, max(0.0, until - time.monotonic()))
    question.wait()
    code, answer, complaints = question.end()
    problem = _problem(code, complaints)
    if problem is not None:
        raise problem
    return answer


def _problem(code: int | None, complaints: str) -> KioskError | None:
    return KioskError(Failure.DEVICE_HUNG, reason="opening") if code is None else failure(complaints, code)


def _extra(text: str) -> list[str]:
    """The words of `extra`, each one `--name` or `--name=value`."""
    try:
        words = shlex.split(text)
    except ValueError:
        raise wrong("extra") from None
    for word in words:
        name = word.removeprefix("--").partition("=")[0]
        if not word.startswith("--") or not name or any(ours.startswith(name) for ours in _OURS):
            raise wrong("extra")
    return words
