"""Who watches the readers: a thread with a connection of its own to pcscd, that outlives pcscd.

pyscard's own card monitor ends for good when pcscd stops. This one asks pcscd itself, gives its connection up at every
trouble and makes another, at first after `_FIRST_PAUSE` and never later than `LONGEST_PAUSE`.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from devices.idcard.pcsc import codes
from kiosk.failure import Failure, KioskError

_WAIT_MS = 500
_FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0
_SILENCE = 4.0
_GLANCE = 0.05
_CHANGES = r"\\?PnP?\Notification"
_CHANGED, _PRESENT = 0x02, 0x20
_GOING = 0x04 | 0x08  # unknown, unavailable
_GOING_PAUSE = 0.05


Insertion: TypeAlias = tuple[int, int]
"""Names one stay of one card in a reader: the connection to pcscd it was seen by, and pcscd's own count of events."""


@dataclass(frozen=True, slots=True)
class Place:
    """One reader. `insertion` is None without a card and differs for every card; the latest has the highest `since`."""

    reader: str
    insertion: Insertion | None = None
    since: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to see: why nothing is, or the readers this driver is meant for, of so many pcscd has in all."""

    failure: KioskError | None = None
    places: tuple[Place, ...] = ()
    readers: int = 0

    def trouble(self) -> KioskError | None:
        """Why nothing is seen, made anew: one exception must not be raised by two threads."""
        return KioskError(self.failure.failure, **self.failure.info) if self.failure else None


class Watcher:
    """Watches until `stop`. `fits` picks the readers by name; `scard` is pyscard's module of plain functions."""

    def __init__(self, scard: Any, fits: Callable[[str], bool]) -> None:
        self._scard = scard
        self._fits = fits
        self._sight: Sight | None = None
        self._moved = threading.Condition()
        self._over = threading.Event()
        self._beat = time.monotonic()
        self._bug: BaseException | None = None
        self._lives = 0
        self._cards = 0
        self._places: dict[str, Place] = {}
        self._thread = threading.Thread(target=self._run, name="card-watcher", daemon=True)
        self._thread.start()

    def sight(self) -> Sight:
        """What was seen last. A pcscd that no longer answers is one that is down."""
        if self._bug is not None:
            raise self._bug
        with self._moved:
            seen = self._sight
        if time.monotonic() - self._beat > _SILENCE:
            return Sight(KioskError(Failure.CARD_SERVICE_DOWN, reason="silent"))
        return seen or Sight(KioskError(Failure.CARD_SERVICE_DOWN, reason="starting"))

    def wait_until(self, holds: Callable[[Sight], bool], seconds: float) -> Sight:
        """What is seen when it `holds`, or after so many seconds."""
        until = time.monotonic() + seconds
        while True:
            sight = self.sight()
            with self._moved:
                known, rest = self._sight is not None, until - time.monotonic()
                if (known and holds(sight)) or rest <= 0:
                    return sight
                self._moved.wait(min(rest, _GLANCE))

    def stop(self) -> None:
        """Stop watching. The thread is not waited for: it may hang in pcscd, and holds nothing but its connection."""
        self._over.set()

    # the watcher's thread

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while not self._over.is_set():
            began = time.monotonic()
            try:
                self._watch()
            except KioskError as error:
                self._show(Sight(error))
            except SystemError:
                # pyscard raises this where the library or its connection is gone, and others get a code.
                self._show(Sight(KioskError(Failure.CARD_SERVICE_DOWN, reason="library")))
            except BaseException as error:  # noqa: BLE001 - raised again on the driver's thread, which must not wait in vain
                self._bug = error
                return
            pause = _FIRST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else min(LONGEST_PAUSE, pause * 2)
            self._over.wait(pause)

    def _watch(self) -> None:
        """One connection to pcscd, from its making to its end."""
        code, context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_SYSTEM)
        codes.demand(code)
        self._lives += 1
        states: dict[str, int] = {}
        try:
            while not self._over.is_set():
                states = self._look(context, states)
        finally:
            self._scard.SCardReleaseContext(context)

    def _look(self, context: Any, before: dict[str, int]) -> dict[str, int]:
        """Wait for a change or half a second, and show what there is then; reader → its state."""
        names = self._names(context)
        fitting = [name for name in names if self._fits(name)]
        asked = [(name, before.get(name, 0)) for name in fitting]
        code, answer = self._scard.SCardGetStatusChange(context, _WAIT_MS, [(_CHANGES, 0), *asked])
        states = dict(asked)
        if codes.plain(code) != codes.TIMEOUT:
            codes.demand(code)
            states |= {name: state & ~_CHANGED for name, state, _ in answer if name != _CHANGES}
        here = {name: state for name, state in states.items() if state and not state & _GOING}
        if len(here) < len(states):
            # On its way out, and pcscd answers at once until it is gone: do not spin meanwhile.
            self._over.wait(_GOING_PAUSE)
        self._show(Sight(None, tuple(self._place(name, state) for name, state in here.items()), len(names)))
        return here

    def _place(self, name: str, state: int) -> Place:
        before = self._places.get(name)
        if not state & _PRESENT:
            return Place(name)
        insertion = (self._lives, state >> 16)
        if before is not None and before.insertion == insertion:
            return before
        self._cards += 1
        return Place(name, insertion, self._cards)

    def _names(self, context: Any) -> list[str]:
        code, names = self._scard.SCardListReaders(context, [])
        if codes.plain(code) == codes.NO_READERS:
            return []
        codes.demand(code)
        return list(names)

    def _show(self, sight: Sight) -> None:
        self._places = {place.reader: place for place in sight.places}
        self._beat = time.monotonic()
        with self._moved:
            self._sight = sight
            self._moved.notify_all()
