"""The terminal's own papers: readable, complete, rare names right, nothing left empty or cut off."""

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from reportlab.lib.units import mm

from kiosk.desk.telling import member_labels
from kiosk.failure import Failure, KioskError
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import Channel, Draft
from kiosk.model.dayreport import DayEvent, DayReport, ReceiptEnd, Sending
from kiosk.model.devices import PageSize
from kiosk.model.feedback import FeedbackKind
from kiosk.model.notice import Answer, Notice, NoticeLine, Subject
from kiosk.model.people import Member, Relation
from kiosk.model.roll import Text
from kiosk.papers.codes import codes_in
from kiosk.papers.content import (
    DayPaper,
    GuideLine,
    GuidePaper,
    GuideSection,
    InspectionLine,
    InspectionPaper,
    MaterialLine,
    MaterialListLine,
    MaterialListPaper,
    NoticePaper,
    Paper,
    PaperHead,
    ReceiptKind,
    ReceiptPaper,
    SignPaper,
    SlipPaper,
    SpecimenPaper,
)
from kiosk.papers.draw import draw
from kiosk.papers.press import ChildPress
from kiosk.papers.rolls import roll_of
from kiosk.papers.type import paragraph, style
from kiosk.papers.words import receipt_material

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
HEAD = PaperHead("T00001", "演示便民服务点", NOON, 1, date(2026, 11, 1), demo=True)
QR = "https://platform.example/r#" + "A1b2-_" * 44
RECEIPT = ReceiptPaper(
    head=HEAD,
    kind=ReceiptKind.SELF,
    size=PageSize.A4,
    submission_no="T00001A-20261124-00001-T",
    item_name="最低生活保障",
    item_code="512B0003600029",
    applicant_masked="演示·𠮷**",
    submitted_at=NOON,
    clock_trusted=True,
    materials=(MaterialLine("户口簿", "电子件", 3, "演示·㛃*"), MaterialLine("诊断证明", "电子件")),
    qr_text=QR,
)
LONG = "您填的收入高于标准。如果看病、上学花费特别大，请到窗口说明，可以看看能不能算作低保边缘家庭或刚性支出困难家庭。"
SHORT = "证件在有效期内。"


def line(answer: Answer, **values: object) -> NoticeLine:
    return replace(NoticeLine(Subject.MATERIAL, "paper", "户口簿", answer), **values)  # type: ignore[arg-type] # a test's own


def notice(*lines: NoticeLine, size: PageSize = PageSize.A4) -> NoticePaper:
    return NoticePaper(HEAD, size, "最低生活保障", "512B0003600029", Notice("512B0003600029", 1, lines), "演示·䶮*")


def listed(*lines: MaterialListLine) -> MaterialListPaper:
    return MaterialListPaper(HEAD, "最低生活保障", "512B0003600029", lines)


def text_of(pdf: bytes) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def places(pdf: bytes, *texts: str) -> list[tuple[float, float]]:
    """Where the first character of each text stands on the first page: from the left and from below, in points."""
    found = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0].get_textpage()
        for text in texts:
            first = page.search(text).get_next()
            assert first, text
            left, bottom, _, _ = page.get_charbox(first[0], loose=True)
            found.append((left, bottom))
    return found


SLIP = SlipPaper(
    HEAD,
    PageSize.A4,
    "T00001A-20261124-00042-X",
    "041662",
    FeedbackKind.GUIDE,
    "高龄津贴",
    HEAD.printed_at,
    clock_trusted=True,
)
ALL = [
    SLIP,
    replace(SLIP, size=PageSize.ROLL_58),
    RECEIPT,
    replace(RECEIPT, size=PageSize.ROLL_80, kind=ReceiptKind.STAFF),
    notice(line(Answer.BLOCKS, reason=LONG), line(Answer.SATISFIED)),
    notice(line(Answer.BLOCKS, reason=LONG), size=PageSize.ROLL_80),
    listed(MaterialListLine("户口簿", "必要", "原件1份", LONG, LONG, "依据", ("户籍证明",), "本人办理")),
    SignPaper(HEAD, "演示事项", "0", "0000-0000-0000", "JINBAN-SHEET:0000-0000-0000"),
    SpecimenPaper(HEAD, "高龄津贴", "高龄津贴申请表", "sample", (("姓名", "演示·王秀兰"),)),
    GuidePaper(HEAD, "高龄津贴", "0", (("收费", "不收费"),), (GuideSection("谁能办", (GuideLine("满 80 岁", LONG),)),)),
]


