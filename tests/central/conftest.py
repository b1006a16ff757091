"""The real platform as a process of its own, on a free port of loopback."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from central import fleet
from central.cli import central
from central.office import Office, open_office
from central.store import audit, cases
from central.store.audit import AuditEntry
from central.store.cases import Case
from tests.central.catalogue import item, publish
from tests.central.terminal import Terminal


@dataclass
class Platform:
    """One platform: its data directory and, while it runs, its process."""

    data: Path
    review: str = "manual"
    process: subprocess.Popen[str] | None = None
    url: str = ""
    lines: list[str] = field(default_factory=list)

    def start(self, *options: str, port: int = 0) -> "Platform":
        """Serve and wait for the first line."""
        command = [sys.executable, "-m", "central.cli", "serve", "--data", str(self.data)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(port), "--review", self.review, *options],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        self.url = json.loads(line)["url"]
        self.lines.append(line)
        return self

    @property
    def log(self) -> Path:
        """What it said on stderr."""
        return self.data.parent / f"{self.data.name}.log"

    def kill(self) -> None:
        """SIGKILL: the power went out, as far as the process can know."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self._ended()

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None:
            self.process.terminate()
            assert self._ended() == 0, self.log.read_text()

    def _ended(self) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        code = self.process.wait(20)
        self.process.stdout.close()
        self.process = None
        return code

    def command(self, *arguments: str, status: int = 0) -> str:
        """Stdout of a `central` command, run in this process on the data the platform serves in its own."""
        done = CliRunner().invoke(central, arguments, env={"CENTRAL_DATA": str(self.data)}, catch_exceptions=False)
        assert done.exit_code == status, (done.exit_code, done.stdout, done.stderr)
        return done.stdout

    def command_without_data(self, *arguments: str, status: int = 0) -> str:
        """Stdout of a command that has no data directory."""
        done = CliRunner().invoke(central, arguments, catch_exceptions=False)
        assert done.exit_code == status, (done.exit_code, done.stdout, done.stderr)
        return done.stdout

    def command_apart(self, *arguments: str, status: int = 0) -> str:
        """The same in a process of its own."""
        environment = {**os.environ, "CENTRAL_DATA": str(self.data)}
        done = subprocess.run(
            [sys.executable, "-m", "central.cli", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
        return done.stdout

    def ask(self, *arguments: str, status: int = 0) -> Any:
        """The JSON a command prints."""
        return json.loads(self.command(*arguments, "--json", status=status))

    def enrolled(self) -> Terminal:
        """A new terminal."""
        office = self.office()
        code = fleet.new_code(office, actor="test", point_name="演示服务点", region12="990101000000")
        office.close()
        return Terminal.enrol(self.url, code.text)

    def office(self) -> Office:
        """The same data, opened here."""
        return open_office(self.data)

    def audit(self) -> list[AuditEntry]:
        """The platform's own journal, read beside the running process."""
        office = self.office()
        with office.store.read() as connection:
            found = audit.entries(connection, 10_000)
        office.close()
        return list(found)

    def cases(self) -> dict[str, Case]:
        """Every case, read beside the running process."""
        office = self.office()
        with office.store.read() as connection:
            found = cases.page(connection, limit=10_000)
        office.close()
        return {case.number: case for case in found}


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Platform]:
    """Make a platform with the tests' catalogue published, not yet serving."""

    def make(name: str, review: str = "manual") -> Platform:
        data = tmp_path_factory.mktemp(name) / "central"
        office = open_office(data, found=True)
        publish(office, item())
        office.close()
        return Platform(data, review)

    return make


@pytest.fixture(scope="session")
def platform(founded: Callable[..., Platform]) -> Iterator[Platform]:
    """One platform with manual review for every test that does no harm to it."""
    running = founded("shared").start()
    yield running
    running.stop()


@pytest.fixture
def terminal(platform: Platform) -> Terminal:
    """A fresh terminal of the shared platform."""
    return platform.enrolled()
