"""Postings that came down, however they came: each proves itself, and only a later one takes an earlier one's place."""

from kiosk.failure import Failure, KioskError
from kiosk.model.board import Posting
from kiosk.ports import Store
from sync.rekeying import follow_platform_key
from sync.wire.messages import PostingBody, SignedRecord
from sync.wire.records import read_record


class Board:
    """Takes postings in."""

    def __init__(self, store: Store) -> None:
        self._store, self._identity = store, store.settings.identity()

    def apply(self, records: tuple[SignedRecord, ...], since: int, cursor: int) -> tuple[int, KioskError | None]:
        """Write what is proven, and follow the keys it tells; how many were new, and the first thing that was wrong.

        One that does not prove itself holds the cursor where it is, and so does what begins behind it (`since`): it has
        to be asked for again. What came beside it counts all the same.
        """
        taken, wrong = self._write(records, since, cursor)
        try:
            # Each time, as a crash may have come between the posting and following it.
            follow_platform_key(self._store)
        except KioskError as error:
            wrong = wrong or error
        return taken, wrong

    def _write(self, records: tuple[SignedRecord, ...], since: int, cursor: int) -> tuple[int, KioskError | None]:
        wrong: KioskError | None = None
        proven = []
        for record in records:
            try:
                proven.append(self._proven(record))
            except KioskError as error:
                wrong = wrong or error
        held = self._store.board.cursor()
        whole = wrong is None and since <= held
        if not proven and (not whole or cursor <= held):
            return 0, wrong
        return self._store.board.take(proven, cursor if whole else held), wrong

    def _proven(self, record: SignedRecord) -> Posting:
        body = read_record(record, "posting", PostingBody, self._identity.record_key)
        if body.terminal not in ("", self._identity.terminal):
            raise KioskError(Failure.RECORD_NOT_GENUINE, reason="terminal", kind="posting")
        return Posting(body.topic, body.name, body.seq, body.at, body.gone, body.content)
