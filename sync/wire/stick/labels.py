"""Which sticks are ours: a label signed by the platform, and a name for people to write on the outside.

The label keeps strange media away from the terminals; it is no secret, and a copy of the folder carries it along. What
the stick brings is believed for its signatures alone.
"""

from typing import Final

from kiosk.failure import Failure, KioskError
from sync.wire.coding import WireError, decode, encode
from sync.wire.messages import SignedRecord
from sync.wire.records import make_record, read_record
from sync.wire.stick.medium import Stick
from sync.wire.stick.messages import Label

FILE: Final = "label.jbl"
_MOST_BYTES: Final = 4096


def write_label(stick: Stick, label: Label, record_private: bytes) -> None:
    """Label a stick; whatever else lies on it stays.

    Raises:
        KioskError: `COURIER_FULL`, `COURIER_UNREADABLE`.
    """
    stick.replace((FILE,), encode(make_record("label", label, record_private)))


def read_label(stick: Stick, platform: str, record_key: bytes, region12: str | None = None) -> Label:
    """The label of a stick that this platform registered, for the region of this terminal if one is given.

    Raises:
        KioskError: `COURIER_UNREGISTERED` without a label; `COURIER_FOREIGN` with one of another platform or region.
    """
    data = stick.index((FILE,), _MOST_BYTES)
    if data is None:
        raise KioskError(Failure.COURIER_UNREGISTERED, reason="no_label")
    try:
        record = decode(data, SignedRecord)
        claimed = decode(record.body, Label)
    except WireError as error:
        raise KioskError(Failure.COURIER_UNREGISTERED, reason="label") from error
    if claimed.platform != platform:
        raise KioskError(Failure.COURIER_FOREIGN, reason="platform")
    try:
        label = read_record(record, "label", Label, record_key)
    except KioskError as error:
        raise KioskError(Failure.COURIER_UNREGISTERED, reason="signature") from error
    if region12 is not None and not region12.startswith(label.region):
        raise KioskError(Failure.COURIER_FOREIGN, reason="region")
    return label
