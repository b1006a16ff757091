"""What a receipt printer says and is sent, byte by byte: nothing crashes, hangs or grows without bound."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printer.escpos.layout import SetLine, cells, printable, set_pair, set_text, wrap
from devices.printer.escpos.settings import Charset
from devices.printer.escpos.status import Ear, Process, RealTime, Standing, Worked
from devices.rolls import pack, unpack
from kiosk.failure import Failure
from kiosk.model.roll import Align, Boxed, Code, Cut, Feed, Pair, Roll, Rule, Text
from tests.devices import fuzz_escpos
from tests.devices.fuzz_escpos import Target


@pytest.mark.parametrize("target", fuzz_escpos.TARGETS, ids=lambda target: target.__name__)
def test_no_bytes_whatsoever_upset_either_end(target: Target) -> None:
    for data in islice(fuzz_escpos.inputs(20261124), 250):
        target(data)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_a_printer_may_answer_anything(data: bytes) -> None:
    fuzz_escpos.answers(data)


@given(st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_the_simulated_printer_may_be_sent_anything(data: bytes) -> None:
    fuzz_escpos.tokens(data)


def test_answers_are_told_apart_by_their_fixed_bits() -> None:
    assert list(Ear().hear(b"\x12\x00\x0f\x37\x22abcd\x00\x11\x13\x16")) == [
        RealTime(0x12),
        Worked(near_end=False, out=False),
        Worked(near_end=True, out=True),
        Process(b"abcd"),
        RealTime(0x16),
    ]


@pytest.mark.parametrize(
    ("standing", "failure"),
    [
        (Standing(), None),
        (Standing(paper=0x1E), None),
        (Standing(printer=0x1A, offline=0x16), Failure.PRINTER_COVER_OPEN),
        (Standing(printer=0x1A, offline=0x32, paper=0x7E), Failure.PRINTER_PAPER_OUT),
        (Standing(paper=0x72), Failure.PRINTER_PAPER_OUT),
        (Standing(printer=0x1A, error=0x1A), Failure.PRINTER_JAM),
        (Standing(printer=0x1A, error=0x32), Failure.PRINTER_OFFLINE),
        (Standing(printer=0x1A, error=0x52), Failure.PRINTER_BUSY),
        (Standing(printer=0x1A), Failure.PRINTER_OFFLINE),
    ],
)
def test_every_state_a_printer_reports_has_its_own_failure(standing: Standing, failure: Failure | None) -> None:
    assert (standing.trouble[0] if standing.trouble else None) is failure
    assert Standing(paper=0x1E).near_end


# No deadlines: the first glyph loads the fonts, and the machine may be busy.
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def held(lines: list[SetLine], width: int) -> bool:
    return all((start + cells(text)) * line.size <= width for line in lines for start, text in line.runs)


@settings(deadline=None)
@given(PLAIN, st.sampled_from([32, 48]), st.sampled_from(list(Charset)), st.sampled_from(list(Align)), st.booleans())
def test_no_line_is_ever_wider_than_the_paper(
    text: str,
    width: int,
    charset: Charset,
    align: Align,
    large: bool,  # noqa: FBT001 -- both sizes
) -> None:
    size = 2 if large else 1

    assert held(set_text(Text(text, align, size=size, indent=3, hang=3), width, charset), width)
    assert held(set_pair(Pair(text[:6], text), width, charset), width)


@settings(deadline=None)
@given(PLAIN, st.integers(12, 48))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    words = "".join(text.split())

    assert "".join("".join(wrap(words, width)).split()) == words


@settings(deadline=None)
@given(PLAIN)
def test_a_line_is_written_only_in_characters_every_gbk_printer_has(text: str) -> None:
    for line in set_text(Text(text), 48, Charset.GBK):
        for _, run in line.runs:
            coded = run.encode("gbk", "replace")
            if not line.drawn:
                assert coded.decode("gbk") == run
                assert all(byte >= 0x20 for byte in coded)


def test_what_every_gbk_printer_has_is_not_what_python_calls_gbk() -> None:
    assert [printable(sign, Charset.GBK) for sign in "中·〇①A"] == [True] * 5
    assert not any(printable(sign, Charset.GBK) for sign in "𠮷䶮㛃€\n\x7f\x9b")


LINES = st.one_of(
    st.builds(Text, PLAIN, st.sampled_from(list(Align)), st.integers(1, 2), st.booleans(), st.integers(0, 8)),
    st.builds(Pair, PLAIN, PLAIN),
    st.builds(Rule, st.booleans()),
    st.builds(Boxed, PLAIN),
    st.builds(Code, PLAIN),
    st.builds(Feed, st.integers(0, 9)),
    st.builds(Cut),
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=12).map(tuple))
def test_a_roll_reaches_the_driver_as_it_left_the_desk(roll: Roll) -> None:
    assert unpack(pack(roll)) == roll
