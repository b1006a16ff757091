"""Materials below the document camera, by touch: seen live, taken by themselves, looked at, taken again, wiped."""

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from kiosk.failure import Failure
from kiosk.model.case import MaterialSource
from tests.ui.conftest import Show, Shown
from tests.ui.test_leaving import Time
from ui.controllers.idle import IdleWatch


@pytest.fixture(autouse=True)
def _mat(stage: object) -> Iterator[None]:
    """The camera sees an empty mat before and after."""
    stage.devices.simulate("camera", "reset")  # type: ignore[attr-defined] # the stage of conftest
    stage.devices.simulate("camera", "take_away")  # type: ignore[attr-defined] # the stage of conftest
    yield
    stage.devices.simulate("camera", "reset")  # type: ignore[attr-defined] # the stage of conftest


def _opened(shown: Shown) -> str:
    """Up to the live picture of the first material; its key."""
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.hand.touch("primaryButton")
    shown.tour.at("materials")
    key = str(next(row.key for row in shown.part("materials").rows.rows if row.standing == "missing"))
    shown.hand.touch(f"open_{key}")
    shown.hand.touch("photograph")
    _until(shown, lambda: shown.part("materials").camera.showing, "a picture")
    return key


def _until(shown: Shown, is_so: object, what: str) -> None:
    shown.hand.until(is_so, what)  # type: ignore[arg-type] # a condition
    shown.hand.settle(0.05)


def _sees(shown: Shown, sight: str) -> None:
    _until(shown, lambda: shown.part("materials").camera.sight == sight, sight)


def _lay(shown: Shown, page: str) -> None:
    shown.stage.devices.simulate("camera", "lay", page=page)


def _kept(shown: Shown, count: int) -> None:
    _until(shown, lambda: len(shown.part("materials").pages.rows) == count, f"{count} pages")
    _until(shown, lambda: not shown.part("visit").busy, "kept")


def test_two_sheets_are_taken_without_a_touch_and_kept_in_their_order(show: Show) -> None:
    shown = show()
    key = _opened(shown)
    _sees(shown, "nothing")
    empty = shown.texts()
    _lay(shown, "household-register")
    _sees(shown, "still")
    still = shown.texts()
    _kept(shown, 1)
    _sees(shown, "taken")
    taken = shown.texts()
    _lay(shown, "lease")
    _kept(shown, 2)
    shown.hand.touch("primaryButton")
    _until(shown, lambda: not shown.part("materials").camera.active, "closed")
    shown.hand.find("pagePreview")
    shown.hand.touch("backButton")
    _until(shown, lambda: shown.part("materials").openKey == "", "list")
    row = next(row for row in shown.part("materials").rows.rows if row.key == key)
    draft = shown.part("visit").session.current()
    held = next(material for material in draft.materials if material.material_id == key)

    assert "请把材料平放在摄像头下面" in empty
    assert "看到了，别动…" in still
    assert "拍好了。还有，就换下一张" in taken
    assert (row.standing, row.pageCount) == ("here", 2)
    assert held.source is MaterialSource.CAMERA


def test_the_shutter_is_large_enough_and_takes_what_lies_there(show: Show) -> None:
    shown = show(size="1280x800", large_type=True)
    _opened(shown)
    _lay(shown, "mandate")
    _sees(shown, "moving")
    button = shown.hand.find("shutter")
    height = button.height() / shown.screen.window.property("height") * 800
    shown.hand.touch("shutter")
    _kept(shown, 1)

    assert height >= 60


def test_a_blurred_page_can_be_taken_again_or_used_all_the_same(show: Show) -> None:
    shown = show()
    _opened(shown)
    shown.stage.devices.simulate("camera", "blurred")
    _lay(shown, "household-register")
    _kept(shown, 1)
    _until(shown, lambda: shown.part("materials").doubt != "", "a doubt")
    told = shown.texts()
    shown.part("preferences").set_tongue("en")
    told_in_english = shown.texts()
    shown.part("preferences").set_tongue("zh")
    shown.stage.devices.simulate("camera", "blurred", on=False)
    shown.hand.touch("retakeDoubted")
    _sees(shown, "still")
    shown.hand.settle(1.2)
    by_itself = shown.part("materials").camera.taken
    shown.hand.touch("shutter")
    _until(shown, lambda: not shown.part("materials").camera.active, "taken")
    _until(shown, lambda: not shown.part("visit").busy, "kept")
    sharp = shown.part("materials").doubt
    count = len(shown.part("materials").pages.rows)
    shown.stage.devices.simulate("camera", "take_away")
    shown.stage.devices.simulate("camera", "blurred")
    shown.hand.touch("photograph")
    _until(shown, lambda: shown.part("materials").camera.showing, "a picture")
    _lay(shown, "lease")
    _kept(shown, 2)
    _until(shown, lambda: shown.part("materials").doubt != "", "a doubt")
    shown.hand.touch("acceptDoubted")

    assert "太模糊" in told
    assert "太模糊" not in told_in_english
    assert by_itself == 0
    assert (sharp, count) == ("", 1)
    assert shown.part("materials").doubt == ""
    assert len(shown.part("materials").pages.rows) == 2


