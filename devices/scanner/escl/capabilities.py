"""What a scanner says it can do, and how it is: `ScannerCapabilities` and `ScannerStatus` of eSCL 2.x.

Measures are in 1/300 inch, as on the wire. What is missing is filled with what every eSCL scanner can do; what makes no
sense is left out, so that one odd profile does not cost the device.
"""

from dataclasses import dataclass

from devices.scanner.escl.xmltree import Element

UNITS_PER_INCH = 300
_A4 = (2480, 3508)
_MOST_UNITS = 300 * 60
_RESOLUTIONS = range(10, 4801)
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Intake:
    """One way in, glass or feeder: the largest area in 1/300 inch, dots per inch, colour modes and formats offered."""

    width: int
    height: int
    resolutions: tuple[int, ...]
    modes: frozenset[str]
    formats: frozenset[str]

    def resolution(self, wanted: int) -> int:
        """The offered resolution that serves: the next one up, or the finest there is."""
        finer = [dpi for dpi in self.resolutions if dpi >= wanted]
        return min(finer) if finer else max(self.resolutions)

    def mode(self, *, colour: bool) -> str:
        """The colour mode that serves best; a scanner without grey scans in colour, one without both in what it has."""
        for mode in ("RGB24", "Grayscale8") if colour else ("Grayscale8", "RGB24"):
            if mode in self.modes:
                return mode
        return min(self.modes)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """A scanner: who it is, and the ways in it has. `duplex` is the feeder reading both sides."""

    version: str
    model: str
    platen: Intake | None
    feeder: Intake | None
    duplex: Intake | None


@dataclass(frozen=True, slots=True)
class Status:
    """How a scanner is: `state` is `Idle`, `Processing`, `Testing`, `Stopped` or `Down`.

    `feeder` is the `AdfState`, empty where there is none; `reasons` are its own state reasons, in small letters.
    """

    state: str
    feeder: str
    reasons: frozenset[str]

    @property
    def jammed(self) -> bool:
        """Paper is stuck, or was picked up wrongly."""
        return self.feeder in {"ScannerAdfJam", "ScannerAdfMispick", "ScannerAdfMultipickDetected"} or self._says("jam")

    @property
    def open(self) -> bool:
        """A cover or hatch is open."""
        return self.feeder == "ScannerAdfHatchOpen" or self._says("coveropen") or self._says("dooropen")

    @property
    def empty(self) -> bool:
        """No sheet lies in the feeder."""
        return self.feeder == "ScannerAdfEmpty"

    @property
    def loaded(self) -> bool:
        """A sheet lies in the feeder."""
        return self.feeder == "ScannerAdfLoaded"

    def _says(self, word: str) -> bool:
        return any(word in reason.replace("-", "") for reason in self.reasons)


def capabilities(root: Element) -> Capabilities | None:
    """Read a `ScannerCapabilities`; None when it is something else or offers no way in."""
    if root.name != "ScannerCapabilities":
        return None
    read = Capabilities(
        root.word("Version")[:_LONGEST_NAME],
        _plain(root.word("MakeAndModel")),
        _intake(root, "PlatenInputCaps"),
        _intake(root, "AdfSimplexInputCaps"),
        _intake(root, "AdfDuplexInputCaps"),
    )
    return read if read.platen or read.feeder or read.duplex else None


def status(root: Element) -> Status | None:
    """Read a `ScannerStatus`; None when it is something else."""
    if root.name != "ScannerStatus":
        return None
    # Only the scanner's own reasons and state: jobs call theirs `JobState…`, and an old one may still tell of its jam.
    words = [reason.text.strip() for reason in root.every("StateReason")]
    reasons = frozenset(word.lower()[:_LONGEST_NAME] for word in words[:_LONGEST_NAME])
    return Status(root.word("State"), root.word("AdfState"), reasons)


def _intake(root: Element, name: str) -> Intake | None:
    caps = root.first(name)
    if caps is None:
        return None
    return Intake(
        _side(caps.number("MaxWidth"), _A4[0]),
        _side(caps.number("MaxHeight"), _A4[1]),
        _resolutions(caps),
        frozenset(_words(caps, "ColorMode")) or frozenset({"RGB24"}),
        frozenset([*_words(caps, "DocumentFormat"), *_words(caps, "DocumentFormatExt")]) or frozenset({"image/jpeg"}),
    )


def _side(units: int | None, otherwise: int) -> int:
    return min(units, _MOST_UNITS) if units else otherwise


def _resolutions(caps: Element) -> tuple[int, ...]:
    """Discrete resolutions, or the usual ones within an `XResolutionRange`; 300 when nothing sensible is said."""
    listed = {one.number("XResolution") for one in caps.every("DiscreteResolution")}
    found = {dpi for dpi in listed if dpi in _RESOLUTIONS}
    span = caps.first("XResolutionRange")
    if not found and span is not None:
        low, high = span.number("Min") or 0, span.number("Max") or 0
        found = {dpi for dpi in (75, 100, 150, 200, 240, 300, 400, 600) if low <= dpi <= high}
    return tuple(sorted(dpi for dpi in found if dpi is not None)) or (300,)


def _words(caps: Element, name: str) -> list[str]:
    return [word for word in (one.text.strip() for one in caps.every(name)) if 0 < len(word) <= _LONGEST_NAME]


def _plain(name: str) -> str:
    """A model name as one line of printable text."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:_LONGEST_NAME]
