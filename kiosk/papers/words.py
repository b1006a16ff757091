"""The words of the terminal's own papers, the same on A4 and on a roll. Light: loads neither fonts nor reportlab."""

from datetime import date, datetime
from typing import Final

from kiosk.calendar import SHANGHAI
from kiosk.model.notice import Answer, NoticeLine, Subject
from kiosk.papers.content import (
    GuideLine,
    GuidePaper,
    MaterialLine,
    MaterialListLine,
    MaterialListPaper,
    NoticePaper,
    PaperHead,
    ReceiptKind,
    ReceiptPaper,
)

DEMO: Final = "演示数据，不作办事依据"
RECEIPT_TITLES: Final = {ReceiptKind.SELF: "自助申报回执", ReceiptKind.STAFF: "收件回执"}
NOT_ACCEPTANCE: Final = "本回执不代表受理。是否受理，以受理部门的书面通知为准。"
NOTICE_TITLE: Final = "一次性告知单"
NOTICE_IS: Final = "自助预检，以受理部门告知为准"
LIST_TITLE: Final = "材料清单"
GUIDE_TITLE: Final = "办事指南"
SPECIMEN_MARKS: Final = {
    "blank": ("空白表", "可以先在家填好，带来办。"),
    "sample": ("样表", "教您怎么填，里面的人是假的，不要交这一张。"),
    "result": ("样式", "给您看看办好以后拿到的是什么样，不作凭证。"),
}
"""What each kind of specimen is called, and what may be done with it."""
LIST_END: Final = "带上这些就能办，除此之外不会再要别的材料。能联网查到的，不用您带。"
SECTIONS: Final = (
    (Answer.BLOCKS, "还需要您准备或处理的"),
    (Answer.MAY_FOLLOW, "可以先承诺、以后再补的"),
    (Answer.SATISFIED, "已经齐了的"),
)
_ASSURANCE: Final = {"1": "本人陈述", "2": "工作人员看过证件", "3": "读取证件芯片", "4": "读取证件芯片，人证核对一致"}
_ALL_WELL: Final = "按您现在填的情况，材料和条件都齐了，可以提交。"
_PLEDGE: Final = "别的都齐了。签好上面的承诺，就可以提交。"
_ONCE: Final = "以上就是目前缺少的全部内容，备齐一次办好；除此之外不会再要别的材料。"
_PLEDGED: Final = "pledged_to_follow"
_SUBJECTS: Final = {Subject.MATERIAL: "材料", Subject.CONDITION: "条件", Subject.FIELD: "填写", Subject.ROLE: "人员"}


def shanghai(instant: datetime) -> str:
    """An instant as people here read it."""
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def month_day(day: date) -> str:
    """`11月24日`."""
    return f"{day.month}月{day.day}日"


def marks(head: PaperHead) -> list[str]:
    """What stands under the title of a copy and of a demonstration."""
    return copy_and_demo(head.copy, demo=head.demo)


def copy_and_demo(copy: int, *, demo: bool) -> list[str]:
    """As `marks`, for papers with a head of their own."""
    return [mark for mark in (f"补打 {copy}" if copy else "", DEMO if demo else "") if mark]


# the receipt


def receipt_title(paper: ReceiptPaper) -> str:
    """自助申报回执 or 收件回执, and whether it is a correction's."""
    return RECEIPT_TITLES[paper.kind] + ("（补正）" if paper.amendment else "")


def receipt_facts(paper: ReceiptPaper) -> list[tuple[str, str]]:
    """Label and value; a value may be empty."""
    taken = shanghai(paper.submitted_at)
    return [
        ("办理事项", paper.item_name),
        ("事项编码", paper.item_code),
        ("申请人", paper.applicant_masked),
        ("代办人", paper.agent_masked),
        ("身份核验", _ASSURANCE.get(paper.assurance, "")),
        ("收件时间", taken if paper.clock_trusted else f"{taken}（本机时间未核对）"),
        ("收件地点", f"{paper.head.point_name}，终端 {paper.head.terminal}"),
        ("受理部门", paper.department),
        ("咨询电话", paper.consult_phone),
    ]


_ORIGINS = {"case": "以前交过", "licence": "电子证照", "code": "证照码，待核对"}


