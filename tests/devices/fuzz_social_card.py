"""Fuzz targets for what a social-security card may answer: its records, and whole conversations.

Each target takes any bytes and must neither raise anything unexpected nor go on for ever. The suite runs each for a
moment with fixed seeds; `python -m tests.devices.fuzz_social_card [SECONDS]` goes on from where nobody has been.
"""

import random
from collections.abc import Callable, Iterator

from devices.idcard.pcsc.dialogue import read_elements
from devices.idcard.pcsc.records import Element, card_of, encode, record, split
from devices.idcard.simulated.social_card import demo_card
from devices.idcard.simulated.social_chip import Chip, Manners
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard
from tests.devices.fuzzing import Target, by_hand

ELEMENTS = encode(demo_card("li-xiaofang"))
MOST_COMMANDS = 400
_OF_A_CARD = {
    Failure.CARD_WRONG,
    Failure.CARD_NEEDS_VENDOR,
    Failure.CARD_REJECTED,
    Failure.CARD_UNREADABLE,
    Failure.DEVICE_DISTURBED,
}


def _outcome(read: Callable[[], IdCard]) -> Failure | None:
    """How reading ended: None for a card, which then has a number and a name."""
    try:
        card = read()
    except KioskError as error:
        return error.failure
    assert card.id_no
    assert card.name
    return None


def records(data: bytes) -> None:
    """Any record is elements or none, and nothing in them is longer than what came."""
    try:
        found = split(data)
    except ValueError:
        return
    assert sum(len(value) for value in found.values()) <= len(data)


def values(data: bytes) -> None:
    """Elements with anything in them are a card or unreadable."""
    tags = list(ELEMENTS)
    elements = dict(ELEMENTS)
    for place in range(0, len(data) - 1, 2):
        tag = tags[data[place] % len(tags)]
        value = bytearray(elements[tag])
        value[data[place] % len(value)] = data[place + 1]
        elements[tag] = bytes(value)
    if data:
        elements.pop(tags[data[0] % len(tags)], None)
    outcome = _outcome(lambda: card_of(elements))
    assert outcome in {None, Failure.CARD_UNREADABLE}


def conversations(data: bytes) -> None:
    """Whatever a card answers, and whenever, the conversation ends in a card or a named failure."""
    dice = random.Random(data)
    chip = Chip(ELEMENTS, Manners(numbering=dice.choice(("identifiers", "numbers", "both"))))
    told = 0

    def transmit(command: bytes) -> bytes:
        nonlocal told
        told += 1
        assert told < MOST_COMMANDS, "it never ends"
        answer = chip.answer(command)
        match dice.randrange(8):
            case 0:
                place = dice.randrange(len(data) + 1)
                return data[place : place + dice.randrange(300)]
            case 1:
                return answer[:-2] + bytes((0x61, dice.randrange(256)))
            case 2:
                return bytes((dice.choice((0x61, 0x62, 0x63, 0x69, 0x6A, 0x6C, 0x90)), dice.randrange(256)))
            case _:
                return answer

    outcome = _outcome(lambda: card_of(read_elements(transmit)))
    assert outcome is None or outcome in _OF_A_CARD


TARGETS: tuple[Target, ...] = (records, values, conversations)
SEEDS = (
    record(Element.NUMBER, ELEMENTS[Element.NUMBER]),
    record(Element.NAME, ELEMENTS[Element.NAME]),
    record(Element.EXPIRES, b"\x20\x35\x01\x01"),
    b"\x09\x81\x1e" + ELEMENTS[Element.NAME],
    b"\x09\x82\xff\xff" + bytes(40),
    b"\x61\xff" * 8,
)


def mutations(seed: int) -> Iterator[bytes]:
    """Ever new bytes: seeds cut, joined, repeated and flipped."""
    dice = random.Random(seed)
    while True:
        data = bytearray(b"".join(dice.choice(SEEDS) for _ in range(dice.randint(1, 4))))
        for _ in range(dice.randint(0, 10)):
            place = dice.randrange(len(data) + 1)
            match dice.randrange(3):
                case 0:
                    data[place:place] = dice.randbytes(dice.randint(1, 30))
                case 1:
                    del data[place : place + dice.randint(1, 30)]
                case _ if place < len(data):
                    data[place] ^= 1 << dice.randrange(8)
        yield bytes(data)


if __name__ == "__main__":
    by_hand(TARGETS, mutations)
