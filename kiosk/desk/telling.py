"""What the person is told: the one-time sheet, the material list, and everything read back before it is handed in."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kiosk.catalogue.afterwards import FeeItem
from kiosk.catalogue.asked import asked_when
from kiosk.catalogue.item import MaterialRule, ServiceItem
from kiosk.desk.collecting import find
from kiosk.desk.equipment import Equipment
from kiosk.forms import CompiledForm, Meaning, masked_answers, shown_value
from kiosk.identity.masking import mask_address, mask_id_no, mask_name, mask_phone
from kiosk.model.case import SIGNATURE_SHEET, SIGNATURE_SHEET_NAME, Draft, Material, Origin
from kiosk.model.devices import PageSize
from kiosk.model.notice import Answer, Notice, NoticeLine, Subject
from kiosk.model.people import Assurance, Person, Relation
from kiosk.model.values import JsonObject
from kiosk.papers.content import (
    MaterialLine,
    MaterialListLine,
    MaterialListPaper,
    NoticePaper,
    PaperHead,
    ReceiptAfterwards,
    ReceiptKind,
    ReceiptPaper,
    SignPaper,
)
from kiosk.rules import ItemRules, correction_notice, facts_of, notice, reason_words
from kiosk.words import Language

SHEET: Final = "JINBAN-SHEET:"
"""How the code on a fingerprint sheet begins."""


_RELATIONS: Final = {
    Relation.SPOUSE: "配偶 ",
    Relation.CHILD: "子女 ",
    Relation.PARENT: "父母 ",
    Relation.GRANDPARENT: "祖辈 ",
    Relation.GRANDCHILD: "孙辈 ",
    Relation.SIBLING: "兄弟姐妹 ",
}
"""On paper: what a member is to the applicant."""


@dataclass(frozen=True, slots=True)
class MaterialView:
    """One material as the screen lists it: the sheet's line, the catalogue's rule, and what is at hand."""

    line: NoticeLine
    rule: MaterialRule
    material: Material | None
    member_name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing read back. `label` is a form's title or a code of the screen; `masked` is empty where all may see.

    `origin` is where a material comes from that nobody handed in now.
    """

    label: str
    text: str
    masked: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the read-back: `people`, `form`, `member`, `materials` or `afterwards`.

    Forms and members bring their title.
    """

    kind: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Everything that will be handed in. What is private comes masked too; the person may hold to see it whole."""

    sections: tuple[Section, ...]
    notice: Notice


def sheet(kit: Equipment, draft: Draft, rules: ItemRules, correct: tuple[str, ...] | None = None) -> Notice:
    """The one-time sheet for what is known now; an amendment's holds only what is corrected."""
    facts = facts_of(rules.item, draft, kit.today(), kit.store.shelf.holidays())
    if draft.replaces is not None:
        return correction_notice(rules, facts, correct or ())
    return notice(rules, facts)


def material_views(draft: Draft, rules: ItemRules, told: Notice) -> tuple[MaterialView, ...]:
    """Every material asked for or welcome, in the catalogue's order, each member's behind it."""
    by_id = {rule.id: rule for rule in rules.item.materials}
    names = member_labels(draft)
    return tuple(
        MaterialView(line, by_id[line.ref], find(draft, line.ref, line.member), names.get(line.member or "", ""))
        for line in told.lines
        if line.subject is Subject.MATERIAL and (line.answer is not Answer.NOT_NEEDED or line.reason_code == "optional")
    )


def read_back(
    draft: Draft,
    rules: ItemRules,
    told: Notice,
    asked: Sequence[CompiledForm],
    language: Language = "zh",
    due: Sequence[Line] = (),
) -> ReadBack:
    """Who, for whom, which answers, which materials: in the words the person used.

    `draft` is what will be handed in, `due` what will have to be paid for it. A photograph from the
    card is named and not shown.
    """
    sections = [_people(draft)]
    for form in asked:
        lines = _answers(form, draft.answers, language)
        if lines:
            sections.append(Section("form", form.form.title, lines))
    for member in draft.members:
        answers = _answers(rules.member_form, member.answers, language) if rules.member_form else ()
        about = (Line("relation", str(member.relation)), _number(member.person))
        sections.append(Section("member", member.person.name, (*about, *answers)))
    at_hand = tuple(
        Line(_name_in(view.rule, language), _at_hand(view.material), origin=view.material.origin)
        for view in material_views(draft, rules, told)
        if view.material is not None
    )
    signed = find(draft, SIGNATURE_SHEET, None)
    at_hand += (Line(SIGNATURE_SHEET_NAME, _at_hand(signed)),) if signed else ()
    if at_hand:
        sections.append(Section("materials", "", at_hand))
    if after := (*_afterwards(draft), *due):
        sections.append(Section("afterwards", "", after))
    return ReadBack(tuple(sections), told)


