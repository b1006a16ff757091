"""A memory stick of which one file is other than it was: read by a real terminal and a real platform.

The first byte of an input says which file of the stick, the rest is what lies there.
"""

import atexit
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from central.courier.taking import take_folder
from central.office import Office, open_office
from kiosk.clock import SystemClock
from kiosk.failure import KioskError
from local_db.store import Store, open_store
from sync.courier import taking
from sync.provision import provision_online
from sync.wire.stick.medium import Stick
from tests.devices.fuzzing import Target
from tests.sync.courier import Courier
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import QUICK


@dataclass(frozen=True, slots=True)
class Sample:
    """A stick that brings a case up, and its answers, a decision and a catalogue back; both sides opened."""

    stick: Path
    files: tuple[Path, ...]
    whole: tuple[bytes, ...]
    store: Store
    office: Office


@cache
def sample() -> Sample:
    """Made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="jinban-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    platform = Platform(folder / "platform")
    store = open_store(folder / "terminal", create=True)
    try:
        provision_online(platform.url, platform.code(), store, SystemClock(), QUICK)
    finally:
        platform.kill()
    courier = Courier(platform, folder)
    case, stick = take(store, 2_000), courier.stick()
    courier.export(folder / "terminal", stick)
    courier.central("import", stick)
    platform.decide(case.number, 1, "accepted")
    platform.publish(store.shelf.version() + 1)
    courier.central("export", stick)
    files = tuple(sorted(path for path in stick.rglob("*") if path.is_file()))
    return Sample(stick, files, tuple(path.read_bytes() for path in files), store, open_office(platform.data))


def stick(data: bytes) -> None:
    """Both sides read what they can and name what they cannot; nothing is parked on a stick's word."""
    have = sample()
    place = (data[0] if data else 0) % len(have.files)
    have.files[place].write_bytes(data[1:])
    try:
        with suppress(KioskError):
            taking.take(have.store, Stick(have.stick))
        assert have.store.outbox.counts()[1] == 0
        with suppress(KioskError):
            for folder in Stick(have.stick).terminals():
                take_folder(have.office, Stick(have.stick), folder)
    finally:
        have.files[place].write_bytes(have.whole[place])


def stick_seeds() -> tuple[bytes, ...]:
    """Every file of the stick as it was; made only where it is asked for."""
    return tuple(bytes((place,)) + whole for place, whole in enumerate(sample().whole))


STICK_TARGETS: tuple[Target, ...] = (stick,)