def receipt_material(line: MaterialLine) -> list[str]:
    """Name, form and number of one material."""
    name = f"{line.name}（{line.member}）" if line.member else line.name
    if line.origin:
        dated = f"，{line.origin_dated.isoformat()}" if line.origin_dated else ""
        return [name, _ORIGINS[line.origin], f"免提交{dated}"]
    if not line.files:
        until = f"{month_day(line.follows_by)}前补交" if line.follows_by else "已书面承诺"
        return [name, "承诺", until]
    form = f"{line.form}，已核对原件" if line.original_seen else line.form
    return [name, form, f"{line.files} 页"]


def receipt_promise(paper: ReceiptPaper) -> str:
    """By when it will have been delivered."""
    phone = paper.consult_phone or paper.head.hotline
    if paper.deliver_by is None:
        return f"您的材料已收好，待送出。没有接到消息，请打 {phone}。"
    return f"您的材料已收好，待送出。我们最迟 {month_day(paper.deliver_by)} 送到受理部门；没有接到消息，请打 {phone}。"


def receipt_keep(paper: ReceiptPaper) -> str:
    """What the receipt is good for."""
    return (
        "请保管好这张回执。在任何一台自助终端上刷身份证，都能查办到哪一步；扫二维码可验真伪，二维码里没有您的姓名和证件号。"
        f"政务服务热线 {paper.head.hotline}。"
    )


# the one-time sheet


def notice_facts(paper: NoticePaper) -> list[tuple[str, str]]:
    """Label and value; a value may be empty."""
    return [
        ("办理事项", paper.item_name),
        ("事项编码", paper.item_code),
        ("申请人", paper.applicant_masked),
        ("受理部门", paper.department),
        ("咨询电话", paper.consult_phone),
    ]


def notice_in_short(paper: NoticePaper) -> str:
    """What is true of all of it."""
    if paper.notice.blocking:
        return _ONCE
    return _PLEDGE if any(line.reason_code != _PLEDGED for line in paper.notice.following) else _ALL_WELL


def notice_line(place: int, line: NoticeLine, member: str) -> tuple[str, list[str]]:
    """One line of the sheet and what stands under it; a satisfied one stands alone."""
    whose = f"（{member}）" if member else ""
    if line.answer is Answer.SATISFIED:
        return f"{place}. {line.title}{whose}", []
    details = [
        line.reason,
        _until(line),
        f"也可以用：{'、'.join(line.substitutes)}" if line.substitutes else "",
        f"到哪里办：{line.obtain}" if line.obtain else "",
        f"依据：{line.basis}" if line.basis else "",
    ]
    title = f"{place}. 【{_SUBJECTS[line.subject]}】{line.title}{whose}{_copies(line)}"
    return title, [detail for detail in details if detail]


def notice_where(paper: NoticePaper) -> list[str]:
    """Place, hours and hotline."""
    parts = [
        f"办理地点：{paper.address}" if paper.address else "",
        f"时间：{paper.hours}" if paper.hours else "",
        f"政务服务热线 {paper.head.hotline}",
    ]
    return [part for part in parts if part]


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


# the list of materials


def list_facts(paper: MaterialListPaper) -> list[tuple[str, str]]:
    """Label and value; a value may be empty."""
    return [
        ("事项编码", paper.item_code),
        ("适用情形", paper.scenario),
        ("受理部门", paper.department),
        ("办理时限", paper.limit),
        ("收费", paper.fee),
        ("办理地点", f"{paper.address}　{paper.hours}".strip()),
        ("咨询电话", paper.consult_phone),
    ]


def list_asked(line: MaterialListLine) -> list[str]:
    """What is asked of one material."""
    return [part for part in (f"{line.need}，{line.form}", line.standard) if part]


def list_help(line: MaterialListLine) -> list[str]:
    """Where to get it, what else will do, and why it is asked."""
    other = f"也可以用：{'、'.join(line.substitutes)}" if line.substitutes else ""
    return [part for part in (line.obtain, other, f"依据：{line.basis}" if line.basis else "") if part]


# the guide


def guide_line(line: GuideLine) -> str:
    """The title of a paragraph and what is remarked beside it."""
    return f"{line.title}（{'，'.join(line.tags)}）" if line.tags else line.title


def guide_dated(paper: GuidePaper) -> str:
    """As of when it holds, and whom to ask."""
    dated = f"以上内容截至 {paper.as_of.isoformat()}。" if paper.as_of else ""
    return f"{dated}办理以前可以再问一问，政务服务热线 {paper.head.hotline}。"
