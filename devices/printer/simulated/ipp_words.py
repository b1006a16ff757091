"""What the simulated A4 printer says of itself and its jobs: enough for a driverless queue of cupsd."""

from collections.abc import Iterable
from typing import Final

from devices.printer.ipp.codec import Attribute, Collection, Tag, Value, attribute
from devices.printer.ipp.printer import Operation
from devices.printer.simulated.ipp_world import SimJob, World

A4: Final = "iso_a4_210x297mm"
LETTER: Final = "na_letter_8.5x11in"
_SIZES: Final = {A4: (21000, 29700), LETTER: (21590, 27940)}
_MARGINS: Final = ("media-bottom-margin", "media-left-margin", "media-right-margin", "media-top-margin")
_MARGIN = 423
_DPI: Final = (300, 300, 3)
_STANDING: Final[dict[str, tuple[int, tuple[Value, ...]]]] = {
    "printer-name": (Tag.NAME, ("jinban-simulated",)),
    "printer-info": (Tag.TEXT, ("Simulated A4 printer",)),
    "printer-location": (Tag.TEXT, ("",)),
    "printer-make-and-model": (Tag.TEXT, ("Jinban Simulated A4 Printer",)),
    "printer-device-id": (Tag.TEXT, ("MFG:Jinban;MDL:Simulated A4;CMD:PDF,PWGRaster,JPEG;",)),
    "printer-uuid": (Tag.URI, ("urn:uuid:00000000-0000-4000-8000-00000000a400",)),
    "uri-security-supported": (Tag.KEYWORD, ("none",)),
    "uri-authentication-supported": (Tag.KEYWORD, ("none",)),
    "ipp-versions-supported": (Tag.KEYWORD, ("1.1", "2.0")),
    "ipp-features-supported": (Tag.KEYWORD, ("ipp-everywhere",)),
    "operations-supported": (Tag.ENUM, tuple(int(one) for one in Operation)),
    "charset-configured": (Tag.CHARSET, ("utf-8",)),
    "charset-supported": (Tag.CHARSET, ("utf-8",)),
    "natural-language-configured": (Tag.LANGUAGE, ("en",)),
    "generated-natural-language-supported": (Tag.LANGUAGE, ("en",)),
    "compression-supported": (Tag.KEYWORD, ("none",)),
    "pdl-override-supported": (Tag.KEYWORD, ("attempted",)),
    "which-jobs-supported": (Tag.KEYWORD, ("completed", "not-completed")),
    "job-creation-attributes-supported": (Tag.KEYWORD, ("copies", "media", "media-col", "sides", "print-quality")),
    "copies-default": (Tag.INTEGER, (1,)),
    "copies-supported": (Tag.RANGE, ((1, 99),)),
    "sides-default": (Tag.KEYWORD, ("one-sided",)),
    "sides-supported": (Tag.KEYWORD, ("one-sided", "two-sided-long-edge", "two-sided-short-edge")),
    "color-supported": (Tag.BOOLEAN, (1,)),
    "print-color-mode-default": (Tag.KEYWORD, ("auto",)),
    "print-color-mode-supported": (Tag.KEYWORD, ("auto", "color", "monochrome")),
    "print-quality-default": (Tag.ENUM, (4,)),
    "print-quality-supported": (Tag.ENUM, (4,)),
    "printer-resolution-default": (Tag.RESOLUTION, (_DPI,)),
    "printer-resolution-supported": (Tag.RESOLUTION, (_DPI,)),
    "pwg-raster-document-resolution-supported": (Tag.RESOLUTION, (_DPI,)),
    "pwg-raster-document-type-supported": (Tag.KEYWORD, ("sgray_8", "srgb_8")),
    "pwg-raster-document-sheet-back": (Tag.KEYWORD, ("normal",)),
    "orientation-requested-default": (Tag.ENUM, (3,)),
    "orientation-requested-supported": (Tag.ENUM, (3, 4)),
    "finishings-default": (Tag.ENUM, (3,)),
    "finishings-supported": (Tag.ENUM, (3,)),
    "output-bin-default": (Tag.KEYWORD, ("face-down",)),
    "output-bin-supported": (Tag.KEYWORD, ("face-down",)),
    "media-default": (Tag.KEYWORD, (LETTER,)),
    "media-supported": (Tag.KEYWORD, (A4, LETTER)),
    "media-source-supported": (Tag.KEYWORD, ("main",)),
    "media-type-supported": (Tag.KEYWORD, ("stationery",)),
    "media-col-supported": (Tag.KEYWORD, ("media-size", "media-source", "media-type", *_MARGINS)),
    **{f"{margin}-supported": (Tag.INTEGER, (_MARGIN,)) for margin in _MARGINS},
}