def receipt_paper(
    head: PaperHead,
    draft: Draft,
    rules: ItemRules,
    summary: "ReceiptFacts",
    size: PageSize,
) -> ReceiptPaper:
    """The receipt as data, drawn up when the case is taken and kept for reprints: nothing unmasked is in it."""
    item = rules.item
    return ReceiptPaper(
        head=head,
        kind=ReceiptKind.STAFF if draft.operator else ReceiptKind.SELF,
        size=size,
        submission_no=summary.submission_no,
        item_name=item.name,
        item_code=item.code,
        applicant_masked=summary.applicant_masked,
        agent_masked=summary.agent_masked,
        submitted_at=head.printed_at,
        clock_trusted=summary.clock_trusted,
        materials=_material_lines(draft, rules),
        qr_text=summary.qr_text,
        assurance=str(int(draft.applicant.assurance)) if draft.applicant else str(int(Assurance.STATED)),
        department=item.dept.name,
        consult_phone=item.consult_phone,
        deliver_by=summary.deliver_by,
        amendment=draft.replaces is not None,
        afterwards=summary.afterwards,
    )


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says of the case itself."""

    submission_no: str
    applicant_masked: str
    agent_masked: str
    clock_trusted: bool
    qr_text: str
    deliver_by: date | None
    afterwards: ReceiptAfterwards | None = None


def notice_paper(
    head: PaperHead, draft: Draft, item: ServiceItem, told: Notice, masked: str, size: PageSize
) -> NoticePaper:
    """The one-time sheet as a paper; reason codes become words here."""
    lines = tuple(line if line.reason else replace(line, reason=_reason(line)) for line in told.lines)
    place = item.addresses[0] if item.addresses else None
    return NoticePaper(
        head=head,
        size=size,
        item_name=item.name,
        item_code=item.code,
        notice=replace(told, lines=lines),
        applicant_masked=masked,
        members=tuple(member_labels(draft, relation=True).items()),
        department=item.dept.name,
        consult_phone=item.consult_phone,
        address=place.place if place else "",
        hours=place.hours if place else "",
    )


def list_paper(head: PaperHead, item: ServiceItem, size: PageSize = PageSize.A4) -> MaterialListPaper:
    """材料清单 of an item before anybody starts."""
    place = item.addresses[0] if item.addresses else None
    return MaterialListPaper(
        head=head,
        item_name=item.name,
        item_code=item.code,
        lines=tuple(_list_line(rule, item) for rule in item.materials),
        department=item.dept.name,
        consult_phone=item.consult_phone,
        address=place.place if place else "",
        hours=place.hours if place else "",
        limit="当场办结" if item.promise.days == 0 else f"{item.promise.days} 个{item.promise.unit}",
        fee="不收费" if not item.fee.charged else "；".join(f"{one.name} {one.standard}" for one in item.fee.items),
        size=size,
    )


def member_labels(draft: Draft, *, relation: bool = False) -> dict[str, str]:
    """The household's members by ref, masked and yet tellable: those masked alike by the end of their number."""
    said = {
        one.ref: (_RELATIONS.get(one.relation, "") if relation else "") + mask_name(one.person.name)
        for one in draft.members
    }
    alike = Counter(said.values())
    return {
        one.ref: f"{said[one.ref]}，尾号{one.person.id_no[-4:]}" if alike[said[one.ref]] > 1 else said[one.ref]
        for one in draft.members
    }


def case_mark(draft: Draft) -> str:
    """A short mark of a draft for its fingerprint sheet: says nothing of anybody, and fits no other draft."""
    digest = hashlib.sha256(f"sheet {draft.case_id}".encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:12]}"


def sheet_code(draft: Draft) -> str:
    """What the code on the fingerprint sheet of this draft says."""
    return SHEET + case_mark(draft)


