"""One visit, step by step: what must be possible, and what must not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.failure import Failure, KioskError
from kiosk.visit import Mark, Purpose, Visit, VisitEvent, VisitState
from kiosk.visit.table import ASKED, REQUIRES, RETURNS, TRANSITIONS
from kiosk.visit.visit import Facts

S, E = VisitState, VisitEvent
AFTERWARDS = frozenset({S.DELIVERY, S.APPOINTMENT, S.PAYMENT})
EVERYTHING = frozenset(ASKED) - {S.KEPT} - AFTERWARDS
TO_WHO = (E.TOUCH, E.CHOOSE_ITEM, E.APPLY, E.CONSENT, E.CARD_READ)
TO_FORM = (*TO_WHO, E.FOR_MYSELF, E.SCENARIO_DONE, E.MEMBERS_DONE)
TO_MATERIALS = (*TO_FORM, E.FORM_DONE, E.NOTICE_READ)
TO_READBACK = (*TO_MATERIALS, E.MATERIALS_DONE, E.SIGNED)
TO_RECEIPT = (*TO_READBACK, E.CONFIRMED, E.SUBMITTED)


def walked(events: Iterable[VisitEvent], asks: frozenset[VisitState] = EVERYTHING, visit: Visit | None = None) -> Visit:
    visit = visit or Visit()
    for event in events:
        visit = visit.step(event, item="DEMO-AID", asks=asks) if event is E.CHOOSE_ITEM else visit.step(event)
    return visit


def states(events: Iterable[VisitEvent], asks: frozenset[VisitState] = EVERYTHING) -> list[VisitState]:
    found, visit = [], Visit()
    for event in events:
        visit = walked([event], asks, visit)
        found.append(visit.state)
    return found


def refused(visit: Visit, event: VisitEvent) -> KioskError:
    with pytest.raises(KioskError) as caught:
        visit.step(event)
    assert caught.value.failure is Failure.VISIT_ILLEGAL_STEP
    return caught.value


def test_a_whole_visit_from_the_first_touch_to_the_wipe() -> None:
    assert states([*TO_RECEIPT, E.PRINT_DONE, E.NEXT, E.RATED, E.WIPED]) == [
        S.HOME,
        S.GUIDE,
        S.PURPOSE,
        S.CARD,
        S.WHO,
        S.SCENARIO,
        S.MEMBERS,
        S.FORM,
        S.NOTICE,
        S.MATERIALS,
        S.SIGNATURE,
        S.READBACK,
        S.SUBMITTING,
        S.RECEIPT,
        S.RECEIPT,
        S.RATING,
        S.GOODBYE,
        S.ATTRACT,
    ]


def test_a_step_with_nothing_to_ask_is_passed_over_forwards_and_backwards() -> None:
    asks = frozenset({S.WHO, S.FORM, S.MATERIALS})
    visit = walked([*TO_WHO, E.FOR_MYSELF], asks)
    assert visit.state is S.FORM
    assert not visit.needs_scenario
    assert not visit.needs_members
    assert visit.step(E.BACK).state is S.WHO
    bare = walked(TO_WHO, frozenset())
    assert bare.state is S.NOTICE
    assert bare.step(E.NOTICE_READ).state is S.SIGNATURE


def test_for_another_person_their_identity_comes_first() -> None:
    assert states([*TO_WHO, E.FOR_OTHER, E.OTHER_IDENTIFIED])[-2:] == [S.OTHER, S.SCENARIO]


def test_back_goes_the_way_one_came_and_never_over_card_and_consent_again() -> None:
    visit = walked([*TO_READBACK])
    seen = []
    while E.BACK in visit.possible:
        visit = visit.step(E.BACK)
        seen.append(visit.state)
    assert seen == [S.SIGNATURE, S.MATERIALS, S.NOTICE, S.FORM, S.MEMBERS, S.SCENARIO, S.WHO, S.GUIDE, S.HOME]


def test_after_the_receipt_there_is_no_way_back_into_the_form() -> None:
    for visit in (walked(TO_RECEIPT), walked([*TO_RECEIPT, E.NEXT])):
        assert visit.history == ()
        refused(visit, E.BACK)
        refused(visit, E.CHANGE_ANSWERS)


def test_nobody_is_asked_twice_for_card_and_consent_in_one_visit() -> None:
    visit = walked([*TO_WHO, E.BACK])
    assert visit.state is S.GUIDE
    assert visit.step(E.APPLY).state is S.WHO
    assert walked([*TO_RECEIPT, E.HOME, E.MY_CASES]).state is S.MY_CASES
    another = walked([*TO_RECEIPT, E.HOME, E.CHOOSE_ITEM, E.APPLY])
    assert another.state is S.PURPOSE
    assert another.step(E.CONSENT).state is S.WHO


def test_who_declines_the_purpose_is_back_at_the_guide_unidentified() -> None:
    visit = walked([E.TOUCH, E.CHOOSE_ITEM, E.APPLY, E.DECLINE])
    assert visit.state is S.GUIDE
    assert visit.marks == frozenset()


def test_what_the_printer_left_unfinished_is_shown_to_staff_alone() -> None:
    refused(walked([E.TOUCH]), E.OPEN_PRINTS)
    refused(walked([E.TOUCH, E.MY_CASES, E.CARD_READ, E.HOME]), E.OPEN_PRINTS)
    looking = walked([E.TOUCH, E.STAFF, E.LOGGED_IN, E.OPEN_PRINTS])
    assert looking.state is S.OPEN_PRINTS
    assert looking.step(E.BACK).state is S.HOME


def test_an_identity_is_stated_only_where_the_item_takes_it_or_staff_is_there() -> None:
    chosen = walked([E.TOUCH]).step(E.CHOOSE_ITEM, item="x", asks=EVERYTHING)
    at_card = chosen.step(E.APPLY).step(E.CONSENT)
    refused(at_card, E.IDENTITY_STATED)
    lenient = at_card.step(E.BACK).step(E.APPLY, may_state=True)
    assert lenient.step(E.IDENTITY_STATED).state is S.WHO
    staffed = walked([E.TOUCH, E.STAFF, E.LOGGED_IN, E.CHOOSE_ITEM, E.APPLY, E.CONSENT])
    assert staffed.staff
    assert staffed.step(E.IDENTITY_STATED).state is S.WHO


def test_consent_to_one_purpose_is_no_consent_to_another() -> None:
    visit = walked([*TO_WHO, E.BACK, E.BACK, E.CHOOSE_ITEM])
    assert Mark.CONSENTED not in visit.marks
    assert visit.step(E.APPLY).state is S.PURPOSE


def test_a_kept_application_is_offered_and_gone_on_with() -> None:
    at_card = walked([E.TOUCH, E.CHOOSE_ITEM, E.APPLY, E.CONSENT])
    offered = at_card.step(E.CARD_READ, asks=EVERYTHING | {S.KEPT})
    assert offered.state is S.KEPT
    assert offered.step(E.RESUME).state is S.FORM
    assert offered.step(E.START_NEW).state is S.WHO


def test_an_application_is_kept_for_a_chip_or_by_staff_and_never_for_a_typed_identity() -> None:
    assert walked([*TO_FORM, E.KEEP]).state is S.GOODBYE
    assert Mark.KEPT in walked([*TO_FORM, E.KEEP]).marks
    chosen = walked([E.TOUCH]).step(E.CHOOSE_ITEM, item="x", asks=EVERYTHING, may_state=True)
    typed = walked([E.APPLY, E.CONSENT, E.IDENTITY_STATED, E.FOR_MYSELF], visit=chosen)
    refused(typed, E.KEEP)


def test_changing_an_answer_at_the_end_leads_through_sheet_and_signature_again() -> None:
    visit = walked([*TO_READBACK, E.CHANGE_ANSWERS])
    assert visit.state is S.FORM
    assert not visit.marks & {Mark.NOTICE_READ, Mark.SIGNED, Mark.READ_BACK}
    assert visit.step(E.BACK).state is S.MEMBERS
    again = walked([E.FORM_DONE, E.NOTICE_READ, E.MATERIALS_DONE, E.SIGNED], visit=visit)
    assert again.state is S.READBACK
    material = walked([*TO_READBACK, E.CHANGE_MATERIALS, E.MATERIALS_DONE])
    assert material.state is S.SIGNATURE
    assert Mark.NOTICE_READ in material.marks


def test_a_submission_that_failed_is_read_back_and_confirmed_again() -> None:
    visit = walked([*TO_READBACK, E.CONFIRMED])
    for event in (E.BACK, E.HOME, E.FINISH, E.IDLE, E.CHANGE_ANSWERS):
        refused(visit, event)
    failed = visit.step(E.NOT_SUBMITTED)
    assert failed.state is S.READBACK
    assert Mark.READ_BACK not in failed.marks
    assert failed.step(E.BACK).state is S.SIGNATURE
    assert walked([E.CONFIRMED, E.SUBMITTED], visit=failed).state is S.RECEIPT


def test_my_cases_lead_to_a_correction_of_one_of_them() -> None:
    visit = walked([E.TOUCH, E.MY_CASES, E.CARD_READ])
    assert (visit.state, visit.purpose) == (S.MY_CASES, Purpose.MY_CASES)
    visit = visit.step(E.OPEN_CASE, case="N1")
    correcting = visit.step(E.CORRECT, item="DEMO-AID", asks=frozenset({S.FORM, S.MATERIALS}))
    assert (correcting.state, correcting.purpose, correcting.case) == (S.FORM, Purpose.CORRECT, "N1")
    assert correcting.step(E.BACK).state is S.CASE
    done = walked([E.FORM_DONE, E.NOTICE_READ, E.MATERIALS_DONE, E.SIGNED, E.CONFIRMED, E.SUBMITTED], visit=correcting)
    assert done.state is S.RECEIPT


def test_going_home_forgets_the_item_and_keeps_the_person() -> None:
    visit = walked([*TO_READBACK, E.HOME])
    assert (visit.item, visit.case, visit.asks, visit.history) == ("", "", frozenset(), ())
    assert visit.marks == {Mark.IDENTIFIED, Mark.BY_CHIP}


def test_staff_take_the_next_resident_and_keep_only_their_own_login() -> None:
    visit = walked([E.TOUCH, E.STAFF, E.LOGGED_IN, *TO_RECEIPT[1:], E.FINISH])
    assert visit.step(E.NEXT_RESIDENT).marks == {Mark.STAFF}
    refused(walked([*TO_RECEIPT, E.FINISH]), E.NEXT_RESIDENT)


def test_a_wiped_visit_holds_nothing() -> None:
    for event in (E.WIPED, E.IDLE):
        assert walked([*TO_READBACK, E.IDLE, event]) == Visit()


def test_a_fault_returns_to_where_it_struck() -> None:
    visit = walked([*TO_MATERIALS, E.FAIL])
    assert visit.state is S.FAULT
    recovered = visit.step(E.RECOVER)
    assert recovered == walked(TO_MATERIALS)
    assert visit.step(E.IDLE).state is S.GOODBYE
    assert Visit().step(E.FAIL).step(E.RECOVER) == Visit()


def test_an_illegal_step_names_state_and_event_and_changes_nothing() -> None:
    visit = walked(TO_FORM)
    error = refused(visit, E.SUBMITTED)
    assert error.info == {"state": "form", "event": "submitted"}
    assert visit == walked(TO_FORM)


# ---- the table as a graph


def edges() -> dict[VisitState, set[VisitState]]:
    found: dict[VisitState, set[VisitState]] = {state: set() for state in S}
    for (state, _), target in TRANSITIONS.items():
        found[state].add(target)
    return found


def reachable(start: VisitState) -> set[VisitState]:
    graph, seen, waiting = edges(), {start}, [start]
    while waiting:
        for target in graph[waiting.pop()] - seen:
            seen.add(target)
            waiting.append(target)
    return seen


def test_every_state_can_be_reached_and_left_and_ends_at_the_attract_screen() -> None:
    assert reachable(S.ATTRACT) == set(S)
    for state in S:
        assert S.GOODBYE in reachable(state)
        assert S.ATTRACT in reachable(state)


def test_idleness_ends_every_visit_and_only_the_write_itself_is_waited_for() -> None:
    for state in set(S) - {S.ATTRACT, S.SUBMITTING, S.GOODBYE}:
        assert TRANSITIONS[state, E.IDLE] is S.GOODBYE
        assert TRANSITIONS[state, E.FINISH] is S.GOODBYE
    assert TRANSITIONS[S.GOODBYE, E.IDLE] is S.ATTRACT
    assert {event for (state, event) in TRANSITIONS if state is S.SUBMITTING} == {E.SUBMITTED, E.NOT_SUBMITTED, E.FAIL}


def test_only_the_goodbye_leads_to_the_attract_screen_so_that_nothing_escapes_the_wipe() -> None:
    assert {state for (state, _), target in TRANSITIONS.items() if target is S.ATTRACT} == {S.GOODBYE}


def test_sheet_signature_and_read_back_are_each_given_on_their_own_screen_alone() -> None:
    for event, screen in ((E.NOTICE_READ, S.NOTICE), (E.SIGNED, S.SIGNATURE), (E.CONFIRMED, S.READBACK)):
        assert {state for state, taken in TRANSITIONS if taken is event} == {screen}


def test_only_a_submission_leads_to_a_receipt() -> None:
    ways = {step for step, target in TRANSITIONS.items() if target is S.RECEIPT}
    assert ways == {(S.SUBMITTING, E.SUBMITTED), (S.RECEIPT, E.PRINT_DONE)}


def test_every_event_and_every_requirement_has_its_place_in_the_table() -> None:
    assert {event for _, event in TRANSITIONS} | {event for _, event in RETURNS} == set(E)
    assert REQUIRES.keys() <= TRANSITIONS.keys()
    assert not RETURNS & TRANSITIONS.keys()


# ---- random walks

any_facts: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "item": st.sampled_from(["a", "b"]),
        "asks": st.frozensets(st.sampled_from(sorted(ASKED))),
        "may_state": st.booleans(),
        "case": st.just("N1"),
    },
)
ENDS = {E.IDLE, E.FINISH, E.FAIL, E.HOME, E.KEEP}
ANSWERS_CHANGE = {
    E.CHOOSE_ITEM,
    E.HOME,
    E.START_NEW,
    E.RESUME,
    E.CORRECT,
    E.FOR_MYSELF,
    E.FOR_OTHER,
    E.OTHER_IDENTIFIED,
    E.SCENARIO_DONE,
    E.MEMBERS_DONE,
    E.FORM_DONE,
    E.CHANGE_ANSWERS,
}
MATERIALS_CHANGE = {E.MATERIALS_DONE, E.CHANGE_MATERIALS}


@dataclass(frozen=True)
class Watched:
    """A visit, and beside it what an onlooker noted since the last change of answers and of materials."""

    visit: Visit = field(default_factory=Visit)
    sheet_read: bool = False
    signed: bool = False
    read_back: bool = False

    def step(self, event: VisitEvent, facts: Facts) -> "Watched":
        changed = event in ANSWERS_CHANGE
        spoiled = changed or event in MATERIALS_CHANGE
        after = Watched(
            self.visit.step(event, **facts),
            sheet_read=event is E.NOTICE_READ or (self.sheet_read and not changed),
            signed=event is E.SIGNED or (self.signed and not spoiled),
            read_back=event is E.CONFIRMED or (self.read_back and not spoiled),
        )
        self._check(event, after)
        return after

    def _check(self, event: VisitEvent, after: "Watched") -> None:
        before, visit = self.visit, after.visit
        if event is E.SUBMITTED:
            assert self.sheet_read
            assert self.signed
            assert self.read_back
        if visit.state is S.ATTRACT:
            assert visit == Visit()
            assert before.state is S.GOODBYE or before.failed_in is S.ATTRACT
        if visit.state in {S.HOME, S.ATTRACT, S.RECEIPT, S.RATING, S.SUBMITTING}:
            assert E.BACK not in visit.possible
        assert visit.state not in visit.history
        assert len(set(visit.history)) == len(visit.history)
        assert (visit.failed_in is not None) == (visit.state is S.FAULT)
        assert visit.possible


@pytest.mark.parametrize("asks", [frozenset(ASKED), frozenset({S.WHO, S.MATERIALS}), frozenset()])
def test_no_visit_that_can_happen_at_all_breaks_a_promise(asks: frozenset[VisitState]) -> None:
    """Every visit of one item and one case is walked, not a sample of them."""
    facts: Facts = {"asks": asks, "may_state": True}
    seen, waiting, submitted = {Watched()}, [Watched()], 0
    while waiting:
        watched = waiting.pop()
        for event in watched.visit.possible:
            after = watched.step(event, facts)
            submitted += event is E.SUBMITTED
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    assert {one.visit.state for one in seen} >= asks | set(S) - set(ASKED) - {S.OTHER}
    assert submitted


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_random_visit_whose_questions_change_on_the_way_breaks_none_either(data: st.DataObject) -> None:
    watched = Watched()
    for _ in range(data.draw(st.integers(1, 60))):
        possible = watched.visit.possible
        onward = sorted(possible - ENDS) if data.draw(st.integers(0, 9)) else []
        facts: Facts = data.draw(any_facts)
        watched = watched.step(data.draw(st.sampled_from(onward or sorted(possible))), facts)


@settings(deadline=None)
@given(st.lists(st.sampled_from(E), max_size=30))
def test_an_event_is_taken_exactly_when_it_is_possible(events: list[VisitEvent]) -> None:
    visit = Visit()
    for event in events:
        if event in visit.possible:
            visit = visit.step(event)
        else:
            refused(visit, event)
