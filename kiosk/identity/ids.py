"""Identity numbers of persons: resident IDs, residence permits, foreigners' cards.

Layouts: GB 11643 (6 area, 8 birth, 3 sequence, check by ISO 7064 MOD 11-2); residence permits of Hong Kong, Macao and
Taiwan residents with areas 810000, 820000, 830000; foreigners' permanent residence cards since 2023-12-01 (9, province,
nationality as ISO 3166 numeric, then the same); before that 15 characters, three letters and twelve digits.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from kiosk.identity import iso7064
from kiosk.identity.reasons import Reason, refuse
from kiosk.model.people import IdType

SYNTHETIC_AREA = "000000"
SYNTHETIC_MARK = "演示·"
PERMIT_AREAS = frozenset({"810000", "820000", "830000"})
_LENGTH = 18
_LENGTH_2017 = 15
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_FIRST_GENERATION = re.compile(r"[0-9]{15}")
_SHAPE_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_FULL_WIDTH = str.maketrans({0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "X"})
# GB/T 2260 province codes; 00 is no province and marks synthetic numbers.
_PROVINCE_LIST = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
)
PROVINCES = frozenset(_PROVINCE_LIST.split())


@dataclass(frozen=True, slots=True)
class IdNumber:
    """One well-formed identity number. `area` is six digits, `sex` `male` or `female`.

    A foreigner's `area` is the province padded with zeros, `nationality` the ISO 3166 code. The number of 2017 says
    neither birth nor sex: those come from the card. `area_known` is False for a province nobody has: dissolved
    counties stay valid for life, so an area is a hint and never a reason to refuse.
    """

    kind: IdType
    number: str = field(repr=False)
    area: str = ""
    birth: date | None = field(default=None, repr=False)
    sex: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)

    @property
    def synthetic(self) -> bool:
        """Whether the number is marked as nobody's: for demo, training and tests."""
        return self.kind is IdType.RESIDENT_ID and self.area == SYNTHETIC_AREA

    @property
    def area_known(self) -> bool:
        """Whether the province exists."""
        return self.area[:2] in PROVINCES


def normal(text: str) -> str:
    """The number as it is stored: no outer space, half-width, capital X."""
    return text.strip().translate(_FULL_WIDTH).upper()


def parse_id_number(text: str, today: date | None, kind: IdType | None = None) -> IdNumber:
    """The number as typed or read, forgiving space around it, full-width digits and a small x.

    Args:
        text: the number.
        today: the day in Asia/Shanghai; None while the clock is not trusted, which leaves out the test for the future.
        kind: the kind of document it was taken from, where that is known.

    Raises:
        KioskError: `IDENTITY_INVALID` with a `Reason`. Numbers of the first generation (15 digits) are refused.
    """
    number = normal(text)
    label = str(kind or "id")
    if _FIRST_GENERATION.fullmatch(number):
        refuse(Reason.FIRST_GENERATION, label)
    if kind is IdType.FOREIGNER_ID_2017 or (kind is None and len(number) == _LENGTH_2017):
        return _foreigner_2017(number)
    if len(number) != _LENGTH:
        refuse(Reason.LENGTH, label)
    if not _SHAPE.fullmatch(number):
        refuse(Reason.CHARACTERS, label)
    if iso7064.mod_11_2(number[:-1]) != number[-1]:
        refuse(Reason.CHECK_DIGIT, label)
    parsed = _parts(number, _birth(number[6:14], today, label))
    if kind is not None and parsed.kind is not kind:
        refuse(Reason.KIND, label)
    return parsed


def _parts(number: str, birth: date) -> IdNumber:
    sex = "male" if int(number[16]) % 2 else "female"
    if number[0] == "9":
        return IdNumber(IdType.FOREIGNER_ID, number, number[1:3] + "0000", birth, sex, number[3:6])
    area = number[:6]
    if area[:2] in {"81", "82", "83"}:
        if area not in PERMIT_AREAS:
            refuse(Reason.AREA, str(IdType.RESIDENCE_PERMIT))
        return IdNumber(IdType.RESIDENCE_PERMIT, number, area, birth, sex)
    return IdNumber(IdType.RESIDENT_ID, number, area, birth, sex)


def _foreigner_2017(number: str) -> IdNumber:
    label = str(IdType.FOREIGNER_ID_2017)
    if len(number) != _LENGTH_2017:
        refuse(Reason.LENGTH, label)
    if not _SHAPE_2017.fullmatch(number):
        refuse(Reason.CHARACTERS, label)
    return IdNumber(IdType.FOREIGNER_ID_2017, number, nationality=number[:3])


def _birth(digits: str, today: date | None, label: str) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        refuse(Reason.DATE_IMPOSSIBLE, label)
    if today is not None and birth > today:
        refuse(Reason.DATE_FUTURE, label)
    return birth
