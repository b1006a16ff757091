"""One service item (政务服务事项) with its whole guide.

Elements and code sets follow GB/T 39046-2020 Annex A and the national exchange tables (`up_/dn_task_*`); names in
comments are theirs. JSON in a catalogue package has exactly these field names.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from kiosk.catalogue.afterwards import Booking, Delivery, Fee
from kiosk.model.values import JsonObject


class ItemState(StrEnum):
    """task_state."""

    LIVE = "在用"
    PAUSED = "暂停"
    CANCELLED = "取消"


class DayUnit(StrEnum):
    """Unit of a limit: working days from the holiday table, or calendar days."""

    WORKING = "工作日"
    CALENDAR = "自然日"


class ProjectType(StrEnum):
    """project_type: 1 即办件, 2 承诺件, 9 其他."""

    INSTANT = "1"
    PROMISED = "2"
    OTHER = "9"


class Need(StrEnum):
    """材料必要性."""

    REQUIRED = "必要"
    OPTIONAL = "非必要"
    MAY_FOLLOW = "容缺后补"


class MaterialFormat(StrEnum):
    """材料形式."""

    PAPER = "纸质"
    ELECTRONIC = "电子"
    EITHER = "均可"


class Obtain(StrEnum):
    """How the material may come to be at hand without the resident carrying it."""

    SHARED = "共享"
    VERIFIED = "核验"
    PLEDGE = "告知承诺"
    SUBMIT = "提交"


class Scope(StrEnum):
    """Whether a condition or material is asked once per case or once per household member."""

    CASE = "case"
    MEMBER = "member"


class MinAssurance(IntEnum):
    """Least identity assurance the item takes; same numbers as `kiosk.model.people.Assurance`."""

    STATED = 1
    PAPER_SEEN = 2
    CHIP = 3
    CHIP_AND_PERSON = 4


@dataclass(frozen=True, slots=True)
class Department:
    """The implementing body (dept_name, dept_code); `dept_type` 1 法定机关 2 授权组织 3 受委托组织 9 其他."""

    name: str
    uscc: str
    dept_type: str = "1"
    entrusted_by: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """设定依据: law, document number, article and its wording."""

    law: str
    number: str = ""
    article: str = ""
    text: str = ""
    authority: str = ""
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit; `days` 0 means at once."""

    days: int
    unit: DayUnit = DayUnit.WORKING
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRule:
    """Legal clock that receipt starts: the authority answers within `days` or is deemed to have accepted."""

    days: int
    unit: DayUnit
    basis: str
    deemed: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """受理条件. `expr` is CEL over typed names and must be true; without one a person reads and confirms the text."""

    id: str
    text: str
    expr: str = ""
    scope: Scope = Scope.CASE
    advice: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Something the authority takes instead of the material."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """申请材料 with basis, format, copies, sign and seal.

    `when` is CEL: asked only where it is true; `when_text` says the same to people, such as 请人代办时. `card_of`
    (`applicant` or `agent`) marks their identity card: read by chip in this visit, it needs no scan.
    """

    id: str
    name: str
    type: str
    need: Need
    basis: str
    format: MaterialFormat = MaterialFormat.EITHER
    code: str = ""
    when: str = ""
    when_text: str = ""
    scope: Scope = Scope.CASE
    originals: int = 1
    copies: int = 0
    paper_size: str = "A4"
    sign: bool = False
    seal: bool = False
    issuer: str = ""
    source: str = "本人"
    obtain_by: Obtain = Obtain.SUBMIT
    obtain_where: str = ""
    accept_standard: str = ""
    fill_note: str = ""
    blank: str = ""
    sample: str = ""
    issued_within_days: int | None = None
    reusable: bool = False
    retention_days: int = 30
    elicence_type: str = ""
    card_of: str = ""
    name_en: str = ""
    substitutes: tuple[Substitute, ...] = ()
    follow_days: int = 0
    scenario_ids: tuple[str, ...] = ()
    form_id: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a scenario question."""

    id: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """情形: a plain question whose answer narrows the material list; choice ids are what rules see."""

    id: str
    question: str
    choices: tuple[Choice, ...]
    question_en: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """申请表 as JSON Schema (draft 2020-12, one flat object); `order` is the order of questions on screen.

    `prefill` maps a field to what already answers it: `applicant.name`, `applicant.id_no`, `applicant.address`, ….
    `help` and `titles_en` are keyed by field. `sample` is one filled example.
    """

    id: str
    title: str
    schema: JsonObject
    order: tuple[str, ...]
    help: dict[str, str] = field(default_factory=dict)
    titles_en: dict[str, str] = field(default_factory=dict)
    prefill: dict[str, str] = field(default_factory=dict)
    sample: JsonObject = field(default_factory=dict)
    scope: Scope = Scope.CASE


