"""What the terminal's own papers say, as data. `kiosk.papers` draws them; nothing else decides wording or layout.

A terminal draws only these: 自助申报回执 / 收件回执, 一次性告知单(自助预检), 材料清单, 办事指南, 按手印签字页,
for supervisors 日终核对单, and for technicians 设备巡检表 and a trial page. Legal papers come from the platform as PDFs
that it signed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.config import USUAL_HOTLINE
from kiosk.model.afterwards import Arranged
from kiosk.model.dayreport import DayReport
from kiosk.model.devices import PageSize
from kiosk.model.feedback import FeedbackKind
from kiosk.model.notice import Notice


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What every paper of a terminal carries. `copy` is 0 on the original, n on 补打 n; times are UTC."""

    terminal: str
    point_name: str
    printed_at: datetime
    catalogue_version: int
    catalogue_as_of: date
    operator: str = ""
    copy: int = 0
    demo: bool = False
    hotline: str = USUAL_HOTLINE


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material on a receipt or list: what was taken, in which form, or by when it follows.

    `origin` (`kiosk.model.case.OriginKind`) and its day say where something comes from that nobody handed in now.
    """

    name: str
    form: str
    files: int = 0
    member: str = ""
    original_seen: bool = False
    follows_by: date | None = None
    origin: str = ""
    origin_dated: date | None = None


class ReceiptKind(StrEnum):
    """自助申报回执 when the resident worked alone, 收件回执 when staff took the papers."""

    SELF = "self"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class ReceiptAfterwards:
    """What a receipt says of delivery, appointment and fee. `offered`: the platform had said that the time was free."""

    told: Arranged
    name_masked: str = ""
    address_masked: str = ""
    post_note: str = ""
    fetch_at: str = ""
    visit_for: str = ""
    visit_at: str = ""
    offered: bool = False
    due_at: str = ""
    pay_at: str = ""
    pay_online: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """The receipt. People are masked before they come here; it says 本回执不代表受理 whatever else it says."""

    head: PaperHead
    kind: ReceiptKind
    size: PageSize
    submission_no: str
    item_name: str
    item_code: str
    applicant_masked: str
    submitted_at: datetime
    clock_trusted: bool
    materials: tuple[MaterialLine, ...]
    qr_text: str
    assurance: str = ""
    agent_masked: str = ""
    department: str = ""
    consult_phone: str = ""
    deliver_by: date | None = None
    amendment: bool = False
    afterwards: ReceiptAfterwards | None = None


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """意见登记单: number and query code of a report, a complaint or a suggestion. Nothing of what it says is on it."""

    head: PaperHead
    size: PageSize
    number: str
    code: str
    kind: FeedbackKind
    item_name: str
    made_at: datetime
    clock_trusted: bool


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """一次性告知单(自助预检,以受理部门告知为准): everything missing, with reason, substitutes and basis."""

    head: PaperHead
    size: PageSize
    item_name: str
    item_code: str
    notice: Notice
    applicant_masked: str = ""
    members: tuple[tuple[str, str], ...] = ()
    department: str = ""
    consult_phone: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class MaterialListPaper:
    """材料清单: what an item asks for, printable before anybody starts; `lines` carry standard and where to get it."""

    head: PaperHead
    item_name: str
    item_code: str
    lines: tuple["MaterialListLine", ...]
    scenario: str = ""
    department: str = ""
    consult_phone: str = ""
    address: str = ""
    hours: str = ""
    limit: str = ""
    fee: str = ""
    size: PageSize = PageSize.A4


@dataclass(frozen=True, slots=True)
class MaterialListLine:
    """One asked-for material in words."""

    name: str
    need: str
    form: str
    standard: str = ""
    obtain: str = ""
    basis: str = ""
    substitutes: tuple[str, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One paragraph of a guide: what it is about, what it says, a smaller note, and short remarks beside its title."""

    title: str
    body: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideSection:
    """One section of a guide."""

    title: str
    lines: tuple[GuideLine, ...]


@dataclass(frozen=True, slots=True)
class GuidePaper:
    """办事指南: everything the guide of an item says. `facts` are label and value, for whoever reads no further."""

    head: PaperHead
    item_name: str
    item_code: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[GuideSection, ...]
    summary: str = ""
    as_of: date | None = None
    size: PageSize = PageSize.A4


@dataclass(frozen=True, slots=True)
class SpecimenPaper:
    """空白表, 样表 or 样式 of an item. `kind` is a `kiosk.forms.specimens.SpecimenKind`; empty answers leave room."""

    head: PaperHead
    item_name: str
    title: str
    kind: str
    lines: tuple[tuple[str, str], ...] = ()
    text: str = ""
    size: PageSize = PageSize.A4


@dataclass(frozen=True, slots=True)
class SignPaper:
    """按手印签字页: for whoever cannot write. Names are written on it by hand; `case_mark` ties the sheet to its case.

    `agent` says that the one who stands here acts for another; `code_text` is the mark as a code that a scanner finds.
    """

    head: PaperHead
    item_name: str
    item_code: str
    case_mark: str
    code_text: str
    agent: bool = False


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """One thing looked at: `health` is `well`, `amber` or `bad`; `remark` says why and what to do."""

    name: str
    health: str
    state: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class InspectionPaper:
    """设备巡检表: what the doctor found and what a person has to look at. `tested` are the rounds of the self-test."""

    terminal: str
    point_name: str
    checked_at: datetime
    lines: tuple[InspectionLine, ...]
    tested: tuple[InspectionLine, ...] = ()
    demo: bool = False


@dataclass(frozen=True, slots=True)
class TrialPaper:
    """A trial page of one device: rare names, a measure, a code. It is about nobody."""

    device: str
    printed_at: datetime
    size: PageSize


@dataclass(frozen=True, slots=True)
class DayPaper:
    """日终核对单: the report of a day, for the supervisor to sign. It names numbers of cases and nobody."""

    report: DayReport
    printed_at: datetime
    operator: str = ""
    copy: int = 0
    demo: bool = False
    size: PageSize = PageSize.A4


Paper = (
    ReceiptPaper
    | SlipPaper
    | NoticePaper
    | MaterialListPaper
    | GuidePaper
    | SpecimenPaper
    | SignPaper
    | InspectionPaper
    | TrialPaper
    | DayPaper
)
