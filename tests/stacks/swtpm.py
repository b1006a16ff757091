"""A software TPM on a socket, as IBM's reference code makes it: `swtpm` of Debian."""

import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_db.tpm.line import TpmLine
from tests.stacks import need
from tests.stacks.needing import program

PATIENCE = 15.0
_LOCKOUT, _PASSWORD = 0x4000000A, 0x40000009
_CLEAR, _CHANGE_AUTH = 0x126, 0x129


class SoftTpm:
    """One running chip; `state` is its memory, which outlives the process."""

    def __init__(self, state: Path) -> None:
        need("tpm", "swtpm")
        self.socket = state / "sock"
        self._state = state
        state.mkdir(exist_ok=True)
        self._process: subprocess.Popen[bytes] | None = None
        self.switch_on()

    def switch_on(self) -> None:
        """Power it up."""
        self.socket.unlink(missing_ok=True)
        server = ("--server", f"type=unixio,path={self.socket}", "--flags", "not-need-init,startup-clear")
        self._process = subprocess.Popen(
            [program("swtpm") or "swtpm", "socket", "--tpm2", "--tpmstate", f"dir={self._state}", *server],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + PATIENCE
        while not self._listens() and time.monotonic() < end:
            time.sleep(0.02)

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knocking:
            return knocking.connect_ex(str(self.socket)) == 0

    def switch_off(self) -> None:
        """Cut its power."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self.socket.unlink(missing_ok=True)

    def clear(self) -> None:
        """What Clear TPM in the BIOS does: the owner's hierarchy gets another seed."""
        self._command(_CLEAR, _LOCKOUT)

    def owner_password(self, password: bytes) -> None:
        """Give the owner hierarchy a password."""
        self._command(_CHANGE_AUTH, 0x40000001, struct.pack(">H", len(password)) + password)

    def _command(self, code: int, handle: int, parameters: bytes = b"") -> None:
        area = struct.pack(">IHBH", _PASSWORD, 0, 0, 0)
        body = struct.pack(">II", handle, len(area)) + area + parameters
        with TpmLine(self.socket, PATIENCE) as line:
            assert line.ask(struct.pack(">HII", 0x8002, 10 + len(body), code) + body)[0] == 0

    def slots_taken(self) -> int:
        """Objects and sessions that were left loaded."""
        taken = 0
        with TpmLine(self.socket, PATIENCE) as line:
            for first in (0x80000000, 0x02000000, 0x03000000):
                question = struct.pack(">HIIIII", 0x8001, 22, 0x17A, 1, first, 32)
                _, rest = line.ask(question)
                taken += struct.unpack_from(">I", rest, 5)[0]
        return taken


@contextmanager
def listening(chip: SoftTpm, at: Path) -> Iterator[list[bytes]]:
    """Somebody on the wires: passes everything on between a socket `at` and the chip, and remembers it."""
    heard: list[bytes] = []
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(at))
    server.listen()

    def pass_on() -> None:
        while True:
            try:
                asking, _ = server.accept()
            except OSError:
                return
            with asking, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as behind:
                behind.connect(str(chip.socket))
                while question := asking.recv(4096):
                    behind.sendall(question)
                    answer = behind.recv(4096)
                    heard.extend((question, answer))
                    asking.sendall(answer)

    thread = threading.Thread(target=pass_on, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(PATIENCE)
