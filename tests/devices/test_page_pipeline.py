"""From what a device delivers to what is kept: straight, evenly lit, small, and judged."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import ImageDraw

from devices.page.finished import FinishedPage, Wish
from devices.page.picture import Picture, as_picture
from devices.page.pipeline import finish, finish_picture
from devices.page.skew import skew
from devices.scanner.pages import find, page_names, scanned
from kiosk.failure import Failure, KioskError
from tests.devices.page_pictures import (
    A4,
    CODE_TEXT,
    MATS,
    bgr,
    blank,
    draw_seal,
    face,
    form,
    grey_box,
    jpeg,
    photo,
    photo_page,
    shaded,
    shown,
    turned,
)

PHOTO = Wish(photo=True)


def kept(picture: np.ndarray, wish: Wish) -> FinishedPage:
    page = finish_picture(picture, wish)
    assert page is not None
    return page


def refusal(picture: np.ndarray, wish: Wish) -> Failure:
    with pytest.raises(KioskError) as refused:
        finish_picture(picture, wish)
    return refused.value.failure


def halved(picture: np.ndarray) -> Picture:
    return as_picture(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def red_of(picture: np.ndarray) -> tuple[float, float]:
    """How many pixels are red (thousands), and their middle hue in degrees."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV).astype(int)
    hue = (hsv[..., 0] * 2 + 180) % 360 - 180
    red = (hsv[..., 1] > 110) & (np.abs(hue) < 40)
    return float(red.sum()) / 1000, float(np.median(hue[red])) if red.any() else 180.0


# how it is kept


def test_a_page_of_text_is_kept_in_thirty_kilobytes_and_reads_like_the_paper() -> None:
    page = kept(bgr(form()), Wish())
    assert (page.extension, page.width, page.height, page.findings) == ("pdf", *A4, ())
    assert len(page.image) <= 30_000
    assert b"/CCITTFaxDecode" in page.image
    there, here = cv2.cvtColor(bgr(form()), cv2.COLOR_BGR2GRAY) < 128, shown(page.image, "pdf")[..., 0] < 128
    here = here[: there.shape[0], : there.shape[1]]
    assert (there[: here.shape[0], : here.shape[1]] != here).mean() < 0.01


def test_the_same_page_gives_the_same_bytes_so_that_a_second_scan_costs_only_its_name() -> None:
    assert kept(bgr(form()), Wish()) == kept(bgr(form()), Wish())


@pytest.mark.parametrize("mat", ["dark", "light"])
def test_a_photographed_text_page_is_kept_as_small_and_its_code_still_reads(mat: str) -> None:
    page = kept(photo(form(), mat=mat, light=0.45, tilt=-6)[0], PHOTO)
    assert (page.extension, page.findings, page.codes) == ("pdf", (), (CODE_TEXT,))
    assert len(page.image) <= 30_000
    assert abs(page.height / page.width - 2**0.5) < 0.01


@pytest.mark.parametrize("mat", ["dark", "light"])
def test_a_red_seal_stays_red(mat: str) -> None:
    true_size, true_hue = red_of(bgr(form(seal=True, code=False)))
    for page in (kept(bgr(form(seal=True)), Wish()), kept(photo(form(seal=True), mat=mat, light=0.45)[0], PHOTO)):
        assert page.extension == "jpg"
        size, hue = red_of(shown(page.image, page.extension))
        assert abs(hue - true_hue) < 6
        assert size > 0.6 * true_size * page.width / A4[0] * page.height / A4[1]


def test_a_signature_with_a_blue_pen_stays_blue() -> None:
    image = form(code=False)
    strokes = [(700, 2050), (760, 1960), (790, 2080), (850, 1970), (900, 2060), (990, 1980), (1080, 2050), (700, 2090)]
    ImageDraw.Draw(image).line(strokes, fill=(30, 50, 150), width=6)
    page = kept(bgr(image), Wish())
    assert page.extension == "jpg"
    there = shown(page.image, "jpg")[1940:2110, 690:1100].astype(int)
    assert ((there[..., 0] - there[..., 2]) > 60).sum() > 1000


def test_a_black_and_white_scan_is_kept_so_whatever_colour_the_paper_has() -> None:
    assert kept(bgr(form(seal=True)), Wish(colour=False)).extension == "pdf"


def test_a_photograph_on_a_page_keeps_its_shades_in_uneven_light() -> None:
    straight = np.asarray(face().convert("L")).astype(float)
    page = kept(photo(form(portrait=True), light=0.4, tilt=0, lean=0)[0], PHOTO)
    assert page.extension == "jpg"
    grey = cv2.cvtColor(shown(page.image, "jpg"), cv2.COLOR_BGR2GRAY)
    scale = page.width / A4[0]
    left, top, right, bottom = (round(edge * scale) for edge in (1180 + 20, 1810 + 20, 1180 + 256, 1810 + 334))
    here = cv2.resize(grey[top:bottom, left:right], (236, 314)).astype(float)
    there = straight[20:334, 20:256]
    assert np.corrcoef(here.ravel(), there.ravel())[0, 1] > 0.97
    assert abs(here.std() - there.std()) < 0.25 * there.std()
    assert abs(here.mean() - there.mean()) < 25


