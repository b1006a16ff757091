"""The draft from the chosen item to the last answer. Every function returns the next draft and changes nothing."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.catalogue.item import ItemState, ServiceItem
from kiosk.desk.collecting import unsigned
from kiosk.desk.equipment import Equipment
from kiosk.desk.knowing import filled
from kiosk.desk.renewing import made_by
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.forms import CompiledForm, FieldProblem, FormField, Known, prefill, typed
from kiosk.identity.assurance import demand
from kiosk.identity.ids import parse_id_number
from kiosk.model.case import Channel, Draft
from kiosk.model.people import Applicant, Member
from kiosk.model.state import CaseState
from kiosk.model.values import JsonObject
from kiosk.rules import ItemRules, asked_forms, facts_of


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as the screen asks it: the questions these answers bring up, the answers, what is wrong with them."""

    fields: tuple[FormField, ...]
    answers: JsonObject
    problems: tuple[FieldProblem, ...]


def open_draft(kit: Equipment, session: Session, rules: ItemRules, channel: Channel) -> Draft:
    """A fresh draft for the person identified, with everything already known filled in.

    Raises:
        KioskError: `ITEM_WITHDRAWN`, `IDENTITY_TOO_WEAK`, `IDENTITY_INVALID` when nobody is identified.
    """
    item = rules.item
    demand_open(kit, item)
    applicant = session.applicant
    if applicant is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
    here = session.agent or applicant
    demand(here.assurance, item.min_assurance)
    draft = Draft(
        case_id=secrets.token_hex(16),
        item_code=item.code,
        catalogue_version=kit.store.shelf.version(),
        channel=channel,
        created_at=kit.now(),
        applicant=applicant if item.portrait else without_portrait(applicant),
        agent=session.agent,
        operator=session.operator,
        consents=(item.purpose,),
    )
    return filled(kit, session, made_by(kit, draft, rules), rules)


def without_portrait(applicant: Applicant) -> Applicant:
    """The applicant as an item sees them that has no use for the photograph in their card."""
    return replace(applicant, portrait=None)


def demand_open(kit: Equipment, item: ServiceItem) -> None:
    """Refuse an item that is not in force today.

    Raises:
        KioskError: `ITEM_WITHDRAWN`.
    """
    today = kit.trusted_today()
    ended = today is not None and item.cancel is not None and item.cancel <= today
    if item.state is not ItemState.LIVE or ended:
        raise KioskError(Failure.ITEM_WITHDRAWN)


def choose(draft: Draft, item: ServiceItem, scenario_id: str, choice_id: str) -> Draft:
    """The draft with one scenario question answered.

    Raises:
        KioskError: `ANSWERS_INVALID` for a question or choice the item does not have.
    """
    scenario = next((scenario for scenario in item.scenarios if scenario.id == scenario_id), None)
    if scenario is None or choice_id not in {choice.id for choice in scenario.choices}:
        raise KioskError(Failure.ANSWERS_INVALID, first=f"scenario.{scenario_id}"[:60])
    rest = {key: value for key, value in draft.scenarios.items() if key != scenario_id}
    return _changed(draft, scenarios={**rest, scenario_id: choice_id})


def answer(kit: Equipment, draft: Draft, rules: ItemRules, raw: JsonObject) -> tuple[Draft, tuple[FieldProblem, ...]]:
    """The draft with these answers, typed by the forms' schemas; None or blank takes an answer back.

    Answers that cannot be read as their type are not stored; they come back as problems with all the others.
    """
    fields = tuple(one for form in rules.case_forms for one in form.fields)
    read = typed(fields, raw)
    named = {one.name for one in fields} & raw.keys()
    kept = {name: value for name, value in draft.answers.items() if name not in named}
    draft = _changed(draft, answers={**kept, **read.answers})
    unreadable = {problem.field for problem in read.problems}
    others = tuple(
        problem for problem in form_view(draft, asked(kit, draft, rules)).problems if problem.field not in unreadable
    )
    return draft, read.problems + others


