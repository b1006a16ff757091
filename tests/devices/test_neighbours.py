"""Several card readers: what one of them says must not keep people from the others."""

from pathlib import Path

import pytest

from devices.config import choices
from devices.limits import Limits
from devices.neighbours import Neighbours
from devices.seat import Seat
from kiosk.failure import Failure
from kiosk.model.devices import DeviceKind, Failed, Ticket


def seat() -> Seat:
    return Seat(choices({"idcard": "sim"})[0], Path("/nowhere"), Limits(), 0.0)


def failed(failure: Failure) -> Failed:
    return Failed(Ticket(DeviceKind.ID_CARD, 1), failure)


@pytest.mark.parametrize(
    "failure", [Failure.CARD_WRONG, Failure.CARD_UNREADABLE, Failure.CARD_NEEDS_VENDOR, Failure.DEVICE_DISTURBED]
)
def test_what_is_wrong_with_a_card_is_told_at_once_and_once_for_every_card(failure: Failure) -> None:
    neighbours, reader, other = Neighbours(), seat(), seat()
    assert not neighbours.left_to_others(reader, failure)
    assert neighbours.left_to_others(reader, failure)
    assert not neighbours.left_to_others(other, failure)
    neighbours.moved(reader, present=False)
    assert neighbours.left_to_others(reader, failure)
    neighbours.moved(reader, present=True)
    assert not neighbours.left_to_others(reader, failure)


@pytest.mark.parametrize(
    "failure",
    [
        Failure.CARD_ABSENT,
        Failure.CARD_SERVICE_DOWN,
        Failure.DEVICE_FORBIDDEN,
        Failure.DEVICE_ABSENT,
        Failure.DEVICE_BUSY,
        Failure.READER_FAULTY,
        Failure.DEVICE_HUNG,
        Failure.DEVICE_CRASHED,
    ],
)
def test_a_reader_that_cannot_take_part_never_ends_a_request(failure: Failure) -> None:
    assert Neighbours().left_to_others(seat(), failure)


@pytest.mark.parametrize("failure", [Failure.CARD_PULLED, Failure.DEVICE_CANCELLED])
def test_what_somebody_has_just_done_ends_it_every_time(failure: Failure) -> None:
    neighbours, reader = Neighbours(), seat()
    assert not neighbours.left_to_others(reader, failure)
    assert not neighbours.left_to_others(reader, failure)


def test_when_nobody_laid_a_card_down_that_is_what_is_told() -> None:
    neighbours = Neighbours()
    told = neighbours.better(None, failed(Failure.CARD_SERVICE_DOWN))
    told = neighbours.better(told, failed(Failure.CARD_WRONG))
    assert told.failure is Failure.CARD_WRONG
    assert neighbours.better(told, failed(Failure.CARD_ABSENT)).failure is Failure.CARD_ABSENT
