"""What the inside needs from the world. Read this page first.

`local_db` answers the storage ports, `devices.host` the device port, `sync.agent` drives the outbox; none of them is
imported here, and mypy proves the fit where `kiosk.cli` wires them. Storage methods are called from one lane (or from
the agent's process), never from the GUI thread. Every method may raise `KioskError`.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kiosk.calendar import HolidayTable
from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.package import Head
from kiosk.failure import Failure
from kiosk.journal import Anchor
from kiosk.model.afterwards import Arranged
from kiosk.model.board import Posting
from kiosk.model.case import BlobRef, CaseSummary, Decision, DraftSummary, HeldMaterial, ParkedDraft, Rating, Receipt
from kiosk.model.dayreport import DayReport
from kiosk.model.devices import CodeRead, DeviceKind, Event, PrinterOffer, Request, Ticket
from kiosk.model.people import Operator
from kiosk.model.printing import OpenPrint
from kiosk.model.terminal import DeviceStatus, JournalEntry, LineStatus, TerminalIdentity
from kiosk.papers.content import Paper


class Clock(Protocol):
    """The time. `trusted` is False until it has been held against a platform time or a sane build date."""

    def now(self) -> datetime: ...
    def trusted(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A sealed draft: `sealed` opens only with the draft key, which is wrapped in `wrapped_key`.

    `owner` says for whom it is kept: the tag of a card holder or of a staff login. It names nobody. `blobs` are the
    digests the draft holds: they stay while it does, and go with it unless they were submitted. `release_wrap` is a
    staff draft's key for the supervisors, empty where there is none.
    """

    summary: DraftSummary
    sealed: bytes = field(repr=False)
    owner: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)
    blobs: tuple[str, ...] = ()
    release_wrap: bytes = field(default=b"", repr=False)


