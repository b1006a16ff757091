"""一次性告知单(自助预检): everything missing, told once, with reason, substitutes, where to get it and legal basis."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from kiosk.model.devices import PageSize
from kiosk.model.notice import Answer, NoticeLine, Subject
from kiosk.papers.content import NoticePaper
from kiosk.papers.parts import facts, foot_of, notice_box, rule, title_block
from kiosk.papers.sheet import A4_WIDTH, ROLL_WIDTH, a4, month_day, roll
from kiosk.papers.type import paragraph, style

TITLE: Final = "一次性告知单"
_WHAT_IT_IS: Final = "自助预检，以受理部门告知为准"
_ALL_WELL: Final = "按您现在填的情况，材料和条件都齐了，可以提交。"
_PLEDGE: Final = "别的都齐了。签好上面的承诺，就可以提交。"
_ONCE: Final = "以上就是目前缺少的全部内容，备齐一次办好；除此之外不会再要别的材料。"
_PLEDGED: Final = "pledged_to_follow"
_SECTIONS: Final = (
    (Answer.BLOCKS, "还需要您准备或处理的"),
    (Answer.MAY_FOLLOW, "可以先承诺、以后再补的"),
    (Answer.SATISFIED, "已经齐了的"),
)
_SUBJECTS: Final = {Subject.MATERIAL: "材料", Subject.CONDITION: "条件", Subject.FIELD: "填写", Subject.ROLE: "人员"}


def draw_notice(paper: NoticePaper) -> bytes:
    """The sheet as PDF bytes."""
    on_roll = paper.size is PageSize.ROLL_80
    width, size = (ROLL_WIDTH, 9.5) if on_roll else (A4_WIDTH, 11.0)
    story: list[Flowable] = [
        *title_block(TITLE, _WHAT_IT_IS, copy=paper.head.copy, demo=paper.head.demo, size=17 if on_roll else 20),
        facts(_facts(paper), width, 18 * mm if on_roll else 26 * mm, size),
        Spacer(0, 3 * mm),
    ]
    for answer, title in _SECTIONS:
        lines = [line for line in paper.notice.lines if line.answer is answer]
        if lines:
            story += _section(paper, title, lines, size)
    story += [Spacer(0, 3 * mm), notice_box(_in_short(paper), size, width)]
    story += [Spacer(0, 2 * mm), paragraph(_where(paper), style(size - 1, grey=0.25))]
    title = f"{TITLE} {paper.item_name}"
    return roll(story, title=title, demo=paper.head.demo) if on_roll else a4(story, foot_of(paper.head), title=title)


def _in_short(paper: NoticePaper) -> str:
    if paper.notice.blocking:
        return _ONCE
    return _PLEDGE if any(line.reason_code != _PLEDGED for line in paper.notice.following) else _ALL_WELL


def _facts(paper: NoticePaper) -> list[tuple[str, str]]:
    return [
        ("办理事项", f"{paper.item_name}（{paper.item_code}）"),
        ("申请人", paper.applicant_masked),
        ("受理部门", paper.department),
        ("咨询电话", paper.consult_phone),
    ]


def _section(paper: NoticePaper, title: str, lines: list[NoticeLine], size: float) -> list[Flowable]:
    width = ROLL_WIDTH if paper.size is PageSize.ROLL_80 else A4_WIDTH
    parts: list[Flowable] = [
        CondPageBreak(30 * mm),
        Spacer(0, 2 * mm),
        paragraph(f"{title}（{len(lines)} 项）", style(size + 2, bold=True)),
        rule(width),
        Spacer(0, 1.5 * mm),
    ]
    members = dict(paper.members)
    for place, line in enumerate(lines, start=1):
        parts += _line(place, line, members.get(line.member or "", ""), size)
    return parts


def _line(place: int, line: NoticeLine, member: str, size: float) -> list[Flowable]:
    whose = f"（{member}）" if member else ""
    parts: list[Flowable] = [
        paragraph(f"{place}. 【{_SUBJECTS[line.subject]}】{line.title}{whose}{_copies(line)}", style(size, bold=True))
    ]
    if line.answer is Answer.SATISFIED:
        return [paragraph(f"{place}. {line.title}{whose}", style(size))]
    details = [
        line.reason,
        _until(line),
        f"也可以用：{'、'.join(line.substitutes)}" if line.substitutes else "",
        f"到哪里办：{line.obtain}" if line.obtain else "",
        f"依据：{line.basis}" if line.basis else "",
    ]
    parts += [paragraph(detail, style(size - 1, grey=0.2, indent=size)) for detail in details if detail]
    return [*parts, Spacer(0, 2 * mm)]


def _until(line: NoticeLine) -> str:
    if line.follow_by is None:
        return ""
    day = month_day(line.follow_by)
    return f"已签承诺，最迟 {day} 补交。" if line.reason_code == _PLEDGED else f"最迟 {day} 补交，现在签承诺即可先办。"


def _copies(line: NoticeLine) -> str:
    if line.subject is not Subject.MATERIAL:
        return ""
    parts = [f"原件 {line.originals} 份" if line.originals else "", f"复印件 {line.copies} 份" if line.copies else ""]
    said = "、".join(part for part in parts if part)
    return f"　{said}" if said else ""


def _where(paper: NoticePaper) -> str:
    parts = [
        f"办理地点：{paper.address}" if paper.address else "",
        f"时间：{paper.hours}" if paper.hours else "",
        f"政务服务热线 {paper.head.hotline}",
    ]
    return "　".join(part for part in parts if part)