def test_a_page_that_is_one_photograph_is_no_text_and_not_washed_out() -> None:
    page = kept(bgr(photo_page()), Wish())
    assert page.extension == "jpg"
    here = shown(page.image, "jpg").astype(int)
    assert np.abs(here - bgr(photo_page())).mean() < 6


# straight and even


@pytest.mark.parametrize("degrees", [-6.4, -1.3, -0.35, 0.0, 0.25, 0.9, 4.2])
def test_a_page_put_in_askew_comes_out_straight(degrees: float) -> None:
    assert abs(skew(halved(turned(form(seal=True), degrees))) - degrees) <= 0.1
    page = kept(turned(form(seal=True), degrees), Wish())
    assert abs(skew(halved(shown(page.image, page.extension)))) <= 0.1


def test_a_photograph_is_not_turned_for_want_of_lines() -> None:
    page = kept(bgr(photo_page()), Wish())
    assert (page.width, page.height) == A4


def test_paper_in_a_lopsided_light_becomes_white_everywhere() -> None:
    page = kept(photo(form(seal=True), light=0.5)[0], PHOTO)
    grey = cv2.cvtColor(shown(page.image, "jpg"), cv2.COLOR_BGR2GRAY)
    rims = [grey[40:120, 40:120], grey[40:120, -120:-40], grey[-120:-40, 40:120], grey[-120:-40, -120:-40]]
    levels = [float(np.median(rim)) for rim in rims]
    assert min(levels) > 235
    assert max(levels) - min(levels) < 12


@pytest.mark.parametrize(("depth", "soft"), [(0.55, 26.0), (0.4, 26.0), (0.6, 6.0)])
def test_the_shadow_of_a_head_is_no_picture_and_goes(depth: float, soft: float) -> None:
    page = kept(shaded(photo(form())[0], depth=depth, soft=soft), PHOTO)
    assert (page.extension, page.findings, page.codes) == ("pdf", (), (CODE_TEXT,))
    assert len(page.image) <= 30_000


def test_a_red_seal_stays_red_under_the_shadow_of_a_head() -> None:
    sealed = kept(shaded(photo(form(seal=True), mat="light")[0]), PHOTO)
    size, hue = red_of(shown(sealed.image, sealed.extension))
    assert size > 10
    assert hue == pytest.approx(red_of(bgr(form(seal=True)))[1], abs=8)


def test_white_letters_in_a_grey_box_and_a_photograph_without_colour_are_no_shadow() -> None:
    page = kept(photo(grey_box(form(code=False)), tilt=0, lean=0)[0], PHOTO)
    assert page.extension == "jpg"
    grey = cv2.cvtColor(shown(page.image, "jpg"), cv2.COLOR_BGR2GRAY)
    scale = page.width / A4[0]
    box = grey[round(1870 * scale) : round(2230 * scale), round(170 * scale) : round(1480 * scale)]
    assert 130 < np.median(box) < 175
    assert np.percentile(box, 99) > 225
    portrait = form(code=False)
    portrait.paste(face((900, 700)).convert("L").convert("RGB"), (300, 1500))
    page = kept(photo(portrait, tilt=0, lean=0)[0], PHOTO)
    grey = cv2.cvtColor(shown(page.image, "jpg"), cv2.COLOR_BGR2GRAY)
    here = cv2.resize(
        grey[round(1510 * scale) : round(2190 * scale), round(310 * scale) : round(1190 * scale)], (880, 680)
    )
    there = np.asarray(face((900, 700)).convert("L"))[10:690, 10:890]
    assert np.corrcoef(here.ravel(), there.ravel())[0, 1] > 0.97


@pytest.mark.parametrize("dpi", [100, 200])
def test_every_shipped_sample_passes_unharmed(tmp_path: Path, dpi: int) -> None:
    for name in page_names(tmp_path):
        raw = scanned(find(tmp_path, name), dpi, colour=True)
        page = finish(raw.image, Wish(dpi=dpi, width=raw.width, height=raw.height))
        assert page is not None
        assert (name, page.findings, page.width, page.height) == (name, (), raw.width, raw.height)
        before = shown(raw.image, "jpg").astype(int)
        after = shown(page.image, page.extension)
        grey = np.abs(after.max(axis=2).astype(int) - before.max(axis=2)) if after.ndim == 3 else np.zeros(1)
        assert grey.mean() < 5, name


# judged


@pytest.mark.parametrize(("blur", "blurred"), [(0.0, False), (0.8, False), (1.5, True), (3.0, True)])
def test_a_blurred_page_is_kept_and_said_to_be_blurred(blur: float, blurred: bool) -> None:  # noqa: FBT001 - expected
    picture = bgr(form(seal=True))
    page = kept(cv2.GaussianBlur(picture, (0, 0), blur) if blur else picture, Wish())
    assert (Failure.PAGE_BLURRED in page.findings) is blurred
    taken = kept(photo(form(), blur=blur)[0], PHOTO)
    assert (Failure.PAGE_BLURRED in taken.findings) is blurred


