"""Registering a stick: the platform signs its label and writes the stick's name into its own journal."""

import secrets
from typing import Final

from central.office import Office
from central.store import audit
from kiosk.failure import Failure, KioskError
from sync.wire.stick.labels import read_label, write_label
from sync.wire.stick.medium import Stick
from sync.wire.stick.messages import Label

_SERIAL_BYTES: Final = 8
_MOST_NAME: Final = 40
_MOST_REGION: Final = 12


def register(office: Office, stick: Stick, name: str, region: str, *, actor: str) -> Label:
    """Label a stick as `name`, for the terminals whose region codes begin with `region`.

    A stick of this platform keeps its serial; what lies on it stays.

    Raises:
        KioskError: `CONFIG_INVALID` for no name or no region code, `COURIER_FULL`, `COURIER_UNREADABLE`.
    """
    if not name.strip() or len(name) > _MOST_NAME or not name.isprintable():
        raise KioskError(Failure.CONFIG_INVALID, where="name")
    if region and not (region.isascii() and region.isdecimal() and len(region) <= _MOST_REGION):
        raise KioskError(Failure.CONFIG_INVALID, where="region")
    stick.demand()
    try:
        serial = read_label(stick, office.name, office.keys.record_public).serial
    except KioskError as error:
        if error.failure not in (Failure.COURIER_UNREGISTERED, Failure.COURIER_FOREIGN):
            raise
        serial = secrets.token_hex(_SERIAL_BYTES)
    label = Label(office.name, serial, name.strip(), office.now(), region)
    write_label(stick, label, office.keys.record)
    with office.store.write() as connection:
        audit.note(connection, office.now(), "courier.registered", serial, actor, name=label.name, region=region)
    return label
