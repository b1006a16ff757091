"""What a guide asks of a person, and what changed in it since a draft was made by it."""

import hashlib
from collections.abc import Iterator
from typing import Final

import msgspec

from kiosk.catalogue.item import ServiceItem
from kiosk.model.guide import Change, GuideChange, GuidePart, Part
from kiosk.rules.compiled import ItemRules

_MARK_CHARACTERS: Final = 8


def guide_of(rules: ItemRules) -> tuple[GuidePart, ...]:
    """Everything the guide asks: materials, conditions, questions of its forms."""
    return tuple(_parts(rules))


def guide_changes(before: tuple[GuidePart, ...], after: tuple[GuidePart, ...]) -> tuple[GuideChange, ...]:
    """What is new, altered and gone; nothing where it is not known what was seen."""
    if not before:
        return ()
    were, are = ({(one.part, one.ref): one for one in parts} for parts in (before, after))
    found = [
        GuideChange(one.part, Change.ADDED if key not in were else Change.ALTERED, one.ref, one.name)
        for key, one in are.items()
        if key not in were or were[key].mark != one.mark
    ]
    gone = [GuideChange(one.part, Change.GONE, one.ref, one.name) for key, one in were.items() if key not in are]
    return (*found, *gone)


def _parts(rules: ItemRules) -> Iterator[GuidePart]:
    item: ServiceItem = rules.item
    for rule in item.materials:
        yield GuidePart(Part.MATERIAL, rule.id, rule.name, _mark(rule))
    for condition in item.conditions:
        yield GuidePart(Part.CONDITION, condition.id, condition.text, _mark(condition))
    for form in rules.case_forms:
        for one in form.fields:
            yield GuidePart(Part.FIELD, one.name, one.title, _mark((one.title, one.required)))


def _mark(part: object) -> str:
    return hashlib.sha256(msgspec.json.encode(part)).hexdigest()[:_MARK_CHARACTERS]