def part_view(view: FormView, wanted: tuple[str, ...]) -> FormView:
    """What of a form a correction asks: the named fields, each of which must be answered anew."""
    fields = tuple(replace(one, required=True) for one in view.fields if one.name in wanted)
    found = {problem.field: problem for problem in view.problems if problem.field in wanted}
    missing = (FieldProblem(one.name, "required") for one in fields if one.name not in view.answers)
    return FormView(fields, view.answers, tuple({**{one.field: one for one in missing}, **found}.values()))


def asked(kit: Equipment, draft: Draft, rules: ItemRules) -> tuple[CompiledForm, ...]:
    """The forms this application has to fill; a correction may touch any of them."""
    if draft.replaces is not None:
        return rules.case_forms
    return asked_forms(rules, facts_of(rules.item, draft, kit.today(), kit.store.shelf.holidays()))


def form_view(draft: Draft, forms: Iterable[CompiledForm]) -> FormView:
    """The case's forms as far as they are filled, one after the other."""
    fields: list[FormField] = []
    answers: JsonObject = {}
    problems: list[FieldProblem] = []
    for form in forms:
        fields += form.shown(draft.answers)
        answers.update(form.answered(draft.answers))
        problems += form.problems(draft.answers)
    return FormView(tuple(fields), answers, tuple(problems))


def set_members(kit: Equipment, draft: Draft, rules: ItemRules, members: Iterable[Member]) -> Draft:
    """The draft with the household's members; materials of members no longer there go.

    Raises:
        KioskError: `MEMBERS_INVALID` for too many, a repeated person or ref; `IDENTITY_INVALID` for a wrong number.
    """
    people = tuple(_checked_member(kit, member, rules) for member in members)
    most = rules.item.members.most
    if len(people) > most:
        raise KioskError(Failure.MEMBERS_INVALID, reason="too_many", most=most)
    numbers = [member.person.id_no for member in people]
    if draft.applicant is not None:
        numbers.append(draft.applicant.person.id_no)
    refs = [member.ref for member in people]
    if len(set(numbers)) != len(numbers) or len(set(refs)) != len(refs):
        raise KioskError(Failure.MEMBERS_INVALID, reason="repeated")
    materials = tuple(part for part in draft.materials if part.member is None or part.member in refs)
    return _changed(draft, members=people, materials=materials)


def confirm(draft: Draft, item: ServiceItem, condition_id: str, *, yes: bool = True) -> Draft:
    """The draft with a condition the person has read and confirmed, or not any more.

    Raises:
        KioskError: `CONDITIONS_NOT_MET` when the item has no such condition.
    """
    if condition_id not in {condition.id for condition in item.conditions}:
        raise KioskError(Failure.CONDITIONS_NOT_MET, reason="unknown")
    rest = tuple(known for known in draft.confirmed if known != condition_id)
    return _changed(draft, confirmed=(*rest, condition_id) if yes else rest)


def _checked_member(kit: Equipment, member: Member, rules: ItemRules) -> Member:
    number = parse_id_number(member.person.id_no, kit.trusted_today())
    person = replace(
        member.person,
        id_type=number.kind,
        id_no=number.number,
        name=member.person.name.strip(),
        sex=member.person.sex or number.sex,
        birth=member.person.birth or number.birth,
    )
    if not person.name:
        raise KioskError(Failure.MEMBERS_INVALID, reason="name")
    form = rules.member_form
    if form is None:
        return replace(member, person=person)
    known = prefill(form, Known(kit.today(), member=replace(member, person=person)))
    read = typed(form.fields, member.answers)
    return replace(member, person=person, answers={**known, **read.answers})


def _changed(draft: Draft, **changes: object) -> Draft:
    """Any change of what is signed for takes the signature off and the case back to a plain draft."""
    return replace(unsigned(draft), state=CaseState.DRAFT, **changes)  # type: ignore[arg-type] # named fields
