"""The queue every peer delivers: the same applications and scans each time, nobody real.

Scans are incompressible (a JPEG's ends around seeded random bytes, 60 to 250 kB); every tenth is the same as an earlier
one, as when people hand in the same card again.
"""

import json
import random
from dataclasses import dataclass
from pathlib import Path

_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_WORDS = (
    "临时救助",
    "高龄津贴",
    "居民医保",
    "残疾人证",
    "公租房",
    "危房改造",
    "就业登记",
    "社会保障卡",
    "优待证",
    "居住证",
)
_PLACES = ("青石镇东风村", "白云乡柳树沟村", "大河乡上坝村", "新桥镇金竹村", "石门乡三岔口村")
FORM_BYTES = 1_950
SCANS = 3


@dataclass(frozen=True, slots=True)
class Queue:
    """How much there is to send: bytes in all, and bytes that are not a repeat."""

    payload: int
    unique: int


def make_queue(folder: Path, count: int, seed: int = 1) -> Queue:
    """Write `<application>/{form.json,scan_<n>.jpg}` for `count` applications."""
    dice = random.Random(seed)
    payload = unique = 0
    sizes: list[tuple[int, int]] = []
    for index in range(count):
        target = folder / f"APP{index:06d}"
        target.mkdir(parents=True)
        form = _form(index, dice).encode()
        (target / "form.json").write_bytes(form)
        payload, unique = payload + len(form), unique + len(form)
        for place in range(1, SCANS + 1):
            repeat = len(sizes) % 10 == 9
            size, key = sizes[dice.randrange(len(sizes))] if repeat else (dice.randrange(60_000, 250_000), len(sizes))
            sizes.append((size, key))
            (target / f"scan_{place}.jpg").write_bytes(_scan(size, key, seed))
            payload, unique = payload + size, unique + (0 if repeat else size)
    return Queue(payload, unique)


def _scan(size: int, key: int, seed: int) -> bytes:
    body = random.Random(seed * 1_000_003 + key).randbytes(size - 14)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + body + b"\xff\xd9"


def _form(index: int, dice: random.Random) -> str:
    form = {
        "id": f"APP{index:06d}",
        "item": dice.choice(_WORDS),
        "applicant": {
            "name": f"演示·{dice.choice(_NAMES)}",
            "number": f"{dice.randrange(10**17):017d}X",
            "phone": f"154{dice.randrange(10**8):08d}",
            "address": f"{dice.choice(_PLACES)}{dice.randrange(1, 20)}组{dice.randrange(1, 300)}号",
        },
        "fields": {},
    }
    fields: dict[str, str] = {}
    form["fields"] = fields
    while len(json.dumps(form, ensure_ascii=False).encode()) < FORM_BYTES:
        fields[f"field_{len(fields):02d}"] = f"{dice.choice(_WORDS)}{dice.choice(_PLACES)}{dice.randrange(10**6)}"
    return json.dumps(form, ensure_ascii=False)
