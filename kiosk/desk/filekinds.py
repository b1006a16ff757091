"""Which files may be handed in, told by their first bytes and never by their name alone."""

from kiosk.failure import Failure, KioskError

_SIGNATURES = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "tif": (b"II*\x00", b"MM\x00*"),
}
_ENDS = {"pdf": b"%%EOF", "jpg": b"\xff\xd9", "png": b"IEND\xaeB`\x82"}
_END_LIES_WITHIN = 2048
"""Bytes. Some programs write a little behind the end; a file cut off in the middle has none there."""
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
    if _ENDS.get(kind, b"") not in data[-_END_LIES_WITHIN:]:
        raise KioskError(Failure.FILE_CUT_OFF)
    return kind