@pytest.mark.parametrize("paper", ALL, ids=lambda paper: f"{type(paper).__name__}")
def test_every_paper_of_demonstration_data_says_so_and_embeds_its_fonts(
    paper: ReceiptPaper | SlipPaper | NoticePaper | MaterialListPaper | GuidePaper | SpecimenPaper | SignPaper,
) -> None:
    pdf = draw(paper)

    assert "演示数据，不作办事依据" in text_of(pdf)
    assert b"/Helvetica" not in pdf
    assert "演示数据" not in text_of(draw(replace(paper, head=replace(HEAD, demo=False))))


@pytest.mark.parametrize("size", list(PageSize))
def test_rare_characters_of_names_can_be_read_and_copied(size: PageSize) -> None:
    text = text_of(draw(replace(RECEIPT, size=size, applicant_masked="𠮷䶮㛃")))

    assert "𠮷䶮㛃" in text


def test_a_character_no_font_has_is_named_instead_of_left_empty() -> None:
    assert "〔U+E123〕" in text_of(draw(replace(RECEIPT, applicant_masked="张\ue123")))


def test_the_longest_name_of_a_place_does_not_run_into_the_page_number() -> None:
    place = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县爱新色里镇便民服务中心"
    head = replace(HEAD, point_name=place, operator="演示·𠮷", copy=2)
    pdf = draw(replace(RECEIPT, head=head))
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0].get_textpage()
        number = page.search("第 1 页").get_next()
        assert number
        left = page.get_charbox(number[0])[0]
        beside = page.get_text_bounded(left=left - 2, bottom=0, right=210 * mm, top=20 * mm)

    assert beside == "第 1 页 / 共 1 页"
    assert "演示·𠮷" in text_of(pdf)


@pytest.mark.parametrize("size", list(PageSize))
def test_a_receipt_says_that_it_is_no_acceptance_and_its_code_can_be_read(size: PageSize) -> None:
    pdf = draw(replace(RECEIPT, size=size))

    assert "本回执不代表受理" in text_of(pdf).replace("\r\n", "")
    assert codes_in(pdf) == [QR]


@pytest.mark.parametrize("size", list(PageSize))
def test_the_reasons_under_a_missing_thing_stand_in_one_line_however_long_they_are(size: PageSize) -> None:
    pdf = draw(notice(line(Answer.BLOCKS, reason=LONG, basis="《社会救助法》", obtain=SHORT), size=size))
    title, reason, basis, obtain = (left for left, _ in places(pdf, "1.", "您填的收入", "依据：", "到哪里办"))

    assert reason == pytest.approx(basis) == pytest.approx(obtain)
    assert reason > title + 5


def test_a_line_that_just_fits_leaves_no_empty_line_behind() -> None:
    steps = set()
    for length in range(8, 30):
        pdf = draw(listed(MaterialListLine("户口簿", "必要", "原件1份", obtain="到" * length + "。", basis="某法")))
        (_, above), (_, below) = places(pdf, "到。", "依据：")
        steps.add(round(above - below))

    assert len(steps) == 1, steps


def test_the_first_line_of_a_letter_is_indented_however_long_it_is() -> None:
    for text in (SHORT, LONG):
        first = paragraph("　　" + text, style(12))
        first.wrap(300, 1000)

        assert first.style.firstLineIndent == 24
        assert first.getPlainText().startswith(text[:2])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line(Answer.SATISFIED)], "材料和条件都齐了，可以提交"),
        ([line(Answer.BLOCKS), line(Answer.MAY_FOLLOW, reason_code="may_follow")], "以上就是目前缺少的全部内容"),
        (
            [line(Answer.MAY_FOLLOW, reason_code="may_follow", follow_by=date(2026, 12, 1))],
            "签好上面的承诺，就可以提交",
        ),
        (
            [line(Answer.MAY_FOLLOW, reason_code="pledged_to_follow", follow_by=date(2026, 12, 1))],
            "已签承诺，最迟 12月1日",
        ),
    ],
)
def test_the_sheet_ends_with_what_is_true(lines: list[NoticeLine], said: str) -> None:
    assert said in text_of(draw(notice(*lines)))


