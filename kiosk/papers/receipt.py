"""自助申报回执 and 收件回执, on A4 and on an 80 mm roll."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.model.devices import PageSize
from kiosk.papers.content import MaterialLine, ReceiptKind, ReceiptPaper
from kiosk.papers.parts import QrCode, beside, facts, foot_of, grid, notice_box, rule, title_block
from kiosk.papers.sheet import A4_WIDTH, ROLL_WIDTH, a4, month_day, roll, shanghai
from kiosk.papers.type import paragraph, style

_TITLES: Final = {ReceiptKind.SELF: "自助申报回执", ReceiptKind.STAFF: "收件回执"}
_ASSURANCE: Final = {"1": "本人陈述", "2": "工作人员看过证件", "3": "读取证件芯片", "4": "读取证件芯片，人证核对一致"}
NOT_ACCEPTANCE: Final = "本回执不代表受理。是否受理，以受理部门的书面通知为准。"
_QR_A4: Final = 42 * mm
_QR_ROLL: Final = 50 * mm


def draw_receipt(paper: ReceiptPaper) -> bytes:
    """The receipt as PDF bytes."""
    return _on_roll(paper) if paper.size is PageSize.ROLL_80 else _on_a4(paper)


def _on_a4(paper: ReceiptPaper) -> bytes:
    title = _title(paper)
    number = [
        paragraph("编号", style(11, grey=0.35)),
        paragraph(paper.submission_no, style(19, bold=True)),
        Spacer(0, 2 * mm),
        paragraph(_promise(paper), style(12)),
    ]
    story: list[Flowable] = [
        *title_block(title, copy=paper.head.copy, demo=paper.head.demo),
        beside(number, QrCode(paper.qr_text, _QR_A4), _QR_A4),
        Spacer(0, 3 * mm),
        facts(_facts(paper)),
        Spacer(0, 5 * mm),
        grid(
            ["序号", "材料", "形式", "数量"],
            [[str(place), *_material(line)] for place, line in enumerate(paper.materials, start=1)]
            or [["", "无", "", ""]],
            [14 * mm, A4_WIDTH - 74 * mm, 36 * mm, 24 * mm],
        ),
        Spacer(0, 5 * mm),
        notice_box(NOT_ACCEPTANCE, 12),
        Spacer(0, 3 * mm),
        paragraph(_keep_it(paper), style(10, grey=0.3)),
    ]
    return a4(story, foot_of(paper.head), title=f"{title} {paper.submission_no}")


def _on_roll(paper: ReceiptPaper) -> bytes:
    title = _title(paper)
    small, normal = style(9.5, lead=1.4), style(11, lead=1.4)
    story: list[Flowable] = [
        *title_block(title, copy=paper.head.copy, demo=paper.head.demo, size=17),
        paragraph(paper.submission_no, style(13.5, bold=True, centre=True)),
        QrCode(paper.qr_text, _QR_ROLL, centre_in=ROLL_WIDTH),
        paragraph(_promise(paper), normal),
        rule(ROLL_WIDTH, dashed=True),
        facts(_facts(paper), ROLL_WIDTH, 18 * mm, 9.5),
        rule(ROLL_WIDTH, dashed=True),
        Spacer(0, 1.5 * mm),
        *[paragraph(f"{place}. {'　'.join(_material(line))}", small) for place, line in enumerate(paper.materials, 1)],
        Spacer(0, 2 * mm),
        notice_box(NOT_ACCEPTANCE, 10.5, ROLL_WIDTH),
        Spacer(0, 2 * mm),
        paragraph(_keep_it(paper), style(8.5, grey=0.2)),
        paragraph(
            f"{paper.head.point_name} {paper.head.terminal}　{shanghai(paper.head.printed_at)}　"
            f"目录第 {paper.head.catalogue_version} 版",
            style(8, grey=0.2),
        ),
    ]
    return roll(story, title=f"{title} {paper.submission_no}", demo=paper.head.demo)


def _title(paper: ReceiptPaper) -> str:
    return _TITLES[paper.kind] + ("（补正）" if paper.amendment else "")


def _facts(paper: ReceiptPaper) -> list[tuple[str, str]]:
    taken = shanghai(paper.submitted_at)
    return [
        ("办理事项", f"{paper.item_name}（{paper.item_code}）"),
        ("申请人", paper.applicant_masked),
        ("代办人", paper.agent_masked),
        ("身份核验", _ASSURANCE.get(paper.assurance, "")),
        ("收件时间", taken if paper.clock_trusted else f"{taken}（本机时间未核对）"),
        ("收件地点", f"{paper.head.point_name}，终端 {paper.head.terminal}"),
        ("受理部门", paper.department),
        ("咨询电话", paper.consult_phone),
    ]


def _material(line: MaterialLine) -> list[str]:
    name = f"{line.name}（{line.member}）" if line.member else line.name
    if not line.files:
        until = f"{month_day(line.follows_by)}前补交" if line.follows_by else "已书面承诺"
        return [name, "承诺", until]
    form = f"{line.form}，已核对原件" if line.original_seen else line.form
    return [name, form, f"{line.files} 页"]


def _promise(paper: ReceiptPaper) -> str:
    phone = paper.consult_phone or paper.head.hotline
    if paper.deliver_by is None:
        return f"您的材料已收好，待送出。没有接到消息，请打 {phone}。"
    return f"您的材料已收好，待送出。我们最迟 {month_day(paper.deliver_by)} 送到受理部门；没有接到消息，请打 {phone}。"


def _keep_it(paper: ReceiptPaper) -> str:
    return (
        "请保管好这张回执。在办理的这台终端上刷身份证，可以查看办到哪一步；扫二维码可验真伪，二维码里没有您的姓名和证件号。"
        f"政务服务热线 {paper.head.hotline}。"
    )