def test_both_sides_of_an_id_card_give_one_page(show: Show) -> None:
    shown = show()
    _opened(shown)
    shown.hand.touch("takeIdCard")
    _until(shown, lambda: shown.part("materials").camera.showing, "a picture")
    _sees(shown, "nothing")
    asked = shown.texts()
    _lay(shown, "id-front")
    _until(shown, lambda: shown.part("materials").camera.taken == 1, "one side")
    _sees(shown, "taken")
    turn = shown.texts()
    _lay(shown, "id-back")
    _kept(shown, 1)
    _until(shown, lambda: not shown.part("materials").camera.active, "closed by itself")

    assert "有照片的一面朝上" in asked
    assert "请翻过来" in turn
    assert "已拍 1 面，共 2 面" in turn


def test_a_camera_that_goes_away_is_told_in_words_and_used_again_when_it_is_back(show: Show) -> None:
    shown = show()
    _opened(shown)
    shown.stage.devices.simulate("camera", "unplug")
    _until(shown, lambda: not shown.part("materials").camera.active, "gone")
    code = shown.part("visit").problemCode
    shown.stage.devices.simulate("camera", "plug")
    began = time.monotonic()
    shown.hand.touch("photograph")
    _until(shown, lambda: shown.part("materials").camera.showing, "a picture again")
    back = time.monotonic() - began

    assert code == Failure.DEVICE_ABSENT.code
    assert back < 3.0
    assert shown.part("visit").problemCode == ""


def test_who_only_stands_before_the_camera_is_asked_and_a_page_taken_counts_as_a_touch(app: object, show: Show) -> None:
    shown = show()
    clock = Time()
    watch = IdleWatch(app, shown.part("visit"), clock.now, shown.screen.kiosk)  # type: ignore[arg-type] # the one application
    _opened(shown)
    clock.at += 65
    watch.tick()
    warned = watch.property("secondsLeft")
    held = shown.part("visit").held
    _lay(shown, "lease")
    _kept(shown, 1)
    watch.tick()
    after_page = watch.property("secondsLeft")
    clock.at += 91
    watch.tick()
    shown.tour.at("goodbye", show=False)

    assert 0 < warned <= 30
    assert held == 0
    assert after_page == 0
    assert not shown.part("materials").camera.active


def test_after_the_visit_nothing_the_camera_saw_is_left(show: Show) -> None:
    shown = show()
    _opened(shown)
    before = _pictures_in(shown.stage.data)
    _lay(shown, "household-register")
    _kept(shown, 1)
    camera = shown.part("materials").camera
    frames, memory = camera._frames, os.dup(camera._frames._memory)
    size = camera._frames._pixels * 12
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye", show=False)
    shown.hand.settle(0.1)
    left = os.pread(memory, size, 0)
    os.close(memory)
    gc.collect()
    images = [one for one in gc.get_objects() if isinstance(one, QImage) and one.width() > 400 and _sheet_like(one)]

    assert not any(left)
    assert frames.newest() is None
    assert camera.image.isNull()
    assert images == []
    assert _pictures_in(shown.stage.data) == before


def _pictures_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.suffix in {".jpg", ".png", ".tif"}}


def _sheet_like(image: QImage) -> bool:
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    return middle.lightness() > 200


def test_the_live_picture_reaches_twenty_a_second(show: Show) -> None:
    shown = show()
    _opened(shown)
    camera = shown.part("materials").camera
    view = shown.hand.find("livePicture")
    painted: list[float] = []
    camera.pictured.connect(lambda: painted.append(time.monotonic()))
    shown.hand.settle(3.0)
    rate = (len(painted) - 1) / (painted[-1] - painted[0])

    assert camera.image.height() >= view.height() * 0.95
    assert rate >= 20
