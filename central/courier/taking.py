"""Taking in what a stick brings.

A terminal's index names its manifests and is signed with its device key; from there on everything goes the way it goes
over the line: manifests into the intake, sealed files as frames. So air and stick, or two sticks, or one stick twice,
make one case. One torn file or one bad folder delays no other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from central.intake.answers import take_manifest
from central.intake.frames import FrameTaker
from central.intake.journal import hold_trail
from central.intake.reading import MOST_ANCHORS, read_manifest
from central.office import Office
from central.store import terminals
from central.store.terminals import Terminal, TerminalState
from kiosk.failure import Failure, KioskError
from kiosk.seal import signing
from sync.wire.coding import WireError, decode
from sync.wire.frames import FRAME_BYTES, Frame
from sync.wire.messages import BlobEntry, Event, EventAnswer, Missing, SignedRecord
from sync.wire.stick.medium import Stick, blob_place, data_name, folder_of, next_of
from sync.wire.stick.messages import Parcel

MOST_INDEX_BYTES: Final = 4 * 1024 * 1024
MOST_MANIFEST_BYTES: Final = 16 * 1024 * 1024
_MOST_TRAIL: Final = 1000
_MOST_PARTS: Final = 10_000
_TRIES: Final = 5
"""So often a file is begun again while the same terminal sends it over the line at the same moment."""

OnBytes = Callable[[int], None]


@dataclass(slots=True)
class TakenIn:
    """What one folder brought. `parcel` and `answers` are what the answer on the way back needs.

    `torn` counts files that were not whole; `failure` is why the folder as a whole was not taken.
    """

    folder: str
    terminal: Terminal | None = None
    parcel: Parcel | None = None
    answers: list[EventAnswer] = field(default_factory=list)
    torn: int = 0
    failure: Failure | None = None
    reason: str = ""

    @property
    def complete(self) -> int:
        """Events that are here with every file."""
        return sum(one.outcome == "taken" and not one.missing for one in self.answers)

    @property
    def waiting(self) -> int:
        """Events whose forms are here and whose files are not all."""
        return sum(one.outcome == "taken" and bool(one.missing) for one in self.answers)

    @property
    def refused(self) -> int:
        """Events that did not fit, or contradict what was taken earlier."""
        return sum(one.outcome in ("refused", "conflict") for one in self.answers)


def take_folder(office: Office, stick: Stick, folder: str, on_bytes: OnBytes = lambda _: None) -> TakenIn:
    """Take in one terminal's folder; what is wrong with it is said in the result.

    Raises:
        KioskError: this platform is in trouble itself (`STORE_…`), or `COURIER_UNREADABLE`.
    """
    taken = TakenIn(folder)
    try:
        taken.terminal, taken.parcel = read_parcel(office, stick, folder)
    except KioskError as error:
        if error.failure not in _OF_FOLDER:
            raise
        taken.failure, taken.reason = error.failure, str(error.info.get("reason", ""))
        return taken
    parcel, terminal = taken.parcel, taken.terminal
    hold_trail(office, terminal, parcel.epoch, parcel.journal, parcel.trail, parcel.anchors)
    for part in parcel.parts:
        if part.kind != "manifest":
            continue  # a newer terminal's kind
        try:
            body = stick.part((folder, "up", data_name(part.digest)), part.digest, part.size, MOST_MANIFEST_BYTES)
            manifest = read_manifest(body)
            files = {file.digest: file for event in manifest.events if isinstance(event, Event) for file in event.blobs}
        except KioskError as error:
            if error.failure is not Failure.COURIER_TORN:
                raise
            taken.torn += 1
            continue
        except WireError:
            taken.torn += 1
            continue
        if manifest.terminal == terminal.id:
            answers = take_manifest(office, terminal, manifest)
            taken.torn += _Files(office, stick, folder, terminal, on_bytes).take(answers, files)
            taken.answers += take_manifest(office, terminal, manifest) if any(a.missing for a in answers) else answers
    return taken


def read_parcel(office: Office, stick: Stick, folder: str) -> tuple[Terminal, Parcel]:
    """The newest index of a folder that its terminal signed for this platform.

    Raises:
        KioskError: `COURIER_NOTHING` without an index; `COURIER_TORN`, `COURIER_NOT_GENUINE`, `COURIER_FOREIGN`,
            `TERMINAL_REVOKED`; `COURIER_UNREADABLE`.
    """
    place = (folder, "up.jbi")
    troubles: list[KioskError] = []
    for tried in (place, next_of(place)):  # the second where the stick was pulled while one took the other's place
        data = stick.index(tried, MOST_INDEX_BYTES)
        if data is None:
            continue
        try:
            return _proven(office, folder, data)
        except KioskError as error:
            if error.failure not in _OF_INDEX:
                raise
            troubles.append(error)
    raise troubles[0] if troubles else KioskError(Failure.COURIER_NOTHING, reason="no_index")


def _proven(office: Office, folder: str, data: bytes) -> tuple[Terminal, Parcel]:
    try:
        record = decode(data, SignedRecord)
        parcel = decode(record.body, Parcel)
    except WireError as error:
        raise KioskError(Failure.COURIER_TORN, reason="index") from error
    if parcel.platform != office.name:
        raise KioskError(Failure.COURIER_FOREIGN, reason="platform")
    with office.store.read() as connection:
        terminal = terminals.find(connection, parcel.terminal)
    if terminal is None or terminal.state is TerminalState.WAITING:
        raise KioskError(Failure.COURIER_NOT_GENUINE, reason="terminal")
    if record.kind != "parcel" or not signing.verify(terminal.device_key, "courier", record.body, record.signature):
        earlier = terminal.issued(parcel.epoch) and parcel.epoch != terminal.epoch
        raise KioskError(Failure.COURIER_NOT_GENUINE, reason="epoch" if earlier else "signature")
    if folder != folder_of(parcel.terminal, parcel.epoch):
        raise KioskError(Failure.COURIER_NOT_GENUINE, reason="folder")
    if max(len(parcel.trail) - _MOST_TRAIL, len(parcel.parts) - _MOST_PARTS, len(parcel.anchors) - MOST_ANCHORS) > 0:
        raise KioskError(Failure.COURIER_NOT_GENUINE, reason="size")
    if terminal.state is TerminalState.REVOKED:
        raise KioskError(Failure.TERMINAL_REVOKED)
    return terminal, parcel


@dataclass(frozen=True, slots=True)
class _Files:
    """Sealed files of one terminal, from the stick into the intake."""

    office: Office
    stick: Stick
    folder: str
    terminal: Terminal
    on_bytes: OnBytes

    def take(self, answers: Iterable[EventAnswer], files: dict[bytes, BlobEntry]) -> int:
        """Take every missing file that lies on the stick whole; how many were torn. One not there is none of them."""
        torn = 0
        for missing in dict.fromkeys(one for answer in answers for one in answer.missing):
            entry = files.get(missing.digest)
            if entry is None:
                continue
            place = blob_place(self.folder, missing.digest)
            # checked first, because a torn file must not undo the bytes that came over the line
            if self.stick.holds(place, missing.digest, entry.size):
                self._feed(missing, entry.size)
            elif self.stick.lies(place):
                torn += 1
        return torn

    def _feed(self, missing: Missing, size: int) -> None:
        offset = missing.have
        for _ in range(_TRIES):
            taker = FrameTaker(self.office, self.terminal)
            for piece in self.stick.pieces(blob_place(self.folder, missing.digest), offset, FRAME_BYTES):
                taker.take(Frame(missing.digest, offset, piece).encode())
                offset += len(piece)
                self.on_bytes(len(piece))
                state = taker.states.get(missing.digest)
                if state is None or state.error:
                    break
            offset = self.office.blobs.have(self.terminal.id, missing.digest, size)
            if offset == size:
                return


_OF_INDEX: Final = {Failure.COURIER_TORN, Failure.COURIER_NOT_GENUINE}
_OF_FOLDER: Final = {
    Failure.COURIER_NOTHING,
    Failure.COURIER_TORN,
    Failure.COURIER_NOT_GENUINE,
    Failure.COURIER_FOREIGN,
    Failure.TERMINAL_REVOKED,
}