@pytest.mark.parametrize("paper", ALL, ids=lambda paper: f"{type(paper).__name__}")
def test_nothing_stands_where_a_printer_does_not_print(paper: Paper) -> None:
    with closing(pypdfium2.PdfDocument(draw(paper))) as document:
        for page in document:
            edge, text = 4 * mm, page.get_textpage()
            boxes = [text.get_charbox(place) for place in range(text.count_chars())]

            assert min(box[0] for box in boxes if box[2] > box[0]) >= edge - 1
            assert max(box[2] for box in boxes) <= page.get_width() - edge + 1


@pytest.fixture
def press() -> Iterator[ChildPress]:
    press = ChildPress()
    yield press
    press.close()


def test_a_paper_that_cannot_be_drawn_is_refused_and_the_next_one_is_drawn(press: ChildPress) -> None:
    with pytest.raises(KioskError) as refused:
        press.draw(replace(RECEIPT, applicant_masked="甲" * 5000))

    assert refused.value.failure is Failure.PRINT_REFUSED
    assert press.draw(RECEIPT).startswith(b"%PDF-")


def test_a_press_that_fails_says_nothing_of_what_stood_on_the_paper() -> None:
    import msgspec  # noqa: PLC0415 -- one test's own tool

    request = msgspec.json.encode({"kind": "receipt", "paper": replace(RECEIPT, applicant_masked="甲" * 5000)}) + b"\n"
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.papers"], input=request, capture_output=True, check=True, timeout=60
    )

    assert io.BytesIO(done.stdout).read(4) == b"\0\0\0\0"
    assert done.stderr.decode() == "press: LayoutError\n"


def test_members_who_are_masked_alike_are_told_apart_by_relation_or_the_end_of_their_number() -> None:
    day = date(2026, 7, 2)
    named = ((1, "演示·王一"), (2, "演示·王二"), (3, "演示·王三"))
    people = [replace(synthetic_person(seed, Wanted(day)), name=name) for seed, name in named]
    members = tuple(
        Member(f"m{place}", person, relation)
        for place, (person, relation) in enumerate(
            zip(people, (Relation.SPOUSE, Relation.CHILD, Relation.CHILD), strict=True), start=1
        )
    )
    draft = Draft("c1", "item", 1, Channel.TERMINAL, datetime(2026, 7, 2, tzinfo=UTC), members=members)

    assert member_labels(draft, relation=True) == {
        "m1": "配偶 演示·王*",
        "m2": f"子女 演示·王*，尾号{people[1].id_no[-4:]}",
        "m3": f"子女 演示·王*，尾号{people[2].id_no[-4:]}",
    }


def test_a_receipt_says_of_what_nobody_handed_in_where_it_comes_from() -> None:
    held = MaterialLine("户口簿", "电子件", origin="licence", origin_dated=date(2020, 5, 6))
    claim = MaterialLine("残疾人证", "电子件", origin="code", origin_dated=date(2026, 7, 2))

    assert receipt_material(held)[1:] == ["电子证照", "免提交，2020-05-06"]
    assert receipt_material(claim)[1] == "证照码，待核对"


@pytest.mark.parametrize("size", list(PageSize))
def test_a_filled_sample_says_on_every_paper_that_it_is_one_and_a_blank_form_is_none(size: PageSize) -> None:
    sample = SpecimenPaper(HEAD, "高龄津贴", "高龄津贴申请表", "sample", (("姓名", "演示·王秀兰"),), size=size)
    blank = replace(sample, kind="blank", lines=(("姓名", ""), ("户口在演示县吗", "□ 是　□ 否")))

    assert "样表" in text_of(draw(sample))
    assert "王秀兰" in text_of(draw(sample))
    assert "空白表" in text_of(draw(blank))
    assert "样表" not in text_of(draw(blank))
    assert "□ 是" in text_of(draw(blank)).replace("\xa0", " ")


