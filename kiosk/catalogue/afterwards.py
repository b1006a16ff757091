"""What an item declares for after the application is handed in: how its result comes, appointments, and what is due."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.model.afterwards import DeliveryWay


@dataclass(frozen=True, slots=True)
class Delivery:
    """送达方式 to choose from, the usual one first. `post_note` says who pays the postage.

    `where` is the window where the result is fetched; empty means the item's first place.
    """

    ways: tuple[DeliveryWay, ...]
    where: str = ""
    post_note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """One part of a day that can be booked: `begins` and `ends` as `09:00` in Asia/Shanghai, for so many `people`."""

    begins: str
    ends: str
    people: int


@dataclass(frozen=True, slots=True)
class Booking:
    """预约 (is_schedule): a time at a window, offered on the next `days` working days after today.

    `what` says what the visit is for, such as 到医院做残疾评定; `where` is the place, empty means the item's first one.
    """

    what: str
    periods: tuple[Period, ...]
    what_en: str = ""
    days: int = 10
    where: str = ""


class DueAt(StrEnum):
    """When a charge is to be paid."""

    ACCEPTANCE = "acceptance"
    """受理以后."""
    COLLECTION = "collection"
    """领结果的时候."""


@dataclass(frozen=True, slots=True)
class FeeItem:
    """One charge; `standard` in words, `yuan` as a decimal string where fixed.

    `when` is CEL: charged only where it is true.
    """

    name: str
    standard: str
    basis: str
    yuan: str = ""
    reducible: bool = False
    reduce_basis: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """是否收费. Nothing is paid in cash at a terminal; `where` is the counter, empty means the item's first place."""

    charged: bool
    items: tuple[FeeItem, ...] = ()
    pay_online: bool = False
    due_at: DueAt = DueAt.ACCEPTANCE
    where: str = ""
