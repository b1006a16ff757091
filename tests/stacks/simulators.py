"""Start a shipped simulator as its own process, speak to it, and see that it ends."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from devices.simulators import SIMULATORS

_PATIENCE = 20.0


class Simulator:
    """A running simulator. `first` is its first line: address and settings."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.first: dict[str, Any] = self._answer()

    @property
    def address(self) -> str:
        """Where it is."""
        return str(self.first["address"])

    def do(self, action: str, **words: Any) -> dict[str, Any]:
        """Give a command and take its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": action, **words}) + "\n")
        self.process.stdin.flush()
        answer = self._answer()
        assert answer["ok"], answer
        return answer

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the simulator has ended"
        answer = json.loads(line)
        assert isinstance(answer, dict)
        return answer


@contextmanager
def simulator(name: str, *options: str) -> Iterator[Simulator]:
    """One simulator by its name in `devices.simulators`; leaving ends it by the end of its input."""
    with subprocess.Popen(
        [sys.executable, "-m", SIMULATORS[name], *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Simulator(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
