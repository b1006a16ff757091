"""The shipped IPP printer in its own process, a paper worth looking at, and comparisons of what came out."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops
from reportlab.pdfgen import canvas

from devices.printer.ipp.raster import SYNC, decode
from kiosk.model.devices import PrintPaper

A4 = (595.276, 841.89)


class SimulatedIpp:
    """One running simulator: where it is, and what it is told."""

    def __init__(self, tray: Path, *options: str) -> None:
        self.tray = tray
        words = [sys.executable, "-m", "devices.printer.simulated.ipp", "--tray", str(tray), *options]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.first: dict[str, Any] = json.loads(self.process.stdout.readline())
        self.uri = str(self.first["uri"])

    @property
    def port(self) -> int:
        return int(self.uri.split(":")[2].split("/")[0])

    def do(self, action: str, **words: Any) -> dict[str, Any]:
        """One command of its menu."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": action, **words}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert answer["ok"], (action, words)
        return answer

    def jobs(self) -> list[dict[str, Any]]:
        """Its jobs as it sees them."""
        jobs: list[dict[str, Any]] = self.do("state")["jobs"]
        return jobs

    def pages(self) -> list[Path]:
        """Pages that came out, in order."""
        return sorted(self.tray.glob("*.png"))

    def end(self) -> None:
        """Pull the plug."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                continue
        self.process.wait()


@contextmanager
def simulated(tray: Path, *options: str) -> Iterator[SimulatedIpp]:
    """A simulator for one test."""
    printer = SimulatedIpp(tray, *options)
    try:
        yield printer
    finally:
        printer.end()


def drawn_pdf(pages: int = 1) -> bytes:
    """A PDF of A4 pages with lines, a red seal and a number that tells the pages apart."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=A4)
    for number in range(1, pages + 1):
        sheet.setFont("Courier", 14)
        for line in range(30):
            sheet.drawString(70, 760 - line * 20, f"page {number} line {line} 000000")
        sheet.setStrokeColorRGB(0.8, 0, 0)
        sheet.setLineWidth(4)
        sheet.circle(430, 140, 60)
        sheet.rect(20, 20, A4[0] - 40, A4[1] - 40)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def drawn(pages: int = 1, title: str = "receipt-TEST0001") -> PrintPaper:
    """A paper to print."""
    return PrintPaper(drawn_pdf(pages), title)


def likeness(pdf: bytes, page: int, printed: Path) -> float:
    """Mean difference of a page and what came out, 0.0 (the same) to 1.0, after both are brought to one size."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        wanted = document[page].render(scale=100 / 72).to_pil().convert("L")
    finally:
        document.close()
    found = picture_of(printed, page).convert("L").resize(wanted.size, Image.Resampling.BOX)
    histogram: list[int] = ImageChops.difference(wanted, found).histogram()
    total: int = sum(value * count for value, count in enumerate(histogram))
    return total / float(255 * wanted.width * wanted.height)


def picture_of(printed: Path, page: int = 0) -> Image.Image:
    """What came out as a picture: a simulator's PNG, or a document a printer took as it came."""
    head = printed.read_bytes()[:4]
    if head == SYNC:
        bitmap = list(decode(printed.read_bytes()))[page]
        return Image.frombytes("RGB" if bitmap.depth == 3 else "L", (bitmap.width, bitmap.height), bitmap.pixels)
    if head == b"%PDF":
        document = pypdfium2.PdfDocument(printed)
        try:
            drawn: Image.Image = document[page].render(scale=100 / 72).to_pil()
            return drawn
        finally:
            document.close()
    with Image.open(printed) as image:
        image.load()
        return image
