"""`python -m devices.page.cell`: decodes one foreign file and can do nothing else. Started by `devices.page.opened`.

Standard input brings the file, standard output takes bare pixels: what leaves here can hold nothing but a picture, so a
file that takes this process over gains the right to draw one. Forms, scripts, attachments and hidden layers of text end
here. The libraries are loaded and every right is given up before the first byte of the file is looked at.
"""

import io
import os
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any

from devices.page.confine import LAYERS, confine, leave_network, tight
from devices.settled import settle

QUESTION = struct.Struct("<QIII")
"""Length of the file in bytes, most pages, most pixels of a picture, dots per inch to draw a PDF at."""
PICTURE = struct.Struct("<BIIBH")
"""`ANSWER_PICTURE`, width, height, bytes a pixel (1 grey, 3 blue green red), dots per inch; then the rows of pixels."""
REASON = struct.Struct("<BB")
"""`ANSWER_REFUSED`, the number of the reason in `REASONS`."""
ANSWER_PICTURE, ANSWER_REFUSED, ANSWER_END = 1, 2, 3

REASONS = ("broken", "encrypted", "pages", "pixels", "memory", "empty", "confinement")
LONGEST_SIDE = 2400
"""Pixels of a page's longest side: A4 at 200 dots per inch has 2339."""

MEMORY = 900 * 1024 * 1024
SECONDS = 45
_POINTS_PER_INCH = 72.0
_A4_INCHES = 297 / 25.4
_DESCRIPTORS = 16
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")

Pixels = tuple[int, int, int, int, bytes]
Decoder = Callable[[bytes, int, int, int], Iterator[Pixels]]


class RefusedError(Exception):
    """Not taken, for one of the `REASONS`."""


def main(decode: Decoder | None = None) -> int:
    """Read one file from standard input, write its pages, end. `decode` stands in for the decoders in tests."""
    settle()
    offline = leave_network()
    decoder = decode or _decoders()
    question = _read(0, QUESTION.size)
    length, pages, pixels, dpi = QUESTION.unpack(question)
    data = _read(0, length)
    layers = confine(MEMORY, SECONDS, _DESCRIPTORS)
    try:
        _must_be_tight(layers, offline=offline)
        for width, height, depth, resolution, rows in decoder(data, pages, pixels, dpi):
            _write(PICTURE.pack(ANSWER_PICTURE, width, height, depth, resolution))
            _write(rows)
    except RefusedError as refused:
        _write(REASON.pack(ANSWER_REFUSED, REASONS.index(str(refused))))
    except MemoryError:
        _write(REASON.pack(ANSWER_REFUSED, REASONS.index("memory")))
    except (OSError, ValueError, SyntaxError, RuntimeError, ArithmeticError, LookupError, TypeError, EOFError):
        _write(REASON.pack(ANSWER_REFUSED, REASONS.index("broken")))
    else:
        _write(bytes([ANSWER_END]))
    return 0


def _must_be_tight(layers: frozenset[str], *, offline: bool) -> None:
    """Refuse to look at the file where there still is a way to a network or to another file."""
    if not tight(layers | {"network"} if offline else layers - {"network"}):
        raise RefusedError("confinement")


def _decoders() -> Decoder:
    """Both, with everything they may need already in memory."""
    import pypdfium2  # noqa: PLC0415 - loaded here and not in whoever imports the figures above
    from PIL import Image  # noqa: PLC0415 - the same

    for name in ("Jpeg", "Png", "WebP", "Tiff", "Bmp", "Mpo"):
        __import__(f"PIL.{name}ImagePlugin")
    __import__("PIL.ImageOps")
    from devices.page.cell_fonts import OneFont  # noqa: PLC0415 - the same

    OneFont().setup()
    _rehearse(Image, pypdfium2)

    def decode(data: bytes, pages: int, pixels: int, dpi: int) -> Iterator[Pixels]:
        if data.startswith(b"%PDF-"):
            return _pdf(pypdfium2, data, pages, dpi)
        return _pictures(Image, data, pages, pixels, dpi)

    return decode


