"""One driver's process as its host holds it: started with nothing secret, killed with everything it started."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import msgspec

from devices.channel import Channel
from devices.config import Choice
from devices.messages import ToHost
from devices.settled import command, environment

_INCOMING: msgspec.json.Decoder[ToHost] = msgspec.json.Decoder(ToHost)


class Child:
    """A running `python -m devices.child`. The channel is its standard input and never blocks on this side.

    Start it only on a thread that outlives it: the kernel kills the child when that thread ends (PR_SET_PDEATHSIG).
    """

    def __init__(self, choice: Choice, data: Path) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module, words from a checked configuration
                    command("devices.child", choice.kind.value, choice.driver),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd=data,
                    env=environment(),
                    start_new_session=True,
                )
            except BaseException:
                ours.close()
                raise
        ours.setblocking(False)
        self.channel: Channel[ToHost] = Channel(ours, _INCOMING)

    @property
    def pid(self) -> int:
        """Its process id, which is also the id of its process group."""
        return self._process.pid

    def kill(self) -> None:
        """Kill it and whatever it started. Does not wait: see `ended`.

        A process that has died by itself stays in the table until `ended` is asked, so its group is still its own.
        """
        self.channel.close()
        if self._process.returncode is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def ended(self) -> str | None:
        """How it ended (`exit 70`, `signal 11`), None while it still runs. Ask only after `kill`."""
        code = self._process.poll()
        if code is None:
            return None
        return f"exit {code}" if code >= 0 else f"signal {-code}"
