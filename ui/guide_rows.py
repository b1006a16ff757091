"""The sections of a guide as rows for the screen. Catalogue text stays as it is; only our own words are translated."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kiosk.catalogue.asked import asked_when
from kiosk.catalogue.item import DayUnit, Limit, MaterialRule, Need, Obtain, ServiceItem
from kiosk.forms.specimens import specimens
from ui.guide_about import about

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One paragraph: what it is about, what it says, a smaller note, and tags."""

    title: str
    body: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _days(limit: Limit) -> str:
    if limit.days == 0:
        return translate("Guide", "当场办完")
    if limit.unit is DayUnit.WORKING:
        return translate("Guide", "{} 个工作日").format(limit.days)
    return translate("Guide", "{} 天").format(limit.days)


def _need(rule: MaterialRule) -> str:
    if rule.form_id:
        return translate("Guide", "在这里填，不用带")
    if rule.obtain_by in {Obtain.SHARED, Obtain.VERIFIED}:
        return translate("Guide", "能查到，不用带")
    if rule.need is Need.OPTIONAL:
        return translate("Guide", "有就带，没有可以不带")
    if rule.need is Need.MAY_FOLLOW:
        return translate("Guide", "可以后补")
    return translate("Guide", "要带")


def _copies(rule: MaterialRule) -> str:
    parts = []
    if rule.originals:
        parts.append(translate("Guide", "原件 {} 份").format(rule.originals))
    if rule.copies:
        parts.append(translate("Guide", "复印件 {} 份").format(rule.copies))
    return "，".join(parts)


def _material(rule: MaterialRule, item: ServiceItem) -> GuideRow:
    when = asked_when(rule, item)
    tags = [translate("Guide", "{}才要").format(when)] if when else []
    tags.append(_need(rule))
    if rule.obtain_by is Obtain.PLEDGE:
        tags.append(translate("Guide", "可以写承诺代替"))
    also = "；".join(part.name for part in rule.substitutes)
    return GuideRow(
        title=rule.name,
        body=_lines(
            _copies(rule),
            rule.accept_standard,
            translate("Guide", "也可以用：{}").format(also) if also else "",
            translate("Guide", "在哪里拿：{}").format(rule.obtain_where) if rule.obtain_where else "",
        ),
        note=translate("Guide", "依据：{}").format(rule.basis) if rule.basis else "",
        tags=tuple(tags),
    )


def _materials(item: ServiceItem) -> Iterable[GuideRow]:
    return [_material(rule, item) for rule in item.materials]


def _conditions(item: ServiceItem) -> Iterable[GuideRow]:
    return [GuideRow(part.text, body=part.advice, note=part.basis) for part in item.conditions]


def _process(item: ServiceItem) -> Iterable[GuideRow]:
    promised = GuideRow(
        translate("Guide", "多久能办好"),
        body=_lines(
            translate("Guide", "承诺时限：{}").format(_days(item.promise)),
            translate("Guide", "法定时限：{}").format(_days(item.statutory)),
        ),
        note=_lines(item.promise.note, item.statutory.note),
    )
    steps = [
        GuideRow(f"{number}. {step.step}", body=step.result, note=step.actor)
        for number, step in enumerate(item.process, start=1)
    ]
    return [promised, *steps]


def _fee(item: ServiceItem) -> Iterable[GuideRow]:
    if not item.fee.charged:
        return [GuideRow(translate("Guide", "不收费"))]
    return [
        GuideRow(part.name, body=_lines(part.standard, part.reduce_basis), note=part.basis) for part in item.fee.items
    ]


def _results(item: ServiceItem) -> Iterable[GuideRow]:
    return [GuideRow(result.name, body=result.type) for result in item.results]


def _places(item: ServiceItem) -> Iterable[GuideRow]:
    rows = [
        GuideRow(_lines(place.place, place.window), body=_lines(place.hours, place.phone)) for place in item.addresses
    ]
    phones = _lines(
        translate("Guide", "咨询：{}").format(item.consult_phone) if item.consult_phone else "",
        translate("Guide", "投诉：{}").format(item.complaint_phone) if item.complaint_phone else "",
        translate("Guide", "政务服务热线：12345"),
    )
    return [*rows, GuideRow(translate("Guide", "电话"), body=phones)]


def _faq(item: ServiceItem) -> Iterable[GuideRow]:
    rows = [GuideRow(entry.q, body=entry.a) for entry in item.faq]
    return [*rows, GuideRow(translate("Guide", "请留意"), body=item.notes)] if item.notes else rows


def _papers(item: ServiceItem) -> Iterable[GuideRow]:
    """By title: the screen shows the papers themselves (`ui.controllers.specimens`)."""
    return [GuideRow(one.title) for one in specimens(item)]


def _basis(item: ServiceItem) -> Iterable[GuideRow]:
    return [
        GuideRow(" ".join(part for part in (basis.law, basis.number, basis.article) if part), body=basis.text)
        for basis in item.basis
    ]


def _rights(item: ServiceItem) -> Iterable[GuideRow]:
    rows = [GuideRow(reason.text, note=reason.basis) for reason in item.refusals]
    if item.review_remedy:
        rows.append(GuideRow(translate("Guide", "行政复议"), body=item.review_remedy))
    if item.litigation_remedy:
        rows.append(GuideRow(translate("Guide", "行政诉讼"), body=item.litigation_remedy))
    return rows


def _about(item: ServiceItem) -> Iterable[GuideRow]:
    return [GuideRow(title, body=text) for title, text in about(item) if text]


SECTIONS: dict[str, Callable[[ServiceItem], Iterable[GuideRow]]] = {
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
