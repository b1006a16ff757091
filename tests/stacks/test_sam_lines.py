"""What a line may do to a reader: the driver alone over ptys and TCP. With the host in between: test_sam_host."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.idcard.sam.opening import parse
from kiosk.failure import Failure
from tests.stacks.pty import ANSWER, Errand, PlayedReader, driver, failing, open_again, opened, played_reader


@pytest.fixture(scope="module")
def pty() -> Iterator[PlayedReader]:
    with played_reader("--already-read", "free") as reader:
        yield reader


@pytest.fixture
def played(pty: PlayedReader) -> PlayedReader:
    pty.do("reset")
    pty.do("plug")
    pty.do("baud", baud=115200)
    pty.do("lay", name="li-xiaofang")
    return pty


@pytest.mark.parametrize("baud", [57600, 38400, 19200, 9600])
def test_the_speed_a_reader_is_set_to_is_found_and_remembered(played: PlayedReader, baud: int) -> None:
    played.do("baud", baud=baud)
    reader = driver(played.port)
    try:
        reader.open()
        assert f"serial {baud}" in reader.check().detail
        reader.close()
        begun = time.monotonic()
        reader.open()
        assert baud != 9600 or time.monotonic() - begun < 1.0, "all the others tried first take longer"
        assert reader.read(Errand()).name == "演示·李晓芳"
    finally:
        reader.close()


def test_a_fixed_speed_that_is_wrong_hears_nothing(played: PlayedReader) -> None:
    played.do("baud", baud=9600)
    error = failing(driver(played.port, baud="57600").open)
    assert (error.failure, error.info["reason"]) == (Failure.DEVICE_ABSENT, "silent")
    with opened(played.port, baud="9600") as reader:
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_slow_line_takes_its_time_and_reads_whole() -> None:
    with played_reader("--throttle", "--baud", "38400", "--card", "rare-name") as played, opened(played.port) as reader:
        begun = time.monotonic()
        assert reader.read(Errand()).name == "演示·𠮷䶮㛃"
        assert time.monotonic() - begun >= (ANSWER - 16) * 10 / 38400


@pytest.mark.parametrize("size", [1, 4, 11, 300, 5000])
def test_noise_before_an_answer_is_passed_over(played: PlayedReader, size: int) -> None:
    with opened(played.port) as reader:
        played.do("noise", bytes=size, times=4)
        assert reader.read(Errand()).name == "演示·李晓芳"


@pytest.mark.parametrize(
    ("step", "place"),
    [("find", 0), ("select", 6), ("read", 5), ("read", 700), ("read", ANSWER - 1)],
)
def test_one_damaged_answer_costs_nothing_and_two_are_named(played: PlayedReader, step: str, place: int) -> None:
    with opened(played.port) as reader:
        played.do("flip", at=place, on=step)
        assert reader.read(Errand()).name == "演示·李晓芳"
        played.do("flip", at=place, on=step, times=2)
        begun = time.monotonic()
        error = failing(lambda: reader.read(Errand()))
        assert error.failure is Failure.DEVICE_DISTURBED
        assert error.info["step"] == step
        assert time.monotonic() - begun < 2 * 3.5
        assert reader.read(Errand()).name == "演示·李晓芳"


@pytest.mark.parametrize("by", [-1300, 1, 60000])
def test_an_answer_with_a_wrong_length_is_damage(played: PlayedReader, by: int) -> None:
    with opened(played.port) as reader:
        played.do("length", by=by, on="read", times=2)
        begun = time.monotonic()
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_DISTURBED
        assert time.monotonic() - begun < 3.0
        assert reader.read(Errand()).name == "演示·李晓芳"


@pytest.mark.parametrize("place", [7, 600, ANSWER - 1])
def test_an_answer_that_stops_half_way_is_damage_and_noticed_soon(played: PlayedReader, place: int) -> None:
    with opened(played.port) as reader:
        played.do("cut", at=place, on="read", times=2)
        begun = time.monotonic()
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_DISTURBED
        assert time.monotonic() - begun < 3.0
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_silent_reader_is_as_good_as_gone(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("silence", on="find")
        assert reader.read(Errand()).name == "演示·李晓芳"
        played.do("silence", on="find", times=2)
        begun = time.monotonic()
        error = failing(lambda: reader.read(Errand()))
        assert (error.failure, error.info) == (Failure.DEVICE_ABSENT, {"reason": "silent", "step": "find"})
        assert time.monotonic() - begun < 2.5


def test_a_check_and_a_look_for_cards_never_take_a_second(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        for call in (reader.check, reader.present):
            played.do("silence")
            begun = time.monotonic()
            assert failing(call).failure is Failure.DEVICE_ABSENT
            assert time.monotonic() - begun < 1.0


def test_a_look_for_cards_in_noise_cannot_tell(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("flip", at=9, on="find")
        assert reader.present() is None
        assert reader.present() is True


def test_answers_that_keep_coming_damaged_are_a_warning_for_technicians(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        assert reader.check().warning is None
        played.do("flip", at=9, on="find", times=3)
        for _ in range(3):
            reader.present()
        assert reader.check().warning is Failure.DEVICE_DISTURBED


def test_a_late_answer_is_not_taken_for_the_next_one(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("slow", seconds=0.95, on="find")
        assert failing(reader.present).failure is Failure.DEVICE_ABSENT
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_reader_that_answers_slowly_is_waited_for(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("slow", seconds=1.5, on="read")
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_port_that_does_not_exist_is_absent() -> None:
    assert failing(driver("/dev/no-such-port").open).failure is Failure.DEVICE_ABSENT


def test_a_file_that_is_no_port_is_absent(tmp_path: Path) -> None:
    plain = tmp_path / "file"
    plain.write_bytes(b"")
    assert failing(driver(str(plain)).open).failure is Failure.DEVICE_ABSENT


def test_a_port_another_program_holds_is_busy_and_works_when_it_lets_go(played: PlayedReader) -> None:
    with opened(played.port):
        assert failing(driver(played.port).open).failure is Failure.DEVICE_BUSY
    with opened(played.port) as reader:
        assert reader.present() is True


def test_a_port_this_account_may_not_use_is_forbidden(played: PlayedReader) -> None:
    terminal = Path(played.port).resolve()
    mode = terminal.stat().st_mode
    terminal.chmod(0)
    Path(played.port).parent.chmod(0o711)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        assert failing(driver(played.port).open).failure is Failure.DEVICE_FORBIDDEN
    finally:
        if root:
            os.seteuid(0)
        terminal.chmod(mode)
    with opened(played.port) as reader:
        assert reader.present() is True


@pytest.mark.parametrize("step", ["find", "select"])
def test_a_port_lost_at_any_byte_of_a_short_answer_is_absent_and_works_when_it_is_back(
    played: PlayedReader, step: str
) -> None:
    reader = driver(played.port)
    for place in range(20):
        played.do("close", at=place, on=step)
        open_again(reader)
        begun = time.monotonic()
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_ABSENT
        assert time.monotonic() - begun < 1.0
        reader.close()
    open_again(reader)
    assert reader.read(Errand()).name == "演示·李晓芳"
    reader.close()


def test_a_port_lost_at_any_byte_of_a_card_is_absent_and_works_when_it_is_back(played: PlayedReader) -> None:
    reader = driver(played.port)
    slow = 0
    for place in range(ANSWER):
        played.do("close", at=place, on="read")
        open_again(reader)
        begun = time.monotonic()
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_ABSENT, place
        slow += time.monotonic() - begun > 0.5
        reader.close()
    assert slow <= ANSWER // 100, "now and then this machine has something else to do"
    open_again(reader)
    assert reader.read(Errand()).name == "演示·李晓芳"
    reader.close()


def test_a_port_pulled_between_two_reads_is_absent_until_it_is_back(played: PlayedReader) -> None:
    reader = driver(played.port)
    reader.open()
    played.do("unplug")
    for call in (reader.check, reader.present, lambda: reader.read(Errand())):
        assert failing(call).failure is Failure.DEVICE_ABSENT
    reader.close()
    assert failing(reader.open).failure is Failure.DEVICE_ABSENT
    played.do("plug")
    reader.open()
    assert reader.read(Errand()).name == "演示·李晓芳"
    reader.close()


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"baud": "12345"}, "baud"),
        ({"speed": "9600"}, "speed"),
        ({"newest_address": "maybe"}, "newest_address"),
        ({"photo_decoder": "no-such-decoder"}, "photo_decoder"),
        ({"port": "socket://nowhere"}, "port"),
        ({"port": "loop://"}, "port"),
    ],
)
def test_an_option_that_makes_no_sense_is_named(options: dict[str, str], option: str) -> None:
    error = failing(driver(**{"port": "/dev/null", **options}).open)
    assert (error.failure, error.info) == (Failure.CONFIG_INVALID, {"option": option})


def test_what_is_left_out_has_its_default() -> None:
    options = parse({})
    assert (options.port, options.baud, options.usb, options.newest_address) == ("usb", None, "0400:C35A", True)


def test_opening_and_losing_a_line_again_and_again_leaks_no_descriptor(played: PlayedReader) -> None:
    def descriptors() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    reader, absent = driver(played.port), driver("/dev/no-such-port")
    open_again(reader)
    reader.close()
    before = descriptors()
    for _ in range(50):
        played.do("close", at=5, on="find")
        open_again(reader)
        assert failing(reader.present).failure is Failure.DEVICE_ABSENT
        reader.close()
        assert failing(absent.open).failure is Failure.DEVICE_ABSENT
    assert descriptors() == before