class Drafts(Protocol):
    """Drafts of this terminal, sealed by the caller. `owned_by` leaves out what is parked; `save` ends that."""

    def save(self, draft: StoredDraft) -> None: ...
    def load(self, case_id: str) -> StoredDraft: ...
    def owned_by(self, owner: bytes) -> tuple[DraftSummary, ...]: ...
    def parked(self) -> tuple[ParkedDraft, ...]: ...
    def discard(self, case_id: str) -> None: ...
    def discard_expired(self, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class SealedBlob:
    """One page or file encrypted once. `draft_wrap` lets this visit read it back and goes at submission.

    `mark` tags what is inside, for this terminal alone: the same content again need not go up again.
    """

    data: bytes = field(repr=False)
    extension: str
    platform_wrap: bytes = field(repr=False)
    draft_wrap: bytes = field(repr=False)
    mark: bytes | None = field(default=None, repr=False)


class Blobs(Protocol):
    """Content-addressed sealed files. `keep` returns only after fsync and rename."""

    def keep(self, blob: SealedBlob) -> BlobRef: ...
    def read(self, digest: str) -> bytes: ...
    def draft_wrap(self, digest: str) -> bytes: ...
    def platform_wrap(self, digest: str) -> bytes: ...
    def twin(self, digest: str) -> BlobRef | None: ...
    def discard(self, digests: Iterable[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class SealedMaterial:
    """One file of one material as it goes up: its sealed digest, size in bytes and the platform's key wrap."""

    material_id: str
    member: str | None
    index: int
    digest: str
    size: int
    extension: str
    wrap: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReusableMark:
    """A material of a submission that the same people need not hand in again. `owner` and `member` are tags.

    `member` is empty where the material is the applicant's own; `kind` says what it is across items.
    """

    owner: bytes = field(repr=False)
    member: bytes = field(repr=False)
    kind: str
    material_id: str
    member_ref: str | None
    collected_at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything one submit writes in one transaction."""

    event_id: str
    summary: CaseSummary
    payload: bytes = field(repr=False)
    materials: tuple[SealedMaterial, ...]
    receipt: Receipt
    owners: tuple[bytes, ...]
    item_version: int
    clock_trusted: bool
    actor: str
    replaces: str | None = None
    draft_id: str | None = None
    ref: str | None = None
    ref_digest: bytes | None = None
    reusable: tuple[ReusableMark, ...] = ()
    arranged: Arranged | None = None
    taken_by: str = ""


class Cases(Protocol):
    """Submitted cases. `submit` calls `build` with the next counter inside the one transaction it commits.

    `decision_paper` is the PDF and its signature as they came, `arranged` what is known of delivery, appointment and
    fee. `most_done` are the items handed in most often here of late, most first. `held` is the newest material of a
    kind that these people handed in before, None once any page of it is gone from here. `taken_by` is the operator
    who took a case, empty where a resident did it alone; `page` may be narrowed to what one operator or nobody took.
    """

    def submit(self, build: Callable[[int], Submission]) -> Submission: ...
    def show(self, submission_no: str) -> CaseSummary: ...
    def page(
        self, before: datetime | None = None, limit: int = 50, takers: tuple[str, ...] | None = None
    ) -> tuple[CaseSummary, ...]: ...
    def taken_by(self, submission_no: str) -> str: ...
    def owned_by(self, owner: bytes) -> tuple[CaseSummary, ...]: ...
    def owners(self, submission_no: str) -> tuple[bytes, ...]: ...
    def receipt(self, submission_no: str) -> Receipt: ...
    def decision_paper(self, submission_no: str) -> tuple[bytes, bytes] | None: ...
    def arranged(self, submission_no: str) -> Arranged | None: ...
    def most_done(self) -> tuple[str, ...]: ...
    def held(self, owner: bytes, member: bytes, kind: str) -> HeldMaterial | None: ...
    def by_ref(self, ref: str) -> tuple[str, bytes] | None: ...
    def rate(self, rating: Rating) -> None: ...


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One event on its way. `form_taken` means the platform has the form; the materials may still be missing."""

    event_id: str
    kind: str
    submission_no: str
    item_code: str
    item_version: int
    payload: bytes = field(repr=False)
    materials: tuple[SealedMaterial, ...]
    created_at: datetime
    clock_trusted: bool
    attempts: int
    form_taken: bool
    replaces: str | None = None


class Outbox(Protocol):
    """What has to go up. Only the agent writes here after `Cases.submit`, and staff who release what was parked.

    `next_batch` lists forms the platform has not taken before events whose materials alone are missing, so that no form
    waits for a scan; in both, those never tried first, then by when they are due.
    `counts` is (cases without acknowledgement, of these parked, sealed bytes left); `weigh` tells (sealed bytes, of
    these left) of each named case of which anything is. `release` deletes local bytes the platform has acknowledged
    once their material's retention is over.
    """

    def next_batch(self, now: datetime, limit: int = 100) -> tuple[OutboxEntry, ...]: ...
    def form_taken(self, event_id: str, acknowledgement: bytes) -> None: ...
    def settle(self, event_id: str, acknowledgement: bytes) -> None: ...
    def postpone(self, event_ids: Iterable[str], failure: str, next_attempt: datetime) -> None: ...
    def park(self, event_id: str, failure: str, reason: str) -> None: ...
    def unpark(self, submission_no: str, actor: str) -> int: ...
    def releasable(self, now: datetime) -> tuple[str, ...]: ...
    def release(self, now: datetime) -> int: ...
    def counts(self) -> tuple[int, int, int]: ...
    def weigh(self, submission_nos: Iterable[str]) -> dict[str, tuple[int, int]]: ...
    def next_due(self) -> datetime | None: ...


class Inbox(Protocol):
    """What came down, verified by the agent before it is written. `apply_decision` ignores a lower sequence."""

    def cursor(self) -> int: ...
    def apply_decision(self, decision: Decision) -> bool: ...
    def advance(self, cursor: int) -> None: ...


class Board(Protocol):
    """What the platform posted for everybody, verified by the agent before it is written; sequences only rise.

    `take` writes what is newer than what is held under the same name and says how much that was; `cursor` never goes
    back. `held` are the postings of a topic that were not taken away, in the order they were posted.
    """

    def cursor(self) -> int: ...
    def take(self, postings: Iterable[Posting], cursor: int) -> int: ...
    def held(self, topic: str) -> tuple[Posting, ...]: ...


class Shelf(Protocol):
    """The catalogue held here. `version` is 0 and everything else raises `CATALOGUE_ABSENT` while there is none.

    `entries` are the light records that search and lists need; `replace` verifies a package before it counts, `merge`
    a difference (`kiosk.catalogue.difference`) to the one held. `holidays` are of the catalogue, or as posted since.
    """

    def version(self) -> int: ...
    def head(self) -> Head: ...
    def holidays(self) -> HolidayTable: ...
    def entries(self) -> tuple[Entry, ...]: ...
    def item(self, code: str) -> ServiceItem: ...
    def items(self) -> tuple[ServiceItem, ...]: ...
    def replace(self, package: bytes) -> int: ...
    def merge(self, data: bytes) -> int: ...


class Packages(Protocol):
    """Pieces of a catalogue package: hash of the whole and bytes held, the same after a piece (of another: anew)."""

    def begun(self) -> tuple[str, int]: ...
    def add(self, digest: str, start: int, data: bytes) -> int: ...
    def whole(self) -> bytes: ...
    def drop(self) -> None: ...


class Papers(Protocol):
    """The print ledger: exactly one original per paper, reprints counted, an unknown end stays `uncertain`.

    `open_ends` are the prints somebody has to look at, oldest first, of one subject where it is given: uncertain ones,
    and parked ones that were not printed since. Nothing here ever prints: whoever looked into the tray `settle`s, which
    raises `LookupError` for a print that asks nothing.
    """

    def begin(self, kind: str, subject: str, digest: str) -> tuple[int, int]: ...
    def end(self, entry: int, outcome: str) -> None: ...
    def unfinished(self) -> tuple[tuple[int, str, str], ...]: ...
    def open_ends(self, subject: str | None = None) -> tuple[OpenPrint, ...]: ...
    def settle(self, entry: int, *, printed: bool, actor: str = "technician") -> OpenPrint: ...


class Journal(Protocol):
    """Append-only, hash-chained. `append` joins the running transaction when there is one.

    `verify` gives the head (position, digest) or raises `JOURNAL_BROKEN` where the chain does not hold. `anchors` are
    what the platform may hold against what it knows of this journal, `tell` gives the head and remembers that it was
    told, `told` forgets what the platform has answered to.
    """

    def append(self, act: str, subject: str, actor: str, details: dict[str, str] | None = None) -> None: ...
    def head(self) -> tuple[int, str]: ...
    def verify(self, anchors: Iterable[Anchor] = ()) -> tuple[int, str]: ...
    def anchors(self) -> tuple[Anchor, ...]: ...
    def tell(self) -> tuple[int, str]: ...
    def told(self, position: int) -> None: ...
    def entries(self, after: int = 0, limit: int = 1000) -> tuple[JournalEntry, ...]: ...


class Staff(Protocol):
    """Accounts of this terminal: argon2id PIN, lock-out that survives a restart. `prove` also gives the login key.

    `disable`, `remove` and a new PIN park the account's drafts; `enable` gives them back. `release_holders` are the
    release key's private half by supervisor, wrapped under their logins.
    """

    def prove(self, staff_id: str, pin: str, now: datetime) -> tuple[Operator, bytes]: ...
    def add(self, operator: Operator, pin: str, actor: str = "technician") -> None: ...
    def disable(self, staff_id: str, actor: str) -> int: ...
    def enable(self, staff_id: str, actor: str) -> int: ...
    def remove(self, staff_id: str, actor: str) -> int: ...
    def accounts(self) -> tuple[Operator, ...]: ...
    def states(self) -> dict[str, str]: ...
    def release_key(self) -> bytes | None: ...
    def release_holders(self) -> dict[str, bytes]: ...
    def hold_release(self, staff_id: str, public: bytes, wrap: bytes) -> None: ...


class Daybook(Protocol):
    """One day in Asia/Shanghai, counted from what is kept anyway. Prints a process left running are told as such."""

    def report(self, day: date) -> DayReport: ...


class Settings(Protocol):
    """Small facts of this data directory: the enrolled identity, the enrolment epoch's own secrets, preferences.

    `identity` and the keys raise `NOT_PROVISIONED` until `enrol` has written all three in one transaction.
    """

    def enrol(self, identity: TerminalIdentity, device_key: bytes, terminal_key: bytes) -> None: ...
    def relocate(self, platform_url: str) -> None: ...
    def identity(self) -> TerminalIdentity: ...
    def device_key(self) -> bytes: ...
    def terminal_key(self) -> bytes: ...
    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, value: bytes) -> None: ...


class Store(Protocol):
    """One opened data directory. `seal_rescue` writes its key, sealed to the platform's rescue key, beside it."""

    @property
    def drafts(self) -> Drafts: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def board(self) -> Board: ...
    @property
    def shelf(self) -> Shelf: ...
    @property
    def packages(self) -> Packages: ...
    @property
    def papers(self) -> Papers: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def staff(self) -> Staff: ...
    @property
    def daybook(self) -> Daybook: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def provider_secret(self) -> bytes: ...
    def seal_rescue(self, rescue_key: bytes) -> None: ...
    def write_tx(self) -> AbstractContextManager[None]: ...
    def close(self) -> None: ...


class Devices(Protocol):
    """Devices behind their host. Calls return at once; events arrive on the host's thread through `on_event`.

    `papers` is what each printer takes, in the order of the configuration. `watch_codes` tells every code held before a
    code reader from then on; what was read before is gone.
    """

    def start(self, request: Request, on_event: Callable[[Event], None]) -> Ticket: ...
    def cancel(self, ticket: Ticket) -> None: ...
    def trigger(self, ticket: Ticket) -> None: ...
    def status(self) -> tuple[DeviceStatus, ...]: ...
    def watch_card(self, on_card: Callable[[bool], None]) -> None: ...
    def watch_codes(self, on_code: Callable[[CodeRead], None]) -> None: ...
    def kinds(self) -> tuple[DeviceKind, ...]: ...
    def papers(self) -> tuple[PrinterOffer, ...]: ...
    def close(self) -> None: ...


class Line(Protocol):
    """What the desk may ask of the agent: to hurry, and what it knows. Neither waits for the network."""

    def wake(self) -> None: ...
    def status(self) -> LineStatus: ...


class Exchange(Protocol):
    """The way to ask the platform something while a person stands here.

    `ask` returns at once; the sealed answer, or why there is none, comes on another thread and in seconds at most.
    Both question and answer are sealed: whoever carries them cannot read them.
    """

    def ask(self, sealed: bytes, on_answer: Callable[[bytes | Failure], None]) -> None: ...


class Press(Protocol):
    """Draws the terminal's own papers outside the calling process."""

    def draw(self, paper: Paper) -> bytes: ...
