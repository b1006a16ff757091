"""Fuzz targets for both ends of a receipt printer: what it may answer, and what the simulated one may be sent.

Each target takes any bytes and must neither raise, hang nor keep more than it says. The suite runs each for a moment
with fixed seeds; `python -m tests.devices.fuzz_escpos [SECONDS]` goes on from where nobody has been.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from devices.printer.escpos import commands as c
from devices.printer.escpos.encode import encode
from devices.printer.escpos.settings import settings_of
from devices.printer.escpos.status import Ear, Process, RealTime, Standing
from devices.printer.simulated.escpos_printer import Printer
from devices.printer.simulated.escpos_tokens import Tokens
from tests.devices.receipt_printer import SHORT

Target = Callable[[bytes], None]
HELD = (1 << 20) + 64
_WORDS = (
    c.BEGIN,
    c.CUT,
    c.CLEAR,
    c.DOUBLE,
    c.ask_status(4),
    c.ask_process(b"abcd"),
    c.qr(b"A1b2", 4),
    c.raster(bytes(72 * 8), 72),
    "最低生活保障".encode("gbk"),
    "𠮷䶮㛃".encode("gb18030"),
    b"\x1d(k\xff\xff",
    b"\x1dv0\x00\xff\xff\xff\xff",
    b"\x1b*\x21\xff\xff",
    b"\x1d8L\xff\xff\xff\xff",
    b"\x37\x22abcd\x00",
)


def answers(data: bytes) -> None:
    """Whatever arrives, in whatever pieces, is the same words; a standing can be made of any of them."""
    whole = list(Ear().hear(data))
    ear, pieces = Ear(), []
    for byte in data:
        pieces += list(ear.hear(bytes([byte])))
    assert pieces == whole
    assert ear._block is None or len(ear._block) <= 96
    for word in whole:
        if isinstance(word, RealTime):
            standing = Standing(word.byte, word.byte, word.byte, word.byte)
            assert standing.trouble is not None or standing.online
        if isinstance(word, Process):
            assert len(word.name) < 96


def tokens(data: bytes) -> None:
    """A stream in one piece and in many gives the same commands, and what is held is bounded."""
    whole = Tokens()
    cut, pieces, cuts, at = Tokens(), [], random.Random(len(data)), 0
    while at < len(data):
        size = cuts.choice((1, 3, 64, 4096))
        pieces += list(cut.take(data[at : at + size]))
        at += size
        assert len(cut._rest) <= HELD
    assert _plain(pieces) == _plain(list(whole.take(data)))


def printing(data: bytes) -> None:
    """The simulated printer prints whatever it is sent, and can print a paper afterwards."""
    printer = Printer(384)
    printer.receive(data)
    assert printer.type.paper().dots == 384
    printer.power_off()
    printer.type.eject()
    before = len(printer.type.papers)
    printer.receive(encode(SHORT, settings_of({"port": "192.0.2.1", "paper": "58mm"})))
    assert len(printer.type.papers) == before + 1
    assert "自助申报回执" in printer.type.papers[-1].text


TARGETS: tuple[Target, ...] = (answers, tokens, printing)


def inputs(seed: int) -> Iterator[bytes]:
    """Bytes of all sorts: noise, commands, commands with noise in them, commands cut short."""
    chance = random.Random(seed)
    while True:
        parts = [
            chance.choice((chance.choice(_WORDS), chance.randbytes(chance.randrange(40)), b"\n", b"\x1d", b"\x10"))
            for _ in range(chance.randrange(1, 12))
        ]
        data = bytearray(b"".join(parts))
        for _ in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        yield bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.3 else data)


def _plain(found: Sequence[object]) -> list[object]:
    """Runs of text joined: where a stream is cut decides where they end."""
    joined: list[object] = []
    for token in found:
        if getattr(token, "name", "") == "text" and joined and isinstance(joined[-1], bytes):
            joined[-1] += token.data  # type: ignore[attr-defined] # it is a Token
        elif getattr(token, "name", "") == "text":
            joined.append(token.data)  # type: ignore[attr-defined] # it is a Token
        else:
            joined.append(token)
    return joined


def main(seconds: float) -> None:
    """Go on for so long, from a seed of this moment."""
    seed, until, count = time.time_ns(), time.monotonic() + seconds, 0
    for data in inputs(seed):
        for target in TARGETS:
            try:
                target(data)
            except BaseException:
                sys.stderr.write(f"{target.__name__}: {data.hex()}\n")
                raise
        count += 1
        if time.monotonic() >= until:
            break
    sys.stdout.write(f"{count} inputs, seed {seed}\n")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
