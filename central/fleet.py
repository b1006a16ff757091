"""The fleet: enrolment codes, terminals, revocation.

A code's secret is 65 random bits. Its first four characters find the stored code, so that wrong tries count against
one code and nobody can spend all codes by guessing; the whole secret is compared as a slow salted hash.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from central.office import Office
from central.store import audit, codes, settings, terminals
from central.store.codes import StoredCode
from central.store.terminals import EPOCHS, Terminal, TerminalState
from kiosk import enrolment
from kiosk.failure import Failure, KioskError
from kiosk.seal.statements import DeviceStatement, make_device_statement

CODE_LASTS: Final = timedelta(hours=2)
CODE_TRIES: Final = 5
_SELECTOR = 4
_KEY_BYTES = 32
_SCRYPT_COST = 2**14
_KEPT_EXPIRED = timedelta(days=1)
_MOST_TERMINALS = 99_999


@dataclass(frozen=True, slots=True)
class NewCode:
    """A fresh enrolment code, shown once. `text` is what the technician types."""

    text: str = field(repr=False)
    terminal: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a terminal became."""

    terminal: str
    epoch: str
    point_name: str
    region12: str
    device_statement: bytes


def new_code(
    office: Office,
    *,
    actor: str,
    terminal: str | None = None,
    point_name: str | None = None,
    region12: str | None = None,
) -> NewCode:
    """A code for a new terminal, or for `terminal` to be enrolled again.

    Raises:
        KioskError: `NOT_PROVISIONED` when there is no such terminal, `CONFIG_INVALID` when no id is left.
    """
    now = office.now()
    with office.store.write() as connection:
        codes.forget_expired(connection, now - _KEPT_EXPIRED)
        name = _place(connection, terminal, point_name, region12)
        code = _unused_code(connection, office.root_public)
        salt = secrets.token_bytes(16)
        stored = StoredCode(code.secret[:_SELECTOR], name, salt, _hash(code.secret, salt), now + CODE_LASTS, CODE_TRIES)
        codes.add(connection, stored)
        audit.note(connection, now, "fleet.code", name, actor)
    return NewCode(code.text(), name, stored.expires_at)


def enrol(office: Office, secret: str, device_key: bytes, terminal_key: bytes) -> Enrolled:
    """Use a code. The same keys may repeat it while it lasts, because an answer can get lost on the way.

    Raises:
        KioskError: `ENROLMENT_CODE_REFUSED` for a wrong, expired, used or exhausted code; which of these is not said.
    """
    if len(device_key) != _KEY_BYTES or len(terminal_key) != _KEY_BYTES:
        raise KioskError(Failure.ENROLMENT_CODE_REFUSED)
    now = office.now()
    code = _proved(office, secret, now)
    used_by = hashlib.sha256(device_key + terminal_key).digest()
    with office.store.write() as connection:
        again = codes.find(connection, code.selector)
        if again is None or again.secret_hash != code.secret_hash:
            raise KioskError(Failure.ENROLMENT_CODE_REFUSED)
        if again.used_at is None:
            codes.use(connection, code.selector, now, used_by)
            _give_keys(connection, office, code.terminal, device_key, terminal_key)
        elif again.used_by != used_by:
            raise KioskError(Failure.ENROLMENT_CODE_REFUSED)
        return _enrolled(connection, code.terminal)


def revoke(office: Office, terminal: str, *, actor: str) -> None:
    """Refuse everything from this terminal until it is enrolled again.

    Raises:
        KioskError: `NOT_PROVISIONED` when there is no such terminal.
    """
    with office.store.write() as connection:
        if terminals.find(connection, terminal) is None:
            raise KioskError(Failure.NOT_PROVISIONED)
        terminals.revoke(connection, terminal)
        audit.note(connection, office.now(), "fleet.revoked", terminal, actor)


def every(office: Office) -> tuple[Terminal, ...]:
    """All terminals."""
    with office.store.read() as connection:
        return terminals.every(connection)


def _place(connection: Connection, terminal: str | None, point_name: str | None, region12: str | None) -> str:
    if terminal is not None:
        if terminals.find(connection, terminal) is None:
            raise KioskError(Failure.NOT_PROVISIONED)
        terminals.place(connection, terminal, point_name, region12)
        return terminal
    number = settings.count_up(connection, "terminal")
    if number > _MOST_TERMINALS:
        raise KioskError(Failure.CONFIG_INVALID, reason="no_terminal_id_left")
    name = f"T{number:05d}"
    terminals.add(connection, name, point_name or "", region12 or "")
    return name


def _unused_code(connection: Connection, root_public: bytes) -> enrolment.EnrolmentCode:
    while True:
        code = enrolment.new_code(root_public)
        if codes.find(connection, code.secret[:_SELECTOR]) is None:
            return code


def _proved(office: Office, secret: str, now: datetime) -> StoredCode:
    """The code this secret opens. A try is spent before the comparison, so that no crash gives it back."""
    with office.store.write() as connection:
        code = codes.find(connection, secret[:_SELECTOR])
        if code is None or code.tries_left < 1 or code.expires_at < now:
            raise KioskError(Failure.ENROLMENT_CODE_REFUSED)
        codes.spend_try(connection, code.selector)
    if not hmac.compare_digest(_hash(secret, code.salt), code.secret_hash):
        raise KioskError(Failure.ENROLMENT_CODE_REFUSED)
    return code


def _give_keys(connection: Connection, office: Office, name: str, device_key: bytes, terminal_key: bytes) -> None:
    found = terminals.find(connection, name)
    if found is None:
        raise KioskError(Failure.ENROLMENT_CODE_REFUSED)
    epoch = _next_epoch(found.epoch)
    now = office.now()
    statement = make_device_statement(office.keys.root, DeviceStatement(name, epoch, device_key, now))
    terminals.enrol(connection, name, epoch, device_key, terminal_key, statement, now)
    again = "yes" if found.state is not TerminalState.WAITING else "no"
    audit.note(connection, now, "fleet.enrolled", name, audit.PLATFORM, epoch=epoch, again=again)


def _next_epoch(epoch: str) -> str:
    """The epoch after this one.

    Raises:
        KioskError: `CONFIG_INVALID` after 36 enrolments of one terminal; it needs a new id.
    """
    following = EPOCHS[EPOCHS.index(epoch) + 1 :] if epoch else EPOCHS
    if not following:
        raise KioskError(Failure.CONFIG_INVALID, reason="no_epoch_left")
    return following[0]


def _enrolled(connection: Connection, name: str) -> Enrolled:
    found = terminals.find(connection, name)
    if found is None:
        raise KioskError(Failure.ENROLMENT_CODE_REFUSED)
    return Enrolled(found.id, found.epoch, found.point_name, found.region12, found.device_statement)


def _hash(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=_SCRYPT_COST, r=8, p=1, dklen=_KEY_BYTES)