def test_a_lonely_signature_and_pale_pencil_are_not_blurred() -> None:
    pale = 255 - (255 - bgr(form(code=False)).astype(int)) // 4
    assert kept(pale.astype(np.uint8), Wish()).findings == ()
    sheet = blank()
    draw_seal(sheet, (800, 1200))
    assert kept(bgr(sheet), Wish()).findings == ()


def test_a_dark_picture_is_kept_and_said_to_be_dark() -> None:
    assert Failure.PAGE_TOO_DARK in kept(photo(form(), exposure=0.3)[0], PHOTO).findings
    assert kept(photo(form(), exposure=0.6)[0], PHOTO).findings == ()


def test_a_sheet_that_hangs_over_the_picture_is_said_to_be_cut_off() -> None:
    assert kept(photo(form(), shift=(0.3, 0))[0], PHOTO).findings == (Failure.PAGE_CUT_OFF,)


@pytest.mark.parametrize("side", ["left", "top", "right"])
def test_letters_that_run_out_of_a_scan_are_said_to_be_cut_off(side: str) -> None:
    whole = bgr(form())
    cut = {"left": whole[:, 165:], "top": whole[175:], "right": whole[:, :1300]}[side]
    assert Failure.PAGE_CUT_OFF in kept(np.ascontiguousarray(cut), Wish()).findings


def test_the_dark_rim_beside_a_sheet_cuts_nothing_off() -> None:
    picture = bgr(form())
    picture[:, :20] = 45
    picture[-14:] = 60
    assert kept(picture, Wish()).findings == ()


def on_a_lid(scale: float, degrees: float) -> np.ndarray:
    """A smaller sheet on the glass of a scanner whose lid is black."""
    width, height = A4
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, scale)
    cover = cv2.warpAffine(np.full((height, width), 255, np.uint8), matrix, A4)
    lying = np.asarray(cv2.warpAffine(bgr(form(seal=True)), matrix, A4, flags=cv2.INTER_AREA))
    lid = np.random.default_rng(1).integers(18, 30, (height, width, 3), dtype=np.uint8)
    return np.where(np.asarray(cover)[..., None] > 127, lying, lid)


def test_a_small_sheet_under_a_black_lid_is_cut_out_at_its_true_size() -> None:
    page = kept(on_a_lid(0.7, 3), Wish(width=A4[0], height=A4[1]))
    assert page.findings == ()
    assert abs(page.width - 0.7 * A4[0]) < 12
    assert abs(page.height - 0.7 * A4[1]) < 12
    assert np.median(cv2.cvtColor(shown(page.image, "jpg"), cv2.COLOR_BGR2GRAY)[:, :10]) > 225


def test_a_gap_beside_a_sheet_is_cut_away_and_a_page_with_one_photograph_is_not() -> None:
    picture = np.hstack([np.full((A4[1], 40, 3), 40, np.uint8), bgr(form())[:, :-40]])
    page = kept(picture, Wish())
    assert abs(page.width - (A4[0] - 40)) < 8
    assert page.codes == (CODE_TEXT,)
    assert kept(bgr(photo_page()), Wish()).width == A4[0]


def test_a_sheet_that_cannot_be_told_from_its_mat_is_kept_whole_and_said_so() -> None:
    page = kept(photo(form(), fill=1.3)[0], PHOTO)
    assert Failure.PAGE_NOT_FOUND in page.findings


def test_an_empty_mat_an_empty_sheet_and_half_a_page_are_refused() -> None:
    for mat in MATS:
        assert refusal(photo(form(), mat=mat, shift=(3, 3), size=(972, 1296))[0], PHOTO) is Failure.PAGE_NOT_FOUND
    assert refusal(photo(blank())[0], PHOTO) is Failure.SCANNER_BLANK
    assert refusal(bgr(blank()), Wish()) is Failure.SCANNER_BLANK
    assert refusal(bgr(form())[:1400], Wish(width=A4[0], height=A4[1])) is Failure.SCANNER_SHORT_PAGE


def test_a_blank_back_side_is_left_out_and_a_printed_one_kept() -> None:
    assert finish_picture(bgr(blank()), Wish(back=True)) is None
    assert finish_picture(bgr(form()), Wish(back=True)) is not None


def test_what_is_no_picture_is_refused_as_a_broken_page() -> None:
    for broken in (b"", b"GIF89a", jpeg(form())[:2000]):
        with pytest.raises(KioskError) as refused:
            finish(broken, Wish())
        assert refused.value.failure is Failure.SCANNER_SHORT_PAGE


def test_a_page_the_driver_has_put_together_is_only_encoded() -> None:
    picture = bgr(form(seal=True))
    page = kept(picture, Wish(ready=True))
    assert np.abs(shown(page.image, "jpg").astype(int) - picture).mean() < 4
