"""What the platform said: in order, by the state table, with its paper kept as it came."""

from dataclasses import replace

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.model.case import Decision
from kiosk.model.state import CaseState
from local_db.store import Store
from tests.local_db.making import NOON, broken_off, submit


def decision(number: str, sequence: int, state: CaseState) -> Decision:
    return Decision(number, sequence, state, NOON)


@pytest.fixture
def number(store: Store) -> str:
    return submit(store).summary.submission_no


def test_an_acceptance_comes_with_its_number_and_paper(store: Store, number: str) -> None:
    accepted = replace(
        decision(number, 1, CaseState.ACCEPTED), acceptance_no="演-2026-1", paper=b"%PDF-1.7", paper_signature=b"sig"
    )

    assert store.inbox.apply_decision(accepted) is True

    case = store.cases.show(number)
    assert (case.state, case.acceptance_no, case.has_paper) == (CaseState.ACCEPTED, "演-2026-1", True)
    assert store.cases.decision_paper(number) == (b"%PDF-1.7", b"sig")
    last = store.journal.entries()[-1]
    assert (last.act, last.subject, last.details) == (
        "decision.applied",
        number,
        {"state": "accepted", "sequence": "1"},
    )


def test_an_older_or_repeated_decision_changes_nothing(store: Store, number: str) -> None:
    store.inbox.apply_decision(replace(decision(number, 5, CaseState.CORRECTION), reason="补正", correct=("m1",)))
    before, journal = store.cases.show(number), store.journal.head()

    for sequence in (5, 4):
        assert store.inbox.apply_decision(decision(number, sequence, CaseState.REFUSED)) is False

    assert store.cases.show(number) == before
    assert (before.state, before.reason, before.correct) == (CaseState.CORRECTION, "补正", ("m1",))
    assert store.journal.head() == journal


def test_a_later_decision_without_a_paper_leaves_the_earlier_paper(store: Store, number: str) -> None:
    store.inbox.apply_decision(replace(decision(number, 1, CaseState.ACCEPTED), paper=b"a", paper_signature=b"s"))
    store.inbox.apply_decision(decision(number, 2, CaseState.REVIEW))

    assert store.cases.decision_paper(number) == (b"a", b"s")
    assert store.cases.show(number).has_paper
    store.inbox.apply_decision(replace(decision(number, 3, CaseState.DECIDED_YES), paper=b"b", paper_signature=b"t"))
    assert store.cases.decision_paper(number) == (b"b", b"t")


def test_a_corrected_paper_of_the_same_state_replaces_the_first(store: Store, number: str) -> None:
    store.inbox.apply_decision(replace(decision(number, 1, CaseState.ACCEPTED), paper=b"a", acceptance_no="1"))

    assert store.inbox.apply_decision(replace(decision(number, 2, CaseState.ACCEPTED), paper=b"b"))
    assert store.cases.decision_paper(number) == (b"b", b"")
    assert store.cases.show(number).acceptance_no == "1"


def test_a_decision_that_overtakes_the_acknowledgement_is_taken(store: Store) -> None:
    taken = submit(store, pages=1)
    number = taken.summary.submission_no
    store.inbox.apply_decision(decision(number, 1, CaseState.CORRECTION))

    store.outbox.settle(taken.event_id, b"ack")

    assert store.cases.show(number).state is CaseState.CORRECTION


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (CaseState.REFUSED, CaseState.ACCEPTED),
        (CaseState.ACCEPTED, CaseState.SUBMITTED),
        (CaseState.SUBMITTED, CaseState.DRAFT),
        (CaseState.SUBMITTED, CaseState.CANCELLED),
        (CaseState.DECIDED_YES, CaseState.DECIDED_NO),
    ],
)
def test_a_move_the_table_does_not_know_is_refused_whole(
    store: Store, number: str, first: CaseState, then: CaseState
) -> None:
    store.inbox.apply_decision(decision(number, 1, first))
    before, journal = store.cases.show(number), store.journal.head()

    with pytest.raises(KioskError) as error:
        store.inbox.apply_decision(replace(decision(number, 2, then), paper=b"p", acceptance_no="x"))

    assert error.value.failure is Failure.CASE_ILLEGAL_MOVE
    assert (store.cases.show(number), store.journal.head()) == (before, journal)
    assert store.cases.decision_paper(number) is None


def test_one_bad_decision_does_not_stop_its_neighbours(store: Store) -> None:
    numbers = [submit(store).summary.submission_no for _ in range(3)]
    with store.write_tx():
        for each in numbers:
            to = CaseState.DRAFT if each == numbers[1] else CaseState.ACCEPTED
            try:
                store.inbox.apply_decision(decision(each, 1, to))
            except KioskError as error:
                assert error.failure is Failure.CASE_ILLEGAL_MOVE  # noqa: PT017 -- the loop goes on, as the agent's does

    states = [store.cases.show(each).state for each in numbers]
    assert states == [CaseState.ACCEPTED, CaseState.QUEUED, CaseState.ACCEPTED]
    store.journal.verify()


def test_a_case_this_terminal_never_took_is_unknown(store: Store) -> None:
    with pytest.raises(KioskError) as error:
        store.inbox.apply_decision(decision("T00009A-20261124-00001-X", 1, CaseState.ACCEPTED))
    assert error.value.failure is Failure.CASE_UNKNOWN


def test_the_cursor_only_moves_forward(store: Store) -> None:
    assert store.inbox.cursor() == 0
    store.inbox.advance(17)
    store.inbox.advance(5)
    assert store.inbox.cursor() == 17


def test_the_cursor_moves_with_what_it_stands_for_or_not_at_all(store: Store, number: str) -> None:
    broken_off(
        store,
        lambda: store.inbox.apply_decision(decision(number, 1, CaseState.ACCEPTED)),
        lambda: store.inbox.advance(3),
    )

    assert store.inbox.cursor() == 0
    assert store.cases.show(number).state is CaseState.QUEUED
