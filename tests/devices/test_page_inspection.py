import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

import devices.scanner
from devices.contract import Page
from devices.scanner.inspect import BLANK_BELOW, ink, inspect
from devices.scanner.pages import a4_pixels, scanned
from kiosk.failure import Failure, KioskError

A4 = a4_pixels(150)
SAMPLES = sorted((Path(devices.scanner.__file__).parent / "samples").glob("*.jpg"))


def sheet(tone: int = 245, noise: float = 6.0) -> Image.Image:
    return ImageChops.add(Image.effect_noise(A4, noise), Image.new("L", A4, tone), offset=-128)


def page(image: Image.Image, size: tuple[int, int] = A4) -> Page:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return Page(out.getvalue(), "jpg", *size)


def refusal(scan: Page) -> Failure:
    with pytest.raises(KioskError) as refused:
        inspect(scan, 1)
    return refused.value.failure


@pytest.mark.parametrize("tone", [255, 245, 225, 200])
def test_an_empty_sheet_is_blank_however_yellow_it_is(tone: int) -> None:
    assert refusal(page(sheet(tone))) is Failure.SCANNER_BLANK


def test_the_shadow_of_a_fold_and_an_uneven_lamp_are_not_ink() -> None:
    lamp = Image.linear_gradient("L").resize(A4).point([60 * level // 255 for level in range(256)])
    image = ImageChops.subtract(sheet(), lamp)
    fold = Image.new("L", A4, 0)
    for reach in range(60):
        ImageDraw.Draw(fold).line((0, 900 + reach, A4[0], 900 + reach), fill=15 - abs(30 - reach) // 2)
    assert refusal(page(ImageChops.subtract(image, fold))) is Failure.SCANNER_BLANK


def test_the_dark_edge_beside_a_sheet_does_not_make_it_a_page() -> None:
    image = sheet()
    ImageDraw.Draw(image).rectangle((0, 0, 25, A4[1]), fill=40)
    assert refusal(page(image)) is Failure.SCANNER_BLANK


def test_dust_does_not_make_a_sheet_a_page() -> None:
    image = sheet()
    places = random.Random(7)
    for _ in range(40):
        x, y = places.randrange(60, A4[0] - 60), places.randrange(60, A4[1] - 60)
        ImageDraw.Draw(image).ellipse((x, y, x + 2, y + 2), fill=60)
    assert refusal(page(image)) is Failure.SCANNER_BLANK


def test_a_single_signature_is_enough_for_a_page() -> None:
    image = sheet()
    pen = ImageDraw.Draw(image)
    strokes = [(700, 1500), (740, 1440), (760, 1520), (800, 1450), (830, 1510), (900, 1460), (960, 1500), (700, 1545)]
    pen.line(strokes, fill=70, width=5)
    inspect(page(image), 1)


def test_a_pale_red_seal_is_enough_for_a_page() -> None:
    image = sheet().convert("RGB")
    ImageDraw.Draw(image).ellipse((700, 1200, 960, 1460), outline=(214, 120, 110), width=8)
    inspect(page(image), 1)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("dpi", [100, 200])
def test_every_shipped_sample_is_a_page_of_its_size_and_marked_small(sample: Path, dpi: int) -> None:
    assert sample.stat().st_size <= 60_000
    scan = scanned(sample, dpi, colour=False)
    inspect(scan, 1)
    with Image.open(io.BytesIO(scan.image)) as image:
        assert image.size == (scan.width, scan.height) == a4_pixels(dpi)
        assert ink(image) > 10 * BLANK_BELOW


def test_a_page_that_stops_half_way_is_refused_though_the_scanner_reports_no_error() -> None:
    image = Image.open(SAMPLES[0]).convert("L").resize(A4).crop((0, 0, A4[0], A4[1] // 2))
    assert refusal(page(image)) is Failure.SCANNER_SHORT_PAGE


def test_a_picture_cut_off_in_its_bytes_is_refused() -> None:
    whole = page(Image.open(SAMPLES[0]).resize(A4))
    assert refusal(Page(whole.image[: len(whole.image) // 2], "jpg", *A4)) is Failure.SCANNER_SHORT_PAGE
    assert refusal(Page(b"not a picture", "jpg", *A4)) is Failure.SCANNER_SHORT_PAGE
    assert refusal(Page(b"", "png", *A4)) is Failure.SCANNER_SHORT_PAGE


def test_a_pdf_from_a_scanner_passes_unmeasured() -> None:
    inspect(Page(b"%PDF-1.4", "pdf", 0, 0), 1)
