"""Accounts of this terminal: argon2id PINs, and a lock-out that grows and survives a restart."""

import secrets
from datetime import datetime
from typing import Final, NamedTuple

from argon2 import PasswordHasher, profiles
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type, hash_secret_raw

from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role
from kiosk.seal.drafts import staff_tag
from local_db.columns import ticks
from local_db.connection import Connection
from local_db.journal import Journal

_RELEASE_KEY: Final = "staff.release_key"
_TRIES: Final = 5
_FIRST_LOCK_SECONDS: Final = 60
_LONGEST_LOCK_SECONDS: Final = 24 * 3600
_SECOND: Final = 1_000_000
# RFC 9106, second recommended option: 64 MiB, for machines that do something else besides.
_COST: Final = profiles.RFC_9106_LOW_MEMORY
_HASHER: Final = PasswordHasher.from_parameters(_COST)


class Staff:
    """See `kiosk.ports.Staff`."""

    def __init__(self, connection: Connection, journal: Journal, provider_secret: bytes) -> None:
        self._db = connection
        self._journal = journal
        self._secret = provider_secret

    def add(self, operator: Operator, pin: str, actor: str = "technician") -> None:
        """Make an account, or give an existing one a new PIN and role; its lock goes.

        Its drafts open with the old PIN alone, so they are parked for a supervisor.

        Raises:
            ValueError: the PIN is empty.
        """
        if not pin:
            raise ValueError("an empty PIN")
        record = {
            "staff_id": operator.staff_id,
            "name": operator.name,
            "role": str(operator.role),
            "pin_hash": _HASHER.hash(pin),
            "login_salt": secrets.token_bytes(16),
            "wrong": 0,
            "locked_at": None,
            "locked_seconds": 0,
            "state": "active",
            "release_wrap": None,
        }
        with self._db.write_tx():
            self._db.upsert("staff", "staff_id", record)
            self._journal.append("staff.set", operator.staff_id, actor, {"role": str(operator.role)})
            self._park(operator.staff_id, "new_pin", actor)

    def disable(self, staff_id: str, actor: str) -> int:
        """Nobody logs in with this account until it is enabled again; how many drafts of it are parked.

        Raises:
            LookupError: there is no such account.
        """
        return self._close(staff_id, "disabled", actor)

    def remove(self, staff_id: str, actor: str) -> int:
        """Close an account for good; how many drafts of it are parked. Cases it took stay as they are.

        Raises:
            LookupError: there is no such account.
        """
        return self._close(staff_id, "removed", actor)

    def enable(self, staff_id: str, actor: str) -> int:
        """Open a disabled account again with its old PIN; how many drafts it gets back.

        Raises:
            LookupError: there is no such account, or it was removed: then it needs a new PIN.
        """
        with self._db.write_tx():
            if not self._db.run(
                "UPDATE staff SET state = 'active' WHERE staff_id = ? AND state = 'disabled'", (staff_id,)
            ):
                raise LookupError(staff_id)
            self._journal.append("staff.enabled", staff_id, actor)
            return self._db.run(
                "UPDATE drafts SET parked_of = NULL, parked_why = NULL WHERE owner = ? AND parked_why = 'disabled'",
                (staff_tag(self._secret, staff_id),),
            )

    def accounts(self) -> tuple[Operator, ...]:
        """Every account that was not removed, by id."""
        rows = self._db.rows("SELECT staff_id, name, role FROM staff WHERE state <> 'removed' ORDER BY staff_id")
        return tuple(Operator(row[0], row[1], Role(row[2])) for row in rows)

    def states(self) -> dict[str, str]:
        """`active`, `disabled` or `removed`, by id."""
        return dict(self._db.rows("SELECT staff_id, state FROM staff"))

    def release_key(self) -> bytes | None:
        """The public key that staff drafts' keys are sealed to besides; None before a supervisor has logged in."""
        row = self._db.row("SELECT value FROM settings WHERE name = ?", (_RELEASE_KEY,))
        return row[0] if row else None

    def release_holders(self) -> dict[str, bytes]:
        """Its private half as each active supervisor holds it."""
        rows = self._db.rows(
            "SELECT staff_id, release_wrap FROM staff"
            " WHERE release_wrap IS NOT NULL AND state = 'active' AND role = 'supervisor'"
        )
        return dict(rows)

    def hold_release(self, staff_id: str, public: bytes, wrap: bytes) -> None:
        """This supervisor holds the private half of the release key from now on."""
        with self._db.write_tx():
            self._db.upsert("settings", "name", {"name": _RELEASE_KEY, "value": public})
            self._db.run("UPDATE staff SET release_wrap = ? WHERE staff_id = ?", (wrap, staff_id))
            self._journal.append("staff.may_release", staff_id, staff_id)

    def _close(self, staff_id: str, state: str, actor: str) -> int:
        with self._db.write_tx():
            if not self._db.run(
                "UPDATE staff SET state = ? WHERE staff_id = ? AND state <> 'removed'", (state, staff_id)
            ):
                raise LookupError(staff_id)
            self._journal.append(f"staff.{state}", staff_id, actor)
            return self._park(staff_id, state, actor)

    def _park(self, staff_id: str, why: str, actor: str) -> int:
        """Nothing of an account ends with it: its drafts stay, without an end, until a supervisor has seen to them."""
        owner = staff_tag(self._secret, staff_id)
        left = self._db.rows("SELECT case_id FROM drafts WHERE owner = ?", (owner,))
        self._db.run(
            "UPDATE drafts SET parked_of = ?, parked_why = ?, keep_until = NULL WHERE owner = ?", (staff_id, why, owner)
        )
        for (case_id,) in left:
            self._journal.append("draft.parked", case_id, actor, {"of": staff_id, "why": why})
        return len(left)

    def prove(self, staff_id: str, pin: str, now: datetime) -> tuple[Operator, bytes]:
        """The account and its 32-byte login key, which only this PIN gives.

        The try is counted before the PIN is looked at, so that pulling the plug gains no further tries.

        Raises:
            KioskError: `PIN_WRONG` (with the tries left), also for an unknown account and after the same time;
                `PIN_LOCKED` with the seconds to wait.
        """
        account = self._count_try(staff_id, now)
        if account is None:
            _HASHER.hash(pin)
            raise KioskError(Failure.PIN_WRONG)
        if account.wait:
            raise KioskError(Failure.PIN_LOCKED, seconds=account.wait)
        if not _matches(account.pin_hash, pin):
            raise KioskError(Failure.PIN_WRONG, left=max(0, _TRIES - account.wrong))
        if account.state != "active":
            raise KioskError(Failure.STAFF_FORBIDDEN, reason=account.state)
        with self._db.write_tx():
            self._db.run(
                "UPDATE staff SET wrong = 0, locked_at = NULL, locked_seconds = 0 WHERE staff_id = ?", (staff_id,)
            )
            self._journal.append("staff.logged_in", staff_id, staff_id)
        return Operator(staff_id, account.name, Role(account.role)), _login_key(pin, account.salt)

    def _count_try(self, staff_id: str, now: datetime) -> "_Account | None":
        """Count one wrong try in advance, and lock from the fifth on; while locked count nothing."""
        with self._db.write_tx():
            row = self._db.row(
                "SELECT name, role, pin_hash, login_salt, wrong, locked_at, locked_seconds, state FROM staff"
                " WHERE staff_id = ?",
                (staff_id,),
            )
            if row is None:
                return None
            name, role, pin_hash, salt, wrong, locked_at, seconds, state = row
            # A lock from the future was set under a wrong clock: it begins anew instead of lasting for years.
            since = ticks(now) if locked_at is None else min(locked_at, ticks(now))
            wait = max(0, -((ticks(now) - since) // _SECOND - seconds)) if locked_at is not None else 0
            if not wait:
                wrong += 1
                since, seconds = ticks(now), _lock_seconds(wrong)
            self._db.run(
                "UPDATE staff SET wrong = ?, locked_at = ?, locked_seconds = ? WHERE staff_id = ?",
                (wrong, since if seconds else None, seconds, staff_id),
            )
            if seconds and not wait:
                self._journal.append("staff.tried_too_often", staff_id, "unknown", {"wrong": str(wrong)})
        return _Account(name, role, pin_hash, salt, wrong, wait, state)


class _Account(NamedTuple):
    """One account while a PIN is tried: wrong tries with this one counted, seconds still locked."""

    name: str
    role: str
    pin_hash: str
    salt: bytes
    wrong: int
    wait: int
    state: str


def _lock_seconds(wrong: int) -> int:
    """One minute after the fifth wrong try, twice as long after each further one, a day at most."""
    if wrong < _TRIES:
        return 0
    return min(_LONGEST_LOCK_SECONDS, _FIRST_LOCK_SECONDS << min(wrong - _TRIES, 16))


def _matches(pin_hash: str, pin: str) -> bool:
    try:
        return _HASHER.verify(pin_hash, pin)
    except VerifyMismatchError:
        return False


def _login_key(pin: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        pin.encode(), salt, _COST.time_cost, _COST.memory_cost, _COST.parallelism, hash_len=32, type=Type.ID
    )
