"""What a code reader sends, byte by byte, and the codes that come of it."""

from hypothesis import given
from hypothesis import strategies as st

from devices.barcode.lines import LONGEST, Lines, Shape


def codes(shape: Shape, *pieces: bytes, pause: float = 0.0) -> list[str]:
    lines, now, found = Lines(shape), 0.0, []
    for piece in pieces:
        lines.feed(piece, now)
        now += pause
    lines.feed(b"", now)
    while (code := lines.next()) is not None:
        found.append(code)
    return found


def test_cr_lf_and_both_end_a_code() -> None:
    assert codes(Shape(), b"one\rtwo\nthree\r\nfour\r", b"\nfive\r") == ["one", "two", "three", "four", "five"]


def test_a_code_may_come_in_any_pieces() -> None:
    whole = "T00001A-20261124-00001-7 演示\r\n".encode()
    assert codes(Shape(), *[bytes([byte]) for byte in whole], pause=0.01) == ["T00001A-20261124-00001-7 演示"]


def test_chinese_is_read_in_both_encodings() -> None:
    assert codes(Shape(), "养老资格认证\r".encode(), "养老资格认证\r".encode("gb18030")) == ["养老资格认证"] * 2
    assert codes(Shape(encoding="utf-8"), "养老\r".encode("gb18030"), b"next\r") == ["next"]


def test_prefix_and_suffix_are_taken_off_and_what_lacks_them_is_torn() -> None:
    shape = Shape(prefix=b"\x02", suffix=b"\x03")
    assert codes(shape, b"\x02good\x03\r", b"tail only\x03\r", b"\x02head only\r") == ["good"]


def test_a_code_whose_end_never_came_does_not_run_into_the_next() -> None:
    assert codes(Shape(gap=0.5), b"torn", b"whole\r", pause=1.0) == ["whole"]


def test_without_an_end_a_pause_ends_a_code() -> None:
    assert codes(Shape(end="gap", gap=0.1), b"6901", b"234\r", pause=0.05) == []
    assert codes(Shape(end="gap", gap=0.1), b"6901", b"next", pause=0.2) == ["6901", "next"]


def test_what_never_ends_is_not_kept() -> None:
    lines = Lines(Shape())
    for turn in range(400):
        lines.feed(b"x" * 1000, turn * 0.001)
        assert len(lines._rest) <= LONGEST + 1000
    lines.feed(b"tail\rnext\r", 0.5)
    assert [lines.next(), lines.next()] == ["next", None]


@given(st.lists(st.binary(max_size=40), max_size=20), st.sampled_from(["line", "cr", "lf", "crlf", "gap"]))
def test_no_bytes_break_it(pieces: list[bytes], end: str) -> None:
    for code in codes(Shape(end=end), *pieces, pause=0.3):
        assert code == code.strip()
        assert code


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=20), max_size=8))
def test_what_is_written_is_read(texts: list[str]) -> None:
    written = [text for text in texts if text.strip()]
    assert codes(Shape(encoding="utf-8"), *[f"{text}\r".encode() for text in written]) == [
        text.strip() for text in written
    ]
