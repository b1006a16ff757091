"""A small genuine catalogue package, and a difference."""

from datetime import UTC, date, datetime

import msgspec

from kiosk.calendar import HolidayTable
from kiosk.catalogue.package import Head, write_package
from tests.central.catalogue import item

_HEAD = Head("t", "t", 1, date(2026, 7, 1), datetime(2026, 7, 1, tzinfo=UTC), "990101000000", demo=True)
PACKAGE = write_package(_HEAD, [msgspec.to_builtins(item())], HolidayTable(), bytes(range(32)))
DIFFERENCE = msgspec.msgpack.encode({"base": 1, "held": bytes(32), "head": b"{}", "signature": bytes(64)})
