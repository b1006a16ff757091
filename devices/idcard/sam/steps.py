"""Reading one card: find, select, read, newest address; and what is true when a step fails.

**Already read.** Many readers do not find a card again that was read, until it is lifted (the chip stays selected). So
after a read `find` may answer "no card" although one lies there, and nobody can tell for certain. `Memory` keeps what
is known. When the next reader of the card finds none, it is first selected unfound, which some readers allow: that
either reads the card again without lifting it or proves that it lies there used. Where even that stays silent, the
person is asked to lift the card (`CARD_LIFT_FIRST`) after a few seconds, long enough for somebody who is still looking
for theirs, and only within a minute of the read: the next person is not to be told of another one's card.

**Pulled or unreadable.** A failed read (41) is followed by another select: a card that can be selected lies there, so
it is read once more and then called unreadable; one that cannot has been pulled.
"""

import time
from dataclasses import dataclass, field

from devices.contract import Job
from devices.idcard.record import PHOTO_BYTES, RECORD_BYTES
from devices.idcard.sam.commands import (
    ADDRESS_BYTES,
    DONE,
    EMPTY,
    FIND,
    FOUND,
    NEWEST_ADDRESS,
    NOT_FOUND,
    NOT_READ,
    NOT_SELECTED,
    READ,
    SELECT,
    Command,
)
from devices.idcard.sam.status import failed
from devices.idcard.sam.talk import TRIES, Answer, Talk
from kiosk.failure import Failure, KioskError

REMEMBERED = 45.0
"""Seconds after a read in which a card that is not found may be the one that was read."""
LIFT_AFTER = 8.0
"""Seconds a person is given to lay a card down before being asked to lift the one that may lie there."""
TAKING_AWAY = 5.0
"""Seconds after a good read in which a card that is not found is not called gone."""
_TOUCHES = 3
_LENGTHS = 2
_LOST = frozenset({NOT_READ, NOT_FOUND, NOT_SELECTED})


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a card's chip gave: 256 bytes of text, 1024 of photo, and an address newer than the one in the text."""

    text: bytes = field(repr=False)
    photo: bytes = field(repr=False)
    address: str = field(default="", repr=False)


class Memory:
    """What this reader's driver knows of the card that may lie there, across requests and reopenings."""

    def __init__(self) -> None:
        self._read_at: float | None = None
        self.failed = False
        # Nobody knows what the last program, or this one before it was restarted, did to a card that lies there.
        self.may_lie = True
        self.address_known = False
        self.address_asked = True

    def was_read(self) -> None:
        """A card was read, or may have been: its answer was lost."""
        self._read_at, self.may_lie = time.monotonic(), True

    def was_seen(self) -> None:
        """A card was found: whatever was read before is lifted."""
        self._read_at, self.may_lie = None, True

    def was_gone(self) -> None:
        """A card that was found is there no more."""
        self._read_at, self.may_lie = None, False

    @property
    def read_lately(self) -> bool:
        """Whether a card that was read may still lie there."""
        return self._read_within(REMEMBERED)

    @property
    def uncertain(self) -> bool:
        """Whether somebody may be about to take away the card that was just read.

        Later, and after a read that failed, not found counts as gone: or its return would be no news to who waits.
        """
        return not self.failed and self._read_within(TAKING_AWAY)

    def _read_within(self, seconds: float) -> bool:
        return self._read_at is not None and time.monotonic() - self._read_at < seconds


