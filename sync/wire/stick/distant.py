"""A stick that is reached by line: a folder as in §12, kept by a hub or by the platform for a hub.

It is written and read with the same verbs as one that is plugged in. Whoever keeps it is believed as little as a stick
is: what counts is signed or named by its digest.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Final

from kiosk.failure import Failure, KioskError
from sync.wire.messages import Count, Message
from sync.wire.stick.medium import Place, Stick, next_of

PATH: Final = "/v1/stick"
STATEMENT: Final = "Jinban-Statement"
"""The header with the device statement, in base 64: a hub knows no terminal, only the root."""

PIECE_BYTES: Final = 256 * 1024
MOST_QUESTION_BYTES: Final = 1024 * 1024
_MOST_TRIES: Final = 3


class StickQuestion(Message, frozen=True):
    """POST /v1/stick: one verb on a file or folder.

    `do` is `index`, `names`, `holds`, `put`, `publish`, `discard` or `keep`; a hub also asks `take`: take in what lies
    there and give what waits. `put` brings `data` at `offset` of a file of `size` bytes with this digest.
    """

    terminal: str
    do: str
    place: tuple[str, ...] = ()
    digest: bytes = b""
    size: Count = 0
    offset: Count = 0
    data: bytes = b""
    names: tuple[str, ...] = ()
    protocol: int = 1


class StickAnswer(Message, frozen=True):
    """What was found. `have` is how many first bytes of a file are kept.

    `failure` a code of `kiosk.failure`, if any.
    """

    have: Count = 0
    names: tuple[str, ...] = ()
    data: bytes | None = None
    failure: str = ""
    protocol: int = 1


Ask = Callable[[StickQuestion], StickAnswer]


class DistantStick(Stick):
    """See `sync.wire.stick.medium.Stick`. `ask` carries one question and raises `KioskError` when the line fails."""

    def __init__(self, terminal: str, ask: Ask) -> None:
        self._terminal, self._send = terminal, ask

    def terminals(self) -> tuple[str, ...]:
        """See `Stick`."""
        return self._ask("names").names

    def demand(self) -> None:
        """Whoever keeps it answers or does not; there is nothing to be plugged in."""

    def index(self, place: Place, most: int) -> bytes | None:
        """See `Stick`."""
        data = self._ask("index", place).data
        return data if data is not None and len(data) <= most else None

    def holds(self, place: Place, digest: bytes, size: int) -> bool:
        """See `Stick`."""
        return self._have(place, digest, size) == size

    def part(self, place: Place, digest: bytes, size: int, most: int) -> bytes:
        """See `Stick`."""
        data = bytearray()
        while len(data) < size <= most:
            piece = self._ask("index", place, digest, size, offset=len(data)).data
            if not piece:
                break
            data += piece
        if len(data) != size or hashlib.sha256(data).digest() != digest:
            raise KioskError(Failure.COURIER_TORN, reason="part")
        return bytes(data)

    def put(self, place: Place, data: bytes) -> None:
        """Send a file from the first byte that is not kept yet; it is durable when the last one is."""
        digest = hashlib.sha256(data).digest()
        have, tries = self._have(place, digest, len(data)), 0
        while have < len(data) or not data:
            piece = data[have : have + PIECE_BYTES]
            now = self._ask("put", place, digest, len(data), offset=have, data=piece).have
            if now == len(data):
                return
            tries = 0 if now > have else tries + 1
            if tries == _MOST_TRIES:
                raise KioskError(Failure.COURIER_UNREADABLE, reason="distant")
            have = min(now, len(data))

    def claim(self, place: Place) -> None:
        """What is kept whole is durable there."""

    def flush(self, on_file: Callable[[], None] = lambda: None) -> None:
        """Nothing waits: `put` returns when a file is durable."""

    def publish(self, place: Place) -> None:
        """See `Stick`."""
        self._ask("publish", place)

    def replace(self, place: Place, data: bytes) -> None:
        """See `Stick`."""
        self.put(next_of(place), data)
        self.publish(place)

    def discard(self, place: Place) -> None:
        """See `Stick`."""
        self._ask("discard", place)

    def keep_only(self, folder: Place, names: Iterable[str]) -> None:
        """See `Stick`."""
        self._ask("keep", folder, names=tuple(sorted(names)))

    def folders(self, folder: Place) -> tuple[str, ...]:
        """See `Stick`."""
        return self._ask("names", folder).names

    def take(self, folder: str) -> None:
        """Let the platform take in what lies in a folder, and put there what waits for its terminal."""
        self._ask("take", (folder,))

    def _have(self, place: Place, digest: bytes, size: int) -> int:
        return self._ask("holds", place, digest, size).have

    def _ask(
        self,
        do: str,
        place: Place = (),
        digest: bytes = b"",
        size: int = 0,
        *,
        offset: int = 0,
        data: bytes = b"",
        names: tuple[str, ...] = (),
    ) -> StickAnswer:
        answer = self._send(StickQuestion(self._terminal, do, place, digest, size, offset, data, names))
        if answer.failure:
            failure = next((one for one in _TOLD if one.code == answer.failure), Failure.COURIER_UNREADABLE)
            raise KioskError(failure, reason="distant")
        return answer


_TOLD: Final = (Failure.COURIER_FULL, Failure.COURIER_UNREADABLE, Failure.COURIER_NOTHING, Failure.TERMINAL_REVOKED)
