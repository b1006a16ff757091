"""The driver itself: waits for a card in one of its readers, has it read, and says what stood in the way."""

import importlib
import os
import time
from collections.abc import Mapping
from typing import Any

from devices.contract import Job, Setup
from devices.idcard.pcsc.errand import Errand, Patience
from devices.idcard.pcsc.watcher import Insertion, Place, Sight, Watcher
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard

_SOCKET = "PCSCLITE_CSOCK_NAME"
_APDU_SECONDS, _LEAST_APDU, _MOST_APDU = 4.0, 0.5, 20.0
_WHOLE_SECONDS = 20.0
# The host gives a request three seconds beyond its own time.
_BEYOND = 2.0
_FIRST_SIGHT = 1.5
_MOMENT, _GLANCE = 0.01, 0.2
_PULLED_SHOWS_WITHIN = 0.9
# What a card that is being pulled out looks like at first.
_PERHAPS_PULLED = frozenset({Failure.DEVICE_DISTURBED, Failure.CARD_UNREADABLE})
# What another card, or the same one put in again, may help against.
_OF_THE_CARD = frozenset(
    {
        Failure.CARD_WRONG,
        Failure.CARD_NEEDS_VENDOR,
        Failure.CARD_UNREADABLE,
        Failure.CARD_REJECTED,
        Failure.DEVICE_DISTURBED,
    }
)


