"""Keeps the chain running and takes it down: platform, line, agent, counter, each a process of its own."""

import json
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from select import select
from types import TracebackType
from typing import Any, Self

from kiosk.cli.stage import PLATFORM, make_folders, make_terminal, spawn, start_agent, start_platform
from kiosk.failure import Failure, KioskError
from sync.simlink import LinkSimulator

_ANSWER_SECONDS = 180.0


class Chain:
    """One terminal and its platform in a directory of their own."""

    def __init__(self, data: Path) -> None:
        """Start everything.

        Raises:
            KioskError: what kept it from starting.
        """
        self.data = data
        self._exit = ExitStack()
        self._processes: list[subprocess.Popen[bytes]] = []
        make_folders(data)
        try:
            self.link = LinkSimulator(self._start_platform())
            self._exit.callback(self.link.close)
            make_terminal(data, self.link.url)
            self._start_terminal()
        except BaseException:
            self._exit.close()
            raise

    def ask(self, question: Mapping[str, object], seconds: float = _ANSWER_SECONDS) -> dict[str, Any] | None:
        """The counter's answer; None when it has none within `seconds`.

        Raises:
            KioskError: `DEVICE_CRASHED` when the counter itself is gone.
        """
        self.tell(question)
        return self.answer(seconds)

    def tell(self, question: Mapping[str, object]) -> None:
        """Ask the counter, and do not wait."""
        if self._counter.stdin is not None:
            self._counter.stdin.write(json.dumps(question).encode() + b"\n")
            self._counter.stdin.flush()

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """The next answer; as for `ask`."""
        said = self._counter.stdout
        if said is None or not select([said], [], [], seconds)[0]:
            return None
        line = said.readline()
        if not line:
            raise KioskError(Failure.DEVICE_CRASHED, reason="counter", see="log/counter.log")
        found: dict[str, Any] = json.loads(line)
        return found

    def power_cut(self) -> None:
        """Everything at this place and at the platform dies at one moment, and is switched on again."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
        self._processes.clear()
        self.link.lead_to(self._start_platform())
        self._start_terminal()

    @property
    def counter(self) -> int:
        """The process id of the counter."""
        return self._counter.pid

    def close(self) -> None:
        """Stop everything."""
        self._exit.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _start_platform(self) -> str:
        url, platform = start_platform(self._exit, self.data / PLATFORM, self.data / "log")
        self._processes.append(platform)
        return url

    def _start_terminal(self) -> None:
        self._processes.append(start_agent(self._exit, self.data))
        log = self._exit.enter_context((self.data / "log" / "counter.log").open("ab"))
        self._counter = spawn(
            ["kiosk.cli.rehearsal.counter", str(self.data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        self._processes.append(self._counter)
        self._exit.callback(_end, self._counter)
        if self.answer(_ANSWER_SECONDS) is None:
            raise KioskError(Failure.DEVICE_HUNG, reason="counter", see="log/counter.log")


def _end(counter: subprocess.Popen[bytes]) -> None:
    """A counter ends with its input."""
    if counter.stdin is not None:
        counter.stdin.close()
    try:
        counter.wait(15.0)
    except subprocess.TimeoutExpired:
        counter.kill()
        counter.wait()
    if counter.stdout is not None:
        counter.stdout.close()
