"""What comes out of a receipt printer: read back from the picture of the paper, over TCP, a pty and a file."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from devices.printer.escpos.encode import encode
from devices.printer.escpos.settings import settings_of
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import PageSize
from kiosk.model.notice import Answer
from kiosk.model.roll import Align, Boxed, Code, Cut, Feed, Pair, Roll, Rule, Text
from kiosk.papers.content import Paper
from kiosk.papers.rolls import roll_of
from tests.devices.receipt_printer import QR, SHORT, codes_on, end_of, ink, print_on, receipt_printer
from tests.kiosk.papers.test_papers import LONG, RECEIPT, line, listed, notice

RARE = "𠮷䶮㛃"
PAPERS: list[Paper] = [
    replace(RECEIPT, size=PageSize.ROLL_80, applicant_masked=f"演示·{RARE}*"),
    notice(line(Answer.BLOCKS, reason=LONG), line(Answer.SATISFIED), size=PageSize.ROLL_80),
    listed(),
]


@pytest.mark.parametrize("dots", ["576", "384"])
@pytest.mark.parametrize("qr", ["native", "raster"])
def test_a_receipt_comes_out_with_every_character_and_a_code_that_can_be_read(
    tmp_path: Path, dots: str, qr: str
) -> None:
    with receipt_printer("--dots", dots, "--tray", str(tmp_path), *(["--no-qr"] if qr == "raster" else [])) as printer:
        assert print_on(printer.driver(qr=qr), roll_of(PAPERS[0])) == 1
        (paper,) = printer.papers()

    words = "".join(paper["text"])
    assert paper["boxes"] == 0
    assert "自助申报回执" in words
    assert "本回执不代表受理" in words
    assert "T00001A-20261124-00001-T" in words
    assert codes_on(paper["file"]) == [RECEIPT.qr_text]


@pytest.mark.parametrize("sign", list(RARE))
def test_a_rare_character_is_drawn_and_never_sent_to_a_printer_that_lacks_it(tmp_path: Path, sign: str) -> None:
    with receipt_printer("--tray", str(tmp_path)) as printer:
        print_on(printer.driver(), (Pair("申请人", f"演示·{sign}*"), Cut()))
        print_on(printer.driver(), (Pair("申请人", "演示·　*"), Cut()))
        drawn, without = printer.papers()

    assert drawn["boxes"] == without["boxes"] == 0
    assert "申请人" not in "".join(drawn["text"])
    assert ink(drawn["file"]) > ink(without["file"]) + 60


def test_the_printer_shows_boxes_for_what_it_lacks_so_that_these_tests_can_fail(tmp_path: Path) -> None:
    with receipt_printer("--tray", str(tmp_path)) as printer:
        print_on(printer.driver(charset="gb18030"), (Text(f"演示·{RARE}"), Cut()))

        assert printer.papers()[0]["boxes"] >= len(RARE)


def test_a_printer_with_the_whole_of_gb18030_gets_rare_characters_as_text(tmp_path: Path) -> None:
    with receipt_printer("--tray", str(tmp_path), "--charset", "gb18030") as printer:
        print_on(printer.driver(charset="gb18030"), (Text(f"演示·{RARE}"), Cut()))
        (paper,) = printer.papers()

    assert paper["text"] == [f"演示·{RARE}"]
    assert paper["boxes"] == 0


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: type(paper).__name__)
def test_a_printer_without_chinese_type_gets_every_line_as_a_picture(tmp_path: Path, paper: Paper) -> None:
    with receipt_printer("--tray", str(tmp_path), "--charset", "ascii", "--no-qr") as printer:
        print_on(printer.driver(charset="raster", qr="raster"), roll_of(paper))
        (strip,) = printer.papers()

    assert strip["boxes"] == 0
    assert "".join(strip["text"]) == ""
    assert ink(strip["file"]) > 5000


def test_a_character_no_font_has_is_named_on_paper(tmp_path: Path) -> None:
    with receipt_printer("--tray", str(tmp_path)) as printer:
        print_on(printer.driver(), (Text("张\ue123"), Cut()))

        assert printer.papers()[0]["text"] == ["张〔U+E123〕"]


@pytest.mark.parametrize("option", [{"cutter": "yes"}, {"cutter": "no"}])
def test_a_printer_without_a_blade_is_not_told_to_cut(option: dict[str, str]) -> None:
    with receipt_printer() as printer:
        print_on(printer.driver(**option))
        state = printer.do("state")

    assert (len(state["papers"]), state["unfinished"]) == ((1, False) if option["cutter"] == "yes" else (0, True))


def test_a_receipt_prints_through_a_serial_line(tmp_path: Path) -> None:
    with receipt_printer("--pty", "--tray", str(tmp_path)) as printer:
        driver = printer.driver(baud="9600")
        assert driver.check().detail == "ESC/POS"
        assert print_on(driver, roll_of(PAPERS[0])) == 1
        (paper,) = printer.papers()

    assert paper["boxes"] == 0
    assert codes_on(paper["file"]) == [RECEIPT.qr_text]


def test_a_receipt_prints_through_a_device_file_that_answers(tmp_path: Path) -> None:
    with receipt_printer("--pty", "--tray", str(tmp_path)) as printer:
        device = printer.address.replace("serial:", "file:")

        assert print_on(printer.driver(port=device), roll_of(PAPERS[0])) == 1
        assert printer.papers()[0]["boxes"] == 0


def test_what_goes_into_a_plain_file_is_whole_and_its_end_is_never_called_known(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    device.touch()
    options = {"port": f"file:{device}", "status": "none"}
    with receipt_printer() as printer:
        ended = end_of(printer.driver(**options))

    assert ended == (Failure.PRINT_UNCERTAIN, "no_answers")
    assert device.read_bytes() == encode(SHORT, settings_of(options))


def test_nothing_in_a_name_reaches_the_printer_as_a_command() -> None:
    hostile = "甲\x1bp\x00\x10\x04\x01\n乙\x1d(k\x7f\x9b"
    sent = encode((Text(hostile), Pair(hostile, hostile), Boxed(hostile)), settings_of({"port": "192.0.2.1"}))
    known = encode((Text("甲"), Pair("甲", "甲"), Boxed("甲")), settings_of({"port": "192.0.2.1"}))

    for command in (b"\x1bp", b"\x10\x04", b"\x1d(k"):
        assert command not in sent
    assert sent.count(b"\x1b") == known.count(b"\x1b")


def test_long_words_break_at_the_paper_and_never_begin_with_a_comma(tmp_path: Path) -> None:
    roll: Roll = (
        Text("一" * 31 + "，" + "二" * 31 + "。"),
        Text("512B0003600029" * 9),
        Pair("一个很长很长的名字", LONG),
        Text(LONG, Align.CENTRE),
        Cut(),
    )
    with receipt_printer("--dots", "384", "--tray", str(tmp_path)) as printer:
        print_on(printer.driver(), roll)
        (paper,) = printer.papers()

    lines = [line for line in paper["text"] if line]
    assert all(sum(1 if sign < "\x80" else 2 for sign in line) <= 32 for line in lines)
    assert not any(line[0] in "，。、）" for line in lines)
    assert "".join(lines).replace(" ", "").count("二") == 31


def test_the_strip_is_as_wide_as_its_paper_and_nothing_is_cut_off_at_the_edge(tmp_path: Path) -> None:
    roll: Roll = (Rule(), Feed(2), Text("W" * 48), Text("龍" * 24), Code(QR), Cut())
    with receipt_printer("--tray", str(tmp_path)) as printer:
        print_on(printer.driver(), roll)
        with Image.open(printer.papers()[0]["file"]) as strip:
            width = strip.width

    assert width == 576 + 64
    assert printer.options["paper"] == "80mm"


@pytest.mark.parametrize("charset", ["gbk", "raster"])
def test_a_number_too_wide_for_large_type_is_made_tall_and_stays_in_one_line(tmp_path: Path, charset: str) -> None:
    number = RECEIPT.submission_no
    heights = []
    for keep in (True, False):
        roll = (Text(number, Align.CENTRE, size=2 if keep else 1, keep=keep), Cut())
        with receipt_printer("--dots", "384", "--tray", str(tmp_path)) as printer:
            print_on(printer.driver(charset=charset), roll)
            (paper,) = printer.papers()
        assert "".join(paper["text"]) == ("" if charset == "raster" else number)
        with Image.open(paper["file"]) as strip:
            heights.append(strip.height)

    assert 14 <= heights[0] - heights[1] <= 40


def test_a_code_nobody_can_draw_is_refused_before_anything_is_sent() -> None:
    with receipt_printer() as printer:
        assert end_of(printer.driver(), (Code("x" * 5000), Cut()))[0] is Failure.PRINT_REFUSED
        assert not printer.do("state")["unfinished"]


def test_a_paper_that_came_as_a_pdf_is_refused_before_anything_is_sent() -> None:
    with receipt_printer() as printer:
        assert end_of(printer.driver(), ())[0] is Failure.PRINT_REFUSED
        assert printer.papers() == []


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, "port"),
        ({"port": "192.0.2.1:0"}, "port"),
        ({"port": "tcp://"}, "port"),
        ({"port": "/dev/ttyS0", "baud": "fast"}, "baud"),
        ({"port": "/dev/ttyS0", "flow": "magic"}, "flow"),
        ({"port": "printer.local", "paper": "A4"}, "paper"),
        ({"port": "printer.local", "dots": "577"}, "dots"),
        ({"port": "printer.local", "charset": "big5"}, "charset"),
        ({"port": "printer.local", "patience": "99"}, "patience"),
        ({"port": "printer.local", "prot": "x"}, "prot"),
    ],
)
def test_an_option_nobody_can_use_is_named(options: dict[str, str], named: str) -> None:
    with pytest.raises(KioskError) as refused:
        settings_of(options)

    assert refused.value.failure is Failure.CONFIG_INVALID
    assert refused.value.info["option"] == named