def sign_paper(head: PaperHead, draft: Draft, item: ServiceItem) -> SignPaper:
    """按手印签字页 for this draft."""
    return SignPaper(head, item.name, item.code, case_mark(draft), sheet_code(draft), agent=draft.agent is not None)


def _list_line(rule: MaterialRule, item: ServiceItem) -> MaterialListLine:
    return MaterialListLine(
        name=rule.name,
        need=str(rule.need),
        form=_form_of(rule),
        standard=rule.accept_standard,
        obtain=rule.obtain_where,
        basis=rule.basis,
        substitutes=tuple(one.name for one in rule.substitutes),
        when=asked_when(rule, item),
    )


def _reason(line: NoticeLine) -> str:
    return reason_words(line.reason_code) if line.reason_code else ""


def _form_of(rule: MaterialRule) -> str:
    parts = [f"原件{rule.originals}份"] if rule.originals else []
    parts += [f"复印件{rule.copies}份"] if rule.copies else []
    return "、".join(parts) or str(rule.format)


def _material_lines(draft: Draft, rules: ItemRules) -> tuple[MaterialLine, ...]:
    by_id = {rule.id: rule for rule in rules.item.materials}
    names = member_labels(draft, relation=True)
    return tuple(
        MaterialLine(
            name=_name_of(material, by_id),
            form="电子件",
            files=len(material.files),
            member=names.get(material.member or "", ""),
            original_seen=material.original_seen,
            follows_by=material.pledged_until,
            origin=str(material.origin.kind) if material.origin else "",
            origin_dated=material.origin.dated if material.origin else None,
        )
        for material in draft.materials
    )


def _name_of(material: Material, by_id: dict[str, MaterialRule]) -> str:
    if material.material_id == SIGNATURE_SHEET:
        return SIGNATURE_SHEET_NAME
    return by_id[material.material_id].name if material.material_id in by_id else material.material_id


def due_lines(charges: Sequence[FeeItem]) -> tuple[Line, ...]:
    """What will have to be paid, a line each."""
    return tuple(
        Line("fee", f"{one.name} {one.yuan} 元" if one.yuan else f"{one.name}：{one.standard}") for one in charges
    )


def _afterwards(draft: Draft) -> tuple[Line, ...]:
    lines = []
    delivery, wish = draft.delivery, draft.appointment
    if delivery is not None:
        lines.append(Line("delivery", f"way:{delivery.way}"))
        lines += [Line("recipient", delivery.name, mask_name(delivery.name))] if delivery.name else []
        lines += [Line("phone", delivery.phone, mask_phone(delivery.phone))] if delivery.phone else []
        lines += [Line("address", delivery.address, mask_address(delivery.address))] if delivery.address else []
    if wish is not None:
        lines.append(Line("appointment", f"{wish.day.isoformat()} {wish.begins}—{wish.ends}"))
    return tuple(lines)


def _people(draft: Draft) -> Section:
    lines: list[Line] = []
    if draft.applicant is not None:
        lines += _person("applicant", draft.applicant.person)
        lines += [Line("portrait", "from_card")] if draft.applicant.portrait else []
    if draft.agent is not None:
        lines += _person("agent", draft.agent.person)
        lines.append(Line("relation", str(draft.agent.relation)))
    return Section("people", "", tuple(lines))


def _person(role: str, person: Person) -> list[Line]:
    return [Line(role, person.name, mask_name(person.name)), _number(person)]


def _number(person: Person) -> Line:
    return Line("id_no", person.id_no, mask_id_no(person.id_no))


def _answers(form: CompiledForm, answers: JsonObject, language: Language) -> tuple[Line, ...]:
    own, masked = form.answered(answers), masked_answers(form, answers, language)
    private = {one.name for one in form.fields if one.meaning is not Meaning.PLAIN}
    titles = {one.name: one.title_en or one.title if language == "en" else one.title for one in form.fields}
    return tuple(
        Line(
            titles[one.name], shown_value(one, own[one.name], language), masked[one.name] if one.name in private else ""
        )
        for one in form.fields
        if one.name in own
    )


def _name_in(rule: MaterialRule, language: Language) -> str:
    return f"{rule.name_en} ({rule.name})" if language == "en" and rule.name_en else rule.name


def _at_hand(material: Material | None) -> str:
    if material is None:
        return ""
    return f"pledge:{material.pledged_until or ''}" if not material.files else f"pages:{len(material.files)}"
