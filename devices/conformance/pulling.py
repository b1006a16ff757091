"""The device pulled out and put back, under the real host."""

import queue
import time
from collections.abc import Callable

from devices.conformance.bench import Bench
from devices.conformance.verdict import NotConformingError, NotTriedError
from devices.host import DeviceHost
from kiosk.failure import Failure
from kiosk.model.devices import CardRead, DeviceKind, Event, Failed, Finished, ReadCard

_OPENING = 12.0
_NOTICED = 8.0
_BACK = 3.0
_TICK = 0.05
_GONE = frozenset(
    {Failure.DEVICE_ABSENT.code, Failure.PRINTER_OFFLINE.code, Failure.CARD_SERVICE_DOWN.code, Failure.DEVICE_BUSY.code}
)


def pulled_and_back(bench: Bench) -> None:
    """Unplugged it says so by name, also in the middle of a read; plugged in again it works within 3 s, unaided."""
    if not bench.can("unplug", "plug"):
        raise NotTriedError("nobody pulls its plug here")
    table = {bench.kind.value: [{"driver": bench.driver, **bench.options}]}
    with DeviceHost(table, bench.data) as host:
        if not _until(lambda: host.status()[0].ready, _OPENING):
            raise NotTriedError(f"the device does not open: {host.status()[0].failure}")
        for waiting in (False, True) if bench.kind is DeviceKind.ID_CARD else (False,):
            ended: queue.SimpleQueue[Event] = queue.SimpleQueue()
            if waiting:
                _take_away(bench)
                host.start(ReadCard(_NOTICED), ended.put)
                time.sleep(_BACK / 10)
            bench.hands["unplug"]()
            try:
                _noticed(host)
                if waiting:
                    _ended(ended)
            finally:
                bench.hands["plug"]()
            if not _until(lambda: host.status()[0].ready, _BACK):
                raise NotConformingError(f"plugged in again it is not back within {_BACK:.0f} s")


def _noticed(host: DeviceHost) -> None:
    if not _until(lambda: not host.status()[0].ready, _NOTICED):
        raise NotConformingError("unplugged it still says that all is well")
    failure = host.status()[0].failure
    if failure not in _GONE:
        raise NotConformingError(f"unplugged it says {failure}")


def _ended(events: "queue.SimpleQueue[Event]") -> None:
    """The request ends by name, and the driver's process has not died of it."""
    until = time.monotonic() + 2 * _NOTICED
    while (left := until - time.monotonic()) > 0:
        try:
            event = events.get(timeout=left)
        except queue.Empty:
            break
        if isinstance(event, Failed) and event.failure in {Failure.DEVICE_CRASHED, Failure.DEVICE_HUNG}:
            raise NotConformingError(f"unplugged in a read its process ends {event.failure.code}")
        if isinstance(event, Failed | CardRead | Finished):
            return
    raise NotConformingError("unplugged in a read it never ends it")


def _take_away(bench: Bench) -> None:
    if bench.can("take_away"):
        bench.hands["take_away"]()


def _until(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() >= end:
            return False
        time.sleep(_TICK)
    return True
