"""A case (办件): one person's application for one item, as a draft, as submitted and as the platform speaks of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kiosk.model.afterwards import AppointmentWish, Arranged, DeliveryChoice
from kiosk.model.guide import GuidePart
from kiosk.model.people import Agent, Applicant, Member, Operator
from kiosk.model.state import CaseState
from kiosk.model.values import JsonObject

SIGNATURE_SHEET: Final = "signature-sheet"
SIGNATURE_SHEET_NAME: Final = "按手印签字页"
"""Material id and name of the fingerprint sheet of somebody who cannot write; no catalogue may use it."""


class Channel(StrEnum):
    """Where the case was taken: by the resident at a terminal, by staff at a window, or from a file."""

    TERMINAL = "terminal"
    STAFF = "staff"
    APPLY = "apply"


class Trust(StrEnum):
    """Trust level of a stored material (国办函〔2016〕108号): A issuer, B original seen, C uploaded, D self-stated."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class MaterialSource(StrEnum):
    """How a material came to be at hand."""

    SCAN = "scan"
    CAMERA = "camera"
    FILE = "file"
    REUSE = "reuse"
    ELICENCE = "elicence"
    PLEDGE = "pledge"


@dataclass(frozen=True, slots=True)
class BlobRef:
    """One sealed file. `digest` is the SHA-256 of the sealed bytes in hex, `size` their length in bytes."""

    digest: str
    size: int
    extension: str


class OriginKind(StrEnum):
    """Where a material came from that nobody handed in now."""

    CASE = "case"
    """An earlier case of this terminal, whose sealed pages are used again."""
    LICENCE = "licence"
    """The e-licence library, as it answered in this visit."""
    CODE = "code"
    """A code the person's telephone showed, which nobody could ask about yet: a claim."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reused material or a licence comes from. `reference` is a submission number, a licence's id, or a code.

    `dated` is the day it was handed in or issued.
    """

    kind: OriginKind
    reference: str = field(repr=False)
    name: str = ""
    issuer: str = ""
    dated: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """申请材料: one thing handed in for one material rule, for the whole case or for one member.

    A pledge (告知承诺/容缺) has no files and names in `pledged_until` the day by which the material follows.
    """

    material_id: str
    source: MaterialSource
    files: tuple[BlobRef, ...] = ()
    member: str | None = None
    original_seen: bool = False
    trust: Trust = Trust.C
    pledged_until: date | None = None
    collected_at: datetime | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Hand-written signature: strokes of (x, y, milliseconds) points in a box of `width` × `height` units.

    `on_paper`: no strokes; a fingerprint, with a witness, stands on the scanned sheet `SIGNATURE_SHEET` instead.
    """

    width: int
    height: int
    strokes: tuple[tuple[tuple[int, int, int], ...], ...]
    signed_at: datetime
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What the terminal holds of a case until it is submitted. Replaced whole on every change, never mutated.

    `scenarios` maps a scenario question to the chosen choice; `confirmed` names conditions a person confirmed.
    `replaces` is the submission number an amendment corrects; it holds only the answers and materials corrected, and
    `correct` names what the authority wanted corrected when it was begun. `item_version` and `guide` tell by which
    guide it was made; `guide` stays here and does not travel.
    """

    case_id: str
    item_code: str
    catalogue_version: int
    channel: Channel
    created_at: datetime
    state: CaseState = CaseState.DRAFT
    scenarios: dict[str, str] = field(default_factory=dict)
    applicant: Applicant | None = None
    agent: Agent | None = None
    operator: Operator | None = None
    members: tuple[Member, ...] = ()
    answers: JsonObject = field(default_factory=dict, repr=False)
    materials: tuple[Material, ...] = ()
    confirmed: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    signature: Signature | None = field(default=None, repr=False)
    replaces: str | None = None
    correct: tuple[str, ...] = ()
    item_version: int = 0
    guide: tuple[GuidePart, ...] = field(default=(), repr=False)
    delivery: DeliveryChoice | None = None
    appointment: AppointmentWish | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the authority said of a case, as taken from a verified platform record. `sequence` only rises per case."""

    submission_no: str
    sequence: int
    state: CaseState
    decided_at: datetime
    acceptance_no: str | None = None
    reason: str = ""
    correct: tuple[str, ...] = ()
    paper: bytes | None = field(default=None, repr=False)
    paper_signature: bytes = field(default=b"", repr=False)
    arranged: Arranged | None = None


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """The masked summary a terminal keeps of a submitted case: what lists, doctor and staff may see.

    `here` is False for a case that was handed in elsewhere, of which the platform told this visit.
    """

    submission_no: str
    item_code: str
    item_name: str
    applicant_masked: str
    state: CaseState
    submitted_at: datetime
    acceptance_no: str | None = None
    deliver_by: date | None = None
    pending: bool = True
    parked: bool = False
    attempts: int = 0
    next_attempt: datetime | None = None
    failure: str | None = None
    reason: str = ""
    correct: tuple[str, ...] = ()
    has_paper: bool = False
    here: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: proof that the terminal took the case. It never says that the case is accepted (受理).

    `paper` is the masked paper as data (JSON of `kiosk.papers.content.ReceiptPaper`), kept for reprints.
    """

    submission_no: str
    item_code: str
    item_name: str
    submitted_at: datetime
    deliver_by: date | None
    qr_text: str
    paper: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Rating:
    """好差评. `satisfaction` is the national code: 1 very satisfied … 5 very dissatisfied."""

    submission_no: str | None
    satisfaction: int
    rated_at: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A kept draft as a list may show it, without opening it."""

    case_id: str
    item_code: str
    item_name: str
    channel: Channel
    updated_at: datetime
    keep_until: datetime | None


@dataclass(frozen=True, slots=True)
class ParkedDraft:
    """A draft that waits for a supervisor: whose account left it, and why (`disabled`, `removed`, `new_pin`)."""

    summary: DraftSummary
    staff_id: str
    why: str


@dataclass(frozen=True, slots=True)
class HeldMaterial:
    """A material handed in here before, its sealed pages still here. Nobody at this terminal can look into them."""

    submission_no: str
    item_name: str
    collected_at: datetime
    files: tuple[BlobRef, ...]
