"""One driver under trial, seen from outside: its process, its time, its output, and what it leaves on disk."""

import contextlib
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from devices.config import choices
from devices.conformance.acts import Facts
from devices.settled import command, environment
from kiosk.model.devices import DeviceKind, PageSize

_STARTING = 15.0
_MOST_OUTPUT = 4096


@dataclass(frozen=True, slots=True)
class Trial:
    """What one act showed. `late` when it did not end in time and was killed."""

    facts: list[Facts]
    output: str
    written: list[str]
    late: bool = False
    exit_code: int = 0

    def of(self, step: str) -> list[Facts]:
        """The facts of one step."""
        return [one for one in self.facts if one["step"] == step]


@dataclass(slots=True)
class Bench:
    """A driver by kind and name with its options. `hands`: a person's `lay`, `take_away`, `unplug`, `plug`."""

    kind: DeviceKind
    driver: str
    data: Path
    options: Mapping[str, str] = field(default_factory=dict)
    hands: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    simulated: bool | None = None
    paper: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """`sizes` and `lines` of a printer are the host's words (`devices.config`), not the driver's."""
        (choice,) = choices({self.kind.value: [{"driver": self.driver, **self.options}]})
        self.options = choice.options
        size = next(size for size in PageSize if size in choice.sizes)
        self.paper = {"size": size.value, "lines": choice.lines}

    def can(self, *acts: str) -> bool:
        """Whether somebody is there who does these."""
        return all(act in self.hands for act in acts)

    def try_out(self, act: str, patience: float, options: Mapping[str, str] | None = None, **words: Any) -> Trial:
        """Run one act in a process of its own, killed with all it started when its patience, in seconds, is over."""
        asked = {
            "data": str(self.data),
            "name": self.kind.value,
            "options": dict(self.options if options is None else options),
            "act": act,
            "words": {**self.paper, **words},
        }
        with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
            world = _World(Path(folder), self.data)
            receive, send = os.pipe()
            with os.fdopen(receive, "rb") as answers:
                # A file, no pipe: a process the driver has left behind would hold that open, and everything up.
                with tempfile.TemporaryFile() as said:
                    process = self._start(send, world, said)
                    os.close(send)
                    late = _ended(process, json.dumps(asked).encode() + b"\n", patience + _STARTING)
                    said.seek(0)
                    output = said.read(_MOST_OUTPUT).decode(errors="replace")
                told = answers.read()
            facts = json.loads(told) if told and not late else []
            return Trial(facts, output, world.written(), late, process.returncode)

    def _start(self, send: int, world: "_World", said: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - our own module, a driver whoever tries it out has named
            command("devices.conformance.trial", self.kind.value, self.driver, str(send)),
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=self.data,
            env={**environment(), "TMPDIR": str(world.tmp), "HOME": str(world.home), "PYTHONDONTWRITEBYTECODE": "1"},
            pass_fds=(send,),
            start_new_session=True,
        )


class _World:
    """The folders a driver might write to, as they were before."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.tmp, self.home = folder / "tmp", folder / "home"
        for made in (self.tmp, self.home):
            made.mkdir()
        self._data = data
        self._before = set(self._files())

    def written(self) -> list[str]:
        """What has been added or changed, by its place."""
        return sorted(name for name, _ in set(self._files()) - self._before)

    def _files(self) -> list[tuple[str, int]]:
        return [
            (f"{root.name}/{path.relative_to(root)}", path.stat().st_mtime_ns)
            for root in (self.tmp, self.home, self._data)
            for path in root.rglob("*")
            if path.is_file()
        ]


def _ended(process: "subprocess.Popen[bytes]", asked: bytes, seconds: float) -> bool:
    """Whether it had to be killed. What it has started and left behind is killed in any case."""
    late = False
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(asked)  # type: ignore[union-attr] # it was started with a pipe
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()  # type: ignore[union-attr] # same
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        late = True
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return late
