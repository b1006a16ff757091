"""The terminal, its service point, and what it may say of its line."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class TerminalIdentity:
    """What enrolment gave this data directory. `epoch` is one character, changed at rescue or restore.

    `statement` is the platform's signed statement of the device key (bytes as in `kiosk.seal.statements`); it travels
    inside receipt QR codes. `platform_key` is the platform's HPKE public key, `record_key` its record-signing key.
    """

    terminal: str
    epoch: str
    point_name: str
    region12: str
    platform_url: str
    platform_id: str
    root_key: bytes
    record_key: bytes
    platform_key: bytes
    statement: bytes
    demo: bool = False


class StopCause(StrEnum):
    """Why a terminal takes no new case before it has another epoch: its numbers might be given twice."""

    DAMAGED = "damaged"
    """Its database was damaged, and this one was begun with what could be saved."""
    FORKED = "forked"
    """The platform saw two disks speak with its key: a clone, or an older state of this one."""
    RESTORED = "restored"
    """It was put back from a backup: numbers given since then are not known here."""


class LinkState(StrEnum):
    """What the agent last saw of the line. `SILENT` means the agent itself does not answer."""

    ONLINE = "online"
    OFFLINE = "offline"
    SILENT = "silent"


class ScansWait(StrEnum):
    """Which of the technician's settings keeps scans here; everything else goes all the same."""

    METERED = "metered"
    BUDGET = "budget"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Scans wait for `until`; None: until somebody changes the setting."""

    why: ScansWait
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineStatus:
    """The truth for the status corner: green only when `queued` is 0 and nothing is parked.

    `queued` counts cases without a verified acknowledgement (parked included), bytes are sealed bytes still to send
    of all since nothing was waiting; `seconds_left` is how long that takes, None when it cannot be said.
    `waiting` says why scans are not sent though they could be.
    """

    state: LinkState
    queued: int
    parked: int = 0
    bytes_left: int = 0
    bytes_total: int = 0
    last_contact: datetime | None = None
    next_try: datetime | None = None
    failure: str | None = None
    waiting: Waiting | None = None
    seconds_left: int | None = None

    @property
    def all_delivered(self) -> bool:
        """True only when the platform has acknowledged everything this terminal ever took."""
        return self.queued == 0 and self.parked == 0


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One device as the host last saw it. `failure` is a code, None when it is well.

    `warning` is the code of something that does not stop it yet, such as `printer.paper_low`.
    """

    kind: str
    driver: str
    ready: bool
    failure: str | None = None
    detail: str = ""
    simulated: bool = False
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry of the append-only journal. `subject` is a number or id, never a person."""

    position: int
    at: datetime
    act: str
    subject: str
    actor: str
    details: dict[str, str] = field(default_factory=dict)
    previous: str = ""
    digest: str = ""
