"""Accounts end, and nothing ends with them."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role
from kiosk.seal.drafts import staff_tag
from local_db.schema_0007 import PEOPLE
from local_db.store import Store, open_store
from tests.local_db.making import NOON, SetClock, draft, submit

CLERK, OTHER = Operator("c7", "测试·窗口甲", Role.CLERK), Operator("c8", "测试·窗口乙", Role.CLERK)
PIN = "481516"


@pytest.fixture
def staffed(store: Store) -> Store:
    """Two clerks with a draft each, one of them with a case besides."""
    for clerk in (CLERK, OTHER):
        store.staff.add(clerk, PIN)
        owner = staff_tag(store.provider_secret, clerk.staff_id)
        store.drafts.save(draft(f"d-{clerk.staff_id}", owner=owner, keep_until=NOON + timedelta(days=1)))
    submit(store, taken_by="c7")
    return store


def own(store: Store, clerk: Operator) -> list[str]:
    return [one.case_id for one in store.drafts.owned_by(staff_tag(store.provider_secret, clerk.staff_id))]


@pytest.mark.parametrize("end", ["disable", "remove", "new_pin"])
def test_a_draft_outlives_its_account_whatever_becomes_of_it(staffed: Store, end: str, data: Path) -> None:
    if end == "new_pin":
        staffed.staff.add(CLERK, "999999")
    else:
        assert getattr(staffed.staff, end)("c7", "boss") == 1

    assert staffed.drafts.discard_expired(NOON + timedelta(days=9000)) == 1, "the other clerk's draft had an end"
    (left,) = staffed.drafts.parked()
    why = {"disable": "disabled", "remove": "removed", "new_pin": "new_pin"}[end]
    assert (left.summary.case_id, left.staff_id, left.why) == ("d-c7", "c7", why)
    assert own(staffed, CLERK) == []
    assert len(staffed.cases.page()) == 1, "a case is the platform's, not the clerk's"
    staffed.close()
    with open_store(data, clock=SetClock()) as again:
        assert [one.summary.case_id for one in again.drafts.parked()] == ["d-c7"]
        acts = [(one.act, one.subject) for one in again.journal.entries()]
        assert ("draft.parked", "d-c7") in acts


def test_nobody_logs_in_with_an_account_that_was_closed(staffed: Store) -> None:
    for close in (staffed.staff.disable, staffed.staff.remove):
        close("c7", "boss")
        with pytest.raises(KioskError) as refused:
            staffed.staff.prove("c7", PIN, NOON)
        assert refused.value.failure is Failure.STAFF_FORBIDDEN
        with pytest.raises(KioskError) as wrong:
            staffed.staff.prove("c7", "000000", NOON)
        assert wrong.value.failure is Failure.PIN_WRONG, "who does not know the PIN learns nothing of the account"


def test_an_account_that_is_enabled_again_gets_its_work_back(staffed: Store) -> None:
    staffed.staff.disable("c7", "boss")
    assert staffed.staff.enable("c7", "boss") == 1

    assert own(staffed, CLERK) == ["d-c7"]
    assert staffed.drafts.parked() == ()
    assert staffed.staff.prove("c7", PIN, NOON)[0] == CLERK


def test_a_removed_account_is_not_enabled_and_an_unknown_one_not_closed(staffed: Store) -> None:
    staffed.staff.remove("c7", "boss")
    for change in (staffed.staff.enable, staffed.staff.disable, staffed.staff.remove):
        for who in ("c7", "nobody"):
            with pytest.raises(LookupError):
                change(who, "boss")
    assert [one.staff_id for one in staffed.staff.accounts()] == ["c8"]
    assert staffed.staff.states() == {"c7": "removed", "c8": "active"}


def test_the_journal_names_who_did_what_to_whom(staffed: Store) -> None:
    staffed.staff.disable("c7", "boss")
    staffed.staff.enable("c7", "boss")
    staffed.staff.prove("c7", PIN, NOON)
    for _ in range(5):
        with pytest.raises(KioskError):
            staffed.staff.prove("c8", "000000", NOON)
    acts = [(one.act, one.subject, one.actor) for one in staffed.journal.entries()][-5:]

    assert acts == [
        ("staff.disabled", "c7", "boss"),
        ("draft.parked", "d-c7", "boss"),
        ("staff.enabled", "c7", "boss"),
        ("staff.logged_in", "c7", "c7"),
        ("staff.tried_too_often", "c8", "unknown"),
    ]


def test_cases_are_told_apart_by_who_took_them(staffed: Store) -> None:
    alone, others = submit(staffed), submit(staffed, taken_by="c8")
    listed = [one.submission_no for one in staffed.cases.page(takers=("", "c8"))]

    assert listed == [others.summary.submission_no, alone.summary.submission_no]
    assert staffed.cases.taken_by(others.summary.submission_no) == "c8"
    assert len(staffed.cases.page(takers=("", "c8"), limit=1)) == 2, "cases of one instant are never torn apart"
    with pytest.raises(KioskError):
        staffed.cases.taken_by("T00001A-20261124-99999-T")


def test_cases_of_an_earlier_version_learn_from_the_journal_who_took_them(store: Store) -> None:
    numbers = {who: submit(store, actor=who).summary.submission_no for who in ("c7", "terminal", "apply")}
    learn = PEOPLE[PEOPLE.index("UPDATE cases") : PEOPLE.index("CREATE INDEX")].rstrip().rstrip(";")
    with store.write_tx():
        store._connection.run(learn)

    assert {who: store.cases.taken_by(number) for who, number in numbers.items()} == {
        "c7": "c7",
        "terminal": "",
        "apply": "",
    }
