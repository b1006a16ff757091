"""The three people who may stand behind a case, never confused: applicant, agent or guardian, operator."""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from kiosk.model.values import JsonObject


class IdType(StrEnum):
    """Document a number was taken from (证件类型). The codes are ours; central maps them to GA/T 2000.156."""

    RESIDENT_ID = "resident_id"
    RESIDENCE_PERMIT = "residence_permit"
    FOREIGNER_ID = "foreigner_id"
    FOREIGNER_ID_2017 = "foreigner_id_2017"


class Assurance(IntEnum):
    """How surely we know who this is; an item names its minimum, the level is recorded and printed."""

    STATED = 1
    PAPER_SEEN = 2
    CHIP = 3
    CHIP_AND_PERSON = 4


class Relation(StrEnum):
    """What the agent, guardian or household member is to the applicant."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    GUARDIAN = "guardian"
    NEIGHBOUR = "neighbour"
    VILLAGE_STAFF = "village_staff"
    OTHER = "other"


class AgentKind(StrEnum):
    """受托人 acts by mandate, 监护人 by law."""

    AGENT = "agent"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class Person:
    """One natural person. `repr` shows no personal data, so that a log line or a traceback cannot leak it."""

    id_type: IdType
    id_no: str = field(repr=False)
    name: str = field(repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    nation: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Portrait:
    """The photograph in a card's chip. `block` is as the card holds it (WLT); `picture` a PNG, where it was decoded."""

    block: bytes = field(repr=False)
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Applicant:
    """申请人: the person whose matter it is. `portrait` leaves the visit's memory only for an item that asks for it.

    Whether it goes along makes nobody another person, so it does not count when two applicants are compared.
    """

    person: Person
    assurance: Assurance = Assurance.STATED
    portrait: Portrait | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Agent:
    """受托人 or 监护人: acts for the applicant, with the relation and the itemised powers."""

    person: Person
    kind: AgentKind
    relation: Relation
    powers: tuple[str, ...] = ()
    assurance: Assurance = Assurance.STATED


@dataclass(frozen=True, slots=True)
class Member:
    """家庭成员: one member of the household an item is about. `ref` is unique within the case, such as `m1`."""

    ref: str
    person: Person
    relation: Relation
    answers: JsonObject = field(default_factory=dict, repr=False)


class Role(StrEnum):
    """Roles of the terminal's own accounts; a resident session has none of them."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class Operator:
    """代办员 or 窗口人员: the member of staff at the keyboard."""

    staff_id: str
    name: str
    role: Role


class CardMedium(StrEnum):
    """What lay on the reader, and so what reading it proves.

    An identity document is read through the reader's security module, which has checked that the chip is genuine. A
    social-security card's data is open to every reader: without its issuer's PSAM a copy looks the same.
    """

    IDENTITY_DOCUMENT = "identity_document"
    SOCIAL_SECURITY = "social_security"


@dataclass(frozen=True, slots=True)
class IdCard:
    """What a card reader answered. `secret` is card bytes that are not printed on the card.

    Those are the photo block of an identity document, the identification code of a social-security card. `portrait` is
    the picture in the photo block as a PNG, empty where this terminal has no decoder for it.
    """

    id_type: IdType
    id_no: str = field(repr=False)
    name: str = field(repr=False)
    sex: str = field(default="", repr=False)
    nation: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    issuer: str = field(default="", repr=False)
    valid_from: date | None = field(default=None, repr=False)
    valid_to: date | None = field(default=None, repr=False)
    english_name: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)
    secret: bytes = field(default=b"", repr=False)
    medium: CardMedium = CardMedium.IDENTITY_DOCUMENT
    portrait: bytes = field(default=b"", repr=False)

    def photograph(self) -> Portrait | None:
        """The photograph in its chip; a social-security card has none, nor has a card whose photo block is empty."""
        if self.medium is not CardMedium.IDENTITY_DOCUMENT or not any(self.secret):
            return None
        return Portrait(self.secret, self.portrait)

    def person(self) -> Person:
        """The person this card names; `valid_to` None means 长期 (no end)."""
        return Person(
            id_type=self.id_type,
            id_no=self.id_no,
            name=self.name or self.english_name,
            address=self.address,
            nation=self.nation,
            sex=self.sex,
            birth=self.birth,
        )
