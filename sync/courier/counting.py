"""The number of this terminal's newest export. Refusals count only in answer to it."""

import struct
from typing import Final

from kiosk.ports import Store

_SETTING: Final = "courier.counter"
_COUNTER: Final = struct.Struct(">Q")


def newest(store: Store) -> int:
    """The number of the newest export, 0 before the first."""
    held = store.settings.get(_SETTING)
    return int(_COUNTER.unpack(held)[0]) if held else 0


def next_counter(store: Store, serial: str) -> int:
    """The number of a new export, written down with the stick it goes onto."""
    with store.write_tx():
        counter = newest(store) + 1
        store.settings.put(_SETTING, _COUNTER.pack(counter))
        store.journal.append("courier.exported", serial, "technician", {"counter": str(counter)})
    return counter