def _rehearse(images: Any, pdfium: Any) -> None:
    """Decode something of every kind: libraries load their parts when they are first used, and later they could not."""
    for name in _FORMATS:
        out = io.BytesIO()
        images.new("RGB", (8, 8)).save(out, name)
        for _ in _pictures(images, out.getvalue(), 1, 64, 72):
            pass
    document = pdfium.PdfDocument.new()
    document.new_page(72, 72)
    out = io.BytesIO()
    document.save(out)
    document.close()
    for _ in _pdf(pdfium, out.getvalue(), 1, 72):
        pass


def _pdf(pdfium: Any, data: bytes, most: int, dpi: int) -> Iterator[Pixels]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise RefusedError("encrypted" if "assword" in str(error) or "ecurity" in str(error) else "broken") from None
    count = len(document)
    if not 0 < count <= most:
        raise RefusedError("pages" if count else "empty")
    for number in range(count):
        page = document[number]
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise RefusedError("broken")
        scale = min(dpi / _POINTS_PER_INCH, LONGEST_SIDE / max(width, height))
        bitmap = page.render(
            scale=scale, may_draw_forms=False, draw_annots=True, prefer_bgrx=False, rev_byteorder=False
        )
        yield _bgr(bitmap.to_pil(), max(1, round(scale * _POINTS_PER_INCH)))
        bitmap.close()
        page.close()


def _pictures(images: Any, data: bytes, most: int, pixels: int, dpi: int) -> Iterator[Pixels]:
    from PIL import ImageOps  # noqa: PLC0415 - loaded before

    images.MAX_IMAGE_PIXELS = None  # the bound is ours, and a warning would be no bound
    with images.open(io.BytesIO(data), formats=_FORMATS) as image:
        frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if frames > most:
            raise RefusedError("pages")
        for frame in range(frames):
            if frames > 1:
                image.seek(frame)
            if image.width * image.height > pixels:
                raise RefusedError("pixels")
            # A JPEG is decoded at a fraction of its size where that is still enough.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            # A photo knows no size of its own: it is taken for one of a sheet of A4.
            yield _bgr(_on_white(images, upright), max(1, min(dpi, round(max(upright.size) / _A4_INCHES))))


def _on_white(images: Any, image: Any) -> Any:
    """What is see-through shows paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        sheet = images.new("RGB", clear.size, "white")
        sheet.paste(clear, mask=clear.getchannel("A"))
        return sheet
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        image = image.point(lambda level: level / 256).convert("L") if image.mode != "F" else image.convert("L")
    return image


def _bgr(image: Any, dpi: int) -> Pixels:
    if max(image.size) > LONGEST_SIDE:
        factor = LONGEST_SIDE / max(image.size)
        size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
        # 1-bit and palette pictures have no shades to shrink to.
        image = (image.convert("L") if image.mode in {"1", "L"} else image.convert("RGB")).resize(
            size, 3, reducing_gap=2.0
        )
    if image.mode in {"1", "L"}:
        return image.width, image.height, 1, dpi, image.convert("L").tobytes()
    return image.width, image.height, 3, dpi, image.convert("RGB").tobytes("raw", "BGR")


def _read(descriptor: int, length: int) -> bytes:
    parts = []
    while length > 0:
        part = os.read(descriptor, min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _write(data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(1, rest[: 1 << 20]) :]


def _tell_layers() -> int:
    """For technicians: what a decoder on this machine is held by."""
    offline = leave_network()
    layers = confine(MEMORY, SECONDS, _DESCRIPTORS) | ({"network"} if offline else set())
    _write(" ".join(layer for layer in LAYERS if layer in layers).encode())
    return 0


if __name__ == "__main__":
    os._exit(_tell_layers() if sys.argv[1:] == ["layers"] else main())
