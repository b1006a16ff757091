"""Carrying between the hub's folder and the one the platform keeps for it.

Forms first, then files, then what comes back.

Nothing is understood on the way but indexes and names. What was carried is remembered in memory alone: after a restart
everything is offered again, and what is there already costs its name.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from structlog.typing import FilteringBoundLogger

from kiosk.failure import Failure, KioskError
from sync.wire.coding import WireError, decode, unpack
from sync.wire.messages import Manifest, SignedRecord
from sync.wire.stick.distant import DistantStick
from sync.wire.stick.medium import Place, Stick, blob_place, data_name, next_of
from sync.wire.stick.messages import Delivery, Parcel

EVERY_SECONDS: Final = 30.0
_LONGEST: Final = 8
"""So many times the usual pause, at most, while the platform is out of reach: its line may be back any moment."""

_MOST_INDEX_BYTES: Final = 4 * 1024 * 1024
_MOST_MANIFEST_BYTES: Final = 32 * 1024 * 1024
_LABEL: Final = ("label.jbl",)


@dataclass(slots=True)
class Forwarder:
    """Works one hub's folder. `run_once` from one thread at a time."""

    near: Stick
    far: DistantStick
    log: FilteringBoundLogger
    carried: dict[str, bytes] = field(default_factory=dict)

    def run_once(self) -> None:
        """Everything once, both ways; what is wrong with one terminal's folder delays no other.

        Raises:
            KioskError: the platform is out of reach, or this hub's disk is full.
        """
        self._label()
        for folder in self.near.terminals():
            try:
                self._up(folder)
                self.far.take(folder)
                self._down(folder)
            except KioskError as error:
                if error.failure in _LOST:
                    raise
                self.log.warning("relay.folder", folder=folder, failure=error.failure.code)

    def _label(self) -> None:
        label = self.far.index(_LABEL, _MOST_INDEX_BYTES)
        if label is not None and label != self.near.index(_LABEL, _MOST_INDEX_BYTES):
            self.near.replace(_LABEL, label)

    def _up(self, folder: str) -> None:
        place = (folder, "up.jbi")
        index = self.near.index(place, _MOST_INDEX_BYTES)
        if index is None or self.carried.get(folder) == index:
            return
        parcel = decode(decode(index, SignedRecord).body, Parcel)
        manifests = [part for part in parcel.parts if part.kind == "manifest"]
        files: dict[Place, tuple[bytes, int]] = {}
        for part in manifests:
            data = self.near.part((folder, "up", data_name(part.digest)), part.digest, part.size, _MOST_MANIFEST_BYTES)
            self.far.put((folder, "up", data_name(part.digest)), data)
            for event in unpack(data, Manifest).events:
                files |= {blob_place(folder, blob.digest): (blob.digest, blob.size) for blob in event.blobs}
        self.far.put(next_of(place), index)
        self.far.publish(place)
        self.far.take(folder)
        for where, (digest, size) in files.items():
            if self.near.holds(where, digest, size) and not self.far.holds(where, digest, size):
                self.far.put(where, self.near.part(where, digest, size, size))
        self.carried[folder] = index

    def _down(self, folder: str) -> None:
        place = (folder, "down.jbi")
        index = self.far.index(place, _MOST_INDEX_BYTES)
        if index is None or index == self.near.index(place, _MOST_INDEX_BYTES):
            return
        delivery = decode(decode(index, SignedRecord).body, Delivery)
        for part in delivery.parts:
            room = ("catalog",) if part.kind == "catalogue" else (folder, "down")
            where = (*room, data_name(part.digest))
            if not self.near.holds(where, part.digest, part.size):
                self.near.put(where, self.far.part(where, part.digest, part.size, _MOST_MANIFEST_BYTES))
        self.near.put(next_of(place), index)
        self.near.flush()
        self.near.publish(place)
        self.near.keep_only((folder, "down"), {data_name(part.digest) for part in delivery.parts})


class Forwarding(threading.Thread):
    """Carries again and again, woken by what terminals bring; out of reach, ever more seldom."""

    def __init__(self, forwarder: Forwarder, every: float = EVERY_SECONDS) -> None:
        super().__init__(name="relay", daemon=True)
        self._forwarder, self._every = forwarder, every
        self._stopping = threading.Event()
        self.brought = threading.Event()

    def run(self) -> None:
        """Until `stop`."""
        pause = self._every
        while not self._stopping.is_set():
            self.brought.clear()
            try:
                self._forwarder.run_once()
                pause = self._every
            except KioskError as error:
                self._forwarder.log.info("relay.waiting", failure=error.failure.code)
                pause = min(pause * 2, self._every * _LONGEST)
            except WireError:
                self._forwarder.log.warning("relay.unreadable")
            self.brought.wait(pause)

    def stop(self) -> None:
        """End soon."""
        self._stopping.set()
        self.brought.set()
        with suppress(RuntimeError):
            self.join(5.0)


_LOST: Final = frozenset(
    {
        Failure.LINK_DOWN,
        Failure.LINK_STALLED,
        Failure.LINK_BUSY,
        Failure.LINK_NOT_PLATFORM,
        Failure.LINK_REFUSED,
        Failure.TERMINAL_REVOKED,
        Failure.COURIER_FULL,
    }
)
