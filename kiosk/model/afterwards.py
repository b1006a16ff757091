"""What was chosen for after an application is handed in, and what the platform says of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class DeliveryWay(StrEnum):
    """送达方式."""

    WINDOW = "window"
    """窗口领取."""
    POST = "post"
    """邮寄."""
    PROXY = "proxy"
    """委托别人领取."""
    POINT = "point"
    """在交材料的这个服务点自取."""


NEEDS_PHONE = frozenset({DeliveryWay.POST, DeliveryWay.PROXY})
"""Ways for which a name and a telephone are needed; an address besides where it is sent by post."""


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """How the result is to come. `name` and `phone` are of whoever takes it: by post, or in the applicant's place."""

    way: DeliveryWay
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """One period of one day that can be booked. `left` is how many may still come, -1 where nobody could be asked."""

    day: date
    begins: str
    ends: str
    left: int = -1


@dataclass(frozen=True, slots=True)
class AppointmentWish:
    """When the person would like to come. `offered_at` is when the platform said it was free, None where nobody did."""

    day: date
    begins: str
    ends: str
    offered_at: datetime | None = None


class BookingState(StrEnum):
    """How an appointment stands. Only the platform confirms or refuses."""

    NONE = ""
    WISHED = "wished"
    CONFIRMED = "confirmed"
    FULL = "full"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is arranged for a case. Here until the platform speaks, then as it says.

    It names nobody. `fen` is what is due in hundredths of a yuan, 0 where nothing is; `free_text` stands in place of
    an amount that is not fixed.
    """

    way: DeliveryWay | None = None
    booking: BookingState = BookingState.NONE
    day: date | None = None
    begins: str = ""
    ends: str = ""
    fen: int = 0
    free_text: str = ""
    paid: bool = False

    @property
    def to_choose_again(self) -> bool:
        """Whether the time wished for was refused, and another may be chosen."""
        return self.booking in {BookingState.FULL, BookingState.PAST}

    @property
    def due(self) -> bool:
        """Whether something is still to be paid."""
        return not self.paid and (self.fen > 0 or self.free_text != "")


@dataclass(frozen=True, slots=True)
class Bill:
    """缴费单 that the platform made for a case: `code` is what is paid under, `qr_text` what a telephone reads."""

    code: str
    fen: int
    qr_text: str
    paid: bool = False


def yuan(fen: int) -> str:
    """`20.00`."""
    return f"{fen // 100}.{fen % 100:02d}"
