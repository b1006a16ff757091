"""Rows of the materials list and of the pages of one, and what they are made from."""

from dataclasses import dataclass

from kiosk.catalogue.item import Need, Obtain
from kiosk.desk.telling import MaterialView
from kiosk.model.case import Material, MaterialSource
from kiosk.model.notice import Answer
from kiosk.rules import reason_words
from kiosk.words import Language
from ui.origins import origin_words
from ui.times import local_day
from ui.wording import catalogue_name


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One material. `standing`: `missing`, `here`, `pledged` or `held`; `key` names it together with its member.

    `held` is what nobody handed in now, from where `origin` says. `licensed` where a licence on a telephone does.
    """

    key: str
    name: str
    member: str
    standing: str
    pageCount: int
    note: str
    pledgedUntil: str
    pledgeable: bool
    optional: bool
    origin: str = ""
    licensed: bool = False


@dataclass(frozen=True, slots=True)
class SettledRow:
    """One material that nobody need hand in, and why."""

    name: str
    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of the open material."""

    number: int


def key_of(view: MaterialView) -> str:
    """The material together with its member."""
    return f"{view.rule.id}/{view.line.member}" if view.line.member else view.rule.id


def needs_nothing(view: MaterialView) -> bool:
    """What the card or the form already answers is not asked for."""
    return view.material is None and view.line.answer is Answer.SATISFIED


def settled_of(view: MaterialView, language: Language) -> SettledRow:
    """What need not be handed in, as the list shows it below the rest."""
    name = catalogue_name(view.rule.name, view.rule.name_en, language)
    return SettledRow(name, view.member_name, reason_words(view.line.reason_code, language))


def row_of(view: MaterialView, language: Language = "zh") -> MaterialRow:
    """A material as the list shows it."""
    material, rule = view.material, view.rule
    until = material.pledged_until if material else None
    return MaterialRow(
        key=key_of(view),
        name=catalogue_name(rule.name, rule.name_en, language),
        member=view.member_name,
        standing=_standing(material),
        pageCount=len(material.files) if material else 0,
        note=rule.accept_standard or rule.fill_note,
        pledgedUntil=local_day(until),
        pledgeable=(rule.need is Need.MAY_FOLLOW and rule.follow_days > 0) or rule.obtain_by is Obtain.PLEDGE,
        optional=rule.need is Need.OPTIONAL,
        origin=origin_words(material.origin if material else None),
        licensed=rule.elicence_type != "",
    )


def _standing(material: Material | None) -> str:
    if material is None:
        return "missing"
    if material.source in {MaterialSource.REUSE, MaterialSource.ELICENCE}:
        return "held"
    return "here" if material.files else "pledged"
