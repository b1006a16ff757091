"""Every status byte a security module may answer has its name, wherever in a read it comes; through a real tty."""

from collections.abc import Iterator

import pytest

from devices.idcard.sam.reader import SamReader
from devices.idcard.sam.status import FAILURES
from kiosk.failure import Failure, KioskError
from tests.stacks.pty import Errand, PlayedReader, opened, played_reader

EVERYWHERE = {
    "10": Failure.DEVICE_DISTURBED,
    "11": Failure.DEVICE_DISTURBED,
    "21": Failure.DEVICE_NEEDS_VENDOR,
    "23": Failure.DEVICE_DISTURBED,
    "24": Failure.DEVICE_DISTURBED,
    "31": Failure.CARD_REJECTED,
    "32": Failure.CARD_REJECTED,
    "33": Failure.CARD_REJECTED,
    "40": Failure.CARD_WRONG,
    "47": Failure.READER_FAULTY,
    "60": Failure.READER_FAULTY,
    "66": Failure.READER_FAULTY,
    "91": Failure.CARD_UNREADABLE,
    "EE": Failure.DEVICE_DISTURBED,
}


@pytest.fixture(scope="module")
def played() -> Iterator[PlayedReader]:
    with played_reader("--already-read", "free") as reader:
        yield reader


@pytest.fixture
def reader(played: PlayedReader) -> Iterator[SamReader]:
    played.do("reset")
    played.do("lay", name="li-xiaofang")
    with opened(played.port) as one:
        yield one


def failure(reader: SamReader, seconds: float = 0.3) -> KioskError:
    with pytest.raises(KioskError) as failed:
        reader.read(Errand(seconds))
    return failed.value


@pytest.mark.parametrize("step", ["find", "select", "read"])
@pytest.mark.parametrize("code", EVERYWHERE)
def test_a_status_is_named_and_the_next_read_works(
    played: PlayedReader, reader: SamReader, step: str, code: str
) -> None:
    played.do("status", code=code, on=step, times=2)
    error = failure(reader)
    assert error.failure is EVERYWHERE[code]
    assert error.info == {"step": step, "status": code}
    played.do("reset")
    played.do("lay", name="li-xiaofang")
    assert reader.read(Errand()).name == "演示·李晓芳"


def test_no_code_is_left_out() -> None:
    assert {f"{code:02X}" for code in FAILURES} - set(EVERYWHERE) == {"41", "80", "81"}


@pytest.mark.parametrize("code", ["10", "11"])
def test_a_question_that_reached_the_module_damaged_is_asked_again(
    played: PlayedReader, reader: SamReader, code: str
) -> None:
    played.do("status", code=code, on="read")
    assert reader.read(Errand()).name == "演示·李晓芳"


def test_no_card_found_is_waited_for_as_long_as_asked(played: PlayedReader, reader: SamReader) -> None:
    played.do("lift")
    assert failure(reader, 0.4).failure is Failure.CARD_ABSENT


def test_a_card_found_that_cannot_be_selected_is_asked_a_few_times_and_then_unreadable(
    played: PlayedReader, reader: SamReader
) -> None:
    played.do("status", code="81", on="select", times=2)
    assert reader.read(Errand()).name == "演示·李晓芳"
    played.do("status", code="81", on="select", times=3)
    error = failure(reader)
    assert (error.failure, error.info) == (Failure.CARD_UNREADABLE, {"step": "select"})


@pytest.mark.parametrize("code", ["41", "80", "81"])
def test_a_read_that_failed_once_is_tried_once_more_while_the_card_lies_there(
    played: PlayedReader, reader: SamReader, code: str
) -> None:
    played.do("status", code=code, on="read")
    assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_card_that_lies_there_and_cannot_be_read_is_unreadable(played: PlayedReader, reader: SamReader) -> None:
    played.do("status", code="41", on="read", times=2)
    error = failure(reader)
    assert error.failure is Failure.CARD_UNREADABLE
    assert error.info == {"step": "read", "status": "41"}


@pytest.mark.parametrize("code", ["60", "66"])
def test_a_faulty_module_is_named_by_the_check_and_when_it_is_opened(
    played: PlayedReader, reader: SamReader, code: str
) -> None:
    played.do("status", code=code, on="status", times=2)
    for call in (reader.check, reader.open):
        with pytest.raises(KioskError) as failed:
            call()
        assert failed.value.failure is Failure.READER_FAULTY
    reader.open()


@pytest.mark.parametrize("code", ["91", "21", "24", "41", "81"])
def test_a_reader_that_knows_no_newest_address_still_reads_cards(
    played: PlayedReader, reader: SamReader, code: str
) -> None:
    played.do("status", code=code, on="address")
    assert reader.read(Errand()).address == "演示省演示市演示县近办镇示例村12号"
