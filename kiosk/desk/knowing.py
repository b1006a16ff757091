"""Nothing is asked twice: what the card, an earlier case here, or the platform already holds is put to use.

Only after the person agreed to it, only of people whose chip was read in this visit, and never so that it could not be
taken back: a material that came of itself goes with one touch, and is not put there again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kiosk.calendar import shanghai_day
from kiosk.catalogue.item import MaterialRule, Scope
from kiosk.desk.asking import OnTold, ask
from kiosk.desk.collecting import find, put, rule_of
from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session, Told
from kiosk.failure import Failure, KioskError
from kiosk.forms import Known, prefill
from kiosk.identity.ids import normal
from kiosk.model.case import Draft, Material, MaterialSource, Origin, OriginKind, Trust
from kiosk.model.inquiry import InquiryKind, InquiryReply, Licence
from kiosk.model.notice import Answer, Notice, Subject
from kiosk.model.people import Applicant, Assurance
from kiosk.model.reuse import ReusableMark
from kiosk.rules import ItemRules
from kiosk.seal import drafts

_NOBODY = b""

CODE_MARK = "JINBAN-LICENCE:"
"""How the code begins that a licence app shows; what follows says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer was known from. `kind`: `card`, `registry` or `case`; `name` and `dated` where they are known."""

    kind: str
    name: str = ""
    dated: date | None = None


def agree(kit: Equipment, session: Session, *, yes: bool) -> None:
    """The person read what would be looked up and put to use, and agreed to it or not."""
    session.agreed_at = kit.now() if yes else None


def look_up(kit: Equipment, session: Session, item_code: str, on_told: OnTold) -> bool:
    """Ask the platform what it holds of the applicant; False where nobody agreed, or it was asked already.

    Raises:
        KioskError: as `asking.ask`.
    """
    applicant = session.applicant
    if session.agreed_at is None or applicant is None or told_of(session, applicant, item_code) is not None:
        return False

    def take(reply: InquiryReply) -> None:
        session.told = Told(applicant.person.id_no, item_code, reply.licences, reply.facts)

    ask(kit, session, InquiryKind.KNOWN, applicant, take, on_told, item=item_code)
    return True


def told_of(session: Session, applicant: Applicant | None, item_code: str) -> Told | None:
    """What was told of this applicant for this item; of another's nothing is ever used."""
    told = session.told
    if told is None or applicant is None or (told.id_no, told.item) != (applicant.person.id_no, item_code):
        return None
    return told


def facts_of(session: Session, draft_applicant: Applicant | None, item_code: str) -> Mapping[str, Any]:
    """Answers the platform told, by name."""
    told = told_of(session, draft_applicant, item_code)
    return {fact.name: fact.value for fact in told.facts} if told else {}


def filled(kit: Equipment, session: Session, draft: Draft, rules: ItemRules) -> Draft:
    """The draft with everything known filled in where no answer stands yet."""
    known = known_of(kit, session, draft)
    answers = {}
    for form in rules.case_forms:
        answers.update(prefill(form, known))
    missing = {
        name: value
        for name, value in answers.items()
        if name not in draft.answers and ("answer", name) not in session.declined
    }
    return replace(draft, answers={**draft.answers, **missing}) if missing else draft


def known_of(kit: Equipment, session: Session, draft: Draft) -> Known:
    """Everything that is known of the people of this draft."""
    return Known(
        kit.today(),
        draft.applicant,
        draft.agent,
        card=session.card if draft.agent is None else None,
        facts=facts_of(session, draft.applicant, draft.item_code),
    )


def sources(kit: Equipment, session: Session, draft: Draft, rules: ItemRules) -> dict[str, Source]:
    """Where answers that stand as they were filled in came from, by field."""
    without = replace(known_of(kit, session, draft), facts={})
    told = told_of(session, draft.applicant, draft.item_code)
    by_value = {fact.name: fact for fact in told.facts} if told else {}
    found: dict[str, Source] = {}
    for form in rules.case_forms:
        of_card, of_all = prefill(form, without), prefill(form, known_of(kit, session, draft))
        for name, value in of_all.items():
            if draft.answers.get(name) != value:
                continue
            fact = by_value.get(form.form.prefill[name].rpartition(".")[2])
            if name in of_card:
                found[name] = Source("card")
            elif fact is not None:
                found[name] = Source("registry" if fact.registry else "case", fact.source, fact.dated)
    return found


def attached(kit: Equipment, session: Session, draft: Draft, rules: ItemRules, told: Notice) -> Draft:
    """The draft with every missing material that is already held: a licence first, else an earlier case's pages."""
    if session.agreed_at is None:
        return draft
    by_id = {rule.id: rule for rule in rules.item.materials}
    for line in told.lines:
        missing = line.subject is Subject.MATERIAL and line.answer in {Answer.BLOCKS, Answer.MAY_FOLLOW}
        declined = ("material", f"{line.ref}/{line.member or ''}") in session.declined
        if not missing or declined or find(draft, line.ref, line.member) is not None:
            continue
        material = next(_offers(kit, session, draft, by_id[line.ref], line.member), None)
        if material is not None:
            draft = put(draft, material)
    return draft


