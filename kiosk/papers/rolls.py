"""The terminal's own papers as rolls: the same content and words as on A4, line by line, for 58 and 80 mm."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from kiosk.model.notice import Answer
from kiosk.model.roll import Align, Boxed, Code, Cut, Feed, Pair, Roll, RollLine, Rule, Text
from kiosk.papers import dayline, slipwords, words
from kiosk.papers.afterwards import afterwards_facts
from kiosk.papers.content import (
    DayPaper,
    GuidePaper,
    MaterialListPaper,
    NoticePaper,
    Paper,
    PaperHead,
    ReceiptPaper,
    SlipPaper,
    SpecimenPaper,
)

_BLANK: Final = "_"
_POINT: Final = re.compile(r"\d+\. ")
_SPACES: Final = "\u3000 "
_WIDE: Final = 2
_BESIDE: Final = re.compile(f"(?<=[_日])[{_SPACES}]+")
"""What parts two places to write at on one line of a form."""
_HANG: Final = 3
_INDENT: Final = 3


def _receipt(paper: ReceiptPaper) -> Roll:
    return (
        *_title(words.receipt_title(paper), "", paper.head),
        Text(paper.submission_no, Align.CENTRE, size=2, bold=True, keep=True),
        Feed(),
        Code(paper.qr_text),
        Text(words.receipt_promise(paper)),
        Rule(dashed=True),
        *_facts(words.receipt_facts(paper)),
        *_facts(afterwards_facts(paper)),
        Rule(dashed=True),
        *(
            Text(f"{place}. {'　'.join(words.receipt_material(line))}", hang=_HANG)
            for place, line in enumerate(paper.materials, start=1)
        ),
        Feed(),
        Boxed(words.NOT_ACCEPTANCE),
        Feed(),
        Text(words.receipt_keep(paper)),
        *_foot(paper.head),
    )


def _slip(paper: SlipPaper) -> Roll:
    return (
        *_title(slipwords.TITLE, slipwords.KINDS[paper.kind], paper.head),
        Text(paper.number, Align.CENTRE, size=2, bold=True, keep=True),
        Text(slipwords.code(paper), Align.CENTRE, size=2, bold=True),
        Rule(dashed=True),
        *_facts(slipwords.slip_facts(paper)),
        Feed(),
        Boxed(slipwords.how_to_ask(paper)),
        *_foot(paper.head),
    )


def _notice(paper: NoticePaper) -> Roll:
    members = dict(paper.members)
    lines: list[RollLine] = [
        *_title(words.NOTICE_TITLE, words.NOTICE_IS, paper.head),
        *_facts(words.notice_facts(paper)),
    ]
    for answer, title in words.SECTIONS:
        found = [line for line in paper.notice.lines if line.answer is answer]
        if found:
            lines += [Feed(), Text(f"{title}（{len(found)} 项）", bold=True), Rule()]
        for place, line in enumerate(found, start=1):
            first, details = words.notice_line(place, line, members.get(line.member or "", ""))
            lines += [Text(first, bold=answer is not Answer.SATISFIED, hang=_HANG), *_under(details)]
    return (
        *lines,
        Feed(),
        Boxed(words.notice_in_short(paper)),
        Feed(),
        *map(Text, words.notice_where(paper)),
        *_foot(paper.head),
    )


def _list(paper: MaterialListPaper) -> Roll:
    lines: list[RollLine] = [*_title(words.LIST_TITLE, paper.item_name, paper.head), *_facts(words.list_facts(paper))]
    lines.append(Rule())
    for place, line in enumerate(paper.lines, start=1):
        when = f"（{line.when}）" if line.when else ""
        lines += [Text(f"{place}. {line.name}{when}", bold=True, hang=_HANG)]
        lines += _under([*words.list_asked(line), *words.list_help(line)])
    return (*lines, Feed(), Boxed(words.LIST_END), *_foot(paper.head))


def _specimen(paper: SpecimenPaper) -> Roll:
    mark, meaning = words.SPECIMEN_MARKS[paper.kind]
    lines: list[RollLine] = [*_title(paper.title, paper.item_name, paper.head), Boxed(f"{mark}：{meaning}"), Feed()]
    for label, value in paper.lines:
        lines += [Text(label, bold=True), Text(value) if value else Feed(3), Rule(dashed=True)]
    for line in paper.text.split("\n"):
        lines += _written_on(line) if line.strip() else [Feed()]
    return (*lines, *_foot(paper.head))


def _written_on(line: str) -> list[RollLine]:
    """One line of a form: on a narrow paper each place to write at begins a line of its own, and keeps whole."""
    inner = line.lstrip(_SPACES)
    indent = _WIDE if inner != line else 0
    hang = _HANG if _POINT.match(inner) else 0
    parts = _BESIDE.split(inner) if _BLANK in inner else [inner]
    return [Text(part, indent=indent, hang=hang) for part in parts]


def _guide(paper: GuidePaper) -> Roll:
    lines: list[RollLine] = [*_title(words.GUIDE_TITLE, paper.item_name, paper.head)]
    lines += [Text(paper.summary), Feed()] if paper.summary else []
    lines += _facts(paper.facts)
    for section in paper.sections:
        lines += [Feed(), Text(section.title, bold=True), Rule()]
        for line in section.lines:
            lines += [Text(part, bold=bool(line.body)) for part in words.guide_line(line).split("\n")]
            lines += _under([part for text in (line.body, line.note) for part in text.split("\n") if part])
    return (*lines, Boxed(words.guide_dated(paper)), *_foot(paper.head))


def _day(paper: DayPaper) -> Roll:
    report = paper.report
    marked = words.copy_and_demo(paper.copy, demo=paper.demo)
    lines: list[RollLine] = [Text(dayline.TITLE, Align.CENTRE, size=2, bold=True)]
    lines += [*(Text(mark, Align.CENTRE, bold=True) for mark in marked), Feed()]
    lines += [*_facts(dayline.day_facts(paper)), Rule(dashed=True), *_facts(dayline.figures(report))]
    for title, rows in (
        ("当天的差异", dayline.difference_rows(report)),
        ("其他日子留下的", dayline.left_rows(report)),
    ):
        lines += [Rule(dashed=True), Text(f"{title}（{len(rows)} 条）" if rows else title, bold=True)]
        lines += [Text(dayline.NOTHING)] if not rows else []
        for number, why in rows:
            lines += [Text(number, keep=True), *_under([why])]
    lines += [Rule(dashed=True), *(line for name in dayline.SIGN_ROLL for line in (Text(name), Feed(3)))]
    operator = f"　打印人 {paper.operator}" if paper.operator else ""
    return (*lines, Text(f"打印 {words.shanghai(paper.printed_at)}{operator}"), Cut())


def _title(title: str, subtitle: str, head: PaperHead) -> list[RollLine]:
    lines: list[RollLine] = [Text(title, Align.CENTRE, size=2, bold=True)]
    lines += [Text(subtitle, Align.CENTRE)] if subtitle else []
    lines += [Text(mark, Align.CENTRE, bold=True) for mark in words.marks(head)]
    return [*lines, Feed()]


def _facts(rows: Iterable[tuple[str, str]]) -> list[RollLine]:
    return [Pair(label, value) for label, value in rows if value]


def _under(details: Iterable[str]) -> list[RollLine]:
    return [*(Text(detail, indent=_INDENT) for detail in details), Feed()]


def _foot(head: PaperHead) -> list[RollLine]:
    """Where and when it was printed, and from which catalogue."""
    operator = f"　经办 {head.operator}" if head.operator else ""
    return [
        Rule(dashed=True),
        Text(f"{head.point_name}　终端 {head.terminal}{operator}"),
        Text(f"打印 {words.shanghai(head.printed_at)}"),
        Text(f"事项目录第 {head.catalogue_version} 版，截至 {head.catalogue_as_of}"),
        Cut(),
    ]


_MADE_BY: Final[dict[type, Callable[[Any], Roll]]] = {
    ReceiptPaper: _receipt,
    SlipPaper: _slip,
    NoticePaper: _notice,
    MaterialListPaper: _list,
    GuidePaper: _guide,
    SpecimenPaper: _specimen,
    DayPaper: _day,
}


def roll_of(paper: Paper) -> Roll:
    """The paper as lines, from the title to the cut; `TypeError` for one that is for A4 alone."""
    if type(paper) not in _MADE_BY:
        raise TypeError(type(paper).__name__)
    return _MADE_BY[type(paper)](paper)
