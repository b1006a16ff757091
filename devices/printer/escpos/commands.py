"""The commands we send, by their names in the ESC/POS command reference. Nothing else ever reaches a printer."""

from typing import Final

ESC: Final = b"\x1b"
FS: Final = b"\x1c"
GS: Final = b"\x1d"
DLE: Final = b"\x10"

BEGIN: Final = (
    ESC + b"@"  # as after power-on
    + ESC + b"R\x00"  # the signs # $ @ \\ as they are, not a country's
    + ESC + b"2"  # the usual line spacing
    + FS + b"&"  # Chinese characters are two bytes; forgotten by ESC @
    + FS + b"S\x00\x00"  # and stand side by side
)  # fmt: skip
KANJI: Final = FS + b"&"
LINE: Final = b"\n"
CENTRE: Final = ESC + b"a\x01"
LEFT: Final = ESC + b"a\x00"
BOLD: Final = ESC + b"E\x01"
PLAIN: Final = ESC + b"E\x00"
# Twice, because clones double Chinese characters by FS ! alone and Epson's by either.
DOUBLE: Final = GS + b"!\x11" + FS + b"!\x0c"
TALL: Final = GS + b"!\x01" + FS + b"!\x08"
SINGLE: Final = GS + b"!\x00" + FS + b"!\x00"
CUT: Final = GS + b"V\x42\x00"
TEAR: Final = ESC + b"d\x05"
ASK_WORKED: Final = GS + b"r\x01"
CLEAR: Final = DLE + b"\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4, function 8: forget what has not been printed. Sent only when a paper has come to grief."""

_BAND: Final = 96
LONGEST: Final = _BAND * 128 + 16
"""Bytes no command of ours is longer than: a band of raster on the widest paper."""

_QR: Final = GS + b"(k"


def ask_status(question: int) -> bytes:
    """DLE EOT n."""
    return DLE + b"\x04" + bytes([question])


def ask_process(name: bytes) -> bytes:
    """GS ( H, function 48: answer with these four letters when everything so far is printed."""
    return GS + b"(H\x06\x0000" + name


def raster(dots: bytes, row_bytes: int) -> bytes:
    """GS v 0: rows of dots, the leftmost in the highest bit, in bands that small buffers hold."""
    step = row_bytes * _BAND
    return b"".join(_band(dots[place : place + step], row_bytes) for place in range(0, len(dots), step))


def feed(dots: int) -> bytes:
    """ESC J: feed about so many dots, at most 255."""
    return ESC + b"J" + bytes([min(dots, 255)])


def qr(text: bytes, module: int) -> bytes:
    """GS ( k: model 2, `module` dots a module, lowest correction."""
    store = len(text) + 3
    return (
        _QR + b"\x04\x00\x31\x41\x32\x00"
        + _QR + b"\x03\x00\x31\x43" + bytes([module])
        + _QR + b"\x03\x00\x31\x45\x30"
        + _QR + store.to_bytes(2, "little") + b"\x31\x50\x30" + text
        + _QR + b"\x03\x00\x31\x51\x30"
    )  # fmt: skip


def _band(rows: bytes, row_bytes: int) -> bytes:
    height = len(rows) // row_bytes
    return GS + b"v0\x00" + row_bytes.to_bytes(2, "little") + height.to_bytes(2, "little") + rows
