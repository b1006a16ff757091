"""Blank forms and filled samples of the sample catalogue: every item has both, and they can be printed anywhere."""

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from kiosk.catalogue.authored import read_folder
from kiosk.catalogue.item import ServiceItem
from kiosk.forms.specimens import Specimen, SpecimenKind, specimens

SAMPLES = Path(__file__).parents[2] / "central" / "samples"


def every_item() -> list[ServiceItem]:
    return [msgspec.convert(json.loads(json.dumps(raw)), ServiceItem) for raw in read_folder(SAMPLES).items.values()]


@pytest.fixture(scope="module")
def found() -> list[tuple[ServiceItem, tuple[Specimen, ...]]]:
    return [(item, specimens(item)) for item in every_item()]


def test_every_form_can_be_had_blank_and_filled_in(found: list[tuple[ServiceItem, tuple[Specimen, ...]]]) -> None:
    for item, papers in found:
        kinds = Counter((one.title, one.kind) for one in papers if one.id.startswith("form-"))
        assert kinds == Counter(
            (form.title, kind) for form in item.forms for kind in (SpecimenKind.BLANK, SpecimenKind.SAMPLE)
        ), item.code


def test_every_paper_a_material_or_result_names_is_there_once(
    found: list[tuple[ServiceItem, tuple[Specimen, ...]]],
) -> None:
    for item, papers in found:
        named = {name for rule in item.materials for name in (rule.blank, rule.sample) if name}
        named |= {result.sample for result in item.results if result.sample}
        assert {one.id for one in papers if one.id.startswith("paper-")} == {f"paper-{name}" for name in named}
        assert len({one.id for one in papers}) == len(papers)


def test_nothing_stands_on_them_that_a_receipt_printer_cannot_print(
    found: list[tuple[ServiceItem, tuple[Specimen, ...]]],
) -> None:
    for _, papers in found:
        for one in papers:
            said = one.title + one.text + "".join(label + value for label, value in one.lines)
            assert said.encode("gbk"), one.id


def test_a_blank_form_names_nobody_and_asks_what_the_screen_asks(
    found: list[tuple[ServiceItem, tuple[Specimen, ...]]],
) -> None:
    for item, papers in found:
        forms = {f"form-{form.id}": form for form in item.forms}
        for one in papers:
            if one.id in forms:
                assert len(one.lines) == len(forms[one.id].schema["properties"])
                assert "演示·" not in "".join(value for _, value in one.lines)
