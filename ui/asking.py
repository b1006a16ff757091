"""Which steps of an application have something to ask."""

from kiosk.catalogue.item import MinAssurance, ServiceItem
from kiosk.visit import VisitState


def asks_of(item: ServiceItem, *, kept: bool = False) -> frozenset[VisitState]:
    """The steps `item` really asks; `kept` when this person may go on with an application kept before."""
    asked = {
        VisitState.KEPT: kept,
        VisitState.WHO: item.agent.agent or item.agent.guardian,
        VisitState.SCENARIO: bool(item.scenarios),
        VisitState.MEMBERS: item.members.most > 0,
        VisitState.FORM: any(form.id != item.members.form_id for form in item.forms),
        VisitState.MATERIALS: bool(item.materials),
        VisitState.DELIVERY: item.delivery is not None,
        VisitState.APPOINTMENT: item.booking is not None,
    }
    return frozenset(state for state, asks in asked.items() if asks)


def may_state(item: ServiceItem) -> bool:
    """Whether the item takes an identity stated without a chip."""
    return item.min_assurance <= MinAssurance.STATED
