"""Frames of sealed files, taken as they arrive."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from central.completion import file_arrived
from central.intake.answers import acknowledgement
from central.office import Office
from central.store import events
from central.store.events import StoredEvent, Wanted
from central.store.terminals import Terminal
from sync.wire.coding import WireError
from sync.wire.frames import FRAME_HEADER_BYTES, Frame, frame_header
from sync.wire.messages import FramesAnswer, FrameState

BROKEN = "frame"
"""Error of a state without a name: bytes that are no frame, or a frame cut short; send the rest again."""

MOST_UNKNOWN = 100
"""A terminal sends what it has announced. After so many names it never announced nothing more is looked up."""


class FrameReader:
    """Frames out of a stream of bytes, holding back at most one unfinished frame."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._header: tuple[bytes, int, int, bytes] | None = None

    def feed(self, data: bytes) -> Iterator[tuple[Frame, bytes]]:
        """Every frame that these bytes finish, with the check it came with.

        Raises:
            WireError: bytes that are no frame; what follows cannot be told apart any more.
        """
        self._waiting += data
        while True:
            if self._header is None:
                if len(self._waiting) < FRAME_HEADER_BYTES:
                    return
                self._header = frame_header(bytes(self._waiting[:FRAME_HEADER_BYTES]))
                del self._waiting[:FRAME_HEADER_BYTES]
            digest, offset, length, check = self._header
            if len(self._waiting) < length:
                return
            content = bytes(self._waiting[:length])
            del self._waiting[:length]
            self._header = None
            yield Frame(digest, offset, content), check

    @property
    def unfinished(self) -> bool:
        """Whether bytes of a frame are left that never became whole."""
        return self._header is not None or bool(self._waiting)


@dataclass(slots=True)
class FrameTaker:
    """Takes the frames of one request and remembers what to answer."""

    office: Office
    terminal: Terminal
    reader: FrameReader = field(default_factory=FrameReader)
    announced: dict[bytes, Wanted | None] = field(default_factory=dict)
    states: dict[bytes, FrameState] = field(default_factory=dict)
    completed: list[StoredEvent] = field(default_factory=list)
    unknown: int = 0
    broken: bool = False

    def take(self, data: bytes) -> None:
        """Append what these bytes finish. After a broken frame the rest of the request is passed over."""
        if self.broken:
            return
        try:
            for frame, check in self.reader.feed(data):
                self._take(frame, check)
                if self.unknown >= MOST_UNKNOWN:
                    self.broken = True
                    return
        except WireError:
            self.broken = True

    def answer(self, nonce: int) -> FramesAnswer:
        """How many first bytes are here of every file the request named, and what became complete."""
        states = list(self.states.values())
        if self.broken or self.reader.unfinished:
            states.append(FrameState(b"", 0, BROKEN))
        acks = tuple(acknowledgement(self.office, event) for event in self.completed)
        return FramesAnswer(self.office.now(), nonce, tuple(states), acks)

    def _take(self, frame: Frame, check: bytes) -> None:
        wanted = self._wanted(frame.digest)
        if wanted is None:
            self._tell(frame.digest, 0, "unknown")
            self.unknown += 1
            return
        if hashlib.sha256(frame.data).digest() != check:
            self._tell(frame.digest, self.office.blobs.have(self.terminal.id, wanted.digest, wanted.size), "check")
            return
        held = self.office.blobs.append(self.terminal.id, wanted.digest, wanted.size, frame.offset, frame.data)
        self._tell(frame.digest, held.have, held.error, held.ahead)
        if held.whole and not wanted.complete:
            self.completed += file_arrived(self.office, self.terminal.id, frame.digest)

    def _wanted(self, digest: bytes) -> Wanted | None:
        if digest not in self.announced:
            with self.office.store.read() as connection:
                self.announced[digest] = events.wanted(connection, self.terminal.id, digest)
        return self.announced[digest]

    def _tell(self, digest: bytes, have: int, error: str, ahead: int = 0) -> None:
        """The newest offset; the first error stays, since later frames of that file fail because of it."""
        before = self.states.get(digest)
        self.states[digest] = FrameState(digest, have, before.error if before and before.error else error, ahead)
