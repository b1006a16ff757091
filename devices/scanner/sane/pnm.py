"""One page on its way out of `scanimage`: a PNM stream whose header says how many bytes a whole page has."""

import io
import re

from kiosk.failure import Failure, KioskError

LARGEST_PIXELS = 120_000_000
LARGEST_BYTES = 256 * 1024 * 1024
_LONGEST_HEADER = 512
_GAP = rb"(?:[ \t\r\n]+(?:#[^\n]*\n[ \t\r\n]*)*)"
_BITMAP, _GREY, _COLOUR = b"4", b"5", b"6"
_HEADER = re.compile(
    rb"P(?:(4)"
    + _GAP
    + rb"(\d{1,6})"
    + _GAP
    + rb"(\d{1,6})|([56])"
    + _GAP
    + rb"(\d{1,6})"
    + _GAP
    + rb"(\d{1,6})"
    + _GAP
    + rb"(\d{1,5}))[ \t\r\n]"
)
_ONE_BYTE = 255
# Between processes 64 MiB pass: A4 in colour at 400 dpi does, at 600 dpi it does not.
_PASSED_ON = 60 * 1024 * 1024
_QUALITY = 92


class Raster:
    """Takes bytes as they come, never more than the header announced."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._whole = 0
        self.width = self.height = 0

    def feed(self, data: bytes) -> None:
        """Take some more.

        Raises:
            KioskError: `DEVICE_DISTURBED` for what is no PNM, is too large, or goes on after its end.
        """
        self._data += data
        if not self._whole:
            self._read_header()
        if self._whole and len(self._data) > self._whole:
            raise KioskError(Failure.DEVICE_DISTURBED, reason="more_than_a_page")

    @property
    def begun(self) -> bool:
        """Whether anything has come."""
        return bool(self._data)

    @property
    def whole(self) -> bool:
        """Whether every byte the header announced is there."""
        return self._whole > 0 and len(self._data) == self._whole

    @property
    def part(self) -> float:
        """How much of the page is there, 0.0 to 1.0."""
        return len(self._data) / self._whole if self._whole else 0.0

    def page(self) -> tuple[bytes, str]:
        """The whole picture and its extension, a JPEG where it is too large to pass on. Can be taken once."""
        data, self._data = bytes(self._data), bytearray()
        return (data, "pnm") if len(data) <= _PASSED_ON else (_jpeg(data), "jpg")

    def _read_header(self) -> None:
        found = _HEADER.match(self._data[:_LONGEST_HEADER])
        if found is None:
            if len(self._data) >= _LONGEST_HEADER or not self._data.startswith(b"P"):
                raise KioskError(Failure.DEVICE_DISTURBED, reason="no_picture")
            return
        kind = found[1] or found[4]
        width, height = int(found[2] or found[5]), int(found[3] or found[6])
        samples = (width + 7) // 8 if kind == _BITMAP else width * (3 if kind == _COLOUR else 1)
        bytes_each = 2 if kind != _BITMAP and int(found[7]) > _ONE_BYTE else 1
        whole = found.end() + samples * bytes_each * height
        if not 0 < width * height <= LARGEST_PIXELS or whole > LARGEST_BYTES:
            raise KioskError(Failure.DEVICE_DISTURBED, reason="size")
        self.width, self.height, self._whole = width, height, whole


def _jpeg(data: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415 - only such pages need it in memory

    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            (image if image.mode in {"L", "RGB"} else image.convert("L")).save(out, "JPEG", quality=_QUALITY)
    except (OSError, ValueError, Image.DecompressionBombError):
        raise KioskError(Failure.DEVICE_DISTURBED, reason="no_picture") from None
    return out.getvalue()
