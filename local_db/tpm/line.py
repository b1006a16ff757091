"""The way to a TPM: the kernel's device, or the socket of a software TPM. One command, one answer."""

import errno
import os
import select
import socket
import stat
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from kiosk.failure import Failure, KioskError

_HEAD: Final = struct.Struct(">HII")
_MOST_BYTES: Final = 4096
_PAUSE: Final = 0.05
# TPM_RC_YIELDED, TPM_RC_RETRY, TPM_RC_TESTING, TPM_RC_OBJECT_MEMORY, TPM_RC_SESSION_MEMORY: somebody else is at it.
_LATER: Final = frozenset({0x908, 0x922, 0x90A, 0x902, 0x903})


class TpmLine:
    """An opened TPM. `patience` is how many seconds it may be somebody else's, or silent.

    Raises:
        KioskError: `TPM_ABSENT` where there is none or this user may not use it, `TPM_BUSY`.
    """

    def __init__(self, path: Path, patience: float = 10.0) -> None:
        self._until = time.monotonic() + patience
        self._socket: socket.socket | None = None
        self._file = -1
        self._file = self._open(path)

    def _open(self, path: Path) -> int:
        try:
            if stat.S_ISSOCK(path.stat().st_mode):
                self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self._socket.settimeout(max(0.1, self._until - time.monotonic()))
                self._socket.connect(str(path))
                return self._socket.fileno()
        except OSError as error:
            self.close()
            raise KioskError(Failure.TPM_ABSENT, role="tpm") from error
        return self._open_device(path)

    def _open_device(self, path: Path) -> int:
        """The device; `/dev/tpm0` belongs to one program at a time, `/dev/tpmrm0` to all."""
        while True:
            try:
                return os.open(path, os.O_RDWR | os.O_CLOEXEC)
            except BlockingIOError as error:
                self._wait_or_give_up(error)
            except OSError as error:
                if error.errno != errno.EBUSY:
                    raise KioskError(Failure.TPM_ABSENT, role="tpm") from error
                self._wait_or_give_up(error)

    def _wait_or_give_up(self, error: OSError | None = None) -> None:
        if time.monotonic() >= self._until:
            raise KioskError(Failure.TPM_BUSY, role="tpm") from error
        time.sleep(_PAUSE)

    def ask(self, command: bytes) -> tuple[int, bytes]:
        """Response code and the rest of the answer behind its head; asked again while somebody else is at it.

        Raises:
            KioskError: `TPM_ABSENT` when it went away, `TPM_BUSY` when no answer comes in time.
        """
        while True:
            code, rest = self._once(command)
            if code not in _LATER:
                return code, rest
            self._wait_or_give_up()

    def _once(self, command: bytes) -> tuple[int, bytes]:
        try:
            os.write(self._file, command)
            answer = self._read()
            while len(answer) < _HEAD.size or len(answer) < _HEAD.unpack_from(answer)[1]:
                answer += self._read()
        except OSError as error:
            raise KioskError(Failure.TPM_ABSENT, role="tpm", reason="lost") from error
        _, size, code = _HEAD.unpack_from(answer)
        return code, answer[_HEAD.size : size]

    def _read(self) -> bytes:
        ready, _, _ = select.select([self._file], [], [], max(0.0, self._until - time.monotonic()))
        if not ready:
            raise KioskError(Failure.TPM_BUSY, role="tpm")
        data = os.read(self._file, _MOST_BYTES)
        if not data:
            raise ConnectionResetError
        return data

    def close(self) -> None:
        """Give the TPM back."""
        with suppress(OSError):
            if self._socket is not None:
                self._socket.close()
            elif self._file >= 0:
                os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
