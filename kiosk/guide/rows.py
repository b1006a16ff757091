"""The sections of a guide as rows. Catalogue text stays as it is; only our own words are translated."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.catalogue.asked import asked_when
from kiosk.catalogue.item import DayUnit, Limit, MaterialRule, Need, Obtain, ServiceItem
from kiosk.forms.specimens import SpecimenKind, specimens
from kiosk.guide.about import about
from kiosk.guide.wording import Translate


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One paragraph: what it is about, what it says, a smaller note, and tags."""

    title: str
    body: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def days_of(limit: Limit, translate: Translate) -> str:
    """A limit in words."""
    if limit.days == 0:
        return translate("Guide", "当场办完")
    if limit.unit is DayUnit.WORKING:
        return translate("Guide", "{} 个工作日").format(limit.days)
    return translate("Guide", "{} 天").format(limit.days)


def _need(rule: MaterialRule, translate: Translate) -> str:
    if rule.form_id:
        return translate("Guide", "在这里填，不用带")
    if rule.obtain_by in {Obtain.SHARED, Obtain.VERIFIED}:
        return translate("Guide", "能查到，不用带")
    if rule.need is Need.OPTIONAL:
        return translate("Guide", "有就带，没有可以不带")
    if rule.need is Need.MAY_FOLLOW:
        return translate("Guide", "可以后补")
    return translate("Guide", "要带")


def _copies(rule: MaterialRule, translate: Translate) -> str:
    parts = []
    if rule.originals:
        parts.append(translate("Guide", "原件 {} 份").format(rule.originals))
    if rule.copies:
        parts.append(translate("Guide", "复印件 {} 份").format(rule.copies))
    return "，".join(parts)


def _material(rule: MaterialRule, item: ServiceItem, translate: Translate) -> GuideRow:
    when = asked_when(rule, item)
    tags = [translate("Guide", "{}才要").format(when)] if when else []
    tags.append(_need(rule, translate))
    if rule.obtain_by is Obtain.PLEDGE:
        tags.append(translate("Guide", "可以写承诺代替"))
    also = "；".join(part.name for part in rule.substitutes)
    return GuideRow(
        title=rule.name,
        body=_lines(
            _copies(rule, translate),
            rule.accept_standard,
            translate("Guide", "也可以用：{}").format(also) if also else "",
            translate("Guide", "在哪里拿：{}").format(rule.obtain_where) if rule.obtain_where else "",
        ),
        note=translate("Guide", "依据：{}").format(rule.basis) if rule.basis else "",
        tags=tuple(tags),
    )


def _materials(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    return [_material(rule, item, translate) for rule in item.materials]


def _conditions(item: ServiceItem, _: Translate) -> Iterable[GuideRow]:
    return [GuideRow(part.text, body=part.advice, note=part.basis) for part in item.conditions]


def _process(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    promised = GuideRow(
        translate("Guide", "多久能办好"),
        body=_lines(
            translate("Guide", "承诺时限：{}").format(days_of(item.promise, translate)),
            translate("Guide", "法定时限：{}").format(days_of(item.statutory, translate)),
        ),
        note=_lines(item.promise.note, item.statutory.note),
    )
    steps = [
        GuideRow(f"{number}. {step.step}", body=step.result, note=step.actor)
        for number, step in enumerate(item.process, start=1)
    ]
    return [promised, *steps]


def _fee(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    if not item.fee.charged:
        return [GuideRow(translate("Guide", "不收费"))]
    return [
        GuideRow(part.name, body=_lines(part.standard, part.reduce_basis), note=part.basis) for part in item.fee.items
    ]


def _results(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    kinds = {
        "证": translate("Guide", "证件"),
        "文": translate("Guide", "文书"),
        "批复": translate("Guide", "批复"),
    }
    return [GuideRow(result.name, body=kinds.get(result.type, "")) for result in item.results]


def _places(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    rows = [
        GuideRow(_lines(place.place, place.window), body=_lines(place.hours, place.phone)) for place in item.addresses
    ]
    phones = _lines(
        translate("Guide", "咨询：{}").format(item.consult_phone) if item.consult_phone else "",
        translate("Guide", "投诉：{}").format(item.complaint_phone) if item.complaint_phone else "",
    )
    return [*rows, GuideRow(translate("Guide", "电话"), body=phones)] if phones else rows


def _faq(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    rows = [GuideRow(entry.q, body=entry.a) for entry in item.faq]
    return [*rows, GuideRow(translate("Guide", "请留意"), body=item.notes)] if item.notes else rows


def _papers(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    """By title: the screen shows the papers themselves."""
    kinds = {
        SpecimenKind.BLANK: translate("Guide", "空白表"),
        SpecimenKind.SAMPLE: translate("Guide", "样表"),
        SpecimenKind.RESULT: translate("Guide", "办好后的样子"),
    }
    return [GuideRow(one.title, note=kinds[one.kind]) for one in specimens(item)]


def _basis(item: ServiceItem, _: Translate) -> Iterable[GuideRow]:
    return [
        GuideRow(" ".join(part for part in (basis.law, basis.number, basis.article) if part), body=basis.text)
        for basis in item.basis
    ]


def _rights(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    rows = [GuideRow(reason.text, note=reason.basis) for reason in item.refusals]
    if item.review_remedy:
        rows.append(GuideRow(translate("Guide", "行政复议"), body=item.review_remedy))
    if item.litigation_remedy:
        rows.append(GuideRow(translate("Guide", "行政诉讼"), body=item.litigation_remedy))
    return rows


def _about(item: ServiceItem, translate: Translate) -> Iterable[GuideRow]:
    return [GuideRow(title, body=text) for title, text in about(item, translate) if text]


_SECTIONS: dict[str, Callable[[ServiceItem, Translate], Iterable[GuideRow]]] = {
    "materials": _materials,
    "conditions": _conditions,
    "process": _process,
    "fee": _fee,
    "results": _results,
    "places": _places,
    "papers": _papers,
    "faq": _faq,
    "basis": _basis,
    "rights": _rights,
    "about": _about,
}
"""Sections in the order people ask: what do I bring, may I, how long, what does it cost."""
SECTIONS: Final = tuple(_SECTIONS)


def section(name: str, item: ServiceItem, translate: Translate, hotline: str) -> tuple[GuideRow, ...]:
    """The rows of one section, none where it has nothing to say. Whom to ask ends with the hotline of the place."""
    rows = tuple(_SECTIONS[name](item, translate))
    return (*rows, GuideRow(translate("Guide", "政务服务热线"), body=hotline)) if name == "places" else rows
