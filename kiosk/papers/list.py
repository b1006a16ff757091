"""材料清单 on A4: what an item asks for, to take home before anybody starts."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.papers import words
from kiosk.papers.content import MaterialListLine, MaterialListPaper
from kiosk.papers.parts import facts, foot_of, grid, title_block
from kiosk.papers.rolls import roll_of
from kiosk.papers.sheet import A4_WIDTH, a4
from kiosk.papers.strip import draw_strip
from kiosk.papers.type import paragraph, style


def draw_list(paper: MaterialListPaper) -> bytes:
    """The list as PDF bytes."""
    title = f"{words.LIST_TITLE} {paper.item_name}"
    if paper.size.on_roll:
        return draw_strip(roll_of(paper), paper.size, title=title, demo=paper.head.demo)
    story: list[Flowable] = [
        *title_block(words.LIST_TITLE, paper.item_name, copy=paper.head.copy, demo=paper.head.demo),
        facts(words.list_facts(paper)),
        Spacer(0, 4 * mm),
        grid(
            ["序号", "材料", "要求", "到哪里办、可用什么代替"],
            [
                [str(place), _name(line), "\n".join(words.list_asked(line)), "\n".join(words.list_help(line))]
                for place, line in enumerate(paper.lines, start=1)
            ],
            [13 * mm, 47 * mm, 52 * mm, A4_WIDTH - 112 * mm],
        ),
        Spacer(0, 4 * mm),
        paragraph(words.LIST_END, style(11, bold=True)),
    ]
    return a4(story, foot_of(paper.head), title=title)


def _name(line: MaterialListLine) -> str:
    return f"{line.name}\n（{line.when}）" if line.when else line.name
