"""Answers to questions about a folder that is kept for somebody on the line: a stick without a stick.

Names are held against what §12 allows, so that nobody reaches out of the folder; a data file is only kept when it is
what its digest says, and its first bytes wait beside the folder until then.
"""

import errno
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from central.relay.room import Allowance, Room
from kiosk.failure import Failure, KioskError
from kiosk.folders import make
from sync.wire.stick.distant import PIECE_BYTES, StickAnswer, StickQuestion
from sync.wire.stick.medium import ROOT, Place, Stick, data_name

MOST_INDEX_BYTES: Final = 4 * 1024 * 1024
MOST_FILE_BYTES: Final = 256 * 1024 * 1024
_UP: Final = re.compile(r"up\.(jbi|new)|up/[0-9a-f]{32}\.jbn|blobs/[0-9a-f]{2}/[0-9a-f]{32}\.jbn")
_DOWN: Final = re.compile(r"down\.(jbi|new)|down/[0-9a-f]{32}\.jbn")
_COMMON: Final = re.compile(r"label\.jbl|catalog/[0-9a-f]{32}\.jbn")
_FOLDERS: Final = re.compile(r"(up|down|blobs(/[0-9a-f]{2})?)?")
_TERMINAL: Final = re.compile(r"t\d{5}[0-9a-z]")

Mine = Callable[[str], bool]
"""Whether the one who asks may write in a terminal's folder."""


class Keeper:
    """One folder in the form of a stick, and the first bytes of files on their way into it.

    Without an allowance a terminal may keep as much as the disk holds.
    """

    def __init__(self, folder: Path, allowance: Allowance | None = None) -> None:
        make(folder / "stick", 0o700)
        make(folder / "begun", 0o700)
        self.stick = Stick(folder / "stick")
        self._begun = folder / "begun"
        self._room = Room(allowance, folder / "stick" / ROOT, self._begun) if allowance else None
        self._lock = threading.Lock()

    def answer(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        """Do what is asked, as far as it is the asker's to ask."""
        do = {
            "index": self._index,
            "names": self._names,
            "holds": self._holds,
            "put": self._put,
            "publish": self._publish,
            "discard": self._discard,
            "keep": self._keep,
        }.get(question.do)
        if do is None or not all(_plain(name) for name in (*question.place, *question.names)):
            return StickAnswer(failure=Failure.COURIER_UNREADABLE.code)
        try:
            with self._lock:
                return do(question, mine)
        except KioskError as error:
            return StickAnswer(failure=error.failure.code)

    def has(self, place: Place, digest: bytes, size: int) -> int:
        """How many first bytes of a file are here."""
        if self.stick.holds(place, digest, size):
            return size
        begun = self._part(place, digest)
        return min(begun.stat().st_size, size) if begun.exists() else 0

    def _index(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        _demand(_readable(question.place, mine))
        if not question.digest:
            return StickAnswer(data=self.stick.index(question.place, MOST_INDEX_BYTES))
        piece = next(self.stick.pieces(question.place, question.offset, PIECE_BYTES), b"")
        return StickAnswer(data=piece)

    def _names(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        if not question.place:
            return StickAnswer(names=tuple(name for name in self.stick.terminals() if mine(name)))
        folder, *below = question.place
        _demand(mine(folder) and _FOLDERS.fullmatch("/".join(below)))
        return StickAnswer(names=self.stick.folders(question.place))

    def _holds(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        _demand(_readable(question.place, mine))
        return StickAnswer(have=self.has(question.place, question.digest, question.size))

    def _put(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        place = question.place
        _demand(_writable(place, mine) and not place[-1].endswith(".jbi"))
        _demand(question.size <= (MOST_INDEX_BYTES if place[-1].endswith(".new") else MOST_FILE_BYTES))
        _demand(place[-1].endswith(".new") or place[-1] == data_name(question.digest))
        _demand(question.offset + len(question.data) <= question.size)
        part = self._part(place, question.digest)
        have = self._append(part, question)
        if have < question.size:
            return StickAnswer(have=have)
        data = part.read_bytes()
        part.unlink()
        if hashlib.sha256(data).digest() != question.digest:
            self._thrown_away(place)
            return StickAnswer(have=0)
        self.stick.put(place, data)
        self.stick.flush()
        return StickAnswer(have=len(data))

    def _append(self, part: Path, question: StickQuestion) -> int:
        begins = not part.exists()
        have = 0 if begins else part.stat().st_size
        if question.offset != have:
            return have
        terminal, more = _terminal_of(question.place), len(question.data)
        if self._room and not question.place[-1].endswith(".new"):  # an index says what is kept, and is small
            scan = "blobs" in question.place
            self._room.demand(terminal, question.size - have, begins=begins, scan=scan)
            self._room.kept(terminal, more, begins=begins)
        with _told():
            part.parent.mkdir(mode=0o700, exist_ok=True)
            if begins and question.place[-1].endswith(".new"):  # not counted, so one of each place and no more
                for older in part.parent.glob(f"{part.stem}.*"):
                    older.unlink()
            with part.open("ab") as file:
                file.write(question.data)
        return have + more

    def _thrown_away(self, place: Place) -> None:
        if self._room:
            self._room.changed(_terminal_of(place))

    def _publish(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        _demand(_writable(question.place, mine) and question.place[-1].endswith(".jbi"))
        self.stick.publish(question.place)
        return StickAnswer()

    def _discard(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        _demand(_writable(question.place, mine))
        self.stick.discard(question.place)
        self._thrown_away(question.place)
        return StickAnswer()

    def _keep(self, question: StickQuestion, mine: Mine) -> StickAnswer:
        folder, *below = question.place or ("",)
        _demand(mine(folder) and below and _FOLDERS.fullmatch("/".join(below)))
        self.stick.keep_only(question.place, question.names)
        self._thrown_away(question.place)
        return StickAnswer()

    def _part(self, place: Place, digest: bytes) -> Path:
        """Names resolve per folder, so that nobody's first bytes are anybody else's."""
        where, what = (hashlib.sha256(part).hexdigest() for part in ("/".join(place).encode(), digest))
        return self._begun / _terminal_of(place) / f"{where}.{what}"


def _terminal_of(place: Place) -> str:
    """Whose folder it is, whatever its enrolment; what is common to all has a name of its own."""
    return place[0][:-1] if _TERMINAL.fullmatch(place[0]) else "common"


def _plain(name: str) -> bool:
    return name.isascii() and "/" not in name and name not in ("", ".", "..")


def _readable(place: Place, mine: Mine) -> object:
    path = "/".join(place[1:])
    own = bool(place) and mine(place[0]) and (_UP.fullmatch(path) or _DOWN.fullmatch(path))
    return own or _COMMON.fullmatch("/".join(place))


def _writable(place: Place, mine: Mine) -> object:
    return bool(place) and _TERMINAL.fullmatch(place[0]) and mine(place[0]) and _UP.fullmatch("/".join(place[1:]))


def _demand(allowed: object) -> None:
    if not allowed:
        raise KioskError(Failure.COURIER_UNREADABLE, reason="place")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise KioskError(Failure.COURIER_FULL if full else Failure.COURIER_UNREADABLE, reason="hub") from error
