"""A pcscd of one's own: in its own mount and network namespace, with its own readers, and a card process beside it.

The namespace hides `/run/pcscd` behind a folder of the test, so that several run in parallel and none is the system's;
its socket is a file, so a client outside reaches it through the driver's option `socket`. The virtual reader listens on
a TCP port inside the namespace, where only the card process is. `nsenter` brings both in; killing is by process id, and
the kernel kills whoever is left when the test process dies.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.stacks import need, program

READER = "Virtual PCD 00 00"
PORT = 0x8C7B
_DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
_PATIENCE = 10.0
_ROOT = Path(__file__).resolve().parents[2]


class CardProcess:
    """The shipped card simulator, inside the namespace of one pcscd."""

    def __init__(self, enter: Sequence[str], port: int = PORT) -> None:
        self.process = subprocess.Popen(
            [*enter, sys.executable, "-m", "devices.idcard.simulated.social_card", "--port", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )
        try:
            self.address: dict[str, Any] = json.loads(self._line())
        except AssertionError:
            self.close()
            raise

    def do(self, what: str, **words: Any) -> dict[str, Any]:
        """One command; it must be obeyed."""
        answer = self.ask(what, **words)
        assert answer["ok"], answer
        return answer

    def ask(self, what: str, **words: Any) -> dict[str, Any]:
        """One command and its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": what, **words}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._line())
        return answer

    def close(self) -> None:
        """End it as an operator would: close its input."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(timeout=2.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the card process ended"
        return line


class Pcscd:
    """One namespace in which a pcscd can be started, killed, frozen and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("run", "conf"):
            (folder / name).mkdir()
        self._set_readers(plugged=True)
        self._holder = subprocess.Popen(
            ["unshare", _flags("-mn"), "sh", "-c", _NAMESPACE, "sh", str(folder / "run")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._holder.stdout is not None
        assert self._holder.stdout.readline() == b"ready\n"
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> str:
        """Where clients find it."""
        return str(self._folder / "run" / "pcscd.comm")

    def options(self, **more: str) -> dict[str, str]:
        """A driver of its own for the table of devices."""
        return {"driver": "pcsc", "socket": self.socket, **more}

    def start(self, *extra: str) -> None:
        """Start it and wait until it listens. `extra` are words for its command line."""
        assert self._daemon is None
        for stale in (self._folder / "run").iterdir():
            stale.unlink()
        daemon = program("pcscd")
        assert daemon is not None
        command = [*self._enter("-m", "-n"), daemon, "--foreground", "--config", str(self._folder / "conf"), *extra]
        with (self._folder / "pcscd.log").open("ab") as log:
            self._daemon = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *command], stdout=log, stderr=log)
        self._until(lambda: Path(self.socket).exists(), "pcscd did not start")

    def start_open(self) -> None:
        """Start it so that everybody may use it: where polkit is built in, without asking polkit."""
        self.start(*(["--disable-polkit"] if asks_polkit() else []))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.send_signal(signal.SIGCONT)
            daemon.send_signal(how)
            try:
                daemon.wait(timeout=3.0)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def freeze(self) -> None:
        """It stands still with all it holds."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGCONT)

    def unplug(self) -> None:
        """Take the reader away. This pcscd learns of readers that come and go from udev alone, so it starts anew."""
        self.stop()
        self._set_readers(plugged=False)
        self.start_open()

    def plug(self) -> None:
        """Put the reader back."""
        self.stop()
        self._set_readers(plugged=True)
        self.start_open()

    def card(self, port: int = PORT) -> CardProcess:
        """A card process for the virtual reader on this port."""
        return CardProcess(self._enter("-n"), port)

    def close(self) -> None:
        """End everything."""
        self.stop(signal.SIGKILL)
        assert self._holder.stdin is not None
        self._holder.stdin.close()
        try:
            self._holder.wait(timeout=2.0)
        finally:
            self._holder.kill()
            self._holder.wait()
            if self._holder.stdout is not None:
                self._holder.stdout.close()

    def log(self) -> str:
        """What pcscd printed."""
        return (self._folder / "pcscd.log").read_text(encoding="utf-8", errors="replace")

    def _enter(self, *spaces: str) -> list[str]:
        user = [] if os.geteuid() == 0 else ["-U", "--preserve-credentials"]
        return ["nsenter", "-t", str(self._holder.pid), *user, *spaces]

    def _set_readers(self, *, plugged: bool) -> None:
        port = f"0x{PORT:04X}"
        block = f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{port}\nLIBPATH {_DRIVER}\nCHANNELID {port}\n'
        (self._folder / "conf" / "vpcd").write_text(block if plugged else "", encoding="ascii")

    def _until(self, holds: Any, what: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < end, f"{what}: {self.log()}"
            time.sleep(0.01)


# `cat` holds the namespace until the test closes its input, or dies.
_NAMESPACE = """
set -e
ip link set lo up
mount -t tmpfs none /run
mkdir /run/pcscd
mount --bind "$1" /run/pcscd
echo ready
exec cat
"""


def asks_polkit() -> bool:
    """Whether this pcscd was built to ask polkit for every client (Debian 13), or never does (Debian 12)."""
    daemon = program("pcscd")
    assert daemon is not None
    text = subprocess.run([daemon, "--help"], capture_output=True, check=False, text=True)
    return "--disable-polkit" in text.stdout + text.stderr


@contextmanager
def own_pcscd() -> Iterator[Pcscd]:
    """A namespace with nothing running in it yet."""
    need("pcscd", "pcscd", "unshare", "nsenter", "setpriv", "ip", files=(_DRIVER,), namespace=True)
    # Short, because a socket's path has 107 bytes.
    with tempfile.TemporaryDirectory(prefix="jb-pcscd-") as folder:
        stack = Pcscd(Path(folder))
        try:
            yield stack
        finally:
            stack.close()


def _flags(flags: str) -> str:
    return flags if os.geteuid() == 0 else flags.replace("-", "-Ur")
