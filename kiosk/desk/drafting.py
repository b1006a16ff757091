"""The draft from the chosen item to the last answer. Every function returns the next draft and changes nothing."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.catalogue.item import ItemState, ServiceItem
from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.forms import CompiledForm, FieldProblem, FormField, Known, compile_form, prefill, typed
from kiosk.identity.assurance import demand
from kiosk.identity.ids import parse_id_number
from kiosk.model.case import Channel, Draft
from kiosk.model.people import Member
from kiosk.model.state import CaseState
from kiosk.model.values import JsonObject


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as the screen asks it: the questions these answers bring up, the answers, what is wrong with them."""

    fields: tuple[FormField, ...]
    answers: JsonObject
    problems: tuple[FieldProblem, ...]


def open_draft(kit: Equipment, session: Session, item: ServiceItem, channel: Channel) -> Draft:
    """A fresh draft for the person identified, with everything already known filled in.

    Raises:
        KioskError: `ITEM_WITHDRAWN`, `IDENTITY_TOO_WEAK`, `IDENTITY_INVALID` when nobody is identified.
    """
    demand_open(kit, item)
    applicant = session.applicant
    if applicant is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
    demand(applicant.assurance, item.min_assurance)
    known = Known(kit.today(), applicant, session.agent, card=session.card if session.agent is None else None)
    form = case_form(item)
    return Draft(
        case_id=secrets.token_hex(16),
        item_code=item.code,
        catalogue_version=kit.store.shelf.version(),
        channel=channel,
        created_at=kit.now(),
        applicant=applicant,
        agent=session.agent,
        operator=session.operator,
        answers=prefill(form, known) if form else {},
        consents=(item.purpose,),
    )


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


def answer(draft: Draft, item: ServiceItem, raw: JsonObject) -> tuple[Draft, tuple[FieldProblem, ...]]:
    """The draft with these answers, typed by the form's schema; None or blank takes an answer back.

    Answers that cannot be read as their type are not stored; they come back as problems with all the others.
    """
    form = case_form(item)
    if form is None:
        return draft, ()
    read = typed(form.fields, raw)
    named = {one.name for one in form.fields} & raw.keys()
    kept = {name: value for name, value in draft.answers.items() if name not in named}
    draft = _changed(draft, answers={**kept, **read.answers})
    unreadable = {problem.field for problem in read.problems}
    others = tuple(problem for problem in form.problems(draft.answers) if problem.field not in unreadable)
    return draft, read.problems + others


def form_view(draft: Draft, item: ServiceItem) -> FormView:
    """The case's form as far as it is filled."""
    form = case_form(item)
    if form is None:
        return FormView((), {}, ())
    return FormView(form.shown(draft.answers), form.answered(draft.answers), form.problems(draft.answers))


def set_members(kit: Equipment, draft: Draft, item: ServiceItem, members: Iterable[Member]) -> Draft:
    """The draft with the household's members; materials of members no longer there go.

    Raises:
        KioskError: `MEMBERS_INVALID` for too many, a repeated person or ref; `IDENTITY_INVALID` for a wrong number.
    """
    people = tuple(_checked_member(kit, member, item) for member in members)
    if len(people) > item.members.most:
        raise KioskError(Failure.MEMBERS_INVALID, reason="too_many", most=item.members.most)
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


def case_form(item: ServiceItem) -> CompiledForm | None:
    """The form asked of the case; None when the item asks nothing."""
    form = next((form for form in item.forms if form.id != item.members.form_id), None)
    return compile_form(form) if form else None


def member_form(item: ServiceItem) -> CompiledForm | None:
    """The form asked of each member; None when the item asks nothing of them."""
    form = next((form for form in item.forms if form.id == item.members.form_id), None)
    return compile_form(form) if form else None


def _checked_member(kit: Equipment, member: Member, item: ServiceItem) -> Member:
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
    form = member_form(item)
    if form is None:
        return replace(member, person=person)
    known = prefill(form, Known(kit.today(), member=replace(member, person=person)))
    read = typed(form.fields, member.answers)
    return replace(member, person=person, answers={**known, **read.answers})


def _changed(draft: Draft, **changes: object) -> Draft:
    """Any change of what is signed for takes the signature off and the case back to a plain draft."""
    return replace(draft, state=CaseState.DRAFT, signature=None, **changes)  # type: ignore[arg-type] # named fields
