"""Fuzz targets for what a scanner may answer: capabilities, status, the words of `scanimage`, a page's first bytes.

Each target takes any bytes and must neither raise anything unexpected, nor take long, nor keep more than it was given.
The suite runs each for a moment with fixed seeds; `python -m tests.devices.fuzz_escl [SECONDS]` goes on from there.
"""

import random
from collections.abc import Iterator

from devices.scanner.asked import Source, Wishes
from devices.scanner.escl.capabilities import Intake, capabilities, status
from devices.scanner.escl.scanjob import Order
from devices.scanner.escl.xmltree import LARGEST, BadXmlError, Element, read
from devices.scanner.sane.choosing import asked, sources
from devices.scanner.sane.options import options
from devices.scanner.sane.pnm import Raster
from devices.scanner.sane.status import failure
from devices.scanner.simulated import settings
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages
from tests.devices.fuzzing import Target, by_hand

WISHES = Wishes(Source.AUTO, duplex=True, width_mm=210.0, height_mm=297.0, patience=30.0)


def trees(data: bytes) -> None:
    """XML is a bounded tree or refused."""
    root = _tree(data)
    if root is not None:
        assert sum(1 for _ in root.every("State")) <= len(data)


def abilities(data: bytes) -> None:
    """Capabilities that can be read lead to an order that a scanner can be given."""
    root = _tree(data)
    able = capabilities(root) if root is not None else None
    if able is None:
        return
    assert able.model.isprintable()
    for way in (able.platen, able.feeder, able.duplex):
        if way is not None:
            _order(way)


def conditions(data: bytes) -> None:
    """A status says jam, cover and feeder, or is none."""
    root = _tree(data)
    found = status(root) if root is not None else None
    if found is not None:
        assert {found.jammed, found.open, found.empty, found.loaded} <= {True, False}
        assert len(found.reasons) <= 80


def words(data: bytes) -> None:
    """Whatever `scanimage -A` and its complaints say, there are words to call it with and a failure with a name."""
    text = data.decode("utf-8", "replace")
    offered = options(text)
    sources(offered)
    for request in (ScanPages(), ScanPages(dpi=1200, colour=False)):
        ask = asked(offered, WISHES, request)
        assert all(isinstance(word, str) for word in ask.words)
        assert min(ask.width, ask.height) >= 0
    for code in (0, 1, 7, 9, 99, -11):
        problem = failure(text, code)
        assert code == 0 or isinstance(problem, KioskError)


def rasters(data: bytes) -> None:
    """A page's bytes in any pieces make a whole page, a part of one, or none."""
    cut, raster, at = random.Random(len(data)), Raster(), 0
    try:
        while at < len(data):
            size = cut.choice((1, 3, 50, 5000))
            raster.feed(data[at : at + size])
            at += size
    except KioskError as error:
        _same(error.failure, Failure.DEVICE_DISTURBED)
        return
    assert 0.0 <= raster.part <= 1.0
    if raster.whole:
        assert raster.page() == (data, "pnm")


def _tree(data: bytes) -> Element | None:
    try:
        return read(data)
    except BadXmlError as error:
        _same(error.__cause__, None)
        return None


def _same(found: object, expected: object) -> None:
    assert found is expected


def _order(way: Intake) -> None:
    order = Order(
        feeder=True,
        duplex=True,
        dpi=way.resolution(200),
        mode=way.mode(colour=True),
        format="image/jpeg",
        width=min(way.width, 2480),
        height=min(way.height, 3508),
        version="<2&>",
    )
    assert read(order.xml()).word("Version") == "<2&>"
    assert min(order.pixels) >= 0
    assert order.pixels[0] <= way.width * 4800 / 300 + 1


TARGETS: tuple[Target, ...] = (trees, abilities, conditions, words, rasters)
_CAPABILITIES = settings.capabilities("Scanner").encode()
_STATUS = settings.status(
    "Stopped", "ScannerAdfJam", ("MediaJam",), settings.job_info("1", "Aborted", "JobCanceledAtDevice", 3)
).encode()
SEEDS = (
    _CAPABILITIES,
    _STATUS,
    _STATUS.replace(b"pwg:", b"").replace(b"scan:", b"s:"),
    b"<ScannerStatus>" * 40 + b"<State>Idle</State>",
    b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c SYSTEM "file:///etc/hostname">]><ScannerStatus>&b;&c;</ScannerStatus>',
    b'<?xml version="1.0" encoding="utf-16"?>',
    "  Scan Mode:\n    --mode 彩色|灰度 [彩色]\n    --source 平板|自动进纸|双面 [平板] [inactive]\n".encode(),
    b"    --resolution 50..1200dpi (in steps of 1) [200]\n    -x 0..215.9mm (in steps of 0.1) [99]\n    -y 0..297mm\n",
    b"scanimage: sane_start: Document feeder jammed\nscanimage: open of device test:9 failed: Invalid argument\n",
    b"P6\n# SANE data follows\n40 3\n255\n" + bytes(360),
    b"P5 9 9 65535 " + bytes(162),
    b"P4\n17 3\n" + bytes(9),
)
_PIECES = (
    b"<",
    b">",
    b"</",
    b"&",
    b"\0",
    b"]]>",
    b"<!--",
    b"999999999999",
    b"-1",
    b" [",
    b"|",
    b"..",
    b"\xff\xfe",
    b"\n",
)


def mutations(seed: int) -> Iterator[bytes]:
    """Ever new bytes: seeds cut, joined, repeated and flipped."""
    dice = random.Random(seed)
    while True:
        first = dice.choice(SEEDS)
        parts = [first] if dice.random() < 0.6 else [first, dice.choice(SEEDS)]
        data = bytearray(b"".join(part[dice.choice((0, 0, dice.randint(0, len(part)))) :] for part in parts))
        for _ in range(dice.choice((0, 1, 1, 2, 5, 9))):
            place = dice.randrange(len(data) + 1)
            match dice.randrange(5):
                case 0:
                    data[place:place] = dice.randbytes(dice.randint(1, 30))
                case 1:
                    del data[place : place + dice.randint(1, 300)]
                case 2 if place < len(data):
                    data[place] ^= 1 << dice.randrange(8)
                case 3:
                    data[place:place] = data[place : place + dice.randint(1, 200)] * dice.randint(1, 50)
                case _:
                    data[place:place] = dice.choice(_PIECES)
        yield bytes(data[:LARGEST])


if __name__ == "__main__":
    by_hand(TARGETS, mutations)
