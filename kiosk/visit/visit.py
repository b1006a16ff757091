"""A visit as a value: one step gives the next value or refuses."""

from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from kiosk.failure import Failure, KioskError
from kiosk.visit.states import Mark, Purpose, VisitEvent, VisitState
from kiosk.visit.table import (
    ASKED,
    FORGETS,
    KNOWN,
    NOT_RETURNED_TO,
    PROVES,
    PURPOSES,
    REQUIRES,
    RETURNS,
    SPOILS,
    TRANSITIONS,
)

_LASTING = frozenset({Mark.STAFF, Mark.IDENTIFIED, Mark.BY_CHIP, Mark.KEPT})


class Facts(TypedDict, total=False):
    """What may come with an event. Fields not given stay as they are."""

    item: str
    """Code of the chosen item."""
    case: str
    """Submission number of the opened case."""
    asks: frozenset[VisitState]
    """Which of the steps in `table.ASKED` have something to ask."""
    may_state: bool
    """Whether the item takes an identity stated without a chip."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit at one moment. It holds no personal data: the draft has that, and is the desk's.

    `history` are the steps `BACK` returns to, oldest first; `failed_in` is the step `RECOVER` returns to.
    """

    state: VisitState = VisitState.ATTRACT
    purpose: Purpose = Purpose.BROWSE
    item: str = ""
    case: str = ""
    asks: frozenset[VisitState] = frozenset()
    marks: frozenset[Mark] = frozenset()
    history: tuple[VisitState, ...] = ()
    failed_in: VisitState | None = None

    @property
    def possible(self) -> frozenset[VisitEvent]:
        """Every event that `step` would take now."""
        return frozenset(event for event in VisitEvent if _target(self, event) is not None)

    @property
    def needs_scenario(self) -> bool:
        """Whether scenario questions are asked in this visit."""
        return VisitState.SCENARIO in self.asks

    @property
    def needs_members(self) -> bool:
        """Whether household members are asked for in this visit."""
        return VisitState.MEMBERS in self.asks

    @property
    def staff(self) -> bool:
        """Whether a member of staff is at the keyboard."""
        return Mark.STAFF in self.marks

    def step(self, event: VisitEvent, **facts: Unpack[Facts]) -> "Visit":
        """The visit after `event`.

        Raises:
            KioskError: `VISIT_ILLEGAL_STEP`: the table has no such step here, or a mark it needs is missing. The
                visit is a value, so nothing has changed.
        """
        target = _target(self, event)
        if target is None:
            raise KioskError(Failure.VISIT_ILLEGAL_STEP, state=str(self.state), event=str(event))
        visit = _noted(self, event, facts)
        if (self.state, event) not in RETURNS:
            visit, target = _passing(visit, target)
        return _entered(visit, target, self)


def _target(visit: Visit, event: VisitEvent) -> VisitState | None:
    step = (visit.state, event)
    if not _all_met(REQUIRES.get(step, ()), visit.marks):
        return None
    if step not in RETURNS:
        return TRANSITIONS.get(step)
    if event is VisitEvent.RECOVER:
        return visit.failed_in
    return next((state for state in reversed(visit.history) if _has_to_ask(visit, state)), None)


def _all_met(choices: tuple[frozenset[Mark], ...], marks: frozenset[Mark]) -> bool:
    return not choices or any(choice <= marks for choice in choices)


def _has_to_ask(visit: Visit, state: VisitState) -> bool:
    return state not in ASKED or state in visit.asks


def _noted(visit: Visit, event: VisitEvent, facts: Facts) -> Visit:
    marks = (visit.marks - SPOILS.get(event, frozenset())) | PROVES.get(event, frozenset())
    if "may_state" in facts:
        marks = marks - {Mark.MAY_STATE} | ({Mark.MAY_STATE} if facts["may_state"] else frozenset())
    return replace(
        visit,
        purpose=PURPOSES.get(event, visit.purpose),
        item=facts.get("item", visit.item),
        case=facts.get("case", visit.case),
        asks=facts.get("asks", visit.asks),
        marks=marks,
    )


def _passing(visit: Visit, target: VisitState) -> tuple[Visit, VisitState]:
    """Where a visit that enters `target` comes to rest: steps with nothing to ask are passed over."""
    while True:
        if not _has_to_ask(visit, target):
            event = ASKED[target]
            visit, target = _noted(visit, event, {}), TRANSITIONS[target, event]
        elif target in KNOWN and KNOWN[target][0] in visit.marks:
            target = KNOWN[target][1]
        else:
            return visit, target


def _entered(visit: Visit, target: VisitState, before: Visit) -> Visit:
    """`visit`, which has noted the event, in `target`."""
    if target is VisitState.ATTRACT:
        return Visit()
    if target is VisitState.FAULT:
        return replace(visit, state=target, failed_in=before.state)
    visit = replace(visit, state=target, history=_history(before, target), failed_in=None)
    if target is VisitState.HOME:
        marks = visit.marks & _LASTING
        return replace(visit, purpose=Purpose.BROWSE, item="", case="", asks=frozenset(), marks=marks)
    return visit


def _history(before: Visit, target: VisitState) -> tuple[VisitState, ...]:
    if target in FORGETS:
        return ()
    if target is before.state or before.state is VisitState.FAULT:
        return before.history
    if target in before.history:
        return before.history[: before.history.index(target)]
    if before.state in NOT_RETURNED_TO:
        return before.history
    return (*before.history, before.state)
