"""What one visit holds in memory, and nothing else does. Wiping it needs neither lane nor disk."""

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.failure import Failure, KioskError
from kiosk.model.afterwards import Arranged, Bill, Slot
from kiosk.model.case import Draft
from kiosk.model.feedback import FeedbackSummary
from kiosk.model.guide import GuideChange
from kiosk.model.inquiry import CaseWord, Fact, Licence
from kiosk.model.people import Agent, Applicant, IdCard, Operator
from kiosk.seal.keys import new_sealing_key


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """Who may open this visit's draft again: a card's unprinted secret, or a staff login."""

    owner: bytes
    kek: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What the platform told of one person in this visit, for one item."""

    id_no: str = field(repr=False)
    item: str
    licences: tuple[Licence, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotsTold:
    """When the platform said there is room for an item, and when it said so."""

    item: str
    slots: tuple[Slot, ...]
    at: datetime


class Session:
    """One visit (一次办事会话), from the first touch to the wipe.

    The draft key lives here; `wipe` overwrites it first, so that whatever a verb still running in the lane wants to
    seal or open fails with `DRAFT_LOCKED`. Every other field is dropped with it.
    """

    def __init__(self, draft_key: bytes | None = None) -> None:
        self._key = bytearray(draft_key or secrets.token_bytes(32))
        self._reply_key = bytearray(new_sealing_key())
        self._lock = threading.Lock()
        self._wiped = False
        self.applicant: Applicant | None = None
        self.agent: Agent | None = None
        self.card: IdCard | None = None
        self.operator: Operator | None = None
        self.holder: Holder | None = None
        self.draft: Draft | None = None
        self.changes: tuple[GuideChange, ...] = ()
        self.agreed_at: datetime | None = None
        self.told: Told | None = None
        self.slots: SlotsTold | None = None
        self.bills: dict[str, Bill] = {}
        self.booked: dict[str, Arranged] = {}
        self.feedback: FeedbackSummary | None = None
        self.cases: dict[str, CaseWord] = {}
        self.cases_of = ""
        self.papers: dict[str, tuple[bytes, bytes]] = {}
        self.declined: set[tuple[str, str]] = set()
        self.handed_in: set[str] = set()

    def key(self) -> bytes:
        """The draft key.

        Raises:
            KioskError: `DRAFT_LOCKED` after the wipe.
        """
        with self._lock:
            if self._wiped:
                raise KioskError(Failure.DRAFT_LOCKED, reason="wiped")
            return bytes(self._key)

    def lay_aside(self) -> None:
        """Let go of the draft, which stays kept where it is."""
        self.draft = None
        self.changes = ()
        self.renew()

    def reply_key(self) -> bytes:
        """The X25519 key that what the platform tells this visit is sealed to.

        Raises:
            KioskError: `DRAFT_LOCKED` after the wipe.
        """
        with self._lock:
            if self._wiped:
                raise KioskError(Failure.DRAFT_LOCKED, reason="wiped")
            return bytes(self._reply_key)

    def adopt(self, draft_key: bytes) -> None:
        """Take over the key of a kept draft that this visit's holder has just unwrapped."""
        with self._lock:
            if self._wiped:
                raise KioskError(Failure.DRAFT_LOCKED, reason="wiped")
            self._key[:] = draft_key

    def renew(self) -> None:
        """Take a fresh draft key for the next case of the same visit."""
        self.adopt(secrets.token_bytes(32))

    def wipe(self) -> None:
        """Overwrite the key and forget everything; may be called from any thread, any number of times."""
        with self._lock:
            self._wiped = True
            for place in range(len(self._key)):
                self._key[place] = 0
            for place in range(len(self._reply_key)):
                self._reply_key[place] = 0
        self.agreed_at, self.told, self.changes = None, None, ()
        self.cases, self.papers, self.declined, self.cases_of = {}, {}, set(), ""
        self.slots, self.bills, self.booked, self.handed_in = None, {}, {}, set()
        self.feedback = None
        self.applicant = self.agent = self.card = self.operator = self.holder = self.draft = None

    @property
    def wiped(self) -> bool:
        """True once the visit is over."""
        return self._wiped

    def current(self) -> Draft:
        """The draft being worked on.

        Raises:
            KioskError: `CASE_UNKNOWN` when none is open.
        """
        draft = self.draft
        if draft is None:
            raise KioskError(Failure.CASE_UNKNOWN, reason="no_draft")
        return draft
