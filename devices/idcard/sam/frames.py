"""Frames of the SAM_V protocol: preamble, length, content, checksum, in both directions.

`AA AA AA 96 69 | length (2 bytes, big-endian) | content | XOR`: the length counts content and checksum, the checksum
covers length and content. A command's content is CMD Para data, an answer's SW1 SW2 SW3 data.
"""

from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
LARGEST = 4096
"""Most bytes a frame may announce. The longest known, text with photo and fingerprint, announces 2314."""
SHORTEST_ANSWER = 4
SHORTEST_COMMAND = 3
_HEAD = len(PREAMBLE) + 2


def encode(content: bytes) -> bytes:
    """The frame around this content.

    Raises:
        ValueError: longer than any frame may be.
    """
    if len(content) >= LARGEST:
        raise ValueError("too long for a frame")
    body = (len(content) + 1).to_bytes(2, "big") + content
    return PREAMBLE + body + bytes([checksum(body)])


def checksum(body: bytes | bytearray | memoryview) -> int:
    """XOR of all bytes."""
    return reduce(xor, body, 0)


class FrameReader:
    """Finds frames in what a line brings, whatever noise stands between them. Holds never more than one frame.

    `shortest` is the least a frame announces: 4 for answers, 3 for commands. `damaged` counts what looked like a frame
    and was none: a wrong checksum or an impossible length.
    """

    def __init__(self, shortest: int = SHORTEST_ANSWER) -> None:
        self.damaged = 0
        self._shortest = shortest
        self._held = bytearray()

    @property
    def missing(self) -> int:
        """How many bytes are wanting at least before a frame can be whole; never 0."""
        held = len(self._held)
        if held < _HEAD:
            return _HEAD + self._shortest - held
        return _HEAD + self._announced() - held

    @property
    def inside(self) -> bool:
        """Whether a preamble has come and its frame is not whole yet."""
        return len(self._held) >= len(PREAMBLE)

    def feed(self, data: bytes) -> list[bytes]:
        """Take what has arrived and give the content of every frame that is whole now."""
        found = []
        for start in range(0, len(data), LARGEST):
            self._held += data[start : start + LARGEST]
            while (content := self._next()) is not None:
                found.append(content)
        return found

    def clear(self) -> None:
        """Forget what has been held."""
        self._held.clear()

    def _next(self) -> bytes | None:
        """The next whole frame, or None with everything dropped that cannot begin one."""
        while True:
            self._to_preamble()
            if len(self._held) < _HEAD:
                return None
            announced = self._announced()
            if not self._shortest <= announced <= LARGEST:
                self._skip()
                continue
            end = _HEAD + announced
            if len(self._held) < end:
                return None
            body = self._held[len(PREAMBLE) : end]
            if checksum(body) != 0:
                self._skip()
                continue
            del self._held[:end]
            return bytes(body[2:-1])

    def _to_preamble(self) -> None:
        start = self._held.find(PREAMBLE)
        if start < 0:
            # The beginning of a preamble may be the end of what came.
            start = next(
                (
                    at
                    for at in range(max(0, len(self._held) - 4), len(self._held))
                    if PREAMBLE.startswith(self._held[at:])
                ),
                len(self._held),
            )
        del self._held[:start]

    def _skip(self) -> None:
        """No frame begins here, though its preamble did; the true one may stand inside what this one claimed."""
        self.damaged += 1
        del self._held[:1]

    def _announced(self) -> int:
        return int.from_bytes(self._held[len(PREAMBLE) : _HEAD], "big")
