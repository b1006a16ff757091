"""Bytes bent from good ones: flipped, cut, repeated, joined, with numbers at their limits."""

import random
from collections.abc import Iterator, Sequence

_LIMITS = (b"\x00", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\xff", b"\xdd\xff\xff\xff\xff", b"\xc1")


def bent(seeds: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Ever new inputs, the same for the same seed."""
    dice = random.Random(seed)
    while True:
        data = bytearray(dice.choice(seeds))
        if dice.random() < 0.05:
            data += dice.choice(seeds)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(data) + 1)
            match dice.randrange(6):
                case 0:
                    data[place:place] = dice.randbytes(dice.randint(1, 20))
                case 1:
                    del data[place : place + dice.randint(1, 60)]
                case 2:
                    data[place:place] = data[place : place + dice.randint(1, 60)]
                case 3:
                    limit = dice.choice(_LIMITS)
                    data[place : place + len(limit)] = limit
                case _ if place < len(data):
                    data[place] ^= 1 << dice.randrange(8)
        yield bytes(data)
