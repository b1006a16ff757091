"""One end of the socketpair between the host and a driver: JSON lines, and memory passed as file descriptors.

Pages and papers are written into a memfd and handed over with SCM_RIGHTS (unix(7), memfd_create(2)): no copy crosses
the socket and nothing ever has a name in a file system.
"""

import fcntl
import os
import socket
import stat
import threading
from collections import deque
from typing import Generic, TypeVar

import msgspec

from devices.messages import WITH_MEMORY

LARGEST_MEMORY = 64 * 1024 * 1024
_LARGEST_LINE = 1024 * 1024
_CHUNK = 64 * 1024
_DESCRIPTORS = 16
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL

In = TypeVar("In")


class BrokenChannelError(Exception):
    """The other end does not speak as agreed."""


class Channel(Generic[In]):
    """Sends any message and receives messages of one union; `with_memory` are those that bring a memfd.

    `send` may be called from several threads. On a non-blocking socket nothing waits: a peer that does not read makes
    `send` raise `BlockingIOError`.
    """

    def __init__(
        self,
        sock: socket.socket,
        incoming: msgspec.json.Decoder[In],
        with_memory: tuple[type[msgspec.Struct], ...] = WITH_MEMORY,
    ) -> None:
        self._sock = sock
        self._decoder = incoming
        self._with_memory = with_memory
        self._encoder = msgspec.json.Encoder()
        self._rest = bytearray()
        self._descriptors: deque[int] = deque()
        self._broken: BrokenChannelError | None = None
        self._sending = threading.Lock()

    def fileno(self) -> int:
        """The socket's descriptor, for a selector."""
        return self._sock.fileno()

    @property
    def broken(self) -> BrokenChannelError | None:
        """What stood behind the messages last received and is none: `receive` raises it when it is asked again."""
        return self._broken

    def send(self, message: msgspec.Struct, memory: int | None = None) -> None:
        """Send one message. `memory` stays the caller's to close."""
        line = self._encoder.encode(message) + b"\n"
        with self._sending:
            sent = self._sock.send(line) if memory is None else socket.send_fds(self._sock, [line], [memory])
            if sent < len(line):
                self._sock.sendall(line[sent:])

    def receive(self) -> list[tuple[In, int | None]]:
        """What has arrived: messages and the memory that came beside them, which is now the caller's to close.

        What is no message takes nothing with it that came before: a printer's word that it has begun must not be lost.

        Raises:
            EOFError: the other end has gone.
            BrokenChannelError: it sent what is no message.
        """
        if self._broken is not None:
            raise self._broken
        data, descriptors, flags, _ = socket.recv_fds(self._sock, _CHUNK, _DESCRIPTORS, socket.MSG_CMSG_CLOEXEC)
        self._descriptors.extend(descriptors)
        if not data:
            raise EOFError
        if flags & socket.MSG_CTRUNC:
            raise BrokenChannelError("descriptors lost")
        self._rest += data
        *lines, rest = self._rest.split(b"\n")
        if len(rest) > _LARGEST_LINE:
            raise BrokenChannelError("line too long")
        self._rest = rest
        found: list[tuple[In, int | None]] = []
        for line in lines:
            try:
                found.append(self._decode(bytes(line)))
            except BrokenChannelError as error:
                if not found:
                    raise
                self._broken = error
                break
        return found

    def finish(self) -> None:
        """Tell the other end that nothing more will be sent: it sees the end of the stream."""
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def close(self) -> None:
        """Close the socket and every descriptor nobody fetched."""
        while self._descriptors:
            os.close(self._descriptors.popleft())
        self._sock.close()

    def _decode(self, line: bytes) -> tuple[In, int | None]:
        try:
            message = self._decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            # No chain: the text of the error may quote the line, and the line may hold a card.
            raise BrokenChannelError(type(error).__name__) from None
        if not isinstance(message, self._with_memory):
            return message, None
        if not self._descriptors:
            raise BrokenChannelError("memory missing")
        return message, self._descriptors.popleft()


def as_memory(data: bytes) -> int:
    """A sealed memfd holding these bytes; the caller closes it."""
    descriptor = os.memfd_create("page", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def from_memory(descriptor: int, length: int) -> bytes:
    """Copy a memfd of exactly this length and close it.

    Raises:
        BrokenChannelError: not memory, not that long, or longer than 64 MiB.
    """
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size != length or not 0 < length <= LARGEST_MEMORY:
            raise BrokenChannelError("memory is not what was announced")
        data = os.pread(descriptor, length, 0)
    finally:
        os.close(descriptor)
    if len(data) != length:
        raise BrokenChannelError("memory is not what was announced")
    return data
