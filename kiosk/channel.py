"""A small channel between the processes of one terminal: one JSON line up, one JSON line down, over a Unix socket.

The sockets live under `DATA/run`, which only the service user may enter. Nothing personal travels here unsealed. Nobody
answering is an ordinary case: `ask` then gives None, which callers show as "not running" and never as "all is well".
"""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject

AGENT: Final = "agent"
"""The sync agent's socket: `{"do": "status" | "wake" | "stop"}`, `{"do": "ask", "sealed": base64}`."""

SCREEN: Final = "screen"
"""The screen process's socket, for doctor and simulate."""

_LINE_BYTES = 64 * 1024
_ANSWER_BYTES = 24 * 1024 * 1024
_PATH_BYTES = 100  # sun_path holds 108 bytes on Linux, 104 elsewhere
_PATIENCE_SECONDS = 2.0


class Channel:
    """One named socket of a data directory, for whoever asks or answers there."""

    def __init__(self, data: Path, name: str) -> None:
        self._directory = data / "run"
        self._name = name

    def ask(self, question: JsonObject, seconds: float = 0.2) -> JsonObject | None:
        """The answer, or None when nobody gave a readable one within `seconds`."""
        deadline = time.monotonic() + seconds
        try:
            with _address(self._directory, self._name) as address, socket.socket(socket.AF_UNIX) as line:
                line.settimeout(seconds)
                line.connect(address)
                line.sendall(json.dumps(question).encode() + b"\n")
                return _read_line(line, deadline, _ANSWER_BYTES)
        except (OSError, ValueError):
            return None

    def serve(self, answer: Callable[[JsonObject], JsonObject]) -> "ChannelServer":
        """Answer here from now on, on threads of its own.

        Raises:
            KioskError: `CHANNEL_TAKEN` when somebody else answers on this socket.
        """
        return ChannelServer(self._directory, self._name, answer)


class ChannelServer:
    """Answers questions until `close`. A socket that a killed process left behind is taken over."""

    def __init__(self, directory: Path, name: str, answer: Callable[[JsonObject], JsonObject]) -> None:
        self._directory, self._name, self._answer = directory, name, answer
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory.chmod(0o700)
        self._listener = socket.socket(socket.AF_UNIX)
        self._inode = self._bind()
        self._thread = threading.Thread(target=self._accept, name=f"channel-{name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop answering and remove the socket, unless a successor has already put its own there."""
        path = self._directory / self._name
        with suppress(OSError):
            if path.stat().st_ino == self._inode:
                path.unlink()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(_PATIENCE_SECONDS)

    def _bind(self) -> int:
        path = self._directory / self._name
        with _address(self._directory, self._name) as address:
            if path.exists():
                if _somebody_listens(address):
                    self._listener.close()
                    raise KioskError(Failure.CHANNEL_TAKEN, channel=self._name)
                path.unlink(missing_ok=True)
            self._listener.bind(address)
        path.chmod(0o600)
        self._listener.listen(16)
        return path.stat().st_ino

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(line,), name=f"channel-{self._name}", daemon=True).start()

    def _converse(self, line: socket.socket) -> None:
        with line, suppress(OSError, ValueError):
            line.settimeout(_PATIENCE_SECONDS)
            question = _read_line(line, time.monotonic() + _PATIENCE_SECONDS)
            try:
                answer = self._answer(question)
            except KioskError as error:
                answer = {"ok": False, "failure": error.failure.code}
            line.sendall(json.dumps(answer).encode() + b"\n")


def _somebody_listens(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_PATIENCE_SECONDS)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


@contextmanager
def _address(directory: Path, name: str) -> Iterator[str]:
    """The socket's address; through an open directory where the path is longer than a socket address may be."""
    path = directory / name
    if len(os.fsencode(path)) <= _PATH_BYTES:
        yield str(path)
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}/{name}"
    finally:
        os.close(descriptor)


def _read_line(line: socket.socket, deadline: float, most: int = _LINE_BYTES) -> JsonObject:
    """One JSON object.

    Raises:
        ValueError: no object, too long, or the other side closed first.
    """
    data = bytearray()
    while not data.endswith(b"\n"):
        line.settimeout(max(0.001, deadline - time.monotonic()))
        piece = line.recv(_LINE_BYTES)
        data += piece
        if not piece or len(data) > most:
            raise ValueError("no line")
    value = json.loads(data)
    if not isinstance(value, dict):
        raise ValueError("no object")  # noqa: TRY004 -- every unreadable line is one case to the caller
    return value
