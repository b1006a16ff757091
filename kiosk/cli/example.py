"""One complete line for `kiosk apply` that would be taken as it is: somebody synthetic who meets the item's rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import msgspec

from kiosk.calendar import HolidayTable
from kiosk.catalogue.item import Need, ServiceItem
from kiosk.cli.samples import sample_page
from kiosk.desk.desk import Desk
from kiosk.failure import Failure, KioskError
from kiosk.forms import Known, prefill
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import BlobRef, Channel, Draft, Material, MaterialSource
from kiosk.model.notice import Answer, Subject
from kiosk.model.people import Agent, AgentKind, Applicant, Assurance, Member, Person, Relation
from kiosk.model.values import JsonObject
from kiosk.rules import ItemRules, facts_of, may_submit, notice

_AGES = (35, 50, 66, 84, 19, 10)
_SEXES = ("female", "male")
_FAMILY = ((36, Relation.SPOUSE), (9, Relation.CHILD), (68, Relation.PARENT), (12, Relation.CHILD))


def example_line(desk: Desk, item_code: str | None) -> JsonObject:
    """A line for the named item, or for the first of the catalogue.

    Raises:
        KioskError: `ITEM_UNKNOWN`; `CONDITIONS_NOT_MET` when nobody we can think of meets the item's rules.
    """
    code = item_code or desk.entries()[0].code
    rules = desk.rules(code)
    today = datetime.now(UTC).date()
    for draft in _attempts(rules, today):
        complete = _with_materials(rules, draft, today)
        if complete is not None:
            return _as_line(rules.item, complete)
    raise KioskError(Failure.CONDITIONS_NOT_MET, reason="no_example")


def _attempts(rules: ItemRules, today: date) -> Iterator[Draft]:
    """Drafts of different people in different situations, with the form's sample answers about them."""
    item = rules.item
    choices = [[(one.id, choice.id) for choice in one.choices] for one in item.scenarios]
    agents = [None, _agent(today)] if item.agent.agent or item.agent.guardian else [None]
    for agent, age, sex, chosen in product(agents, _AGES, _SEXES, list(product(*choices))):
        person = synthetic_person(7, Wanted(today=today, age=age, sex=sex))
        applicant = Applicant(person, Assurance.PAPER_SEEN)
        answers: JsonObject = {}
        for form in rules.case_forms:
            answers.update(form.form.sample)
            answers.update(prefill(form, Known(today, applicant, agent)))
        yield Draft(
            case_id="example",
            item_code=item.code,
            catalogue_version=item.version,
            channel=Channel.APPLY,
            created_at=datetime.now(UTC),
            scenarios=dict(chosen),
            applicant=applicant,
            agent=agent,
            members=_members(rules, today),
            answers=answers,
            confirmed=tuple(condition.id for condition in item.conditions if not condition.expr),
        )


def _agent(today: date) -> Agent:
    person = synthetic_person(21, Wanted(today=today, age=45, sex="female"))
    return Agent(person, AgentKind.GUARDIAN, Relation.CHILD, assurance=Assurance.PAPER_SEEN)


def _members(rules: ItemRules, today: date) -> tuple[Member, ...]:
    count = max(rules.item.members.least, 1 if rules.item.members.most else 0)
    sample = rules.member_form.form.sample if rules.member_form else {}
    return tuple(
        Member(f"m{place}", synthetic_person(30 + place, Wanted(today=today, age=age)), relation, dict(sample))
        for place, (age, relation) in enumerate(_FAMILY[:count], start=1)
    )


def _with_materials(rules: ItemRules, draft: Draft, today: date) -> Draft | None:
    """The draft with a sample page for whatever is asked, if that is then enough."""
    needs = {rule.id: rule.need for rule in rules.item.materials}
    told = notice(rules, facts_of(rules.item, draft, today, HolidayTable()))
    page = BlobRef("0" * 64, 1, "jpg")
    wanted = [
        Material(line.ref, MaterialSource.FILE, (page,), line.member)
        for line in told.lines
        if line.subject is Subject.MATERIAL and line.answer in (Answer.BLOCKS, Answer.MAY_FOLLOW)
        if needs[line.ref] is not Need.OPTIONAL
    ]
    complete = replace(draft, materials=tuple(wanted))
    return complete if may_submit(notice(rules, facts_of(rules.item, complete, today, HolidayTable()))) else None


def _as_line(item: ServiceItem, draft: Draft) -> JsonObject:
    page = str(sample_page())
    line: JsonObject = {
        "ref": f"example-{item.code}",
        "item": item.code,
        "applicant": _person(draft.applicant.person) if draft.applicant else {},
    }
    if draft.scenarios:
        line["scenario"] = draft.scenarios
    if draft.members:
        line["members"] = [
            {"ref": one.ref, "relation": str(one.relation), **_person(one.person), "answers": one.answers}
            for one in draft.members
        ]
    if draft.agent is not None:
        agent = draft.agent
        line["agent"] = {"relation": str(agent.relation), "kind": str(agent.kind), **_person(agent.person)}
    line["answers"] = draft.answers
    if draft.confirmed:
        line["confirmed"] = list(draft.confirmed)
    line["materials"] = [
        {
            "material": one.material_id,
            "files": [page],
            "original_seen": True,
            **({"member": one.member} if one.member else {}),
        }
        for one in draft.materials
    ]
    plain: JsonObject = msgspec.to_builtins(line)
    return plain


def _person(person: Person) -> JsonObject:
    return {"id_no": person.id_no, "name": person.name}
