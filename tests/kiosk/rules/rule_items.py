"""Small items as the catalogue ships them (JSON), and the people who apply for them."""

import copy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from kiosk.catalogue.item import ServiceItem
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import BlobRef, Material, MaterialSource
from kiosk.model.notice import Notice, NoticeLine, Subject
from kiosk.model.people import Agent, AgentKind, Applicant, Assurance, Member, Person, Relation

TODAY = date(2026, 11, 24)
_DATA = Path(__file__).parent / "data"


def raw_item(name: str) -> dict[str, Any]:
    """An item as plain JSON, to be broken by a test."""
    raw: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return copy.deepcopy(raw)


def item_from(raw: dict[str, Any]) -> ServiceItem:
    return msgspec.convert(raw, ServiceItem)


def item(name: str) -> ServiceItem:
    return item_from(raw_item(name))


def person(index: int = 1, age: int = 40, sex: str = "female") -> Person:
    return synthetic_person(index, Wanted(TODAY, age, sex))


def applicant(age: int = 40, assurance: Assurance = Assurance.CHIP, sex: str = "female") -> Applicant:
    return Applicant(person(1, age, sex), assurance)


def agent(kind: AgentKind = AgentKind.AGENT, powers: tuple[str, ...] = ("提交材料",)) -> Agent:
    return Agent(person(2, 45), kind, Relation.CHILD, powers, Assurance.CHIP)


def member(ref: str, age: int, relation: Relation = Relation.CHILD, **answers: Any) -> Member:
    return Member(ref, person(int(ref[1:]) + 10, age), relation, answers)


def pages(material_id: str, of: str | None = None, source: MaterialSource = MaterialSource.SCAN) -> Material:
    return Material(material_id, source, (BlobRef("0" * 64, 10, "jpg"),), of)


def pledge(material_id: str, until: date | None = None, of: str | None = None) -> Material:
    return Material(material_id, MaterialSource.PLEDGE, member=of, pledged_until=until)


def line(sheet: Notice, ref: str, of: str | None = None, about: Subject | None = None) -> NoticeLine:
    """The one line about `ref`."""
    lines = [one for one in sheet.lines if about in (None, one.subject)]
    found = [one for one in lines if one.ref == ref and one.member == of]
    assert len(found) == 1, [one.ref for one in sheet.lines]
    return found[0]


def without_birth(someone: Person) -> Person:
    return replace(someone, birth=None, sex="")


GOOD_ANSWERS: dict[str, Any] = {
    "name": "演示·王小凤",
    "id_no": person().id_no,
    "hukou_local": True,
    "kind": "其他",
    "income": 300,
    "rent": 0,
}
