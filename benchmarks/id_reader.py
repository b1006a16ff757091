"""What reading a resident ID card costs over what its bytes take on the wire.

`python -m benchmarks.id_reader [ROUNDS]` lets the simulated SAM_V reader answer on a pseudo-terminal and takes turns
between

- least: the same four questions written and their answers read with os.write and os.read, nothing checked;
- driver: `SamReader.read`, find to newest address, checked and parsed;
- host: the same through the host, the driver in its own process, from request to `CardRead`.

Then once more at a real 115200 baud, where the wire itself takes most of the time. All in milliseconds.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import termios
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.table import print_table
from devices.host import DeviceHost
from devices.idcard.sam.commands import FIND, NEWEST_ADDRESS, READ, SELECT
from devices.idcard.sam.frames import encode
from kiosk.model.devices import CardRead, ReadCard
from tests.devices.device_bench import ask, until
from tests.stacks.pty import ANSWER, Errand, PlayedReader, driver, settings

LIMIT = 5.0
BAUD = 115200
# Lengths of the four answers: found, selected, text and photo, no newer address.
ANSWERS = ((FIND, 15), (SELECT, 19), (READ, ANSWER), (NEWEST_ADDRESS, 11))
# Only the answers travel at real speed: a simulator cannot slow down what is written to it.
WIRE_MS = sum(length for _, length in ANSWERS) * 10_000 / BAUD
_WARM_UP = 5


@contextmanager
def playing(*options: str) -> Iterator[PlayedReader]:
    played = PlayedReader("--already-read", "free", "--card", "zhang-xiuying", *options)
    try:
        yield played
    finally:
        try:
            played.end()
        except subprocess.TimeoutExpired:
            played.process.kill()


def timed(call: Callable[[], object], rounds: int) -> list[float]:
    took = []
    for _ in range(rounds + _WARM_UP):
        begun = time.perf_counter()
        call()
        took.append((time.perf_counter() - begun) * 1000)
    return took[_WARM_UP:]


def least(port: str, rounds: int) -> list[float]:
    line = os.open(port, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(line)
    attributes = termios.tcgetattr(line)
    attributes[4] = attributes[5] = termios.B115200
    termios.tcsetattr(line, termios.TCSANOW, attributes)

    def exchange() -> None:
        for command, length in ANSWERS:
            os.write(line, encode(command.content))
            rest = length
            while rest > 0:
                rest -= len(os.read(line, rest))

    try:
        return timed(exchange, rounds)
    finally:
        os.close(line)


def by_driver(port: str, rounds: int) -> list[float]:
    reader = driver(port)
    reader.open()
    try:
        return timed(lambda: reader.read(Errand()), rounds)
    finally:
        reader.close()


def by_host(port: str, rounds: int) -> list[float]:
    def read() -> None:
        assert isinstance(ask(host, ReadCard()), CardRead)

    with tempfile.TemporaryDirectory() as data, DeviceHost(settings(port), Path(data)) as host:
        until(lambda: host.status()[0].ready)
        return timed(read, rounds)


WAYS = {"least": least, "driver": by_driver, "host": by_host}


def measure(rounds: int, *options: str) -> dict[str, list[float]]:
    with playing("--baud", str(BAUD), *options) as played:
        return {name: way(played.port, rounds) for name, way in WAYS.items()}


def row(name: str, times: list[float], wire: float) -> tuple[str, ...]:
    cuts = statistics.quantiles(times, n=20)
    p50 = statistics.median(times)
    return name, f"{wire:.1f}", f"{p50:.2f}", f"{cuts[18]:.2f}", f"{p50 - wire:.2f}"


def main(rounds: int) -> int:
    print(f"one card, {rounds} rounds each")
    free = measure(rounds)
    slow = measure(max(5, rounds // 20), "--throttle")
    rows = [row(name, times, 0.0) for name, times in free.items()]
    rows += [row(f"{name} at {BAUD} baud", times, WIRE_MS) for name, times in slow.items()]
    print_table(("way", "wire ms", "p50 ms", "p95 ms", "over the wire"), rows)
    over = {name: statistics.median(times) for name, times in free.items()}
    print(f"driver {over['driver']:.2f} ms, host {over['host']:.2f} ms over the wire (bar: {LIMIT} ms)")
    return 0 if max(over["driver"], over["host"]) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
