"""People who do not exist, for demo, training, examples and tests: always the same person for the same index.

Their numbers have area 000000, which no place has, and a right check digit; their names begin with 演示·; their mobile
numbers begin with 154, a prefix no public network gives out.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.identity import iso7064
from kiosk.identity.age import age_on
from kiosk.identity.ids import SYNTHETIC_AREA, SYNTHETIC_MARK
from kiosk.model.people import IdCard, IdType, Person

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_FIRST = "小大春秋玉文志美建国"
_SECOND = "凤英华明兰军平芳强云"
_ADULT_LEAST, _ADULT_SPAN = 18, 72
_SECRET_BYTES = 256
_SEQUENCES = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the synthetic person should be. `age` in full years on `today`; None lets the index decide."""

    today: date
    age: int | None = None
    sex: str = ""


def synthetic_person(index: int, wanted: Wanted) -> Person:
    """Person number `index` (0 and up). Different indexes below 10,000 give different numbers for one wish.

    Raises:
        ValueError: a negative index, an age outside 0–120 or a sex that is neither `male` nor `female`.
    """
    sex = _sex(index, wanted.sex)
    birth = _birth(index, wanted)
    return Person(
        id_type=IdType.RESIDENT_ID,
        id_no=synthetic_id_no(index, birth, sex),
        name=_name(index),
        phone=f"154{index % 10**8:08d}",
        address=f"演示省演示市演示县近办镇示例村{index % 100 + 1}号",
        nation="汉",
        sex=sex,
        birth=birth,
    )


def synthetic_card(index: int, wanted: Wanted) -> IdCard:
    """The resident ID card of person `index`, valid on `wanted.today`, with card bytes that only it has."""
    person = synthetic_person(index, wanted)
    issued = wanted.today - timedelta(days=400)
    return IdCard(
        id_type=person.id_type,
        id_no=person.id_no,
        name=person.name,
        sex=person.sex,
        nation=person.nation,
        birth=person.birth,
        address=person.address,
        issuer="演示县公安局",
        valid_from=issued,
        valid_to=date(issued.year + 10, issued.month, min(issued.day, 28)),
        secret=hashlib.shake_256(f"synthetic card {person.id_no}".encode()).digest(_SECRET_BYTES),
    )


def synthetic_id_no(index: int, birth: date, sex: str) -> str:
    """A number nobody has: area 000000, the birth date, a sequence with the parity of the sex, the check digit."""
    sequence = (2 * index + (sex == "male")) % _SEQUENCES
    body = f"{SYNTHETIC_AREA}{birth:%Y%m%d}{sequence:03d}"
    return body + iso7064.mod_11_2(body)


def _sex(index: int, wanted: str) -> str:
    if index < 0:
        raise ValueError("an index is 0 or more")
    if wanted not in {"", "male", "female"}:
        raise ValueError("sex is male or female")
    return wanted or ("female", "male")[index % 2]


def _birth(index: int, wanted: Wanted) -> date:
    """A birthday that makes the person `age` years old today; 500 indexes share a day of birth."""
    age = _ADULT_LEAST + index * 7 % _ADULT_SPAN if wanted.age is None else wanted.age
    if not 0 <= age <= 120:  # noqa: PLR2004 - nobody has lived much longer
        raise ValueError("age is 0 to 120 years")
    latest = _years_before(wanted.today, age)
    birth = latest - timedelta(days=index // (_SEQUENCES // 2) % 300)
    return birth if age_on(birth, wanted.today) == age else latest


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _name(index: int) -> str:
    surname = _SURNAMES[index % len(_SURNAMES)]
    rest = index // len(_SURNAMES)
    return f"{SYNTHETIC_MARK}{surname}{_FIRST[rest % len(_FIRST)]}{_SECOND[rest // len(_FIRST) % len(_SECOND)]}"
