"""材料清单: what an item asks for, to take home before anybody starts."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.papers.content import MaterialListLine, MaterialListPaper
from kiosk.papers.parts import facts, foot_of, grid, title_block
from kiosk.papers.sheet import A4_WIDTH, a4
from kiosk.papers.type import paragraph, style

_TITLE = "材料清单"


def draw_list(paper: MaterialListPaper) -> bytes:
    """The list as PDF bytes."""
    story: list[Flowable] = [
        *title_block(_TITLE, paper.item_name, copy=paper.head.copy, demo=paper.head.demo),
        facts(
            [
                ("事项编码", paper.item_code),
                ("适用情形", paper.scenario),
                ("受理部门", paper.department),
                ("办理时限", paper.limit),
                ("收费", paper.fee),
                ("办理地点", f"{paper.address}　{paper.hours}".strip()),
                ("咨询电话", paper.consult_phone),
            ]
        ),
        Spacer(0, 4 * mm),
        grid(
            ["序号", "材料", "要求", "到哪里办、可用什么代替"],
            [[str(place), _name(line), _asked(line), _help(line)] for place, line in enumerate(paper.lines, start=1)],
            [13 * mm, 47 * mm, 52 * mm, A4_WIDTH - 112 * mm],
        ),
        Spacer(0, 4 * mm),
        paragraph("带上这些就能办，除此之外不会再要别的材料。能联网查到的，不用您带。", style(11, bold=True)),
    ]
    return a4(story, foot_of(paper.head), title=f"{_TITLE} {paper.item_name}")


def _name(line: MaterialListLine) -> str:
    return f"{line.name}\n（{line.when}）" if line.when else line.name


def _asked(line: MaterialListLine) -> str:
    return "\n".join(part for part in (f"{line.need}，{line.form}", line.standard) if part)


def _help(line: MaterialListLine) -> str:
    other = f"也可以用：{'、'.join(line.substitutes)}" if line.substitutes else ""
    return "\n".join(part for part in (line.obtain, other, f"依据：{line.basis}" if line.basis else "") if part)
