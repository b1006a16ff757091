"""placeholder"""

from collections.abc import Iterator

from devices.page.finished import FileLimits, FinishedPage, Wish


def opened(data: bytes, extension: str, wish: Wish, limits: FileLimits) -> Iterator[FinishedPage]:
    yield from ()
