"""A request body in pieces that leaves in blocks.

urllib3 gives its connect time-out to every `sendall`, so a body handed over as one piece must pass whole within it,
which on a slow link never happens (urllib3 issue 857). Read in 16 KiB blocks, each block has that time to itself.
Pieces are not joined: megabytes of scans on their way would otherwise lie in memory twice.
"""

import hashlib
from collections.abc import Callable, Iterator

BLOCK_BYTES = 16 * 1024


class Body:
    """Pieces that one after the other are what the request carries."""

    def __init__(self, *pieces: bytes | memoryview) -> None:
        self.pieces = tuple(memoryview(piece) for piece in pieces)
        self.size = sum(len(piece) for piece in self.pieces)

    def sha256(self) -> bytes:
        """Of the whole."""
        digest = hashlib.sha256()
        for piece in self.pieces:
            digest.update(piece)
        return digest.digest()


class BlockBody:
    """A body as the file-like object that requests reads; `on_sent` hears how many bytes the socket was handed."""

    def __init__(self, body: Body, on_sent: Callable[[int], None]) -> None:
        self._size = body.size
        self._rest = list(reversed(body.pieces))
        self._on_sent = on_sent

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read():
            yield piece

    def read(self, size: int = BLOCK_BYTES) -> bytes:
        """The next block, at most 16 KiB whatever is asked for."""
        room, parts = min(size, BLOCK_BYTES), []
        while room and self._rest:
            piece = self._rest.pop()
            parts.append(piece[:room])
            if len(piece) > room:
                self._rest.append(piece[room:])
            room -= len(parts[-1])
        block = b"".join(parts)
        self._on_sent(len(block))
        return block
