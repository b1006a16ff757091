"""The guide of every sample item says what the national list of guide elements asks for."""

import json

import msgspec
import pytest

from kiosk.catalogue.authored import read_folder
from kiosk.catalogue.item import ServiceItem
from kiosk.config import USUAL_HOTLINE
from kiosk.guide import SECTIONS, as_written, section
from kiosk.guide.paper import guide_paper
from kiosk.model.devices import PageSize
from kiosk.model.roll import Text
from kiosk.papers.draw import draw
from kiosk.papers.rolls import roll_of
from kiosk.papers.type import covered
from tests.kiosk.papers.test_papers import HEAD, text_of
from tests.kiosk.test_specimens import SAMPLES

ITEMS = [msgspec.convert(json.loads(json.dumps(raw)), ServiceItem) for raw in read_folder(SAMPLES).items.values()]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_a_guide_leaves_nothing_out_that_the_item_says(item: ServiceItem) -> None:
    rows = [row for name in SECTIONS for row in section(name, item, as_written, USUAL_HOTLINE)]
    said = "\n".join(text for row in rows for text in (row.title, row.body, row.note, *row.tags))
    wanted = [item.dept.name, item.dept.uscc, item.code, item.catalog_code, item.task_code, item.handle_area]
    wanted += [
        item.on_site_reason,
        item.consult_phone,
        item.complaint_phone,
        item.review_remedy,
        item.litigation_remedy,
    ]
    wanted += [*item.special_procedures, *(dept.name for dept in item.joint_depts), *item.intermediary, item.notes]
    wanted += [one.law for one in item.basis] + [one.text for one in item.conditions]
    wanted += [one.name for one in item.materials] + [one.step for one in item.process]
    wanted += [one.name for one in item.results] + [one.standard for one in item.fee.items]
    wanted += [one.q for one in item.faq] + [one.a for one in item.faq] + [one.place for one in item.addresses]
    wanted += [one.title for one in item.forms] + [one.text for one in item.refusals]

    assert [text for text in wanted if text not in said] == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_the_printed_guide_leaves_nothing_out_that_the_screen_says(item: ServiceItem) -> None:
    said = "".join(text_of(draw(guide_paper(HEAD, item, PageSize.A4))).split())
    rows = [row for name in SECTIONS for row in section(name, item, as_written, USUAL_HOTLINE)]
    wanted = [text for row in rows for part in (row.title, row.body, row.note, *row.tags) for text in part.split("\n")]

    assert [text for text in wanted if not in_pieces(text, said)] == []
    assert "".join(item.summary.split())[:10] in said
    assert item.as_of.isoformat() in said


def in_pieces(text: str, said: str) -> bool:
    """Whether a text stands there; a foot and a head may stand between its lines where a page ends."""
    bare = "".join(text.split())
    return all(bare[at : at + 8] in said or bare[max(0, at - 4) : at + 4] in said for at in range(0, len(bare), 8))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_a_guide_on_a_roll_has_nothing_a_receipt_printer_cannot_print(item: ServiceItem) -> None:
    roll = roll_of(guide_paper(HEAD, item, PageSize.ROLL_58))

    for line in roll:
        if isinstance(line, Text):
            line.text.encode("gb18030")
            assert covered(line.text), line.text
    assert sum(1 for line in roll if isinstance(line, Text) and line.text == "要带什么") == 1
