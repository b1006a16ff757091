"""Files as strangers bring them, made by hand: plain ones, damaged ones, and ones that mean harm."""

import io
import struct
import zlib
from collections.abc import Sequence

from PIL import Image


def pdf(
    pages: int = 1, *, catalogue: str = "", content: str = "", extra: Sequence[str] = (), trailer: str = ""
) -> bytes:
    """A PDF of A4 pages with this drawing on each; `catalogue`, `extra` objects and `trailer` make it special."""
    drawing = content or "BT /F1 40 Tf 80 700 Td (Demo page) Tj ET 80 300 300 200 re f"
    kids = " ".join(f"{5 + number} 0 R" for number in range(pages))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream",
        *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>"] * pages,
        *extra,
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def script_pdf(mark: str) -> bytes:
    """A PDF with a script that runs when it is opened and a program as an attachment, both holding `mark`."""
    number = 6
    return pdf(
        catalogue=f"/OpenAction {number} 0 R/Names<</EmbeddedFiles<</Names[(run.exe) {number + 1} 0 R]>>>>",
        extra=(
            f"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1/{mark}'\\))>>",
            f"<</Type/Filespec/F(run.exe)/EF<</F {number + 2} 0 R>>>>",
            f"<</Type/EmbeddedFile/Length {len(mark)}>>stream\n{mark}\nendstream",
        ),
    )


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password only."""
    key = "<" + "41" * 32 + ">"
    return pdf(
        extra=(f"<</Filter/Standard/V 1/R 2/O{key}/U{key}/P -4>>",),
        trailer="/Encrypt 6 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]",
    )


def slow_pdf() -> bytes:
    """A page whose drawing takes minutes: shadings over the whole sheet, thousands of them."""
    line = "q 0.9 0 0 0.9 1 1 cm 0 0 595 842 re W n 0 0 595 842 re f Q "
    circle = "297 421 m " + "0 0 595 842 297 421 c 595 0 0 842 297 421 c " * 400 + "f* "
    return pdf(content=line * 50 + circle * 400)


def png_bomb(side: int) -> bytes:
    """A few kilobytes that say they are a picture of `side` by `side`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(min(side * 3 + 1, 50_000_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def picture(kind: str, image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