@dataclass(frozen=True, slots=True)
class Step:
    """办理流程: one step; `days` in the promise's unit where it has its own limit."""

    step: str
    actor: str
    result: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """审批结果; `type` 证, 文, 批复 or 其他."""

    name: str
    type: str
    sample: str = ""
    elicence_type: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """办理地点."""

    place: str
    hours: str
    phone: str
    window: str = ""


@dataclass(frozen=True, slots=True)
class Faq:
    """常见问题."""

    q: str
    a: str


@dataclass(frozen=True, slots=True)
class Channels:
    """办理形式 and how the item may be taken here."""

    window: bool = True
    pc: bool = False
    mobile: bool = False
    post: bool = False
    terminal: bool = True
    proxy: bool = True
    home_visit: bool = False


@dataclass(frozen=True, slots=True)
class AgentRule:
    """Whether an agent or guardian may or must act, for whom it must (CEL), and which powers a mandate itemises."""

    agent: bool = True
    guardian: bool = True
    required_when: str = ""
    powers: tuple[str, ...] = ()
    mandate_material: str = ""


@dataclass(frozen=True, slots=True)
class MemberRule:
    """Household item: least and most members besides the applicant, and the form asked of each."""

    least: int = 0
    most: int = 0
    form_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """A reason for which the authority may refuse; officers choose from these and add only an explanation."""

    id: str
    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """The whole guide of one item at one version.

    `portrait`: the applicant's photograph in the chip of their identity card goes along with the case, where their card
    was read and `portrait_when` (CEL, empty for always) is true. `applicant.portrait` tells rules whether it does.

    `papers` holds plain texts to show and print offline (blank papers, filled samples, samples of results) by the name
    that `MaterialRule.blank`, `MaterialRule.sample` and `Result.sample` give.

    `delivery` and `booking` are chosen in the visit where they are declared, and never asked where they are not.
    """

    code: str
    name: str
    type: str
    version: int
    state: ItemState
    effective: date
    region12: str
    use_level: str
    dept: Department
    basis: tuple[Basis, ...]
    conditions: tuple[Condition, ...]
    statutory: Limit
    promise: Limit
    project_type: ProjectType
    channels: Channels
    fee: Fee
    process: tuple[Step, ...]
    results: tuple[Result, ...]
    materials: tuple[MaterialRule, ...]
    forms: tuple[Form, ...]
    source: str
    as_of: date
    purpose: str
    refusals: tuple[RefusalReason, ...]
    min_assurance: MinAssurance = MinAssurance.STATED
    portrait: bool = False
    portrait_when: str = ""
    short_name: str = ""
    name_en: str = ""
    summary: str = ""
    summary_en: str = ""
    catalog_code: str = ""
    local_catalog_code: str = ""
    task_code: str = ""
    local_task_code: str = ""
    handle_item_code: str = ""
    cancel: date | None = None
    joint_depts: tuple[Department, ...] = ()
    authority_here: bool = True
    service_object: tuple[str, ...] = ("1",)
    topics_person: tuple[str, ...] = ()
    topics_corp: tuple[str, ...] = ()
    receipt_rule: ReceiptRule | None = None
    special_procedures: tuple[str, ...] = ()
    online_depth: str = "Ⅰ"
    on_site_times: int = 1
    on_site_reason: str = ""
    handle_area: str = "全县"
    appointment: bool = False
    express: bool = False
    intermediary: tuple[str, ...] = ()
    addresses: tuple[Place, ...] = ()
    consult_phone: str = ""
    complaint_phone: str = ""
    faq: tuple[Faq, ...] = ()
    notes: str = ""
    review_remedy: str = ""
    litigation_remedy: str = ""
    scenarios: tuple[Scenario, ...] = ()
    agent: AgentRule = field(default_factory=AgentRule)
    members: MemberRule = field(default_factory=MemberRule)
    pinyin: str = ""
    initials: str = ""
    short_pinyin: str = ""
    short_initials: str = ""
    verified: bool = False
    papers: dict[str, str] = field(default_factory=dict)
    delivery: Delivery | None = None
    booking: Booking | None = None
