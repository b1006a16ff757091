"""The one font a decoder of foreign PDFs has: papers made in China often name a font (宋体, 仿宋) without bringing it.

PDFium would look for it in the system's folders, which it cannot reach any more, and leave the text out without a
word. So it gets the terminal's own Chinese font, from memory. For Latin letters it has its own.
"""

import ctypes
import struct
from typing import Any

from pypdfium2 import PdfSysfontBase

from kiosk.papers.fonts import REGULAR, font_path

_CHINESE = frozenset({134, 136})  # GB2312 and Big5, as fpdf_sysfontinfo.h numbers them
_OTHERS = frozenset({128, 129})  # Japanese and Korean: most of their characters are in it, too
_HANDLE = 1
_NAME = b"JinbanSans\0"


class OneFont(PdfSysfontBase):  # type: ignore[misc] # its package brings no types
    """See fpdf_sysfontinfo.h for what each method answers. Keep it alive as long as PDFium is used."""

    def __init__(self) -> None:
        self._data = font_path(REGULAR).read_bytes()
        self._tables = _tables(self._data)
        super().__init__()

    def EnumFonts(self, _: Any, _mapper: Any) -> None:  # noqa: N802 - PDFium's name
        """There is nothing to enumerate: fonts are asked for one by one."""

    def MapFont(  # noqa: N802 - PDFium's name
        self, _: Any, _weight: int, _italic: int, charset: int, _pitch: int, _face: Any, _exact: Any
    ) -> int | None:
        """The font for these characters, None where PDFium has its own."""
        return _HANDLE if charset in _CHINESE | _OTHERS else None

    def GetFont(self, _: Any, _face: Any) -> int | None:  # noqa: N802 - PDFium's name
        """No font goes by its name here."""
        return None

    def GetFontData(self, _: Any, _font: Any, table: int, buffer: Any, size: int) -> int:  # noqa: N802 - PDFium's name
        """One table of the font, or all of it for table 0; the length alone where the buffer is too small."""
        data = self._data if table == 0 else self._tables.get(table, b"")
        if buffer and 0 < len(data) <= size:
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    def GetFaceName(self, _: Any, _font: Any, buffer: Any, size: int) -> int:  # noqa: N802 - PDFium's name
        """Its name."""
        if buffer and size >= len(_NAME):
            ctypes.memmove(buffer, _NAME, len(_NAME))
        return len(_NAME)

    def GetFontCharset(self, _: Any, _font: Any) -> int:  # noqa: N802 - PDFium's name
        """What it is meant for."""
        return 134

    def DeleteFont(self, _: Any, _font: Any) -> None:  # noqa: N802 - PDFium's name
        """It stays."""


def _tables(data: bytes) -> dict[int, bytes]:
    """Tables of a TrueType font by the number of their tag."""
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">IIII", data, 12 + 16 * number) for number in range(count))
    return {tag: data[start : start + length] for tag, _, start, length in entries}
