"""The picture in a card's photo block: whatever its decoder does in a process of its own harms nobody."""

import io
import os
import tempfile
import time
from collections.abc import Callable

import pytest
from PIL import Image

from devices.idcard import photo
from devices.idcard.cards import pick
from devices.idcard.simulated.picture import HEIGHT, WIDTH
from devices.idcard.simulated.picture import decode as decode_demo
from kiosk.failure import Failure, KioskError
from tests.stacks.pty import Errand, failing, opened, played_reader

BLOCK = pick(None, "zhang-xiuying").chip()[1]
HERE = __name__


def raises(block: bytes) -> bytes:
    raise ValueError(block)


def hangs(_: bytes) -> bytes:
    time.sleep(60)
    return b""


def crashes(_: bytes) -> bytes:
    os.abort()


def devours(_: bytes) -> bytes:
    return bytes(2 << 30)


def writes(block: bytes) -> bytes:
    with tempfile.TemporaryFile() as file:
        file.write(block)
    return photo_of(block)


def chatters(block: bytes) -> bytes:
    print("a vendor's library says hello")  # noqa: T201 - that is the point
    os.write(1, b"and again")
    return photo_of(block)


def photo_of(block: bytes) -> bytes:
    return decode_demo(block)


def gossips(block: bytes) -> bytes:
    return b"BM" + block


def swells(_: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(600 * 1024)


def looks_around(_: bytes) -> bytes:
    seen = {name for name in os.environ if name not in {"PYTHONPATH", "PYTHONUTF8", "LC_CTYPE"}}
    raise SystemExit(0 if seen else 1)


def test_a_marked_photo_becomes_a_picture_of_nobody() -> None:
    picture = Image.open(io.BytesIO(photo.decode(BLOCK, "demo")))
    picture.load()
    assert picture.size == (WIDTH, HEIGHT)
    assert photo.decode(BLOCK, "demo") != photo.decode(pick(None, "hong-kong").chip()[1], "demo")


def test_a_real_photo_is_not_decoded_by_the_demo() -> None:
    with pytest.raises(KioskError) as failed:
        photo.decode(b"WLf\x00" + bytes(1020), "demo")
    assert failed.value.failure is Failure.DEVICE_NEEDS_VENDOR


@pytest.mark.parametrize(
    ("decoder", "reason"),
    [
        ("raises", "failed"),
        ("crashes", "failed"),
        ("devours", "failed"),
        ("writes", "failed"),
        ("looks_around", "failed"),
        ("swells", "failed"),
        ("gossips", "no_picture"),
        ("no_such_function", "failed"),
    ],
)
def test_whatever_a_decoder_does_is_named_and_leaves_nothing(decoder: str, reason: str) -> None:
    with pytest.raises(KioskError) as failed:
        photo.decode(BLOCK, f"{HERE}:{decoder}")
    assert (failed.value.failure, failed.value.info) == (Failure.DEVICE_NEEDS_VENDOR, {"reason": reason})


def test_a_decoder_that_hangs_is_ended_in_time() -> None:
    begun = time.monotonic()
    with pytest.raises(KioskError) as failed:
        photo.decode(BLOCK, f"{HERE}:hangs", seconds=0.5)
    assert failed.value.info == {"reason": "late"}
    assert time.monotonic() - begun < 5.0


def test_what_a_decoder_prints_does_not_spoil_the_picture() -> None:
    assert photo.decode(BLOCK, f"{HERE}:chatters") == photo.decode(BLOCK, "demo")


@pytest.mark.parametrize("decoder", ["nobody", "os.system", "a:b:c", "a b:c", ":x", ""])
def test_a_decoder_nobody_installed_is_a_wrong_option(decoder: str) -> None:
    with pytest.raises(KioskError) as failed:
        photo.place_of(decoder)
    assert failed.value.info == {"option": "photo_decoder"}


def test_a_reader_with_a_decoder_brings_the_picture_and_without_one_none() -> None:
    with played_reader("--already-read", "free", "--card", "zhang-xiuying") as played:
        with opened(played.port) as reader:
            plain = reader.read(Errand())
        with opened(played.port, photo_decoder="demo") as reader:
            card = reader.read(Errand())
    assert plain.portrait == b""
    assert card.portrait == photo.decode(BLOCK, "demo")
    assert plain.secret == card.secret == BLOCK, "the key to a kept draft does not depend on a decoder"
    assert "PNG" not in repr(card)


def test_a_broken_decoder_costs_nobody_the_card_and_is_told_to_technicians() -> None:
    with played_reader("--already-read", "free", "--card", "zhang-xiuying") as played:
        with opened(played.port, photo_decoder=f"{HERE}:raises") as reader:
            assert reader.read(Errand()).portrait == b""
            assert reader.check().detail.endswith("photo decoder: failed")
        assert failing(_opening(played.port)).info == {"option": "photo_decoder"}


def _opening(port: str) -> Callable[[], None]:
    def open_it() -> None:
        with opened(port, photo_decoder="nobody"):
            pass

    return open_it
