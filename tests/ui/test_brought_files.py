"""Files a resident brings along: from a phone by the code on the screen, from a USB stick by its list."""

import io
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer

from devices.scanner.pages import find
from tests.devices.phone_bench import Browser, Phone
from tests.ui.conftest import Show, Shown


def _to_pages(shown: Shown) -> None:
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.hand.touch("primaryButton")
    shown.tour.at("materials")
    key = next(row.key for row in shown.part("materials").rows.rows if row.standing == "missing")
    shown.hand.touch(f"open_{key}")
    shown.hand.settle(0.1)


def _is_closed(phone: Phone) -> bool:
    """Whether the counter is gone: nobody answers at its address."""
    try:
        phone.ask("GET", phone.path)
    except OSError as failure:
        return "refused" in str(failure) or "reset" in str(failure)
    return False


def _code_on_the_screen(shown: Shown) -> str:
    """What a phone's camera reads off the window."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    shown.screen.window.grabWindow().save(buffer, "PNG")  # type: ignore[call-overload] # a device is taken too
    with Image.open(io.BytesIO(buffer.data().data())) as image:
        (code,) = zxingcpp.read_barcodes(image.convert("L"))
    return str(code.text)


def _handover(shown: Shown) -> Any:
    return shown.part("materials").handover


@pytest.mark.parametrize(
    ("size", "large"), [("1920x1080", False), ("1080x1920", False), ("1280x800", False), ("1280x800", True)]
)
def test_a_phone_scans_the_code_and_its_photo_becomes_a_page(show: Show, size: str, large: bool) -> None:  # noqa: FBT001
    shown = show(size=size, large_type=large)
    _to_pages(shown)
    shown.hand.touch("fromPhone")
    shown.hand.until(lambda: _handover(shown).property("code") != "", "a code")
    shown.hand.settle(0.2)
    phone = Phone(_code_on_the_screen(shown), Browser())
    status = phone.send(0, 0, find(shown.stage.data, "household-register").read_bytes())
    shown.hand.until(lambda: _handover(shown).property("arrived") == 1, "the page")
    said = str(shown.hand.find("handoverSays").property("text"))
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: shown.part("materials").property("preview") != "", "preview")
    draft = shown.part("visit").session.current()

    assert status == 200
    assert "收到 1 页" in said
    assert [str(one.source) for one in draft.materials if one.files] == ["file"]
    assert _handover(shown).property("way") == ""
    shown.hand.until(lambda: _is_closed(phone), "the counter closed")


def test_the_list_of_a_stick_is_shown_and_the_chosen_paper_taken(show: Show) -> None:
    shown = show()
    _to_pages(shown)
    shown.hand.touch("fromStick")
    shown.hand.until(lambda: len(_handover(shown).files.rows) == 2, "two papers")
    shown.hand.touch("file_0")
    shown.hand.until(lambda: _handover(shown).files.rows[0].standing == "here", "taken")
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: shown.part("materials").property("preview") != "", "preview")

    assert len(shown.part("materials").pages.rows) == 1


def test_a_visit_that_ends_closes_the_counter_for_phones(show: Show) -> None:
    shown = show()
    _to_pages(shown)
    shown.hand.touch("fromPhone")
    shown.hand.until(lambda: _handover(shown).property("code") != "", "a code")
    shown.hand.settle(0.2)
    phone = Phone(_code_on_the_screen(shown), Browser())
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")
    shown.hand.settle(0.5)

    assert _handover(shown).property("code") == ""
    assert _handover(shown).files.rows == ()
    shown.hand.until(lambda: _is_closed(phone), "the counter closed")


def test_a_page_from_a_stick_never_takes_the_place_of_one_that_was_to_be_scanned_again(show: Show) -> None:
    shown = show()
    _to_pages(shown)
    materials = shown.part("materials")
    shown.hand.touch("scan")
    shown.hand.until(lambda: not materials.property("scanning") and bool(materials.property("preview")), "scanned")
    first = [ref.digest for one in shown.part("visit").session.current().materials for ref in one.files]
    shown.stage.devices.simulate("scanner", "empty")
    try:
        shown.hand.touch("retakePage")
        shown.hand.until(lambda: shown.part("visit").property("problemCause") != "", "nothing in the scanner")
    finally:
        shown.stage.devices.simulate("scanner", "rotate")
    shown.hand.touch("fromStick")
    shown.hand.until(lambda: len(_handover(shown).files.rows) == 2, "two papers")
    shown.hand.touch("file_0")
    shown.hand.until(lambda: len(materials.pages.rows) == 2, "two pages")
    held = [ref.digest for one in shown.part("visit").session.current().materials for ref in one.files]

    assert held[0] == first[0]
