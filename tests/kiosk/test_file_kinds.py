"""Files that are handed in: whole ones are taken whatever lies behind their end, cut ones are refused."""

import io
import itertools
import random

import pytest
from PIL import Image

from kiosk.desk.filekinds import checked_extension
from kiosk.failure import Failure, KioskError

MOST = 10_000_000


def picture(kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.frombytes("L", (200, 120), random.Random(1).randbytes(24_000)).save(out, kind, **how)
    return out.getvalue()


WHOLE = {
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG", progressive=True),
    "png": picture("PNG"),
    "pdf": picture("PDF"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_is_taken_whatever_a_phone_put_behind_its_end(kind: str) -> None:
    behind = random.Random(2).randbytes(300_000)
    for data in (WHOLE[kind], WHOLE[kind] + behind):
        assert checked_extension(data, kind, MOST) in {"jpg", "png", "pdf"}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_whose_end_is_missing_is_refused_wherever_it_was_cut(kind: str) -> None:
    data = WHOLE[kind]
    ends = itertools.chain(range(20, len(data) - 12, max(1, len(data) // 60)), [len(data) - 12])
    for end in ends:
        with pytest.raises(KioskError) as caught:
            checked_extension(data[:end], kind, MOST)
        assert caught.value.failure is Failure.FILE_CUT_OFF


def test_a_small_picture_inside_a_cut_one_is_not_its_end() -> None:
    inner = picture("JPEG", quality=5)[:60_000]
    app = b"\xff\xe1" + (len(inner) + 2).to_bytes(2, "big") + inner
    whole = WHOLE["jpg"][:2] + app + WHOLE["jpg"][2:]
    assert checked_extension(whole, "jpg", MOST) == "jpg"
    with pytest.raises(KioskError):
        checked_extension(whole[: len(app) + 2_000], "jpg", MOST)
