"""What came about since our cursor: decisions sealed to this terminal, postings, the catalogue when ours is older.

Every record proves itself. One that does not is not applied and holds the stored cursor where it is, so that nothing
is lost; whatever comes after it is applied all the same, because each record stands alone.
"""

import time
from dataclasses import dataclass
from typing import Final

import structlog

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import StopCause
from sync.board import Board
from sync.body import Body
from sync.decisions import OF_CATALOGUE, ChangesResult, Decisions, check_package
from sync.parts import Parts
from sync.proof import proven_answer
from sync.schedule import FIRST_PIECE, next_piece
from sync.wire.coding import WireError, pack, unpack
from sync.wire.messages import CatalogueHead, ChangesAnswer, ChangesRequest, SignedRecord
from sync.wire.records import read_record

PATH: Final = "/v1/changes"
_MOST_TURNS: Final = 100
_ASIDE_SECONDS: Final = 3600.0
"""A catalogue that does not fit here weighs as much as one that does: it is not fetched at every turn."""

_log = structlog.get_logger("sync.changes")


@dataclass(frozen=True, slots=True)
class _Aside:
    """A catalogue version that could not be put on the shelf, why, and until when nobody asks for it again."""

    version: int
    failure: KioskError
    until: float


class Changes:
    """Takes what the platform has for this terminal."""

    def __init__(self, parts: Parts) -> None:
        self._store, self._identity, self._parts = parts.store, parts.identity, parts
        self._decisions = Decisions(parts.store)
        self._board = Board(parts.store)
        self._aside: _Aside | None = None
        self._whole = False
        self._most = FIRST_PIECE

    def take(self) -> ChangesResult:
        """One turn, and as many more as the platform says it needs.

        Raises:
            KioskError: the link failed, or an answer as a whole is not genuine.
        """
        result = ChangesResult()
        cursor, posted = self._store.inbox.cursor(), self._store.board.cursor()
        for _ in range(_MOST_TURNS):
            answer = self._ask(cursor, posted)
            if answer.forked:
                self._store.settings.stop(StopCause.FORKED)
            self._apply(answer, result)
            self._post(answer, posted, result)
            result.pieces = False
            if answer.head is not None and result.catalogue == 0:
                self._shelve(answer.head, answer, result)
            if result.pieces:
                cursor, posted = max(cursor, answer.cursor), max(posted, answer.posted)
                continue
            if not answer.more or (answer.cursor <= cursor and answer.posted <= posted):
                break
            cursor, posted = answer.cursor, max(posted, answer.posted)
        return result

    def _ask(self, cursor: int, posted: int) -> ChangesAnswer:
        nonce = self._parts.signer.nonce()
        version = self._catalogue_held()
        held = bytes.fromhex(self._store.shelf.head().digest) if version and not self._whole else b""
        begun, have = self._store.packages.begun()
        request = ChangesRequest(
            self._identity.terminal,
            cursor,
            version,
            held=held,
            posted=posted,
            begun=bytes.fromhex(begun),
            have=have,
            most=self._most,
        )
        started = time.monotonic()
        question = self._parts.signer.question(PATH, Body(pack(request)), nonce, media="")
        body = self._parts.link.ask(question)
        try:
            record = unpack(body, SignedRecord)
        except WireError as error:
            raise KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled") from error
        answer = proven_answer(record, "changes", ChangesAnswer, nonce, self._identity)
        self._parts.watch.told(answer.at)
        if answer.package is not None and answer.size:
            self._most = next_piece(self._most, len(answer.package), time.monotonic() - started)
        return answer

    def _catalogue_held(self) -> int:
        """The version on the shelf, or one that was tried in vain of late."""
        if self._aside is not None and time.monotonic() >= self._aside.until:
            self._aside = None
        held = self._store.shelf.version()
        return max(held, self._aside.version) if self._aside else held

    def _apply(self, answer: ChangesAnswer, result: ChangesResult) -> None:
        self._decisions.apply(answer.records, result)
        if not result.gap and answer.cursor > self._store.inbox.cursor():
            self._store.inbox.advance(answer.cursor)

    def _post(self, answer: ChangesAnswer, since: int, result: ChangesResult) -> None:
        _, wrong = self._board.apply(answer.postings, since, answer.posted)
        result.failure = result.failure or wrong

    def _shelve(self, record: SignedRecord, answer: ChangesAnswer, result: ChangesResult) -> None:
        """Put a newer catalogue on the shelf; a bad one leaves the old in force and stops nothing else."""
        try:
            head = read_record(record, "catalogue", CatalogueHead, self._identity.record_key)
            if self._aside is not None and self._aside.version == head.version:
                result.failure = result.failure or self._aside.failure
            elif head.version <= self._store.shelf.version():
                return
            elif answer.difference is not None:
                result.catalogue = self._merged(answer.difference)
            elif answer.package is not None and answer.size:
                result.pieces, result.catalogue = self._collected(answer, answer.package, head)
            elif answer.package is not None:
                result.catalogue = self._replaced(answer.package, head)
        except KioskError as error:
            if error.failure not in OF_CATALOGUE:
                raise
            result.failure = result.failure or error

    def _merged(self, difference: bytes) -> int:
        """Where a difference does not lead there, the next turn asks for the whole."""
        try:
            return self._store.shelf.merge(difference)
        except KioskError as error:
            if error.failure not in OF_CATALOGUE:
                raise
            self._whole = True
            _log.warning("catalogue.difference_useless", failure=error.failure.code)
            return 0

    def _collected(self, answer: ChangesAnswer, piece: bytes, head: CatalogueHead) -> tuple[bool, int]:
        """Whether another piece is to be asked for, and the version where the last one made it whole."""
        packages = self._store.packages
        before = packages.begun()
        have = packages.add(head.digest.hex(), answer.start, piece)
        if have < answer.size:
            return (head.digest.hex(), have) != before, 0
        try:
            return False, self._replaced(packages.whole(), head)
        finally:
            packages.drop()

    def _replaced(self, package: bytes, head: CatalogueHead) -> int:
        try:
            check_package(package, head, self._identity.record_key)
            version = self._store.shelf.replace(package)
        except KioskError as error:
            self._aside = _Aside(head.version, error, time.monotonic() + _ASIDE_SECONDS)
            raise
        self._whole = False
        return version