def day(size: PageSize, *, events: int = 2) -> DayPaper:
    made = tuple(
        DayEvent(
            f"e{place}",
            f"T00001A-20261124-{place:05d}-T",
            "case",
            NOON,
            clock_trusted=True,
            sending=Sending.PARKED,
            receipt=ReceiptEnd.UNCERTAIN,
            failure="link.intake_refused",
            reason="item/withdrawn",
        )
        for place in range(events)
    )
    return DayPaper(
        DayReport("T00001", "演示便民服务点", NOON.date(), NOON, clock_trusted=False, events=made), NOON, size=size
    )


def test_on_a_narrow_paper_each_place_to_write_at_has_a_line_of_its_own() -> None:
    dates = "从 ____年____日 到 ____年"
    text = f"　　4. 在____年____月____日前交来；\n委托人：____________　　日期：______年____月____日\n{dates}"
    form = SpecimenPaper(HEAD, "高龄津贴", "告知承诺书", "blank", text=text, size=PageSize.ROLL_58)
    lines = [line for line in roll_of(form) if isinstance(line, Text) and "_" in line.text]

    assert [(line.text, line.indent) for line in lines] == [
        ("4. 在____年____月____日前交来；", 2),
        ("委托人：____________", 0),
        ("日期：______年____月____日", 0),
        ("从 ____年____日", 0),
        ("到 ____年", 0),
    ]


@pytest.mark.parametrize("size", [PageSize.A4, PageSize.ROLL_80, PageSize.ROLL_58])
def test_the_sheet_of_the_day_names_every_difference_and_leaves_room_to_sign(size: PageSize) -> None:
    text = text_of(draw(day(size, events=60))).replace("\r\n", "")

    assert "日终核对单" in text
    assert "本机时间未核对" in text.replace("\n", "")
    assert all(f"T00001A-20261124-{place:05d}-T" in text for place in range(60))
    assert "复核人" in text
    assert "县里没有" not in text
    assert text.count("不知道回执打出来没有") == 60


@pytest.mark.parametrize("size", [PageSize.ROLL_80, PageSize.ROLL_58])
def test_no_number_is_broken_in_two_and_no_line_begins_with_a_comma_on_a_narrow_paper(size: PageSize) -> None:
    head = replace(HEAD, point_name="演示镇演示村便民服务点")
    slip = SlipPaper(head, size, RECEIPT.submission_no, "000000", FeedbackKind.COMPLAINT, "最低生活保障", NOON, True)
    for paper in (replace(RECEIPT, head=head, size=size), slip):
        lines = text_of(draw(paper)).splitlines()
        assert any("T00001" in line and "-" not in line for line in lines), "the number of the terminal stands whole"
        assert not [line for line in lines if line.strip()[:1] in "，。；）”"], lines
        assert "2026-11-24 12:00" in " ".join(lines)


@pytest.mark.parametrize("size", list(PageSize))
def test_a_box_to_tick_stays_with_its_words(size: PageSize) -> None:
    choices = ("家里有人生病", "家里有人残疾", "缺少劳动力", "孩子上学花费大", "没有工作", "意外或灾害", "其他")
    value = "　".join(f"□ {choice}" for choice in choices)
    lines = text_of(
        draw(SpecimenPaper(HEAD, "最低生活保障", "申请表", "blank", (("原因", value),), size=size))
    ).splitlines()

    for choice in choices:
        assert any("□" in line and choice in line for line in lines), choice


def test_a_number_too_long_for_its_column_is_parted_at_a_hyphen() -> None:
    number = "05.01-20260101-0000000001-0000000001"
    line = InspectionLine("读卡器", "well", f"正常（sam，SAM_V, serial 115200, {number}）")
    sheet = InspectionPaper("T00001", "演示便民服务点", NOON, (line,), demo=True)

    lines = text_of(draw(sheet)).splitlines()
    assert all(any(part in line for line in lines) for part in number.split("-")), lines
