"""What is known of one application at one moment: everything a notice depends on, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.calendar import HolidayTable, add_working_days
from kiosk.catalogue.item import ServiceItem
from kiosk.model.case import Draft, Material
from kiosk.model.people import Agent, Applicant, Member
from kiosk.model.values import JsonObject


@dataclass(frozen=True, slots=True)
class Facts:
    """Known facts. `agent` None means the applicant acts alone; `scenarios` maps scenario id to the chosen choice id.

    `materials` are those at hand or pledged, `confirmed` the conditions read and confirmed by a person. `today` is the
    day in Asia/Shanghai, `holidays` the table by which working days are counted.
    """

    today: date
    applicant: Applicant | None = None
    agent: Agent | None = None
    members: tuple[Member, ...] = ()
    answers: JsonObject = field(default_factory=dict, repr=False)
    scenarios: Mapping[str, str] = field(default_factory=dict)
    materials: tuple[Material, ...] = ()
    confirmed: frozenset[str] = frozenset()
    holidays: HolidayTable = field(default_factory=HolidayTable)

    def latest(self, days: int) -> date:
        """The last day on which something may follow that is due so many working days from today."""
        return add_working_days(self.today, days, self.holidays).day


def facts_of(item: ServiceItem, draft: Draft, today: date, holidays: HolidayTable) -> Facts:
    """The facts a draft holds. A choice this version of the item does not offer counts as not made."""
    offered = {one.id: {choice.id for choice in one.choices} for one in item.scenarios}
    return Facts(
        today=today,
        applicant=draft.applicant,
        agent=draft.agent,
        members=draft.members,
        answers=draft.answers,
        scenarios={one: choice for one, choice in draft.scenarios.items() if choice in offered.get(one, ())},
        materials=draft.materials,
        confirmed=frozenset(draft.confirmed),
        holidays=holidays,
    )
