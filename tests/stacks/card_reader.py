"""A social-security card's reader as these tests ask it: through a host of its own, over one pcscd of theirs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.host import DeviceHost
from devices.limits import Limits
from kiosk.failure import Failure
from kiosk.model.devices import CardRead, Failed, ReadCard
from tests.devices.device_bench import ask, running, until
from tests.stacks.pcscd import CardProcess, Pcscd

BACK_WITHIN = 3.0
# One command of the card may take a second here; the host's own patience is as on a terminal.
PATIENT = Limits(card_silence=3.0, cancel=1.0, leave=0.5, first_pause=0.2)


@contextmanager
def reader(stack: Pcscd, data: Path, **options: str) -> Iterator[DeviceHost]:
    table = {"idcard": stack.options(**{"apdu_seconds": "1", **options})}
    with running(data, table, PATIENT) as host:
        yield host


def ready(host: DeviceHost, seconds: float = 10.0) -> None:
    until(lambda: host.status()[0].ready, seconds)


def failure(host: DeviceHost, seconds: float = 5.0) -> Failure:
    event = ask(host, ReadCard(seconds))
    assert isinstance(event, Failed), event
    return event.failure


def name(host: DeviceHost, seconds: float = 5.0) -> str:
    event = ask(host, ReadCard(seconds))
    assert isinstance(event, CardRead), event
    return event.card.name


def reads_again(host: DeviceHost, card: CardProcess, meanwhile: Failure | None = None) -> None:
    """With the cause gone, a card is read within three seconds and by the same driver process.

    `meanwhile` is what the driver may still answer before it has looked for its service again.
    """
    begun = time.monotonic()
    card.do("insert", card="li-xiaofang")
    event = ask(host, ReadCard(5.0))
    while isinstance(event, Failed) and event.failure is meanwhile and time.monotonic() - begun < BACK_WITHIN:
        event = ask(host, ReadCard(5.0))
    assert isinstance(event, CardRead), event
    assert event.card.name == "演示·李晓芳"
    assert time.monotonic() - begun < BACK_WITHIN
