"""Whose it is, without writing down who: HMAC tags under a key of this platform."""

import hashlib
import hmac
import secrets

from sqlalchemy import Connection

from central import casebook
from central.office import Office
from central.store import cases, settings
from central.store import exchange as rows
from kiosk.failure import KioskError
from kiosk.identity.ids import normal
from kiosk.model.case import Draft

_KEY = "holder_key"
_COMPLETE = "holders_complete"


def prepare(office: Office) -> None:
    """Note the holders of cases that an earlier version took without noting them; once, and cheap ever after.

    A case that cannot be opened any more is named in the log and found by nobody.
    """
    with office.store.read() as connection:
        if settings.get(connection, _COMPLETE) is not None:
            return
    with office.store.write() as connection:
        _key(connection)
        last = ""
        while page := cases.page(connection, last):
            for case in page:
                try:
                    note_case(connection, case.number, casebook.open_case(office, connection, case.number).draft)
                except KioskError as error:
                    office.log.warning("holders.case_unreadable", number=case.number, failure=error.failure.code)
            last = page[-1].number
        settings.put_once(connection, _COMPLETE, b"1")


def tag_of(connection: Connection, id_no: str) -> bytes:
    """The tag under which everything of the holder of this number lies (32 bytes).

    The caller holds a write transaction the first time, when the key is made.
    """
    return hmac.new(_key(connection), b"jinban/holder/1\0" + normal(id_no).encode(), hashlib.sha256).digest()


def _key(connection: Connection) -> bytes:
    return settings.get(connection, _KEY) or settings.put_once(connection, _KEY, secrets.token_bytes(32))


def note_case(connection: Connection, number: str, draft: Draft) -> None:
    """Let the people behind a case find it again: whose matter it is, and who acted."""
    if draft.applicant is not None:
        rows.add_holder(connection, tag_of(connection, draft.applicant.person.id_no), number, applicant=True)
    if draft.agent is not None:
        rows.add_holder(connection, tag_of(connection, draft.agent.person.id_no), number, applicant=False)
