"""How far the scans under way have come, counted beside the store for people's eyes only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_T = TypeVar("_T")


class Progress:
    """Sealed bytes the platform already holds of cases it has not acknowledged.

    The sending thread counts; `glance` and `lacking` (sealed bytes by submission number) are for others.
    """

    def __init__(self) -> None:
        self.bytes_moved = 0
        self.lacking: Callable[[], dict[str, int]] = dict
        self._of: dict[str, int] = {}
        self._holders: dict[bytes, list[str]] = {}
        self._writes = 0

    def begin(self, held: dict[str, int], holders: dict[bytes, list[str]]) -> None:
        """What the platform says it holds of each event, and which events wait for each blob."""
        self._holders = holders
        for event, size in held.items():
            self._move(event, size - self._of.get(event, 0))

    def gained(self, digest: bytes, size: int) -> None:
        """So many more bytes of a blob are there, for every event that holds it."""
        for event in self._holders.get(digest, ()):
            self._move(event, size)

    @contextmanager
    def settling(self) -> Iterator[set[str]]:
        """Around the transaction that settles events; they are named before the block ends.

        Once it is committed the store no longer counts their bytes as left, and nor may this count them as moved:
        whoever saw the one without the other would see bytes come back that had left.
        """
        self._writes += 1
        try:
            settled: set[str] = set()
            yield settled
            for event in settled:
                self.bytes_moved -= self._of.pop(event, 0)
        finally:
            self._writes += 1

    def glance(self, counts: Callable[[], _T]) -> tuple[_T, int, bool]:
        """The store's counts, the bytes moved, and whether both are of one moment; never waits for a transaction."""
        before = self._writes
        counted, moved = counts(), self.bytes_moved
        return counted, moved, before % 2 == 0 and before == self._writes

    def _move(self, event: str, size: int) -> None:
        self._of[event] = self._of.get(event, 0) + size
        self.bytes_moved += size
