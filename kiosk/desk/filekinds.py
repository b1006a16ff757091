"""Which files may be handed in, told by their first bytes and never by their name alone."""

from kiosk.failure import Failure, KioskError

_SIGNATURES = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "tif": (b"II*\x00", b"MM\x00*"),
}
_SAME = {"jpeg": "jpg", "tiff": "tif"}


def checked_extension(data: bytes, extension: str, largest: int) -> str:
    """The normal extension (`pdf`, `jpg`, `png`, `tif`) of a file that may be taken.

    Raises:
        KioskError: `FILE_TOO_LARGE` beyond `largest` bytes; `FILE_KIND_UNKNOWN` for an empty file, another kind, or
            bytes that are not what the extension says.
    """
    if len(data) > largest:
        raise KioskError(Failure.FILE_TOO_LARGE, largest_mb=largest // (1024 * 1024))
    kind = extension.lower().lstrip(".")
    kind = _SAME.get(kind, kind)
    if not any(data.startswith(start) for start in _SIGNATURES.get(kind, ())):
        raise KioskError(Failure.FILE_KIND_UNKNOWN)
    return kind
