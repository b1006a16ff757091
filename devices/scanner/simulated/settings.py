"""The XML side of the simulated eSCL scanner: what it says of itself, and what a client asks of it."""

from dataclasses import dataclass

from devices.scanner.escl.xmltree import BadXmlError, read

RESOLUTIONS = (75, 100, 150, 200, 300, 600)
MODES = ("Grayscale8", "RGB24")
WIDTH, HEIGHT = 2551, 3508
"""Largest area in 1/300 inch: A4 and a little beside it."""

_NAMES = (
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" '
    'xmlns:dest="http://schemas.hp.com/imaging/httpdestination/2011/06/06"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True, slots=True)
class Asked:
    """The `ScanSettings` of a job; area in 1/300 inch."""

    feeder: bool
    duplex: bool
    colour: bool
    dpi: int
    left: int
    top: int
    width: int
    height: int


def settings(body: bytes) -> Asked | None:
    """Read them; None for what this scanner cannot do."""
    try:
        root = read(body)
    except BadXmlError:
        return None
    dpi = root.number("XResolution") or 300
    mode = root.word("ColorMode") or "RGB24"
    region = (
        root.number("XOffset") or 0,
        root.number("YOffset") or 0,
        root.number("Width") or WIDTH,
        root.number("Height") or HEIGHT,
    )
    left, top, width, height = region
    fits = 0 < width <= WIDTH - left and 0 < height <= HEIGHT - top
    if root.name != "ScanSettings" or dpi not in RESOLUTIONS or mode not in MODES or not fits:
        return None
    return Asked(root.word("InputSource") == "Feeder", root.word("Duplex") == "true", mode == "RGB24", dpi, *region)


def capabilities(model: str) -> str:
    """Glass, feeder and both sides, each with the same abilities."""
    ways = _inside("Platen", _intake("Platen")) + _inside(
        "Adf",
        _intake("AdfSimplex")
        + _intake("AdfDuplex")
        + _inside("FeederCapacity", "50")
        + _inside("AdfOptions", _inside("AdfOption", "DetectPaperLoaded") + _inside("AdfOption", "Duplex")),
    )
    return (
        f"{_HEAD}<scan:ScannerCapabilities {_NAMES}><pwg:Version>2.63</pwg:Version>"
        f"<pwg:MakeAndModel>{model}</pwg:MakeAndModel>{ways}</scan:ScannerCapabilities>"
    )


def status(state: str, feeder: str, reasons: tuple[str, ...], jobs: str) -> str:
    """How it is."""
    said = "".join(f"<pwg:StateReason>{reason}</pwg:StateReason>" for reason in reasons)
    return (
        f"{_HEAD}<scan:ScannerStatus {_NAMES}><pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
        f"<pwg:StateReasons>{said}</pwg:StateReasons><scan:AdfState>{feeder}</scan:AdfState>"
        f"<scan:Jobs>{jobs}</scan:Jobs></scan:ScannerStatus>"
    )


def job_info(name: str, state: str, reason: str, delivered: int) -> str:
    """One job within the status."""
    return (
        f"<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/{name}</pwg:JobUri><pwg:JobUuid>{name}</pwg:JobUuid>"
        f"<scan:Age>1</scan:Age><pwg:ImagesCompleted>{delivered}</pwg:ImagesCompleted><pwg:JobState>{state}"
        f"</pwg:JobState><pwg:JobStateReasons><pwg:JobStateReason>{reason}</pwg:JobStateReason></pwg:JobStateReasons>"
        "</scan:JobInfo>"
    )


def _intake(way: str) -> str:
    modes = "".join(_inside("ColorMode", mode) for mode in MODES)
    sizes = "".join(
        _inside("DiscreteResolution", f"{_inside('XResolution', str(dpi))}{_inside('YResolution', str(dpi))}")
        for dpi in RESOLUTIONS
    )
    formats = "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>" + _inside("DocumentFormatExt", "image/jpeg")
    profile = (
        _inside("ColorModes", modes)
        + _inside("DocumentFormats", formats)
        + _inside("SupportedResolutions", _inside("DiscreteResolutions", sizes))
    )
    bounds = {"MinWidth": 16, "MaxWidth": WIDTH, "MinHeight": 16, "MaxHeight": HEIGHT}
    measures = "".join(_inside(name, str(value)) for name, value in bounds.items())
    profiles = _inside("SettingProfiles", _inside("SettingProfile", profile))
    return _inside(f"{way}InputCaps", measures + profiles)


def _inside(name: str, content: str) -> str:
    return f"<scan:{name}>{content}</scan:{name}>"
