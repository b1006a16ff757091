"""Frames of the SAM_V protocol: what vendors publish, what noise does, and what no bytes may do."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.idcard.sam.commands import FEEL, FIND, NEWEST_ADDRESS, NUMBER, READ, SELECT, Command, module_number
from devices.idcard.sam.frames import LARGEST, PREAMBLE, SHORTEST_COMMAND, FrameReader, encode
from tests.devices import fuzz_sam
from tests.devices.fuzzing import Target, run

CONTENTS = st.binary(min_size=3, max_size=400)
FULL = b"\0\0\x90" + bytes.fromhex("01000400") + random.Random(1).randbytes(1280)


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (FEEL, "AAAAAA9669000311FFED"),
        (NUMBER, "AAAAAA9669000312FFEE"),
        (FIND, "AAAAAA96690003200122"),
        (SELECT, "AAAAAA96690003200221"),
        (READ, "AAAAAA96690003300132"),
        (NEWEST_ADDRESS, "AAAAAA96690003300330"),
    ],
)
def test_commands_are_the_frames_vendors_publish(command: Command, frame: str) -> None:
    assert encode(command.content).hex().upper() == frame


@pytest.mark.parametrize(
    ("frame", "content"),
    [
        ("AAAAAA9669000800009F0000000097", "00009F00000000"),
        ("AAAAAA9669000400008084", "000080"),
        ("AAAAAA9669000C00009000000000000000009C", "0000900000000000000000"),
        ("AAAAAA9669000400004145", "000041"),
    ],
)
def test_answers_vendors_publish_are_understood(frame: str, content: str) -> None:
    assert FrameReader().feed(bytes.fromhex(frame)) == [bytes.fromhex(content)]
    assert encode(bytes.fromhex(content)) == bytes.fromhex(frame)


def test_a_full_answer_is_as_long_on_the_wire_as_it_was_measured() -> None:
    assert len(encode(FULL)) == 1295


@settings(deadline=None)
@given(st.lists(CONTENTS, max_size=4), st.integers(min_value=1, max_value=50))
def test_frames_come_out_whole_however_they_arrive(contents: list[bytes], size: int) -> None:
    wire = b"".join(encode(content) for content in contents)
    reader = FrameReader()
    found = [content for at in range(0, len(wire), size) for content in reader.feed(wire[at : at + size])]
    assert found == contents
    assert reader.damaged == 0


@settings(deadline=None)
@given(st.binary(max_size=60), CONTENTS, st.binary(max_size=4))
def test_noise_before_a_frame_does_not_hide_it(noise: bytes, content: bytes, rest: bytes) -> None:
    """Unless the noise claims to be a longer frame itself: then the true one is found when that one proves wrong."""
    reader = FrameReader()
    found = reader.feed(noise + encode(content) + rest)
    found += reader.feed(bytes(LARGEST + 8))
    assert content in found


@settings(deadline=None)
@given(CONTENTS, st.integers(min_value=7), st.integers(min_value=1, max_value=255))
def test_one_wrong_byte_is_noticed_and_the_next_frame_is_found(content: bytes, place: int, flip: int) -> None:
    frame = bytearray(encode(content))
    frame[7 + place % (len(frame) - 7)] ^= flip
    reader = FrameReader()
    found = reader.feed(bytes(frame) + encode(b"\0\0\x90"))
    assert found == [b"\0\0\x90"]
    assert reader.damaged >= 1


@pytest.mark.parametrize("announced", [0, 1, 3, LARGEST + 1, 0xFFFF])
def test_a_length_no_frame_can_have_is_passed_over_at_once(announced: int) -> None:
    reader = FrameReader()
    broken = PREAMBLE + announced.to_bytes(2, "big") + b"abc"
    assert reader.feed(broken + encode(b"\0\0\x80")) == [b"\0\0\x80"]


def test_a_frame_inside_what_a_broken_one_claimed_is_found() -> None:
    inner = encode(b"\0\0\x9f\0\0\0\0")
    outer = PREAMBLE + (len(inner) + 6).to_bytes(2, "big") + inner + b"12345"
    assert FrameReader().feed(outer + bytes(8)) == [b"\0\0\x9f\0\0\0\0"]


def test_endless_noise_takes_no_memory() -> None:
    reader = FrameReader()
    dice = random.Random(7)
    for _ in range(300):
        reader.feed(dice.randbytes(4096))
        assert len(reader._held) <= LARGEST + 7
    claims = FrameReader()
    for _ in range(50):
        claims.feed((PREAMBLE + LARGEST.to_bytes(2, "big")) * 40)
        assert len(claims._held) <= LARGEST + 7


def test_no_more_bytes_are_waited_for_than_the_frame_still_has() -> None:
    frame = encode(FULL)
    reader = FrameReader()
    at = 0
    while at < len(frame):
        wanted = reader.missing
        assert 0 < wanted <= len(frame) - at
        reader.feed(frame[at : at + wanted])
        at += wanted
    assert at == len(frame)


def test_a_command_is_shorter_than_any_answer_and_read_by_its_own_measure() -> None:
    assert FrameReader(SHORTEST_COMMAND).feed(encode(FIND.content)) == [FIND.content]
    assert FrameReader().feed(encode(FIND.content)) == []


def test_what_is_too_long_for_a_frame_is_not_sent() -> None:
    with pytest.raises(ValueError, match="too long"):
        encode(bytes(LARGEST))


def test_a_late_answer_to_an_earlier_question_does_not_fit() -> None:
    assert FIND.fits(0x9F, bytes(4))
    assert not SELECT.fits(0x9F, bytes(4))
    assert not FIND.fits(0x90, bytes(8))
    assert not FEEL.fits(0x90, FULL[3:])
    assert READ.fits(0x90, FULL[3:])
    assert READ.fits(0x41, b"")
    assert not READ.fits(0x41, b"x")


def test_a_module_number_reads_as_on_the_label_of_a_reader() -> None:
    data = bytes.fromhex("05000100") + b"".join(number.to_bytes(4, "little") for number in (20260101, 12345, 678))
    assert module_number(data) == "05.01-20260101-0000012345-0000000678"


@pytest.mark.parametrize("target", fuzz_sam.TARGETS, ids=lambda target: target.__name__)
def test_no_bytes_at_all_crash_or_hang_a_reader(target: Target) -> None:
    assert run(target, fuzz_sam.mutations, 0.6, seed=20260101) > 20
