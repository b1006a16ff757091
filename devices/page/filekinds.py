"""Kinds of foreign files, told by their first bytes: the name of a file proves nothing."""

from kiosk.failure import Failure, KioskError

_TAKEN = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "tif": (b"II*\x00", b"MM\x00*"),
    "bmp": (b"BM",),
}
_REFUSED = {
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "rtf": (b"{\\rtf",),
    "gif": (b"GIF8",),
    "zip": (b"PK\x03\x04",),
    "rar": (b"Rar!",),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
    "program": (b"MZ", b"\x7fELF"),
}
_IN_ZIP = frozenset({"docx", "xlsx", "pptx", "ofd", "wps", "et", "dps", "odt"})
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def taken_kind(data: bytes, extension: str) -> str:
    """`pdf`, `jpg`, `png`, `tif`, `bmp` or `webp`, by the contents alone: phones name their pictures as they like.

    Raises:
        KioskError: `FILE_KIND_UNKNOWN` with `kind`, the name of what it is where that is known (`heic`, `docx`, `ofd`).
    """
    for kind, starts in _TAKEN.items():
        if data.startswith(starts):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    raise KioskError(Failure.FILE_KIND_UNKNOWN, kind=_named(data, extension.lower().lstrip(".")))


def _named(data: bytes, extension: str) -> str:
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in _HEIC else "avif" if data[8:12] == b"avif" else "video"
    for kind, starts in _REFUSED.items():
        if data.startswith(starts):
            return extension if kind in {"zip", "doc"} and extension in _IN_ZIP | {"xls", "ppt"} else kind
    return "empty" if not data else "unknown"
