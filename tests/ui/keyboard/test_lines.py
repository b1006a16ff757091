"""The words lie packed, and are found as if they lay open."""

import gzip
from pathlib import Path

import pytest

from ui.keyboard.lines import BLOCK, Lines, pack

SOUNDS = sorted(f"{a}{b}'{c} 词{a}{c}1" for a in "bcdfgh" for b in ("a", "ai", "ang") for c in map(str, range(300)))


@pytest.fixture
def packed(tmp_path: Path) -> tuple[Lines, list[int]]:
    data, places = pack(SOUNDS)
    file = tmp_path / "words.txt.gz"
    file.write_bytes(data)
    assert gzip.decompress(data).decode().splitlines() == SOUNDS
    return Lines(file), places


def test_every_line_is_found_by_its_key_and_by_its_place(packed: tuple[Lines, list[int]]) -> None:
    lines, places = packed

    assert len(SOUNDS) * 10 > 2 * BLOCK
    for place, line in zip(places, SOUNDS, strict=True):
        key, _, rest = line.partition(" ")
        assert lines.place(key + " ") == place
        assert lines.line(place) == line
        assert lines.tail(key) == rest
    assert [lines.after(place) for place in places[:-1]] == places[1:]


def test_what_is_not_there_is_not_found(packed: tuple[Lines, list[int]]) -> None:
    lines, places = packed

    assert lines.place("a") == places[0]
    assert lines.tail("a") == lines.tail("ba") == lines.tail("zzz") == ""
    assert not lines.begins(lines.place("zzz"), "zzz")
    assert not lines.begins(lines.after(places[-1]), "")


def test_a_line_longer_than_a_block_stays_whole(tmp_path: Path) -> None:
    long = "b " + "宝" * BLOCK
    data, places = pack(["a 啊1", long, "c 才1"])
    (tmp_path / "long.txt.gz").write_bytes(data)
    lines = Lines(tmp_path / "long.txt.gz")

    assert lines.tail("b") == long[2:]
    assert lines.line(lines.after(places[1])) == "c 才1"
