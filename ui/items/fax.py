"""A page of black text as it is kept (a one-page PDF holding CCITT G4) turned into a TIFF, which Qt's own reader shows.

Qt Essentials shows no PDF, and a PDF library in this process would cost more memory than all its pictures. The picture
inside is copied as it is: no decoding happens here.
"""

import re
import struct

_PICTURE = re.compile(
    rb"/BlackIs1 (?P<inverted>true|false)\s.{0,200}?/Columns (?P<width>\d{1,5})\s.{0,200}?/K -1\s.{0,200}?"
    rb"/Rows (?P<height>\d{1,5})\s.{0,400}?/CCITTFaxDecode.{0,400}?/Length (?P<length>\d{1,8})\s.{0,400}?\bstream\r?\n",
    re.DOTALL,
)
_LOOKED_AT = 8192
_SHORT, _LONG = 3, 4
_GROUP_4 = 4


def tiff_of(pdf: bytes) -> bytes | None:
    """The picture of a page this terminal made itself; None for any other PDF."""
    found = _PICTURE.search(pdf[:_LOOKED_AT])
    if found is None:
        return None
    length = int(found["length"])
    data = pdf[found.end() : found.end() + length]
    if len(data) != length:
        return None
    return _tiff(data, int(found["width"]), int(found["height"]), black_is_zero=found["inverted"] == b"true")


def _tiff(data: bytes, width: int, height: int, *, black_is_zero: bool) -> bytes:
    """TIFF 6.0, one strip. Tags in ascending order, as the standard asks."""
    entries = [
        (256, _LONG, width),
        (257, _LONG, height),
        (258, _SHORT, 1),  # bits a sample
        (259, _SHORT, _GROUP_4),
        (262, _SHORT, int(black_is_zero)),
        (273, _LONG, 0),  # where the strip begins, set below
        (277, _SHORT, 1),  # samples a pixel
        (278, _LONG, height),  # rows in the strip
        (279, _LONG, len(data)),
    ]
    start = 8 + 2 + 12 * len(entries) + 4
    rows = b"".join(
        struct.pack("<HHII", tag, kind, 1, start if tag == 273 else value)  # noqa: PLR2004 - the strip
        for tag, kind, value in entries
    )
    return struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + rows + struct.pack("<I", 0) + data
