"""How the simulated receipt printer sets type: its own Chinese type, its QR codes, and the blade."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import segno
from PIL import Image

from devices.printer.simulated.escpos_strip import Mode, Strip
from devices.printer.simulated.escpos_tokens import Token

_ASCII: Final = 0x80
_FIRST_GBK5: Final = 0xFE50
_MOST_PAPERS: Final = 500


@dataclass(frozen=True, slots=True)
class Printed:
    """One strip: the file it is in (None when it is not kept), its type, and how many boxes stand on it."""

    file: str | None
    text: list[str]
    boxes: int


class Type:
    """Carries out commands in their order. `charset` is the type it has: gbk, gb18030 or ascii."""

    def __init__(self, dots: int, folder: Path | None, charset: str, *, draws_codes: bool) -> None:
        self.papers: list[Printed] = []
        self.mode = Mode()
        self._dots = dots
        self._folder = folder
        self._charset = charset
        self._draws_codes = draws_codes
        self._strip: Strip | None = None
        self._lead = b""
        self._code = b""
        self._module = 3

    def do(self, token: Token) -> None:
        """Carry out one command; an unknown one does nothing."""
        action = ACTIONS.get(token.name)
        if action is not None:
            action(self, token)

    def forget(self) -> None:
        """As after power-on; the paper keeps what stands on it."""
        self.mode, self._lead = Mode(), b""

    def eject(self) -> None:
        """Tear off what is there."""
        strip, self._strip = self.paper(), None
        if strip.empty:
            return
        name = None
        if self._folder is not None and len(self.papers) < _MOST_PAPERS:
            path = self._folder / f"{len(self.papers) + 1:04d}.png"
            strip.save(path)
            name = str(path)
        self.papers.append(Printed(name, strip.text, strip.boxes))

    def paper(self) -> Strip:
        """The strip in the printer."""
        if self._strip is None:
            self._strip = Strip(self._dots)
        return self._strip

    def text(self, token: Token) -> None:
        """Type what was sent as text."""
        for byte in token.data:
            self._byte(byte)

    def _byte(self, byte: int) -> None:
        """One byte of text: ASCII, half of a Chinese character, or a quarter of one."""
        self._lead += bytes([byte])
        size = self._wanted()
        if len(self._lead) < size:
            return
        coded, self._lead = self._lead, b""
        if size == 1 and byte < _ASCII:
            self.paper().type(chr(byte), self.mode, known=True)
            return
        sign = self._decoded(coded)
        self.paper().type(sign or "□", self.mode, known=sign is not None)

    def _wanted(self) -> int:
        """How many bytes the character that has begun takes, as far as is known."""
        first = self._lead[0]
        if first < _ASCII or not self.mode.two_bytes or self._charset == "ascii":
            return 1
        four = self._charset == "gb18030" and len(self._lead) > 1 and 0x30 <= self._lead[1] <= 0x39  # noqa: PLR2004 - GB 18030
        return 4 if four else 2

    def _decoded(self, coded: bytes) -> str | None:
        if len(coded) == 1 or (self._charset == "gbk" and int.from_bytes(coded, "big") >= _FIRST_GBK5):
            return None
        try:
            return coded.decode("gb18030" if self._charset == "gb18030" else "gbk")
        except UnicodeDecodeError:
            return None

    def line_feed(self, _: Token) -> None:
        """Print the line."""
        self._lead = b""
        self.paper().end_line(self.mode)

    def reset(self, _: Token) -> None:
        """As after power-on."""
        self.forget()

    def latin(self, token: Token) -> None:
        """Size of ASCII."""
        self.mode.latin = ((token.args[0] >> 4 & 7) + 1, (token.args[0] & 7) + 1)

    def kanji(self, token: Token) -> None:
        """Size of Chinese characters."""
        self.mode.kanji = (2 if token.args[0] & 4 else 1, 2 if token.args[0] & 8 else 1)

    def raster(self, token: Token) -> None:
        """Rows of dots."""
        row_bytes, rows = int.from_bytes(token.args[2:4], "little"), int.from_bytes(token.args[4:6], "little")
        if token.cut_short or not row_bytes or not rows:
            return
        picture = Image.frombytes("1", (row_bytes * 8, rows), token.data)
        self.paper().picture(picture.crop((0, 0, min(picture.width, self._dots), rows)), self.mode)

    def qr(self, token: Token) -> None:
        """Steps towards a QR code."""
        if token.data[:1] != b"\x31" or not self._draws_codes:
            return
        function = token.data[1:2]
        if function == b"\x43" and len(token.data) > 2:  # noqa: PLR2004 - fn 67: dots a module
            self._module = min(16, max(1, token.data[2]))
        elif function == b"\x50":
            self._code = token.data[3:]
        elif function == b"\x51" and self._code:
            self._burn_code()

    def _burn_code(self) -> None:
        try:
            code = segno.make(self._code, error="l", mode="byte", micro=False, boost_error=False)
        except ValueError:
            return
        rows = [bytes(0 if dot else 1 for dot in row) for row in code.matrix_iter(scale=self._module, border=0)]
        if len(rows) > self._dots:
            # As printers do: a code wider than the paper is not printed at all.
            return
        picture = Image.new("1", (len(rows), len(rows)))
        picture.putdata([0 if dot else 1 for row in rows for dot in row])
        self.paper().picture(picture, self.mode)

    def cut(self, token: Token) -> None:
        """Cut, after a feed where one is asked for."""
        self.paper().feed(96 if token.args[:1] in {b"\x41", b"\x42"} else 0)
        self.eject()

    def align(self, token: Token) -> None:
        """Left, centre or right."""
        self.mode.align = token.args[0] % 48

    def set_spacing(self, token: Token) -> None:
        """Distance of lines."""
        self.mode.spacing = token.args[0] if token.args else Mode().spacing


ACTIONS: Final[dict[str, Callable[[Type, Token], object]]] = {
    "text": Type.text,
    "LF": Type.line_feed,
    "ESC @": Type.reset,
    "ESC a": Type.align,
    "ESC 2": Type.set_spacing,
    "ESC 3": Type.set_spacing,
    "ESC E": lambda type_, token: setattr(type_.mode, "bold", bool(token.args[0] & 1)),
    "ESC d": lambda type_, token: type_.paper().feed(token.args[0] * type_.mode.spacing),
    "ESC J": lambda type_, token: type_.paper().feed(token.args[0]),
    "FS &": lambda type_, _: setattr(type_.mode, "two_bytes", True),
    "FS .": lambda type_, _: setattr(type_.mode, "two_bytes", False),
    "FS !": Type.kanji,
    "GS !": Type.latin,
    "GS v": Type.raster,
    "GS (k": Type.qr,
    "GS V": Type.cut,
}
