"""Everything of an item that is filled in or handed out on paper: blank forms, filled samples, samples of results."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.catalogue.item import Form, ServiceItem
from kiosk.forms.display import shown_value
from kiosk.forms.fields import FieldKind, FormField, fields_of

_TICKED, _TICK = "☑", "√"


class SpecimenKind(StrEnum):
    """What a specimen is for. Only a blank one may be filled in and handed in."""

    BLANK = "blank"
    SAMPLE = "sample"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Specimen:
    """One of them: either `lines` of question and answer, or running `text`. `id` is unique within its item."""

    id: str
    title: str
    kind: SpecimenKind
    lines: tuple[tuple[str, str], ...] = ()
    text: str = ""


def specimens(item: ServiceItem) -> tuple[Specimen, ...]:
    """The item's application forms blank and filled, then what its materials and results name, each once."""
    found = {one.id: one for one in (*_forms(item), *_papers(item))}
    return tuple(found.values())


def _forms(item: ServiceItem) -> Iterator[Specimen]:
    for form in item.forms:
        yield Specimen(f"form-{form.id}", form.title, SpecimenKind.BLANK, _blank(form))
        if form.sample:
            yield Specimen(f"form-{form.id}-sample", form.title, SpecimenKind.SAMPLE, _filled(form))


def _blank(form: Form) -> tuple[tuple[str, str], ...]:
    required = form.schema.get("required", ())
    return tuple((_asked(one, required), _choices(one)) for one in fields_of(form))


def _asked(one: FormField, required: Any) -> str:
    return one.title if one.name in required else f"{one.title}（有就填）"


def _choices(one: FormField) -> str:
    if one.kind is FieldKind.YES_NO:
        return "□ 是　□ 否"
    return "　".join(f"□ {choice.title}" for choice in one.choices)


def _filled(form: Form) -> tuple[tuple[str, str], ...]:
    named = ((one, form.sample[one.name]) for one in fields_of(form) if one.name in form.sample)
    return tuple((one.title, shown_value(one, value)) for one, value in named)


def _papers(item: ServiceItem) -> Iterator[Specimen]:
    for rule in item.materials:
        yield from _paper(item, rule.blank, SpecimenKind.BLANK)
        yield from _paper(item, rule.sample, SpecimenKind.SAMPLE)
    for result in item.results:
        yield from _paper(item, result.sample, SpecimenKind.RESULT)


def _paper(item: ServiceItem, name: str, kind: SpecimenKind) -> Iterator[Specimen]:
    text = item.papers.get(name, "").strip()
    if text:
        # The tick in a box is in few fonts and in no receipt printer's.
        title, _, body = text.replace(_TICKED, _TICK).partition("\n")
        yield Specimen(f"paper-{name}", title.strip(), kind, text=body.strip("\n"))
