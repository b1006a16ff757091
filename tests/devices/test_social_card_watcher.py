"""The watcher against a pcscd that does what the machine's own cannot be made to do: readers that come and go in it.

`Script` answers as pcsc-lite does, call by call; everything a real pcscd can show is tried in `tests/stacks`.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from devices.contract import Setup
from devices.idcard.pcsc.driver import SocialCardReader
from devices.idcard.pcsc.watcher import Sight, Watcher
from kiosk.failure import Failure, KioskError

EMPTY, PRESENT, UNAVAILABLE = 0x10, 0x20, 0x08
CHANGED = 0x02
TIMEOUT, NO_READERS, LOST, NO_SERVICE = 0x8010000A, 0x8010002E, 0x80100013, 0x8010001D


class Script:
    """What pcsc-lite's functions answer: `states` is reader → state with its count of events above bit 16."""

    SCARD_SCOPE_SYSTEM = 2

    def __init__(self, **states: int) -> None:
        self.states = states
        self.code = 0
        self.gone = False
        self.calls = 0
        self.contexts = 0
        self.changed = threading.Event()

    def show(self, code: int = 0, **states: int) -> None:
        """From now on."""
        self.code, self.states = code, states
        self.changed.set()

    def SCardEstablishContext(self, _scope: int) -> tuple[int, int]:  # noqa: N802 - pyscard's name
        code = NO_SERVICE if self.code == LOST else self.code
        self.contexts += code == 0
        return signed(code), 1

    def SCardReleaseContext(self, _context: int) -> int:  # noqa: N802
        return 0

    def SCardListReaders(self, _context: int, _groups: list[str]) -> tuple[int, list[str]]:  # noqa: N802
        if self.gone:
            raise SystemError("returned NULL without setting an exception")
        if self.code:
            return signed(self.code), []
        return (0, list(self.states)) if self.states else (signed(NO_READERS), [])

    def SCardGetStatusChange(self, _context: int, wait: int, asked: list[tuple[str, int]]) -> tuple[int, Any]:  # noqa: N802
        self.calls += 1
        if all(self.states.get(name) == state for name, state in asked[1:]):
            self.changed.wait(wait / 1000)
            self.changed.clear()
        if self.code:
            return signed(self.code), []
        moved = [(name, self.states.get(name, UNAVAILABLE)) for name, _ in asked[1:]]
        if [(name, state) for name, state in moved] == asked[1:]:
            return signed(TIMEOUT), []
        return 0, [asked[0] + ([],), *((name, state | CHANGED, []) for name, state in moved)]


def signed(code: int) -> int:
    return code - (1 << 32) if code >> 31 else code


@contextmanager
def watching(script: Script, fits: Callable[[str], bool] = lambda _: True) -> Iterator[Watcher]:
    watcher = Watcher(script, fits)
    try:
        yield watcher
    finally:
        watcher.stop()
        watcher._thread.join(3.0)
        assert not watcher._thread.is_alive()


def shows(watcher: Watcher, holds: Callable[[Sight], bool], seconds: float = 3.0) -> Sight:
    sight = watcher.wait_until(holds, seconds)
    assert holds(sight), sight
    return sight


def names(sight: Sight) -> list[str]:
    return [place.reader for place in sight.places]


def test_a_reader_plugged_out_and_in_while_pcscd_runs_is_gone_and_back_on_the_same_connection() -> None:
    script = Script(one=EMPTY)
    with watching(script) as watcher:
        shows(watcher, lambda sight: names(sight) == ["one"])
        script.show()
        shows(watcher, lambda sight: sight.failure is None and not sight.places)
        script.show(one=EMPTY, two=1 << 16 | PRESENT)
        sight = shows(watcher, lambda sight: len(sight.places) == 2)
        assert [place.insertion is not None for place in sight.places] == [False, True]
        assert script.contexts == 1


def test_a_reader_on_its_way_out_does_not_make_the_watcher_spin() -> None:
    script = Script(one=EMPTY)
    with watching(script) as watcher:
        shows(watcher, lambda sight: names(sight) == ["one"])
        script.show(one=UNAVAILABLE)
        shows(watcher, lambda sight: not sight.places)
        before = script.calls
        time.sleep(0.5)
        assert script.calls - before <= 12


def test_a_card_swapped_between_two_looks_is_another_card() -> None:
    script = Script(one=1 << 16 | PRESENT)
    with watching(script) as watcher:
        first = shows(watcher, lambda sight: bool(sight.places) and sight.places[0].insertion is not None).places[0]
        script.show(one=3 << 16 | PRESENT)
        second = shows(watcher, lambda sight: bool(sight.places) and sight.places[0] != first).places[0]
        assert second.since > first.since
        # The same card in use by somebody is still the same card.
        script.show(one=3 << 16 | PRESENT | 0x100)
        time.sleep(0.2)
        assert watcher.sight().places == (second,)


def test_a_lost_connection_is_made_again_without_hammering() -> None:
    script = Script(one=EMPTY)
    with watching(script) as watcher:
        shows(watcher, lambda sight: names(sight) == ["one"])
        script.show(LOST)
        sight = shows(watcher, lambda sight: sight.failure is not None)
        assert sight.failure is not None
        assert sight.failure.failure is Failure.CARD_SERVICE_DOWN
        time.sleep(1.2)
        script.show(one=EMPTY)
        began = time.monotonic()
        shows(watcher, lambda sight: names(sight) == ["one"])
        assert time.monotonic() - began < 1.3
        assert script.contexts == 2


def test_a_library_that_is_gone_is_a_service_that_is_down_and_is_tried_again() -> None:
    script = Script(one=EMPTY)
    script.gone = True
    with watching(script) as watcher:
        sight = shows(watcher, lambda sight: sight.failure is not None and sight.failure.info == {"reason": "library"})
        assert sight.failure is not None
        assert sight.failure.failure is Failure.CARD_SERVICE_DOWN
        script.gone = False
        shows(watcher, lambda sight: names(sight) == ["one"])


def test_a_bug_in_the_watcher_is_raised_where_it_is_seen() -> None:
    script = Script(one=EMPTY)
    script.states = {"one": "no state"}  # type: ignore[dict-item] # what must not be
    watcher = Watcher(script, lambda _: True)
    watcher._thread.join(3.0)
    with pytest.raises(TypeError):
        watcher.sight()


def test_only_readers_that_fit_are_watched_and_the_others_are_counted() -> None:
    with watching(Script(one=EMPTY, two=EMPTY), lambda name: "w" in name) as watcher:
        sight = shows(watcher, lambda sight: bool(sight.places))
        assert (names(sight), sight.readers) == (["two"], 2)


@pytest.mark.parametrize("seconds", ["soon", "4 s"])
def test_a_time_that_is_no_number_is_refused_when_the_driver_is_made(tmp_path: Any, seconds: str) -> None:
    with pytest.raises(KioskError) as refused:
        SocialCardReader(Setup("idcard", tmp_path, {"apdu_seconds": seconds}))
    assert refused.value.failure is Failure.CONFIG_INVALID
