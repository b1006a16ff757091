"""Children under 14: their data counts as sensitive and needs a guardian's consent.

个人信息保护法 第二十八条、第三十一条.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kiosk.model.people import Applicant, Member, Person
from kiosk.rules.view import age_of

_CHILD: Final = 14
APPLICANT: Final = "applicant"


def is_child(person: Person, today: date) -> bool:
    """Whether the person is under 14 in full years; nobody whose birth is unknown is taken for a child."""
    age = age_of(person, today)
    return age is not None and age < _CHILD


def children(applicant: Applicant | None, members: tuple[Member, ...], today: date) -> Iterator[str]:
    """Who of a case is under 14: `applicant`, and the refs of household members."""
    if applicant is not None and is_child(applicant.person, today):
        yield APPLICANT
    yield from (member.ref for member in members if is_child(member.person, today))
