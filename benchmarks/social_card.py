"""What reading a social-security card costs beyond the card itself, through a real pcscd and its virtual reader.

`python -m benchmarks.social_card [ROUNDS]` takes turns, round by round, between

- bare: the same nine commands through pyscard alone, in this process: the least anybody can do;
- driver: `DeviceHost`, the driver's own process, watcher, deadlines, records, the card back in this process.

For cards that take 0, 5 and 20 ms for each command. All in milliseconds beyond the time the chip itself was busy, which
the card process measures. The bar is the median of `driver`.
"""

import importlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.table import print_table
from devices.idcard.pcsc.dialogue import read_elements
from kiosk.model.devices import CardRead, ReadCard
from tests.devices.device_bench import ask, running, until
from tests.stacks.pcscd import READER, CardProcess, own_pcscd

LIMIT_MS = 10.0
SPEEDS_MS = (0, 5, 20)
_SETTLE = 0.05
_WARM_UP = 3


def bare_reader(path: str) -> Callable[[], None]:
    """Connect, the same commands, disconnect."""
    os.environ["PCSCLITE_CSOCK_NAME"] = path
    scard: Any = importlib.import_module("smartcard.scard")
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)

    def read() -> None:
        code, handle, _ = scard.SCardConnect(
            context, READER, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        )
        assert code == 0
        read_elements(lambda command: bytes(scard.SCardTransmit(handle, scard.SCARD_PCI_T0, list(command))[1]))
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)

    return read


def beyond(card: CardProcess, read: Callable[[], None]) -> float:
    """Milliseconds of one read that the chip was not busy."""
    before: float = card.do("state")["busy"]
    began = time.perf_counter()
    read()
    whole = time.perf_counter() - began
    # The reader lets the card go just after the driver has told its host.
    time.sleep(_SETTLE)
    busy: float = card.do("state")["busy"] - before
    return (whole - busy) * 1000


def measure(rounds: int) -> dict[tuple[int, str], list[float]]:
    """Milliseconds beyond the card, by its speed and the way."""
    times: dict[tuple[int, str], list[float]] = {}
    with own_pcscd() as stack, tempfile.TemporaryDirectory(prefix="jinban-bench-") as data:
        stack.start_open()
        card = stack.card()
        bare = bare_reader(stack.socket)
        with running(Path(data), {"idcard": stack.options()}) as host:

            def through_the_host() -> None:
                assert isinstance(ask(host, ReadCard(10)), CardRead)

            card.do("insert", card="li-xiaofang")
            until(lambda: host.status()[0].ready)
            through_the_host()
            for speed in SPEEDS_MS:
                card.do("at", command=1, how="wait", seconds=speed / 1000, every=True)
                for turn in range(rounds + _WARM_UP):
                    for way, read in (("bare", bare), ("driver", through_the_host)):
                        value = beyond(card, read)
                        if turn >= _WARM_UP:
                            times.setdefault((speed, way), []).append(value)
        card.close()
    return times


def main(rounds: int) -> int:
    """Measure and compare with the bar."""
    times = measure(rounds)
    print(f"one social-security card, nine commands, {rounds} rounds, milliseconds beyond the chip's own time")
    rows = [
        (f"{way}, {speed} ms a command", *(f"{value:.2f}" for value in (statistics.median(values), max(values))))
        for (speed, way), values in times.items()
    ]
    print_table(("way", "median", "worst"), rows)
    worst = max(statistics.median(values) for (_, way), values in times.items() if way == "driver")
    print(f"driver beyond the card: {worst:.2f} ms (bar: {LIMIT_MS:.0f})")
    return 0 if worst <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
