"""Which files may be handed in, told by their first bytes and never by their name alone."""

from kiosk.failure import Failure, KioskError

_SIGNATURES = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "tif": (b"II*\x00", b"MM\x00*"),
}
_SCAN = 0xDA
_END_OF_IMAGE = b"\xff\xd9"
_PNG_HEAD, _PNG_FRAME = 8, 12
_SAME = {"jpeg": "jpg", "tiff": "tif"}


def checked_extension(data: bytes, extension: str, largest: int) -> str:
    """The normal extension (`pdf`, `jpg`, `png`, `tif`) of a file that may be taken.

    Raises:
        KioskError: `FILE_TOO_LARGE` beyond `largest` bytes; `FILE_KIND_UNKNOWN` for an empty file, another kind, or
            bytes that are not what the extension says; `FILE_CUT_OFF` for a file whose end is missing.
    """
    if len(data) > largest:
        raise KioskError(Failure.FILE_TOO_LARGE, largest_mb=largest // (1024 * 1024))
    kind = extension.lower().lstrip(".")
    kind = _SAME.get(kind, kind)
    if not any(data.startswith(start) for start in _SIGNATURES.get(kind, ())):
        raise KioskError(Failure.FILE_KIND_UNKNOWN)
    if not _ENDS.get(kind, lambda _: True)(data):
        raise KioskError(Failure.FILE_CUT_OFF)
    return kind


def _jpeg_ends(data: bytes) -> bool:
    """Whether the picture's own end is there; phones put a film or a map behind it, and a small picture before it."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:  # noqa: PLR2004 -- every marker begins so (ITU T.81, B.1.1.2)
        if data[place + 1] == _SCAN:
            return data.find(_END_OF_IMAGE, place) >= 0
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return False


def _png_ends(data: bytes) -> bool:
    place = _PNG_HEAD
    while place + _PNG_FRAME <= len(data):
        if data[place + 4 : place + 8] == b"IEND":
            return True
        place += _PNG_FRAME + int.from_bytes(data[place : place + 4], "big")
    return False


def _pdf_ends(data: bytes) -> bool:
    return b"%%EOF" in data


_ENDS = {"pdf": _pdf_ends, "jpg": _jpeg_ends, "png": _png_ends}
