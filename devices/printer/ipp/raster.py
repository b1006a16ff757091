"""PWG Raster (PWG 5102.4): what every driverless printer takes, whether or not it understands PDF.

Written for our own papers and read back by the simulator. 8 bits grey or 24 bits sRGB, chunky, one direction, no
alpha. A line is packed as runs and literals and repeated lines are counted, which is what makes a text page small.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

SYNC: Final = b"RaS2"
_HEADER: Final = 1796
_LONGEST = 128
_MOST_REPEATS = 256
_LARGEST_SIDE = 1 << 15
_SGRAY, _SRGB = 18, 19
_RUNS: Final = {
    1: re.compile(rb"(.)\1{1,127}", re.DOTALL),
    3: re.compile(rb"(...)\1{1,127}|...", re.DOTALL),
}


class RasterError(ValueError):
    """These bytes are no PWG Raster, or one of a kind not written here."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One page of pixels, top line first. `depth` is bytes a pixel: 1 grey, 3 red green blue."""

    width: int
    height: int
    depth: int
    dpi: int
    pixels: bytes = field(repr=False)


def encode(pages: Iterable[Bitmap], total: int) -> Iterator[bytes]:
    """Pages as pieces of one document. `total` is how many there will be."""
    yield SYNC
    for page in pages:
        yield _header(page, total)
        yield b"".join(_lines(page))


def _header(page: Bitmap, total: int) -> bytes:
    out = bytearray(_HEADER)
    out[0:9] = b"PwgRaster"
    line = page.width * page.depth
    points = tuple(round(side * 72 / page.dpi) for side in (page.width, page.height))
    for place, value in (
        (276, page.dpi),
        (280, page.dpi),
        (340, 1),
        (352, points[0]),
        (356, points[1]),
        (372, page.width),
        (376, page.height),
        (384, 8),
        (388, 8 * page.depth),
        (392, line),
        (400, _SRGB if page.depth != 1 else _SGRAY),
        (420, page.depth),
        (452, total),
        (456, 1),
        (460, 1),
        (472, page.width),
        (476, page.height),
    ):
        struct.pack_into(">I", out, place, value)
    name = b"iso_a4_210x297mm"
    out[1732 : 1732 + len(name)] = name
    return bytes(out)


def _lines(page: Bitmap) -> Iterator[bytes]:
    step = page.width * page.depth
    place, end = 0, step * page.height
    while place < end:
        line = page.pixels[place : place + step]
        repeats = 1
        while repeats < _MOST_REPEATS and page.pixels.startswith(line, place + repeats * step):
            repeats += 1
        repeats = min(repeats, (end - place) // step)
        yield bytes((repeats - 1,)) + _packed(line, page.depth)
        place += repeats * step


def _packed(line: bytes, depth: int) -> bytes:
    out, literal = bytearray(), 0
    for run in _RUNS[depth].finditer(line):
        length = run.end() - run.start()
        if length == depth:
            continue
        out += _literal(line[literal : run.start()], depth)
        out.append(length // depth - 1)
        out += line[run.start() : run.start() + depth]
        literal = run.end()
    return bytes(out + _literal(line[literal:], depth))


def _literal(pixels: bytes, depth: int) -> bytes:
    out, step = bytearray(), _LONGEST * depth
    for start in range(0, len(pixels), step):
        some = pixels[start : start + step]
        count = len(some) // depth
        # One pixel alone is a run of one: a literal has at least two.
        out.append(257 - count if count > 1 else 0)
        out += some
    return bytes(out)


def decode(data: bytes) -> Iterator[Bitmap]:
    """Pages of a document.

    Raises:
        RasterError: cut short, or of a kind not written here.
    """
    if not data.startswith(SYNC):
        raise RasterError("no PWG Raster")
    place = len(SYNC)
    while place < len(data):
        try:
            width, height = struct.unpack_from(">II", data, place + 372)
            bits, line, order, space = struct.unpack_from(">IIII", data, place + 388)
            (dpi,) = struct.unpack_from(">I", data, place + 276)
        except struct.error:
            raise RasterError("cut short") from None
        depth = bits // 8
        if depth not in _RUNS or order or max(width, height) > _LARGEST_SIDE or line != width * depth or space == 0:
            raise RasterError("another kind")
        pixels, place = _unpacked(data, place + _HEADER, (width, height, depth))
        yield Bitmap(width, height, depth, dpi, pixels)


def _unpacked(data: bytes, place: int, shape: tuple[int, int, int]) -> tuple[bytes, int]:
    width, height, depth = shape
    out = bytearray()
    while len(out) < width * height * depth:
        repeats, line = _at(data, place) + 1, bytearray()
        place += 1
        while len(line) < width * depth:
            code = _at(data, place)
            pixels = 1 if code < _LONGEST else 257 - code
            some = data[place + 1 : place + 1 + pixels * depth]
            if len(some) < pixels * depth or code == _LONGEST:
                raise RasterError("cut short")
            line += some * (code + 1) if code < _LONGEST else some
            place += 1 + len(some)
        out += line * repeats
    if len(out) != width * height * depth:
        raise RasterError("lines too long")
    return bytes(out), place


def _at(data: bytes, place: int) -> int:
    if place >= len(data):
        raise RasterError("cut short")
    return data[place]
