"""`kiosk doctor --self-test`: with every configured device one real round, alone, in the order of the settings.

Each device gets a host and a driver process of its own, so that one that hangs costs the others nothing. A person is
asked to lay down a card or hold up a code, with a time limit; of a simulated device `simulate` does that act.
"""

import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.health.devices import screen_answers
from kiosk.cli.health.finding import Finding, Health, Phrase, looked, trouble
from kiosk.config import read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CardRead, DeviceKind, Event, Failed, Finished, Request, Ticket
from kiosk.model.values import JsonObject

if TYPE_CHECKING:
    from devices.host import DeviceHost

_OPENING_SECONDS = 12.0
# More than the longest request may last (devices.limits): the host ends each one itself.
_LONGEST_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Bench:
    """One device under test: its host, whether it is a simulated one, and how long a person may take."""

    host: "DeviceHost"
    name: str
    driver: str
    simulated: bool
    seconds: float

    def act(self, action: str, /, **arguments: str) -> JsonObject:
        """Do the physical act of a simulated device; nothing for a real one."""
        if not self.simulated:
            return {}
        kind, _, _ = self.name.partition("-")
        return self.host.simulate(kind, action, device=1, **arguments)

    def please(self, chinese: str, english: str) -> None:
        """Ask whoever stands here for an act; nobody has to for a simulated device."""
        if not self.simulated:
            wait = f"{self.seconds:.0f}"
            say = Phrase(f"→ {chinese}（{wait} 秒内）", f"→ {english} (within {wait} s)")
            click.echo(say.here(), err=True)

    def ask(self, request: Request, on_event: Callable[[Ticket, Event], None] | None = None) -> Event:
        """Run one request to its end.

        Raises:
            KioskError: the failure it ended with.
        """
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        ticket = self.host.start(request, events.put)
        while True:
            try:
                event = events.get(timeout=_LONGEST_SECONDS)
            except queue.Empty:
                raise KioskError(Failure.DEVICE_HUNG) from None
            if on_event is not None:
                on_event(ticket, event)
            if isinstance(event, Failed):
                raise KioskError(event.failure, **({"detail": event.detail} if event.detail else {}))
            if isinstance(event, CardRead | Finished):
                return event


def run_rounds(data: Path, seconds: float) -> Iterator[Finding]:
    """One finding a device, with the seconds its round took."""
    if screen_answers(data) is not None:
        yield Finding(
            "devices",
            Health.BAD,
            Phrase("没有测", "not tested"),
            Phrase("正在运行的界面占用着这些设备。", "The running screen holds the devices."),
            Phrase("先停下 kiosk run，再测一次。", "Stop kiosk run and test again."),
        )
        return
    yield from looked("devices", lambda: _each(data, seconds))


def _each(data: Path, seconds: float) -> Iterator[Finding]:
    from devices.config import table_of  # noqa: PLC0415 -- drivers only for who tests them

    data.mkdir(parents=True, exist_ok=True)
    for word, devices in table_of(read_config(data).devices).items():
        for place, options in enumerate(devices, start=1):
            name = word if place == 1 else f"{word}-{place}"
            yield from looked(name, partial(_one, data, word, options, name, seconds))


def _one(data: Path, word: str, options: dict[str, str], name: str, seconds: float) -> list[Finding]:
    from devices.host import DeviceHost  # noqa: PLC0415
    from kiosk.cli.health.acts import ACTS  # noqa: PLC0415

    with DeviceHost({word: [options]}, data) as host:
        # A driver's first start is no part of the round.
        host.probe(_OPENING_SECONDS)
        (status,) = host.status()
        bench = Bench(host, name, options["driver"], status.simulated, seconds)
        began = time.monotonic()
        try:
            found = ACTS[DeviceKind(word)](bench)
        except KioskError as error:
            state = Phrase(f"测试没有通过（{bench.driver}）", f"failed its test ({bench.driver})")
            found = trouble(name, error, state)
        return [replace(found, seconds=time.monotonic() - began)]
