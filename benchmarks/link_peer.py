"""Our plug-in for a link benchmark: `PEERS = {"jinban": …}`, with the methods the harness calls on a peer.

The terminal is enrolled and its outbox filled before the clock starts; then the agent is started, as after a reboot,
and runs until the platform has acknowledged everything. What arrived is opened with the platform's key and compared.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PORT = 8000


class Jinban:
    """See `benchmarks/links/peers.py` for what each method is asked."""

    port = PORT
    two_phase = False
    env = {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}  # noqa: RUF012 -- the harness reads it off the class

    def prep(self, base: str, queue: str, link: Any) -> None:
        """Found platform and terminal inside the server's namespace, where the platform's address is local."""
        self._run("found", base)
        inside = ["ip", "netns", "exec", link.ns("server")]
        server = subprocess.Popen([*inside, *self.server(base, link)], env=self._env(), stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            server.stdout.readline()
            self._run("fill", base, queue, f"http://{link.SERVER}:{PORT}", inside=inside)
        finally:
            server.terminate()
            server.communicate()

    def server(self, base: str, link: Any) -> list[str]:
        """The platform; nobody decides, so that only delivery is measured."""
        data = ["--data", f"{base}/platform", "--host", link.SERVER, "--port", str(PORT)]
        return [sys.executable, "-m", "central.cli", "serve", *data, "--review", "manual"]

    def client(self, base: str, queue: str, link: Any) -> list[str]:  # noqa: ARG002 -- the harness passes them
        """The agent until everything is acknowledged."""
        return [sys.executable, "-m", "benchmarks.links.deliver", f"{base}/terminal"]

    def verify(self, base: str, queue: str, link: Any) -> dict[str, str]:  # noqa: ARG002 -- the harness passes them
        """SHA-256 of every file that arrived."""
        lines = self._run("check", base).splitlines()
        return dict(line.split(" ", 1) for line in lines)

    def forms_ctime(self, base: str) -> tuple[float, float] | None:
        """When the first and the last form were durable at the platform."""
        from benchmarks.links.terminal import taken_between  # noqa: PLC0415 -- the harness's own Python loads this file

        return taken_between(Path(base))

    def extra(self, base: str) -> dict[str, int]:
        """Cases the platform has that no application stands for, and files nobody names."""
        names = self.verify(base, "", None)
        forms = [name for name in names if name.endswith("form.json")]
        return {"cases": len(forms)}

    def _run(self, job: str, *arguments: str, inside: list[str] | None = None) -> str:
        command = [*(inside or []), sys.executable, "-m", "benchmarks.links.terminal", job, *arguments]
        done = subprocess.run(command, env=self._env(), check=True, capture_output=True, text=True)
        return done.stdout

    def _env(self) -> dict[str, str]:
        import os  # noqa: PLC0415 -- as above

        return {**os.environ, **self.env}


PEERS = {"jinban": Jinban()}
