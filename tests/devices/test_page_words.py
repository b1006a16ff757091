"""Reading a page: an extra where the terminal has the program, hints and never a gate."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.page import tesseract
from devices.page.finished import Wish
from devices.page.pipeline import finish_picture
from devices.page.workshop import Workshop
from kiosk.pagetext import id_numbers, is_titled, shows_id_number
from tests.devices.page_pictures import bgr, form, jpeg

NUMBER = "00000019500101001X"
OTHER = "000000194305120029"


@pytest.fixture
def shop() -> Iterator[Workshop]:
    shop = Workshop()
    yield shop
    shop.close()


def needs_tesseract() -> None:
    if not tesseract.available():
        if os.environ.get("CI"):
            pytest.fail("tesseract with chi_sim is not installed")
        pytest.skip("tesseract with chi_sim is not installed")


def test_the_title_of_a_page_is_read_when_that_is_asked_for(shop: Workshop) -> None:
    needs_tesseract()
    page = shop.finish(jpeg(form(seal=True, title="高龄津贴申请表")), Wish(read=True))
    assert page is not None
    assert is_titled(page.text, "高龄津贴申请表") is True
    assert is_titled(page.text, "残疾人证办理登记表") is False
    assert "申请表" not in repr(page)


def test_nothing_is_read_unasked() -> None:
    page = finish_picture(bgr(form()), Wish())
    assert page is not None
    assert page.text == ""


def test_a_terminal_without_the_program_goes_on_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not tesseract.available()
    page = finish_picture(bgr(form()), Wish(read=True))
    assert page is not None
    assert (page.text, page.extension) == ("", "pdf")


def test_a_program_that_hangs_or_fails_leaves_the_page_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    monkeypatch.setattr("devices.page.tesseract._SECONDS", 1)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    for body in ("cat >/dev/null; sleep 30", "cat >/dev/null; exit 3", "exec 0<&-; echo half; kill -9 $$"):
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        assert tesseract.words_on(b"P5\n1 1\n255\n\0", 150) == ""


@pytest.mark.parametrize(
    "read", ["高龄津贴申请表", "高 龄 津 贴 申 请 表", "高龄津贴中请表", "甲县高龄津贴申请表(样)", "高龄津贴\n申请表"]
)
def test_a_title_counts_with_a_character_misread_spaced_or_on_two_lines(read: str) -> None:
    assert is_titled(read + "\n申请人 演示·测试甲 联系电话 15400000000", "高龄津贴申请表") is True


def test_another_form_does_not_count_and_an_unread_page_says_nothing() -> None:
    assert is_titled("残疾人证办理登记表\n申请人 演示·测试甲 联系电话", "高龄津贴申请表") is False
    for text in ("", "丨", "  \n \n", "申请"):
        assert is_titled(text, "高龄津贴申请表") is None


def test_an_id_number_is_found_through_spaces_and_letters_taken_for_digits() -> None:
    for text in (NUMBER, "身份证号 000000 19500101 001x", "号码:OOOOOO19500l0100 1X 止", f"A{OTHER}\n{NUMBER}"):
        assert shows_id_number(text, NUMBER) is True


def test_another_number_speaks_against_the_page_and_no_number_says_nothing() -> None:
    assert shows_id_number(f"身份证号 {OTHER}", NUMBER) is False
    for text in ("", "没有号码", "000000195001010019", "1" * 40):
        assert shows_id_number(text, NUMBER) is None


@given(st.text(max_size=400))
def test_any_text_may_be_asked_about(text: str) -> None:
    assert all(len(number) == 18 for number in id_numbers(text))
    assert is_titled(text, "高龄津贴申请表") in {True, False, None}