class Steps:
    """The reading of one card for one request over one line."""

    def __init__(self, talk: Talk, memory: Memory, job: Job, *, newest_address: bool) -> None:
        self._talk = talk
        self._memory = memory
        self._job = job
        self._newest_address = newest_address
        self._begun = time.monotonic()
        self._bold = True

    def look(self) -> Blocks | None:
        """Read the card when one lies there; None when none does, as far as can be known.

        Raises:
            KioskError: `CARD_PULLED`, `CARD_UNREADABLE`, `CARD_LIFT_FIRST` and what `status` and `talk` name.
        """
        if self._find():
            return self._read_found()
        if self._memory.may_lie and self._bold:
            self._bold = False
            blocks = self._read_unfound()
            if blocks is not None:
                return blocks
        if self._memory.read_lately and time.monotonic() - self._begun >= LIFT_AFTER:
            raise KioskError(Failure.CARD_LIFT_FIRST)
        return None

    def _find(self) -> bool:
        found = self._ask(FIND).status
        if found not in {FOUND, NOT_FOUND}:
            raise failed(FIND.name, found)
        if found == FOUND:
            self._memory.was_seen()
        return found == FOUND

    def _read_found(self) -> Blocks:
        self._job.progress(0.2)
        self._select()
        self._job.progress(0.4)
        answer = self._ask(READ)
        if answer.status in _LOST:
            if answer.damage:
                # The first answer was lost on the line; the reader holds the card for read and wants it lifted.
                self._memory.was_read()
                raise KioskError(Failure.CARD_LIFT_FIRST)
            answer = self._read_again()
        return self._finish(answer)

    def _select(self) -> None:
        """A card that is just being laid down may be found and yet not answer: it is asked a few times."""
        for _ in range(_TOUCHES):
            selected = self._ask(SELECT).status
            if selected == DONE:
                return
            if selected != NOT_SELECTED:
                raise failed(SELECT.name, selected)
            if not self._find():
                self._memory.was_gone()
                raise KioskError(Failure.CARD_PULLED, step=SELECT.name)
        raise KioskError(Failure.CARD_UNREADABLE, step=SELECT.name)

    def _read_again(self) -> Answer:
        if self._ask(SELECT).status != DONE:
            self._memory.was_gone()
            raise KioskError(Failure.CARD_PULLED, step=READ.name)
        return self._ask(READ)

    def _read_unfound(self) -> Blocks | None:
        if self._ask(SELECT).status != DONE:
            return None
        answer = self._ask(READ)
        if answer.status in _LOST:
            self._memory.was_read()
            raise KioskError(Failure.CARD_LIFT_FIRST)
        return self._finish(answer)

    def _finish(self, answer: Answer) -> Blocks:
        if answer.status != DONE:
            raise failed(READ.name, answer.status)
        self._memory.was_read()
        self._job.progress(0.8)
        text, photo = _split(answer.data)
        address = self._address() if self._newest_address and self._memory.address_asked else ""
        self._job.progress(1.0)
        return Blocks(text, photo, address)

    def _address(self) -> str:
        """The newest address stored behind the text, empty when the card has none or the reader cannot ask for it.

        Not all readers can, and each refuses in its own way. So a failure here counts as a pulled card only from a
        reader that has answered the question properly before.
        """
        try:
            answer = self._ask(NEWEST_ADDRESS, 1 if not self._memory.address_known else TRIES)
        except KioskError as error:
            if self._memory.address_known or error.info.get("reason") not in {"silent", "damaged", "noise"}:
                raise
            self._memory.address_asked = False
            return ""
        if answer.status in {DONE, EMPTY}:
            self._memory.address_known = True
        elif self._memory.address_known and answer.status in _LOST:
            self._memory.was_gone()
            raise KioskError(Failure.CARD_PULLED, step=NEWEST_ADDRESS.name)
        return _last_address(answer.data) if answer.status == DONE else ""

    def _ask(self, command: Command, tries: int = TRIES) -> Answer:
        return self._talk.ask(command, self._go_on, tries)

    def _go_on(self) -> None:
        if self._job.cancelled:
            raise KioskError(Failure.DEVICE_CANCELLED)


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Text and photo out of the answer to a read. A fingerprint behind them is not touched.

    Raises:
        KioskError: `CARD_UNREADABLE` for lengths that do not fit.
    """
    view = memoryview(data)
    lengths = [int.from_bytes(view[at : at + 2], "big") for at in (0, 2, 4)]
    for count in (_LENGTHS, _LENGTHS + 1):
        start = 2 * count
        if start + sum(lengths[:count]) == len(data) and lengths[:2] == [RECORD_BYTES, PHOTO_BYTES]:
            photo = start + RECORD_BYTES
            return bytes(view[start:photo]), bytes(view[photo : photo + PHOTO_BYTES])
    raise KioskError(Failure.CARD_UNREADABLE, step=READ.name, reason="lengths")


def _last_address(data: bytes) -> str:
    """The last of the 70-byte blocks that holds an address; UTF-16LE, padded with spaces."""
    blocks = [data[at : at + ADDRESS_BYTES] for at in range(0, len(data) - ADDRESS_BYTES + 1, ADDRESS_BYTES)]
    texts = (block.decode("utf-16-le", errors="replace").strip(" \x00\u3000") for block in blocks)
    return next((text for text in reversed(list(texts)) if text), "")