def printer_words(world: World, uri: str, formats: Iterable[str]) -> tuple[Attribute, ...]:
    """Every attribute of the printer as it is now."""
    ready = LETTER if world.faults.get("letter") else A4
    sheets = () if world.faults.get("sheets") == 0 else (ready,)
    kinds = tuple(formats)
    return (
        *(Attribute(name, tag, values) for name, (tag, values) in _STANDING.items()),
        attribute("printer-uri-supported", Tag.URI, uri),
        attribute("printer-more-info", Tag.URI, uri.replace("ipp:", "http:")),
        attribute("printer-state", Tag.ENUM, int(world.state)),
        attribute("printer-state-reasons", Tag.KEYWORD, *(sorted(world.reasons) or ["none"])),
        attribute("printer-is-accepting-jobs", Tag.BOOLEAN, 1),
        attribute("printer-up-time", Tag.INTEGER, world.up),
        attribute("queued-job-count", Tag.INTEGER, sum(not job.ended for job in world.jobs.values())),
        attribute("document-format-default", Tag.MIME, kinds[0]),
        attribute("document-format-supported", Tag.MIME, *kinds),
        Attribute("media-ready", Tag.KEYWORD, sheets) if sheets else attribute("media-ready", _NO_VALUE, b""),
        attribute("media-size-supported", Tag.COLLECTION, *(_size(name) for name in _SIZES)),
        attribute("media-col-default", Tag.COLLECTION, _media(LETTER)),
        attribute("media-col-ready", Tag.COLLECTION, _media(ready)),
        attribute("media-col-database", Tag.COLLECTION, *(_media(name) for name in _SIZES)),
    )


_NO_VALUE: Final = 0x13


def job_words(job: SimJob, uri: str) -> tuple[Attribute, ...]:
    """Every attribute of a job as it is now."""
    return (
        attribute("job-id", Tag.INTEGER, job.number),
        attribute("job-uri", Tag.URI, f"{uri}/{job.number}"),
        attribute("job-printer-uri", Tag.URI, uri),
        attribute("job-name", Tag.NAME, job.name),
        attribute("job-originating-user-name", Tag.NAME, job.user),
        attribute("job-state", Tag.ENUM, int(job.state)),
        attribute("job-state-reasons", Tag.KEYWORD, *(sorted(job.reasons) or ["none"])),
        attribute("job-impressions-completed", Tag.INTEGER, job.impressions),
    )


def _size(name: str) -> Collection:
    across, along = _SIZES[name]
    return Collection((attribute("x-dimension", Tag.INTEGER, across), attribute("y-dimension", Tag.INTEGER, along)))


def _media(name: str) -> Collection:
    return Collection(
        (
            attribute("media-size", Tag.COLLECTION, _size(name)),
            attribute("media-size-name", Tag.KEYWORD, name),
            *(attribute(margin, Tag.INTEGER, _MARGIN) for margin in _MARGINS),
            attribute("media-source", Tag.KEYWORD, "main"),
            attribute("media-type", Tag.KEYWORD, "stationery"),
        )
    )
