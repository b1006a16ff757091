"""A host with real drivers in real processes, and a pair of eyes for what it tells."""

import queue
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from devices.host import DeviceHost
from devices.limits import Limits
from kiosk.failure import Failure
from kiosk.model.devices import CardRead, Event, Failed, Finished, PageScanned, PrintPaper, Request, Ticket

PATIENCE = 15.0
QUICK = Limits(
    idle=4.0, card_silence=1.0, scan_silence=2.0, print_silence=1.0, cancel=0.5, leave=0.5, first_pause=0.2, answer=8.0
)


class Seen:
    """The events of one request, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._last: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, CardRead | Finished | Failed):
            self._last.put(event)

    def last(self, seconds: float = PATIENCE) -> Event:
        """The event that ended the request."""
        return self._last.get(timeout=seconds)

    def failure(self, seconds: float = PATIENCE) -> Failure:
        """The failure that ended the request."""
        event = self.last(seconds)
        assert isinstance(event, Failed), event
        return event.failure

    def pages(self) -> list[PageScanned]:
        """Pages that came so far."""
        return [event for event in self.events if isinstance(event, PageScanned)]


@contextmanager
def running(data: Path, config: Mapping[str, Any], limits: Limits = QUICK) -> Iterator[DeviceHost]:
    """A host for one test. Leaving proves that it leaves nothing behind."""
    with DeviceHost(config, data, limits) as host:
        yield host
        children = [pid for seat in host._seats for pid in _pids(seat)]
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def begin(host: DeviceHost, request: Request) -> tuple[Seen, Ticket]:
    """Start a request and watch it."""
    seen = Seen()
    return seen, host.start(request, seen)


def ask(host: DeviceHost, request: Request) -> Event:
    """Start a request and wait for its end."""
    return begin(host, request)[0].last()


def pid_of(host: DeviceHost, kind: str) -> int:
    """The process of a kind's first driver, once it is there."""
    until(lambda: all(status.ready for status in host.status()))
    for seat in host._seats:
        if seat.choice.name == kind and seat.child is not None:
            return seat.child.pid
    raise AssertionError(kind)


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something that must become true."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never became true"
        time.sleep(0.01)


def small_pdf(pages: int = 1) -> bytes:
    """A whole PDF of blank A4 pages."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def paper(pages: int = 1, title: str = "receipt-TEST0001") -> PrintPaper:
    """A paper to print."""
    return PrintPaper(small_pdf(pages), title)


def _pids(seat: Any) -> list[int]:
    return [child.pid for child in (*seat.dying, *([seat.child] if seat.child else []))]
