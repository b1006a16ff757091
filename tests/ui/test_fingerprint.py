"""Who cannot write: a sheet is printed, marked before a witness, scanned, and handed in like a signature."""

import io
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from devices.scanner.pages import find
from kiosk.desk.telling import SHEET, sheet_code
from kiosk.failure import KioskError
from kiosk.model.case import SIGNATURE_SHEET
from kiosk.papers.content import PaperHead, SignPaper
from kiosk.papers.sign import draw_sign as draw
from tests.ui.conftest import Show, Shown


def _to_signature(shown: Shown) -> None:
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.hand.touch("primaryButton")
    shown.tour.at("materials")
    shown.tour.scan_everything()
    shown.hand.touch("primaryButton")
    shown.tour.at("signature", show=False)


@pytest.mark.parametrize("size", ["1920x1080", "1080x1920", "1280x800"])
def test_a_fingerprint_on_the_printed_sheet_stands_for_the_signature(show: Show, size: str) -> None:
    shown = show(size=size)
    _to_signature(shown)
    mark = sheet_code(shown.part("visit").session.current()).partition(":")[2]
    shown.hand.touch("signByFingerprint")
    shown.hand.touch("printSheet")
    shown.hand.until(lambda: shown.part("sheet").paper.state in ("printed", "failed"), "printed")
    assert shown.part("sheet").paper.state == "printed", shown.part("sheet").paper.cause
    paper = shown.newest_paper()
    shown.hand.touch("scanSheet")
    shown.hand.until(lambda: bool(shown.part("sheet").property("preview")), "scanned")
    shown.hand.touch("primaryButton")
    shown.tour.at("readback")
    draft = shown.part("visit").session.current()
    told = [value for row in shown.part("finish").sections.rows for value in (*row.labels, *row.values)]
    shown.hand.touch("primaryButton")
    shown.tour.at("receipt", show=False)
    shown.hand.until(lambda: shown.part("finish").paper.state == "printed", "receipt")
    number = shown.tour.number()

    assert mark in paper
    assert "按手印代替签名" in paper
    assert draft.signature is not None
    assert draft.signature.on_paper
    assert "按手印签字页" in told
    assert "按手印签字页" in shown.newest_paper()
    shown.hand.until(lambda: not shown.store.cases.show(number).pending, "taken by the platform")


def _lay_down(shown: Shown, code: str) -> None:
    """Put a sheet with this code into the scanner."""
    pdf = draw(SignPaper(paper_head(shown), "演示事项", "0", code.partition(":")[2], code))
    document = pypdfium2.PdfDocument(pdf)
    folder = shown.stage.data / "sim" / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    document[0].render(scale=200 / 72).to_pil().convert("RGB").save(folder / "sheet.jpg", quality=85)
    document.close()
    shown.stage.devices.simulate("scanner", "load", pages="sheet")


def paper_head(shown: Shown) -> PaperHead:
    return PaperHead("T", "演示", shown.part("visit").desk.now(), 1, date(2026, 11, 24), demo=True)


def test_the_sheet_of_another_application_is_not_taken_for_this_ones(show: Show) -> None:
    shown = show()
    _to_signature(shown)
    ours = sheet_code(shown.part("visit").session.current())
    found = []
    shown.hand.touch("signByFingerprint")
    try:
        for code in (f"{SHEET}0000-0000-0000", ours):
            _lay_down(shown, code)
            shown.hand.touch("scanSheet")
            shown.hand.until(lambda: not shown.part("sheet").property("scanning"), "scanned")
            shown.hand.settle(0.1)
            button = next(item for item in shown.hand.visible() if item.objectName() == "primaryButton")
            found.append((shown.part("sheet").property("found"), button.isEnabled()))
    finally:
        shown.stage.devices.simulate("scanner", "rotate")

    assert found == [("other", False), ("ours", True)]


def test_back_to_the_pen_leaves_no_sheet_behind(show: Show) -> None:
    shown = show()
    _to_signature(shown)
    shown.hand.touch("signByFingerprint")
    shown.hand.touch("scanSheet")
    shown.hand.until(lambda: bool(shown.part("sheet").property("preview")), "scanned")
    shown.hand.touch("signByHand")
    shown.hand.until(lambda: shown.hand.find("signaturePane").property("visible"), "the pen")

    assert not shown.part("sheet").property("scanned")
    assert shown.hand.find("signaturePane").property("empty")
    assert shown.part("visit").session.current().signature is None


def test_a_change_after_the_fingerprint_takes_the_sheet_off_again(show: Show) -> None:
    shown = show()
    _to_signature(shown)
    visit = shown.part("visit")
    with Image.open(find(shown.stage.data, "mandate")) as image:
        out = io.BytesIO()
        image.save(out, "JPEG")
    session, desk = visit.session, visit.desk
    signed = desk.sign_on_paper(session, [(out.getvalue(), "jpg")])
    sheet = next(one for one in signed.materials if one.material_id == SIGNATURE_SHEET).files[0].digest
    first = next(one for one in signed.materials if one.material_id != SIGNATURE_SHEET and one.files)
    desk.remove_page(session, first.material_id, first.member, 0)

    assert session.current().signature is None
    assert not [one for one in session.current().materials if one.material_id == SIGNATURE_SHEET]
    with pytest.raises(KioskError):
        shown.store.blobs.read(sheet)
