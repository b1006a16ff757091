"""Where lines end, whatever they are measured in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.linebreak import by_clauses, wrap


def cells(text: str) -> float:
    return sum(1 if sign <= "~" else 2 for sign in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("原件扫描 2 页", 10, ["原件扫描", "2 页"]),
        ("最迟 11月27日送到", 14, ["最迟 11月27日", "送到"]),
        ("终端 T00001", 8, ["终端", "T00001"]),
        ("□ 公租房　□ 其他", 12, ["□ 公租房", "□ 其他"]),
        ("说“好”，再走", 8, ["说", "“好”，", "再走"]),
        ("请看（附件）一", 6, ["请看", "（附", "件）一"]),
    ],
)
def test_numbers_and_what_they_count_boxes_and_their_words_stay_together(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrap(text, width, cells) == lines


def test_what_is_longer_than_a_line_is_broken_all_the_same() -> None:
    assert wrap("T00001A-20261124-00001-T", 20, cells) == ["T00001A-20261124-", "00001-T"]
    assert wrap("20261124", 6, cells) == ["202611", "24"]
    assert wrap("□ 只为家里重病的人", 8, cells) == ["□ 只为", "家里重病", "的人"]


def test_lines_end_where_a_clause_does_unless_that_takes_more_of_them() -> None:
    text = "材料都齐了，可以提交。"

    assert wrap(text, 14, cells) == ["材料都齐了，可", "以提交。"]
    assert by_clauses(text, 14, cells) == ["材料都齐了，", "可以提交。"]
    assert by_clauses("很好，材料都齐了，可以提交。", 14, cells) == [], "it would take three"
    assert by_clauses("没有一个停顿的一句长话", 14, cells) == []


@given(st.text("一二，。（）“”□ 　0123456789ABxy-", max_size=60), st.integers(4, 30), st.integers(4, 30))
def test_no_line_is_wider_than_it_may_be_and_nothing_but_spaces_is_lost(text: str, width: int, then: int) -> None:
    lines = wrap(text, width, cells, then)

    assert [line for line in lines[:1] if cells(line) > width] == []
    assert [line for line in lines[1:] if cells(line) > then] == []
    for space in " 　":
        text = text.replace(space, "")
    assert "".join(lines).replace(" ", "").replace("\u3000", "") == text
