"""What a legal paper says, as data. `central.papers` draws it; nothing else decides wording or layout.

Elements: field practice for 受理通知书, 不予受理通知书 and 一次性补正告知书 under Administrative Licensing Law §32.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.config import USUAL_HOTLINE


class PaperKind(StrEnum):
    """The three papers the authority draws before it decides on the matter itself."""

    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class PaperMaterial:
    """One material as taken: `form` in words (原件 1 份 / 承诺于…前补交), `member` the household member it is of."""

    name: str
    form: str
    files: int = 0
    member: str = ""


@dataclass(frozen=True, slots=True)
class PaperPoint:
    """One point the paper makes: a reason for refusal, or one thing to supply or change, each with its basis.

    `subject` names a thing to correct (a material, a form question, a condition); a refusal leaves it empty.
    """

    text: str
    basis: str = ""
    subject: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class LegalPaper:
    """One legal paper, complete.

    `document_no` is unique per paper. `due` is the last day of the promise (acceptance) or of the correction period,
    None where the catalogue sets none. `signed_at` is UTC; papers show the day in Asia/Shanghai. The applicant's name
    stands in full, as on any notice served on a person; the number is masked.
    """

    kind: PaperKind
    document_no: str
    submission_no: str
    acceptance_no: str | None
    item_code: str
    item_name: str
    applicant_name: str = field(repr=False)
    applicant_id_masked: str = field(repr=False)
    submitted_at: datetime
    signed_at: datetime
    department: str
    officer: str
    consult_phone: str
    complaint_phone: str
    materials: tuple[PaperMaterial, ...] = ()
    points: tuple[PaperPoint, ...] = ()
    applicant_phone_masked: str = field(default="", repr=False)
    agent_name: str = field(default="", repr=False)
    agent_relation: str = ""
    department_uscc: str = ""
    entrusted_by: str = ""
    promise: str = ""
    statutory: str = ""
    due: date | None = None
    note: str = ""
    hotline: str = USUAL_HOTLINE
    place: str = ""
    hours: str = ""
    point_name: str = ""
    review_remedy: str = ""
    litigation_remedy: str = ""
    demo: bool = False