def claim(kit: Equipment, draft: Draft, rules: ItemRules, place: tuple[str, str | None], code: str) -> Draft:
    """The draft with a licence's code as a claim, to be checked when there is a line.

    Raises:
        KioskError: `MATERIAL_UNKNOWN` where the item takes no licence for that material.
    """
    rule = rule_of(rules.item, draft, *place)
    if not rule.elicence_type:
        raise KioskError(Failure.MATERIAL_UNKNOWN, reason="no_licence")
    origin = Origin(OriginKind.CODE, code, rule.name, dated=kit.today())
    return put(draft, _material(kit, rule, place[1], MaterialSource.ELICENCE, origin, Trust.C))


def proven(kit: Equipment, draft: Draft, rules: ItemRules, place: tuple[str, str | None], licence: Licence) -> Draft:
    """The draft with a licence that the platform has just confirmed.

    Raises:
        KioskError: `LICENCE_OF_OTHER_KIND` when it is a licence of another kind than this material.
    """
    rule = rule_of(rules.item, draft, *place)
    if licence.type != rule.elicence_type:
        raise KioskError(Failure.LICENCE_OF_OTHER_KIND)
    return put(draft, _licensed(kit, rule, place[1], licence))


def marks(kit: Equipment, draft: Draft, rules: ItemRules) -> tuple[ReusableMark, ...]:
    """Which of a submission's materials need not be handed in again, and by whose tags they are found."""
    if draft.applicant is None or draft.replaces is not None:
        return ()
    by_id = {rule.id: rule for rule in rules.item.materials}
    owner = _tag(kit, draft.applicant.person.id_no)
    return tuple(
        ReusableMark(
            owner,
            _member_tag(kit, draft, one.member),
            kind_of(by_id[one.material_id]),
            one.material_id,
            one.member,
            one.collected_at or kit.now(),
        )
        for one in draft.materials
        if one.files
        and one.source is not MaterialSource.REUSE
        and one.material_id in by_id
        and by_id[one.material_id].reusable
    )


def kind_of(rule: MaterialRule) -> str:
    """What a material is across items: its licence type, its code in the material catalogue, or its name."""
    return rule.elicence_type or rule.code or rule.name


def decline(session: Session, material_id: str, member: str | None) -> None:
    """The person would rather hand this in themselves: in this visit it does not come of itself again."""
    session.declined.add(("material", f"{material_id}/{member or ''}"))


def _offers(
    kit: Equipment, session: Session, draft: Draft, rule: MaterialRule, member: str | None
) -> Iterator[Material]:
    applicant = draft.applicant
    if applicant is None or applicant.assurance < Assurance.CHIP:
        return
    told = told_of(session, applicant, draft.item_code)
    if told is not None and rule.elicence_type and rule.scope is Scope.CASE:
        yield from (
            _licensed(kit, rule, member, licence) for licence in told.licences if licence.type == rule.elicence_type
        )
    if not rule.reusable:
        return
    held = kit.store.cases.held(_tag(kit, applicant.person.id_no), _member_tag(kit, draft, member), kind_of(rule))
    if held is None:
        return
    handed_in = shanghai_day(held.collected_at)
    age = (kit.today() - handed_in).days
    if rule.issued_within_days is None or 0 <= age <= rule.issued_within_days:
        origin = Origin(OriginKind.CASE, held.submission_no, held.item_name, dated=handed_in)
        material = _material(kit, rule, member, MaterialSource.REUSE, origin, Trust.C)
        yield replace(material, files=held.files, collected_at=held.collected_at)


def _licensed(kit: Equipment, rule: MaterialRule, member: str | None, licence: Licence) -> Material:
    origin = Origin(
        OriginKind.LICENCE, licence.licence_id, licence.name, licence.issuer, licence.issued, licence.valid_to
    )
    return _material(kit, rule, member, MaterialSource.ELICENCE, origin, Trust.A)


def _material(
    kit: Equipment, rule: MaterialRule, member: str | None, source: MaterialSource, origin: Origin, trust: Trust
) -> Material:
    return Material(rule.id, source, member=member, trust=trust, collected_at=kit.now(), origin=origin)


def _tag(kit: Equipment, id_no: str) -> bytes:
    return drafts.owner_tag(kit.store.provider_secret, normal(id_no))


def _member_tag(kit: Equipment, draft: Draft, member: str | None) -> bytes:
    if member is None:
        return _NOBODY
    numbers = (one.person.id_no for one in draft.members if one.ref == member)
    return next((_tag(kit, number) for number in numbers), _NOBODY)
