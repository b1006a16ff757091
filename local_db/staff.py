"""Accounts of this terminal: argon2id PINs, and a lock-out that grows and survives a restart."""

import secrets
from datetime import datetime
from typing import Final, NamedTuple

from argon2 import PasswordHasher, profiles
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type, hash_secret_raw

from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role
from local_db.columns import ticks
from local_db.connection import Connection
from local_db.journal import Journal

_TRIES: Final = 5
_FIRST_LOCK_SECONDS: Final = 60
_LONGEST_LOCK_SECONDS: Final = 24 * 3600
_SECOND: Final = 1_000_000
# RFC 9106, second recommended option: 64 MiB, for machines that do something else besides.
_COST: Final = profiles.RFC_9106_LOW_MEMORY
_HASHER: Final = PasswordHasher.from_parameters(_COST)


class Staff:
    """See `kiosk.ports.Staff`."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._db = connection
        self._journal = journal

    def add(self, operator: Operator, pin: str) -> None:
        """Make an account, or give an existing one a new PIN and role; its lock goes, its kept drafts stay locked.

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
        }
        with self._db.write_tx():
            self._db.upsert("staff", "staff_id", record)
            self._journal.append("staff.set", operator.staff_id, "technician", {"role": str(operator.role)})

    def accounts(self) -> tuple[Operator, ...]:
        """Every account, by id."""
        rows = self._db.rows("SELECT staff_id, name, role FROM staff ORDER BY staff_id")
        return tuple(Operator(row[0], row[1], Role(row[2])) for row in rows)

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
        with self._db.write_tx():
            self._db.run(
                "UPDATE staff SET wrong = 0, locked_at = NULL, locked_seconds = 0 WHERE staff_id = ?", (staff_id,)
            )
        return Operator(staff_id, account.name, Role(account.role)), _login_key(pin, account.salt)

    def _count_try(self, staff_id: str, now: datetime) -> "_Account | None":
        """Count one wrong try in advance, and lock from the fifth on; while locked count nothing."""
        with self._db.write_tx():
            row = self._db.row(
                "SELECT name, role, pin_hash, login_salt, wrong, locked_at, locked_seconds FROM staff"
                " WHERE staff_id = ?",
                (staff_id,),
            )
            if row is None:
                return None
            name, role, pin_hash, salt, wrong, locked_at, seconds = row
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
        return _Account(name, role, pin_hash, salt, wrong, wait)


class _Account(NamedTuple):
    """One account while a PIN is tried: wrong tries with this one counted, seconds still locked."""

    name: str
    role: str
    pin_hash: str
    salt: bytes
    wrong: int
    wait: int


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
