"""Fuzz targets for what an IPP printer may answer, and for the raster the simulator is given.

Each target takes any bytes and must neither raise anything unexpected, nor take long, nor keep much more than it was
given. The suite runs each for a moment with a fixed seed; `python -m tests.devices.fuzz_ipp [SECONDS]` goes on from
where nobody has been.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator

from devices.printer.ipp import raster
from devices.printer.ipp.codec import Collection, Group, IppFormatError, Message, Tag, attribute, decode, encode
from devices.printer.ipp.printer import JobInfo, Printer, job_of, printer_of
from devices.printer.ipp.reasons import blocker, ended_badly, low, refused, standing_blocker
from kiosk.failure import KioskError

Target = Callable[[bytes], None]
LONGEST = 2.0


def messages(data: bytes) -> None:
    """Bytes are a message with no more in it than there were bytes, or refused."""
    try:
        message = decode(data)
    except IppFormatError:
        return
    values = [value for group in message.groups for one in group.attributes for value in one.values]
    assert 5 * len(values) + len(message.document) <= len(data)


def printers(data: bytes) -> None:
    """Whatever it says of itself, a printer is able or has a trouble with a name."""
    try:
        message = decode(data)
    except IppFormatError:
        return
    for said in message.of(Tag.PRINTER) or [{}]:
        printer = printer_of(said)
        assert printer.model.isprintable() or not printer.model
        assert len(printer.model) <= 80
        for found in (blocker(printer), blocker(printer, printer.reasons), standing_blocker(printer)):
            assert found is None or found[1].isprintable()
        low(printer)
        for job in message.of(Tag.JOB):
            _judged(job_of(job), printer)
    assert isinstance(refused(message.code), KioskError)


def rasters(data: bytes) -> None:
    """Raster is pages of the size they tell, or refused."""
    try:
        for page in raster.decode(data):
            assert len(page.pixels) == page.width * page.height * page.depth
    except raster.RasterError:
        return


def _judged(job: JobInfo, printer: Printer) -> None:
    assert job.ended == (job.state >= 7)
    assert isinstance(ended_badly(job, printer), KioskError)


TARGETS: tuple[Target, ...] = (messages, printers, rasters)
_MEDIA = Collection((attribute("media-size-name", Tag.KEYWORD, "iso_a4_210x297mm"), attribute("x", Tag.INTEGER, 1, 2)))
_ANSWER = encode(
    Message(
        0,
        (
            Group(Tag.OPERATION, (attribute("attributes-charset", Tag.CHARSET, "utf-8"),)),
            Group(Tag.UNSUPPORTED, (attribute("media", 0x10, b""),)),
            Group(
                Tag.PRINTER,
                (
                    attribute("printer-make-and-model", Tag.TEXT, "打印机 A4"),
                    attribute("printer-state", Tag.ENUM, 5),
                    attribute("printer-state-reasons", Tag.KEYWORD, "media-empty-error", "toner-low-report"),
                    attribute("media-ready", Tag.KEYWORD, "na_letter_8.5x11in"),
                    attribute("media-col-ready", Tag.COLLECTION, _MEDIA, _MEDIA),
                    attribute("pwg-raster-document-resolution-supported", Tag.RESOLUTION, (300, 300, 3)),
                    attribute("copies-supported", Tag.RANGE, (1, 99)),
                ),
            ),
            Group(
                Tag.JOB,
                (
                    attribute("job-id", Tag.INTEGER, 7),
                    attribute("job-name", Tag.NAME_WITH_LANGUAGE, b"\0\x02zh\0\x01x"),
                    attribute("job-state", Tag.ENUM, 8),
                    attribute("job-state-reasons", Tag.KEYWORD, "document-format-error"),
                ),
            ),
        ),
    )
)
_RASTER = b"".join(raster.encode([raster.Bitmap(9, 4, 3, 300, bytes(range(108)))], 1))
SEEDS = (
    _ANSWER,
    _RASTER,
    _ANSWER[:8] + b"\x04\x34\x00\x01x\x00\x00\x4a\x00\x00\x00\x01y" + b"\x21\x00\x00\x00\x04\x00\x00\x00\x01" * 20_000,
    _RASTER[:1800] + b"\xff\x7f\x00" * 400,
)
_PIECES = (
    b"\x34",
    b"\x37\x00\x00\x00\x00",
    b"\x4a\x00\x00",
    b"\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x00",
    b"\x03",
    b"\x13",
)


def mutated(rng: random.Random) -> bytes:
    """A seed with some of its bytes changed, cut, doubled or swapped for pieces that mean something."""
    data = bytearray(rng.choice(SEEDS))
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(4):
            case 0:
                data[at : at + 1] = bytes((rng.randrange(256),))
            case 1:
                del data[at : at + rng.choice((1, 4, 50))]
            case 2:
                data[at:at] = rng.choice(_PIECES)
            case _:
                data[at:at] = data[at : at + rng.choice((3, 40))]
    return bytes(data)


def mutations(seed: int) -> Iterator[bytes]:
    """Ever new inputs, the same for the same seed."""
    rng = random.Random(seed)
    while True:
        yield mutated(rng)


def run(target: Target, seconds: float, seed: int) -> int:
    """Try a target for so long; gives how many inputs it had. Each must be over within `LONGEST` seconds."""
    rng, until, count = random.Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        begun = time.monotonic()
        target(mutated(rng))
        assert time.monotonic() - begun < LONGEST
        count += 1
    return count


if __name__ == "__main__":
    for one in TARGETS:
        length = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
        sys.stdout.write(f"{one.__name__}: {run(one, length, time.time_ns())} inputs\n")
