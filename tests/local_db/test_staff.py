"""Staff PINs: proved offline, locked out a little longer each time, whatever the clock or the plug does."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role
from local_db.staff import _lock_seconds
from local_db.store import Store, open_store
from tests.local_db.making import NOON, SetClock

CLERK = Operator("c7", "测试·窗口甲", Role.CLERK)
PIN = "481516"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def refused(store: Store, pin: str, now: object = NOON, who: str = CLERK.staff_id) -> KioskError:
    with pytest.raises(KioskError) as error:
        store.staff.prove(who, pin, now)  # type: ignore[arg-type] # a datetime
    return error.value


@pytest.fixture
def staffed(store: Store) -> Store:
    store.staff.add(CLERK, PIN)
    return store


def test_the_right_pin_gives_the_account_and_always_the_same_login_key(staffed: Store) -> None:
    operator, key = staffed.staff.prove("c7", PIN, NOON)

    assert operator == CLERK
    assert len(key) == 32
    assert staffed.staff.prove("c7", PIN, NOON) == (operator, key)


def test_login_keys_differ_between_people_and_pins(staffed: Store) -> None:
    key = staffed.staff.prove("c7", PIN, NOON)[1]
    staffed.staff.add(Operator("c8", "测试·窗口乙", Role.CLERK), PIN)
    other = staffed.staff.prove("c8", PIN, NOON)[1]
    staffed.staff.add(CLERK, "999999")

    assert len({key, other, staffed.staff.prove("c7", "999999", NOON)[1]}) == 3


def test_accounts_are_listed_without_secrets(staffed: Store) -> None:
    staffed.staff.add(Operator("a1", "测试·主管", Role.SUPERVISOR), "1")

    assert [one.staff_id for one in staffed.staff.accounts()] == ["a1", "c7"]


def test_the_pin_stands_nowhere_in_the_database(staffed: Store) -> None:
    row = staffed._connection.row("SELECT * FROM staff")
    assert row is not None
    assert PIN not in repr(row)
    assert "$argon2id$" in row[3]


def test_an_unknown_account_sounds_like_a_wrong_pin(staffed: Store) -> None:
    assert refused(staffed, PIN, who="nobody").failure is Failure.PIN_WRONG


def test_five_wrong_tries_lock_and_the_right_pin_does_not_help_then(staffed: Store) -> None:
    left = [refused(staffed, "0").info["left"] for _ in range(5)]

    assert left == [4, 3, 2, 1, 0]
    locked = refused(staffed, PIN)
    assert (locked.failure, locked.info) == (Failure.PIN_LOCKED, {"seconds": 60})
    assert refused(staffed, PIN, NOON + 59 * SECOND).info == {"seconds": 1}
    assert staffed.staff.prove("c7", PIN, NOON + MINUTE)[0] == CLERK


def test_a_right_pin_in_between_forgets_the_wrong_ones(staffed: Store) -> None:
    for _ in range(2):
        for _ in range(3):
            refused(staffed, "0")
        staffed.staff.prove("c7", PIN, NOON)


def test_each_further_wrong_try_locks_twice_as_long_up_to_a_day(staffed: Store) -> None:
    for _ in range(5):
        refused(staffed, "0")
    now, waits = NOON, []
    for _ in range(3):
        wait = refused(staffed, "0", now).info["seconds"]
        assert isinstance(wait, int)
        waits.append(wait)
        now += wait * SECOND
        refused(staffed, "0", now)

    assert waits == [60, 120, 240]
    assert [_lock_seconds(wrong) for wrong in (4, 5, 15, 16, 500)] == [0, 60, 61440, 86400, 86400]


def test_the_lock_survives_a_restart(staffed: Store, data: Path) -> None:
    for _ in range(5):
        refused(staffed, "0")
    staffed.close()

    with open_store(data, clock=SetClock()) as again:
        assert refused(again, PIN).failure is Failure.PIN_LOCKED


def test_a_lock_set_under_a_wrong_clock_does_not_last_for_years(staffed: Store) -> None:
    future = NOON.replace(year=2093)
    for _ in range(5):
        refused(staffed, "0", future)

    assert refused(staffed, PIN, NOON).info == {"seconds": 60}
    assert refused(staffed, PIN, NOON + 30 * SECOND).info == {"seconds": 30}
    assert staffed.staff.prove("c7", PIN, NOON + MINUTE)[0] == CLERK


def test_a_try_is_counted_before_the_pin_is_looked_at(staffed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pulling the plug at the moment of checking gains nothing."""

    def plug_pulled(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("local_db.staff._matches", plug_pulled)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            staffed.staff.prove("c7", PIN, NOON)
    monkeypatch.undo()

    assert refused(staffed, PIN).failure is Failure.PIN_LOCKED


def test_a_new_pin_opens_the_lock(staffed: Store) -> None:
    for _ in range(5):
        refused(staffed, "0")
    staffed.staff.add(Operator("c7", CLERK.name, Role.SUPERVISOR), "222222")

    operator, _ = staffed.staff.prove("c7", "222222", NOON)
    assert operator.role is Role.SUPERVISOR
    assert refused(staffed, PIN).failure is Failure.PIN_WRONG


def test_an_empty_pin_is_no_pin(store: Store) -> None:
    with pytest.raises(ValueError, match="PIN"):
        store.staff.add(CLERK, "")
