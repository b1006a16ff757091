"""The guide of every sample item says what the national list of guide elements asks for."""

import json

import msgspec
import pytest

from kiosk.catalogue.authored import read_folder
from kiosk.catalogue.item import ServiceItem
from tests.kiosk.test_specimens import SAMPLES
from ui.guide_rows import SECTIONS

ITEMS = [msgspec.convert(json.loads(json.dumps(raw)), ServiceItem) for raw in read_folder(SAMPLES).items.values()]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_a_guide_leaves_nothing_out_that_the_item_says(item: ServiceItem) -> None:
    said = "\n".join(
        text for rows in SECTIONS.values() for row in rows(item) for text in (row.title, row.body, row.note, *row.tags)
    )
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
