"""Fingers on keys, text in fields, in a real window."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from tests.ui.keyboard.conftest import Board, OpenBoard

SIZES = [(1920, 1080, False), (1080, 1920, False), (1920, 1080, True), (1080, 1920, True), (1280, 800, False)]


def keep(picture: QImage, name: str) -> None:
    """Leave a picture to be looked at where SHOTS names a folder."""
    folder = os.environ.get("SHOTS")
    if folder:
        picture.save(str(Path(folder) / f"{name}.png"))


def test_a_name_is_written_by_touch_and_the_field_keeps_the_focus(board: OpenBoard) -> None:
    here = board()
    here.touch("first")

    here.type("zhangxiuying")
    assert here.find("spelt").property("text") == "zhang xiu ying"
    assert here.text("first") == ""
    here.touch("candidate_0")

    assert here.text("first") == "张秀英"
    assert here.find("spelt").property("text") == ""
    assert here.find("first").hasActiveFocus()


def test_a_word_for_the_first_syllables_leaves_the_rest_to_choose_from(board: OpenBoard) -> None:
    here = board()
    here.touch("second")
    here.type("nanjingludizhuhao")

    here.choose("南京路")

    assert here.text("second") == "南京路"
    assert here.find("spelt").property("text") == "di zhu hao"
    here.touch("key_space")
    assert here.text("second").startswith("南京路")
    assert len(here.text("second")) == 6


def test_digits_signs_and_deleting_are_written_in_between(board: OpenBoard) -> None:
    here = board()
    here.touch("second")
    here.type("cun")
    here.type("12")
    assert here.text("second") == "村12"

    here.touch("key_comma", "key_signs", "key_（", "key_）", "key_signs")
    assert here.text("second") == "村12，（）"

    here.type("haoo")
    here.touch("key_back")
    assert here.find("spelt").property("text") == "hao"
    here.touch("key_back", "key_back", "key_back", "key_back", "key_back")
    assert here.text("second") == "村12，"


def test_parts_of_an_address_lie_ready_and_a_number_says_what_it_counts(board: OpenBoard) -> None:
    here = board()
    here.touch("second")
    here.choose("村")
    here.type("3")
    here.type("zu")
    here.touch("candidate_0")
    here.type("12")
    here.choose("号")
    assert here.text("second") == "村3组12号"
    keep(here.picture(), "keyboard-address")

    here.touch("first")
    assert not here.items("candidate_")


def test_a_character_beyond_the_first_plane_is_deleted_whole(board: OpenBoard) -> None:
    here = board()
    here.touch("first")
    here.find("first").setProperty("text", "𠮷")
    here.find("first").setProperty("cursorPosition", 2)

    here.touch("key_back")

    assert here.text("first") == ""


def test_a_login_is_written_in_english_and_pinyin_is_one_key_away(board: OpenBoard) -> None:
    here = board()
    here.touch("login", "key_shift")
    here.type("ab")
    here.touch("key_stop")
    assert here.text("login") == "Ab."

    here.touch("key_language")
    here.type("li")
    here.touch("candidate_0")
    assert here.text("login").startswith("Ab.")
    assert len(here.text("login")) == 4


def test_done_writes_what_is_still_open_and_says_so(board: OpenBoard) -> None:
    here = board()
    here.touch("second")
    here.type("dibao")

    here.touch("key_done")

    assert here.text("second") == "低保"
    assert here.window.property("ended") == 1


def test_another_field_gets_nothing_of_what_was_being_typed(board: OpenBoard) -> None:
    here = board()
    here.touch("first")
    here.type("zhang")

    here.touch("second")

    assert here.find("spelt").property("text") == ""
    here.type("li")
    here.touch("candidate_0")
    assert here.text("first") == ""
    assert len(here.text("second")) == 1


def test_rare_characters_are_reached_by_turning_pages(board: OpenBoard) -> None:
    here = board()
    here.touch("second")
    here.type("yi")
    before = here.find("candidates").property("contentX")
    here.touch("key_next", "key_next")
    far = here.find("candidates").property("contentX")
    here.touch("key_previous", "key_previous")

    assert far > before + here.find("candidates").width()
    assert here.find("candidates").property("contentX") == before


@pytest.mark.parametrize(("width", "height", "elder"), SIZES)
def test_every_key_can_be_hit_and_none_lies_on_another(
    board: OpenBoard,
    width: int,
    height: int,
    elder: bool,  # noqa: FBT001 - pytest's parameter
) -> None:
    here: Board = board(width, height)
    here.window.setProperty("elder", elder)
    here.touch("first")
    here.type("zhangxiuying")
    keep(here.picture(), f"keyboard-{width}-{'large' if elder else 'usual'}")
    unit = max(0.8, min(width, height) / 1080)
    boxes = [key.mapRectToScene(key.boundingRect()) for key in here.items("key_")]

    assert len(boxes) == 47
    assert all(box.height() >= 60 * unit * (1.25 if elder else 1) - 1 for box in boxes)
    assert all(box.width() >= 60 * unit for box in boxes)
    assert all(box.left() >= 0 and box.right() <= width and box.bottom() <= height for box in boxes)
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])
    assert here.find("board").height() < height * 0.56
    assert here.find("board").contains(QPointF(5, 5))


def test_high_contrast_and_the_page_of_signs_follow_the_theme(board: OpenBoard) -> None:
    here = board()
    here.window.setProperty("contrast", True)
    here.touch("second", "key_signs")
    picture = here.picture()
    keep(picture, "keyboard-contrast-signs")
    corner = here.find("board").mapToScene(QPointF(4, 4)).toPoint()

    assert picture.pixelColor(corner).lightness() < 40
    here.window.setProperty("contrast", False)
