"""A request body that leaves in blocks.

urllib3 gives its connect time-out to every `sendall`, so a body handed over as one piece must pass whole within it,
which on a slow link never happens (urllib3 issue 857). Read in 16 KiB blocks, each block has that time to itself.
"""

from collections.abc import Callable, Iterator

BLOCK_BYTES = 16 * 1024


class BlockBody:
    """Bytes as a file-like body; `on_sent` hears how many bytes have been handed to the socket."""

    def __init__(self, data: bytes, on_sent: Callable[[int], None]) -> None:
        self._data = memoryview(data)
        self._place = 0
        self._on_sent = on_sent

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read():
            yield piece

    def read(self, size: int = BLOCK_BYTES) -> bytes:
        """The next block, at most 16 KiB whatever is asked for."""
        piece = bytes(self._data[self._place : self._place + min(size, BLOCK_BYTES)])
        self._place += len(piece)
        self._on_sent(len(piece))
        return piece
