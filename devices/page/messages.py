"""The words between whoever has pages to finish and the page worker: one JSON object a line, memfds beside some."""

from typing import TypeAlias

import msgspec

from devices.page.finished import FileLimits, Wish


class Finish(msgspec.Struct, frozen=True, tag=True):
    """Finish the raw page in the memfd beside this line; answered by `Made`, `Nothing` or `Refused`."""

    wish: Wish
    length: int


class Open(msgspec.Struct, frozen=True, tag=True):
    """Open the foreign file in the memfd beside this line: a `Made` for each page, then `Nothing`, or `Refused`."""

    extension: str
    wish: Wish
    limits: FileLimits
    length: int


class Made(msgspec.Struct, frozen=True, tag=True):
    """A finished page; its bytes are in the memfd beside this line. `findings` are failure codes."""

    extension: str
    width: int
    height: int
    findings: tuple[str, ...]
    codes: tuple[str, ...]
    text: str
    length: int


class Nothing(msgspec.Struct, frozen=True, tag=True):
    """A blank back side, or the end of a file."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """An expected failure, with what a `KioskError` may say beside it."""

    failure: str
    info: dict[str, str | int]


ToWorker: TypeAlias = Finish | Open
FromWorker: TypeAlias = Made | Nothing | Refused
TO_WORKER_WITH_MEMORY = (Finish, Open)
FROM_WORKER_WITH_MEMORY = (Made,)
