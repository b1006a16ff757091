"""Fuzz targets for what a card reader may send: frames in noise, answers to a read, records, addresses.

Each target takes any bytes and must neither raise anything unexpected nor keep more than one frame in memory. The
suite runs each for a moment with a fixed seed; `python -m tests.devices.fuzz_sam [SECONDS]` goes where nobody has been.
"""

import random
from collections.abc import Iterator

from devices.idcard.record import PHOTO_BYTES, RECORD_BYTES, parse, parse_address
from devices.idcard.sam import steps
from devices.idcard.sam.commands import COMMANDS, READ
from devices.idcard.sam.frames import LARGEST, PREAMBLE, FrameReader, encode
from devices.idcard.sam.talk import _answer
from kiosk.failure import Failure, KioskError
from tests.devices.fuzzing import Target, by_hand


def frames(data: bytes) -> None:
    """Whatever arrives in whatever pieces, each frame found is whole, and what is held is bounded."""
    reader = FrameReader()
    cut = random.Random(len(data))
    at = 0
    while at < len(data):
        size = cut.choice((1, 2, 7, 64, 5000))
        for content in reader.feed(data[at : at + size]):
            assert encode(content) in data
        at += size
        assert len(reader._held) <= LARGEST + 7
        assert reader.missing > 0


def answers(data: bytes) -> None:
    """No content of a frame is more than an answer or none."""
    for command in COMMANDS:
        answer = _answer(command, data) if len(data) >= 3 else None
        assert answer is None or command.fits(answer.status, answer.data)


def reads(data: bytes) -> None:
    """The data of a read gives text and photo, or the card is unreadable."""
    if not READ.least <= len(data) <= READ.most:
        return
    try:
        text, photo = steps._split(data)
    except KioskError as error:
        _expect_unreadable(error)
        return
    assert (len(text), len(photo)) == (RECORD_BYTES, PHOTO_BYTES)
    records(text)


def records(data: bytes) -> None:
    """A record is a card or unreadable."""
    try:
        parse(data[:RECORD_BYTES], bytes(PHOTO_BYTES))
    except KioskError as error:
        _expect_unreadable(error)


def addresses(data: bytes) -> None:
    """The newest address is text or unreadable."""
    try:
        parse_address(steps._last_address(data[:700]))
    except KioskError as error:
        _expect_unreadable(error)


def _expect_unreadable(error: KioskError) -> None:
    if error.failure is not Failure.CARD_UNREADABLE:
        raise error


TARGETS: tuple[Target, ...] = (frames, answers, reads, records, addresses)
SEEDS = (
    encode(bytes.fromhex("00009F00000000")),
    encode(b"\0\0\x90" + bytes.fromhex("01000400") + b" \0" * 128 + bytes(1024)),
    bytes.fromhex("01000400") + b" \0" * 128 + bytes(1024),
    bytes.fromhex("010004000400") + b" \0" * 128 + bytes(2048),
    PREAMBLE * 5 + b"\x0f\xff",
    (PREAMBLE + b"\x0f\xff") * 20,
    "演示省演示市演示县".ljust(35).encode("utf-16-le"),
)


def mutations(seed: int) -> Iterator[bytes]:
    """Ever new bytes: seeds cut, joined, repeated and flipped."""
    dice = random.Random(seed)
    while True:
        parts = [dice.choice(SEEDS) for _ in range(dice.randint(1, 3))]
        data = bytearray(b"".join(part[dice.randint(0, len(part)) // 3 :] for part in parts))
        for _ in range(dice.randint(0, 8)):
            place = dice.randrange(len(data) + 1)
            match dice.randrange(4):
                case 0:
                    data[place:place] = dice.randbytes(dice.randint(1, 40))
                case 1:
                    del data[place : place + dice.randint(1, 400)]
                case 2 if place < len(data):
                    data[place] ^= 1 << dice.randrange(8)
                case _:
                    data[place:place] = PREAMBLE
        yield bytes(data)


if __name__ == "__main__":
    by_hand(TARGETS, mutations)
