"""Reading cards through a real tty: all layouts, the newest address, a card pulled, a card already read."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from devices.idcard.cards import card_names, pick
from devices.idcard.sam import steps
from kiosk.failure import Failure
from kiosk.model.people import IdType
from tests.stacks.pty import Errand, PlayedReader, failing, opened, played_reader

NEWEST = "演示省演示市演示县新镇新村㛃街12号"


@pytest.fixture(scope="module")
def one() -> Iterator[PlayedReader]:
    with played_reader() as reader:
        yield reader


@pytest.fixture
def played(one: PlayedReader) -> PlayedReader:
    one.do("reset")
    one.do("already_read", rule="strict")
    one.do("fingerprint", on=False)
    one.do("baud", baud=115200)
    return one


@pytest.mark.parametrize("name", card_names(None))
def test_every_demo_card_reads_as_it_was_written(played: PlayedReader, name: str) -> None:
    demo = pick(None, name)
    with opened(played.port) as reader:
        played.do("lay", name=name)
        errand = Errand()
        card = reader.read(errand)
    assert card == replace(demo.card, secret=demo.chip()[1])
    assert errand.fractions == sorted(errand.fractions)
    assert errand.fractions[-1] == 1.0


def test_the_card_of_2023_is_read_as_a_foreigners(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="foreigner-2023")
        card = reader.read(Errand())
    assert card.id_type is IdType.FOREIGNER_ID
    assert (card.nationality, card.english_name, card.valid_to) == ("SAU", "YANSHI, AHMED SAMPLE", date(2099, 12, 31))


def test_a_fingerprint_sent_unasked_is_tolerated_and_kept_nowhere(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("fingerprint", on=True)
        played.do("lay", name="zhang-xiuying")
        card = reader.read(Errand())
        kept = repr(vars(reader)) + repr([vars(value) for value in vars(reader).values() if hasattr(value, "__dict__")])
    assert card.secret == pick(None, "zhang-xiuying").chip()[1]
    assert "FINGERPRINT" not in kept


def test_the_newest_address_takes_the_place_of_the_printed_one(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="zhang-xiuying", newest=NEWEST)
        assert reader.read(Errand()).address == NEWEST
    with opened(played.port, newest_address="no") as reader:
        played.do("lay", name="zhang-xiuying", newest=NEWEST)
        assert reader.read(Errand()).address == pick(None, "zhang-xiuying").card.address


def test_a_foreigners_card_has_no_address_whatever_the_chip_says(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="foreigner-2023", newest=NEWEST)
        assert reader.read(Errand()).address == ""


def test_of_several_address_blocks_the_last_one_counts() -> None:
    blocks = [text.ljust(35).encode("utf-16-le") for text in ("演示旧址1号", "演示新址2号", "", "")]
    assert steps._last_address(b"".join(blocks)) == "演示新址2号"
    assert steps._last_address(bytes(70)) == ""


@pytest.mark.parametrize("step", ["select", "read"])
def test_a_card_pulled_before_a_step_is_named_and_reads_when_laid_down_again(played: PlayedReader, step: str) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        played.do("pull", at=step)
        error = failing(lambda: reader.read(Errand()))
        assert (error.failure, error.info["step"]) == (Failure.CARD_PULLED, step)
        assert reader.present() is False
        played.do("lay", name="li-xiaofang")
        assert reader.present() is True
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_card_pulled_before_it_was_found_was_never_there(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        played.do("pull", at="find")
        assert failing(lambda: reader.read(Errand(0.3))).failure is Failure.CARD_ABSENT


def test_a_card_pulled_before_its_newest_address_was_read_is_not_taken_for_whole(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        reader.read(Errand())
        played.do("lay", name="zhang-xiuying", newest=NEWEST)
        played.do("pull", at="address")
        error = failing(lambda: reader.read(Errand()))
        assert (error.failure, error.info) == (Failure.CARD_PULLED, {"step": "address"})


def test_a_reader_never_heard_to_know_addresses_is_not_blamed_on_the_card(played: PlayedReader) -> None:
    """It answers 41 to a question it does not know; taking that for a pulled card would refuse every card for good."""
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        played.do("status", code="41", on="address")
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_reader_silent_when_asked_for_the_address_is_asked_once(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("already_read", rule="free")
        played.do("lay", name="li-xiaofang")
        played.do("silence", on="address", times=9)
        reader.read(Errand())
        begun = time.monotonic()
        assert reader.read(Errand()).name == "演示·李晓芳"
        assert time.monotonic() - begun < 2.0
        assert played.do("state")["asked"].count("address") == 1


def test_feeling_for_a_card_does_not_use_it_up(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        assert reader.present() is False
        played.do("lay", name="li-xiaofang")
        assert [reader.present() for _ in range(5)] == [True] * 5
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_card_found_by_feeling_only_once_is_read_all_the_same(played: PlayedReader) -> None:
    """Some readers find a card once: what `present` found must not be lost to the read after it."""
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        assert reader.present() is True
        played.do("status", code="80", on="find", times=99)
        assert reader.read(Errand()).name == "演示·李晓芳"


@pytest.mark.parametrize("rule", ["reread", "free"])
def test_a_card_left_lying_is_read_again_where_the_reader_allows_it(played: PlayedReader, rule: str) -> None:
    played.do("already_read", rule=rule)
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        for _ in range(3):
            assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_card_that_certainly_lies_there_used_has_to_be_lifted_at_once(played: PlayedReader) -> None:
    played.do("already_read", rule="selectable")
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        reader.read(Errand())
        begun = time.monotonic()
        assert failing(lambda: reader.read(Errand())).failure is Failure.CARD_LIFT_FIRST
        assert time.monotonic() - begun < 2.0
        played.do("lay", name="li-xiaofang")
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_card_that_may_lie_there_used_has_to_be_lifted_after_a_while(
    played: PlayedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "LIFT_AFTER", 0.3)
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        reader.read(Errand())
        assert reader.present() is None
        error = failing(lambda: reader.read(Errand(5.0)))
        assert error.failure is Failure.CARD_LIFT_FIRST
        assert reader.present() is False, "or nobody would see it come back"
        played.do("lay", name="li-xiaofang")
        assert reader.present() is True
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_another_persons_card_is_read_at_once_after_the_first(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        for name, says in (("li-xiaofang", "演示·李晓芳"), ("zhang-xiuying", "演示·张秀英")):
            played.do("lay", name=name)
            assert reader.read(Errand()).name == says


def test_nobody_is_told_to_lift_a_card_that_was_read_long_ago(
    played: PlayedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "LIFT_AFTER", 0.1)
    monkeypatch.setattr(steps, "REMEMBERED", 0.2)
    monkeypatch.setattr(steps, "TAKING_AWAY", 0.2)
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        reader.read(Errand())
        played.do("lift")
        time.sleep(0.25)
        assert reader.present() is False
        assert failing(lambda: reader.read(Errand(0.4))).failure is Failure.CARD_ABSENT


def test_a_card_the_last_program_left_used_is_told_from_none(played: PlayedReader) -> None:
    played.do("already_read", rule="selectable")
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        reader.read(Errand())
    with opened(played.port) as successor:
        assert failing(lambda: successor.read(Errand())).failure is Failure.CARD_LIFT_FIRST


def test_a_card_whose_answer_was_lost_on_the_line_is_to_be_lifted_not_called_pulled(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        played.do("flip", at=700, on="read")
        assert failing(lambda: reader.read(Errand())).failure is Failure.CARD_LIFT_FIRST


def test_a_read_called_off_half_way_ends_at_once_and_the_next_works(played: PlayedReader) -> None:
    played.do("already_read", rule="free")
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        played.do("slow", seconds=1.5, on="read")
        begun = time.monotonic()
        assert failing(lambda: reader.read(Errand(cancel_at=0.4))).failure is Failure.DEVICE_CANCELLED
        assert time.monotonic() - begun < 1.4
        assert reader.read(Errand()).name == "演示·李晓芳"


def test_a_read_under_way_when_the_time_is_up_is_finished(played: PlayedReader) -> None:
    with opened(played.port) as reader:
        played.do("lay", name="li-xiaofang")
        played.do("slow", seconds=0.5, on="read")
        assert reader.read(Errand(0.2)).name == "演示·李晓芳"