class SocialCardReader:
    """Implements `devices.contract.IdCardDriver`; its options stand in the package's docstring."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._wanted = setup.options.get("reader", "").strip().casefold()
        self._socket = setup.options.get("socket", "").strip()
        self._apdu_seconds = _seconds(setup.options.get("apdu_seconds", ""))
        self._scard: Any = None
        self._watcher: Watcher | None = None
        self._errands: dict[str, Errand] = {}
        self._told: dict[str, Insertion | None] = {}

    def open(self) -> None:
        """Ask pcscd for its readers.

        Raises:
            KioskError: `CARD_SERVICE_DOWN`, `DEVICE_FORBIDDEN`, `DEVICE_ABSENT` (no reader, or none of that name),
                `DEVICE_NEEDS_VENDOR` (pyscard is missing), `CONFIG_INVALID`.
        """
        if self._scard is None:
            self._scard = _library(self._socket)
        if self._watcher is None:
            self._watcher = Watcher(self._scard, lambda name: self._wanted in name.casefold())
        _places(self._watcher.wait_until(lambda sight: sight.failure is not None or bool(sight.places), _FIRST_SIGHT))

    def check(self) -> str:
        """The readers' names. Raises what stands in the way, a reader that has not answered yet among it."""
        places = _places(self._sight())
        if any(errand.stuck for errand in self._errands.values()):
            raise KioskError(Failure.DEVICE_DISTURBED, reason="stuck")
        return ", ".join(place.reader for place in places)

    def close(self) -> None:
        """Let pcscd go."""
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None

    def present(self) -> bool | None:
        """Whether a card lies in a reader about which nothing has been said yet."""
        sight = self._sight()
        if sight.failure is not None:
            return None
        return any(place.insertion not in {None, self._told.get(place.reader)} for place in sight.places)

    def read(self, job: Job) -> IdCard:
        """Wait for a card and read it. See `devices.idcard.pcsc.dialogue` for what a card may answer.

        What is wrong with a card is told at once, and once: if it still lies there in a later request, it is tried and
        then waited out, because it may be one somebody forgot, or a security module that lives in its slot.

        Raises:
            KioskError: `CARD_PULLED`, `CARD_UNREADABLE`, `CARD_WRONG`, `CARD_NEEDS_VENDOR`, `CARD_REJECTED`,
                `DEVICE_DISTURBED`, `DEVICE_BUSY` (another program has the card), and what `open` raises.
        """
        waited_out: dict[str, Insertion | None] = {}
        reason: KioskError | None = None
        while True:
            place = self._wait_for_card(job, waited_out, reason)
            errand = self._errands[place.reader] = Errand(self._scard, place.reader, self._patience(job))
            try:
                return errand.card(job)
            except KioskError as error:
                reason = self._explained(error, place, job)
            if reason.failure not in _OF_THE_CARD or self._told.get(place.reader) != place.insertion:
                self._told[place.reader] = place.insertion if reason.failure in _OF_THE_CARD else None
                raise reason
            waited_out[place.reader] = place.insertion

    def _sight(self) -> Sight:
        if self._watcher is None:
            return Sight(KioskError(Failure.CARD_SERVICE_DOWN))
        return self._watcher.sight()

    def _wait_for_card(self, job: Job, waited_out: Mapping[str, Insertion | None], reason: KioskError | None) -> Place:
        """The card that came last, of those not waited out. Time that is up for want of another one has a `reason`."""
        while True:
            sight = self._sight()
            cards = [place for place in _places(sight) if place.insertion not in {None, waited_out.get(place.reader)}]
            free = [place for place in cards if self._free(place.reader)]
            if free:
                return max(free, key=lambda place: place.since)
            self._wait_for_change(sight, hold=bool(cards))
            try:
                job.wait(0.0)
            except KioskError as error:
                if error.failure is not Failure.CARD_ABSENT:
                    raise
                stuck = KioskError(Failure.DEVICE_DISTURBED, reason="stuck")
                raise (stuck if cards else reason or error) from None

    def _wait_for_change(self, sight: Sight, *, hold: bool) -> None:
        """Until the watcher sees something else, or for a moment: an errand's end is not the watcher's to see."""
        if self._watcher is not None:
            self._watcher.wait_until(lambda now: now is not sight, _MOMENT if hold else _GLANCE)

    def _free(self, reader: str) -> bool:
        """Whether nothing hangs in this reader: no second command is put behind one that was never answered."""
        return reader not in self._errands or self._errands[reader].over

    def _patience(self, job: Job) -> Patience:
        return Patience(self._apdu_seconds, min(_WHOLE_SECONDS, job.seconds_left + _BEYOND))

    def _explained(self, error: KioskError, place: Place, job: Job) -> KioskError:
        """What really happened: a card or reader on its way out first shows as something else."""
        if error.failure not in _PERHAPS_PULLED or error.info.get("reason") == "time_up" or self._watcher is None:
            return error

        def moved(sight: Sight) -> bool:
            return place not in sight.places

        until = time.monotonic() + _PULLED_SHOWS_WITHIN
        sight = self._sight()
        while not moved(sight) and time.monotonic() < until and not job.cancelled:
            sight = self._watcher.wait_until(moved, _GLANCE)
        trouble = sight.trouble()
        if trouble is not None or not moved(sight):
            return trouble or error
        here = any(now.reader == place.reader for now in sight.places)
        return KioskError(Failure.CARD_PULLED if here else Failure.DEVICE_ABSENT)


def _places(sight: Sight) -> tuple[Place, ...]:
    trouble = sight.trouble()
    if trouble is not None:
        raise trouble
    if not sight.places:
        raise KioskError(Failure.DEVICE_ABSENT, readers=sight.readers)
    return sight.places


def _library(socket: str) -> Any:
    """The plain functions of pyscard. pcsc-lite reads its socket's name once, on its first call."""
    if socket:
        os.environ[_SOCKET] = socket
    try:
        return importlib.import_module("smartcard.scard")
    except ImportError:
        raise KioskError(Failure.DEVICE_NEEDS_VENDOR, library="pyscard") from None


def _seconds(text: str) -> float:
    if not text:
        return _APDU_SECONDS
    try:
        return min(_MOST_APDU, max(_LEAST_APDU, float(text)))
    except ValueError:
        raise KioskError(Failure.CONFIG_INVALID, reason="apdu_seconds") from None
