"""The parts every turn with the platform needs, wired once."""

import threading
from dataclasses import dataclass, field

from kiosk.model.terminal import TerminalIdentity
from kiosk.ports import Clock, Store
from sync.clockwatch import ClockWatch
from sync.link import Link, Signer
from sync.nonces import Nonces
from sync.progress import Progress


@dataclass(frozen=True, slots=True)
class Parts:
    """One terminal's store, its link, and who it is.

    `stopping` is set when the process is asked to end, `nudged` when something new waits.
    """

    store: Store
    link: Link
    clock: Clock
    identity: TerminalIdentity
    signer: Signer
    watch: ClockWatch
    progress: Progress = field(default_factory=Progress)
    stopping: threading.Event = field(default_factory=threading.Event)
    nudged: threading.Event = field(default_factory=threading.Event)


def parts_of(store: Store, link: Link, clock: Clock) -> Parts:
    """The parts of a provisioned data directory.

    Raises:
        KioskError: `NOT_PROVISIONED`.
    """
    identity = store.settings.identity()
    signer = Signer(identity, store.settings.device_key(), Nonces(store))
    return Parts(store, link, clock, identity, signer, ClockWatch(store.settings, clock))
