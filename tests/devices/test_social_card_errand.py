"""One reading of a card on its thread: deadlines, what is left behind, and a card another program holds."""

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from devices.idcard.pcsc.errand import Errand, Patience
from devices.idcard.pcsc.records import encode
from devices.idcard.simulated.social_card import demo_card
from devices.idcard.simulated.social_chip import Chip
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard

SHARING_VIOLATION = 0x8010000B - (1 << 32)
PATIENCE = Patience(apdu=0.4, whole=3.0)


class Service:
    """pcsc-lite's functions with one card in one reader; `before` is called before every command."""

    SCARD_SCOPE_SYSTEM, SCARD_SHARE_EXCLUSIVE, SCARD_LEAVE_CARD = 2, 1, 0
    SCARD_PROTOCOL_T0, SCARD_PROTOCOL_T1, SCARD_PCI_T0, SCARD_PCI_T1 = 1, 2, "T0", "T1"

    def __init__(self, before: Callable[[], None] = lambda: None, held_until: float = 0.0) -> None:
        self.chip = Chip(encode(demo_card("li-xiaofang")))
        self.before = before
        self.held_until = held_until
        self.open = 0

    def SCardEstablishContext(self, _scope: int) -> tuple[int, int]:  # noqa: N802 - pyscard's name
        self.open += 1
        return 0, 1

    def SCardReleaseContext(self, _context: int) -> None:  # noqa: N802
        self.open -= 1

    def SCardConnect(self, _context: int, reader: str, share: int, protocols: int) -> tuple[int, int, int]:  # noqa: N802
        assert (reader, share, protocols) == ("reader", 1, 3)
        if time.monotonic() < self.held_until:
            return SHARING_VIOLATION, 0, 0
        self.open += 1
        return 0, 1, self.SCARD_PROTOCOL_T0

    def SCardDisconnect(self, _handle: int, how: int) -> None:  # noqa: N802
        assert how == self.SCARD_LEAVE_CARD
        self.open -= 1

    def SCardTransmit(self, _handle: int, pci: str, command: list[int]) -> tuple[int, list[int]]:  # noqa: N802
        assert pci == "T0"
        self.before()
        return 0, list(self.chip.answer(bytes(command)))


class Waiting:
    """A `Job` nobody calls off, unless told so."""

    cancelled = False
    seconds_left = 10.0

    def __init__(self) -> None:
        self.steps: list[float] = []

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def progress(self, fraction: float) -> None:
        self.steps.append(fraction)


def until_over(errand: Errand) -> None:
    end = time.monotonic() + 3.0
    while not errand.over:
        assert time.monotonic() < end
        time.sleep(0.005)


def refused(errand: Errand, job: Waiting) -> KioskError:
    with pytest.raises(KioskError) as raised:
        errand.card(job)
    return raised.value


def holds_a_card(thing: Any) -> bool:
    return any(isinstance(held, IdCard | bytes) for held in gc.get_referents(thing.__dict__))


def test_a_card_is_handed_over_and_nothing_of_it_stays() -> None:
    service = Service()
    errand = Errand(service, "reader", PATIENCE)
    card = errand.card(Waiting())
    assert (card.name, card.secret) == ("演示·李晓芳", demo_card("li-xiaofang").secret)
    until_over(errand)
    assert not holds_a_card(errand)
    assert service.open == 0


def test_a_command_that_is_never_answered_ends_in_its_time_and_a_late_answer_is_dropped() -> None:
    answered = threading.Event()
    service = Service(before=lambda: None if len(service.chip.commands) < 8 else _wait(answered))
    began = time.monotonic()
    errand = Errand(service, "reader", PATIENCE)
    error = refused(errand, Waiting())
    assert (error.failure, error.info["reason"]) == (Failure.DEVICE_DISTURBED, "time_up")
    assert PATIENCE.apdu <= time.monotonic() - began < PATIENCE.apdu + 0.5
    hung = errand.stuck
    answered.set()
    until_over(errand)
    assert (hung, errand.stuck) == (True, False)
    assert not holds_a_card(errand)
    assert service.open == 0


def test_commands_that_are_each_in_time_still_end_with_the_whole_patience() -> None:
    service = Service(before=lambda: time.sleep(0.15))
    errand = Errand(service, "reader", Patience(apdu=0.4, whole=0.5))
    assert refused(errand, Waiting()).failure is Failure.DEVICE_DISTURBED
    until_over(errand)
    assert len(service.chip.commands) < 8


def test_whoever_calls_off_does_not_wait_for_the_card() -> None:
    service = Service(before=lambda: time.sleep(0.3))
    job = Waiting()
    job.cancelled = True
    errand = Errand(service, "reader", PATIENCE)
    assert refused(errand, job).failure is Failure.DEVICE_CANCELLED
    until_over(errand)
    assert len(service.chip.commands) <= 1


@pytest.mark.parametrize(("held", "expected"), [(0.3, None), (5.0, Failure.DEVICE_BUSY)])
def test_a_card_another_program_has_is_waited_for_a_second(held: float, expected: Failure | None) -> None:
    service = Service(held_until=time.monotonic() + held)
    errand = Errand(service, "reader", PATIENCE)
    if expected is None:
        assert errand.card(Waiting()).id_no
    else:
        assert refused(errand, Waiting()).failure is expected
    until_over(errand)
    assert service.open == 0


def test_a_connection_that_breaks_inside_the_library_is_a_disturbance() -> None:
    def breaks() -> None:
        raise SystemError("returned NULL without setting an exception")

    errand = Errand(Service(before=breaks), "reader", PATIENCE)
    error = refused(errand, Waiting())
    assert (error.failure, error.info) == (Failure.DEVICE_DISTURBED, {"reason": "no_answer"})


def test_a_bug_is_raised_where_somebody_sees_it() -> None:
    def breaks() -> None:
        raise ZeroDivisionError

    errand = Errand(Service(before=breaks), "reader", PATIENCE)
    with pytest.raises(ZeroDivisionError):
        errand.card(Waiting())


def _wait(answered: threading.Event) -> None:
    answered.wait(5.0)
