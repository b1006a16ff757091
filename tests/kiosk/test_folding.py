"""What a technician reads in a narrow terminal window."""

import pytest

from kiosk.cli.folding import folded, padded, width

LONG = "读卡器（acme）没有应答，检查电源、网线或 USB 线以及地址配置；灯亮着的，按一下联机键。 Check power & cable 𠮷. "


def test_a_chinese_character_takes_two_columns() -> None:
    assert width("U 盘") == 4
    assert padded("U 盘", 8) == "U 盘    "


@pytest.mark.parametrize("columns", [20, 33, 65])
def test_no_line_is_wider_than_the_window_and_nothing_is_lost(columns: int) -> None:
    lines = folded(LONG, columns)

    assert max(width(line) for line in lines) <= columns + 2  # closing punctuation stays with its word
    assert "".join(lines).replace(" ", "") == LONG.replace(" ", "")
    assert not any(line[0] in "，。；：、）" for line in lines)


def test_a_word_is_not_torn() -> None:
    assert folded("Run systemctl enable --now pcscd.socket.", 24) == ["Run systemctl enable", "--now pcscd.socket."]


def test_no_text_is_no_line() -> None:
    assert folded("", 40) == folded("  ", 40) == []
