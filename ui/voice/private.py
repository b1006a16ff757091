"""What is never said aloud: names, numbers, addresses, amounts, whatever a person typed or a card told."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kiosk.catalogue.item import ServiceItem
from kiosk.desk.session import Session

_MASK: Final = "*"
_LONG_NUMBER: Final = re.compile(r"\d[\d\s-]{3,}\d|\d{5,}")
_SHORTEST: Final = 2
_SHORTEST_NUMBER: Final = 3
"""Shorter numbers stand in public texts as well (第 3 步, 80 岁): a text that holds one betrays nobody."""


def private_words(session: Session, item: ServiceItem | None, typed: Iterable[str]) -> frozenset[str]:
    """Everything of this visit that may not be heard; `typed` is what stands in its open fields.

    An answer that is one of the answers the form of `item` offers to everybody betrays nobody.
    """
    people = [one.person for one in (session.applicant, session.agent) if one is not None]
    words = list(typed)
    if session.card is not None:
        people.append(session.card.person())
        words.append(session.card.english_name)
    if session.operator is not None:
        words += [session.operator.name, session.operator.staff_id]
    draft = session.draft
    if draft is not None:
        people += [member.person for member in draft.members]
        offered = frozenset(_strings([form.schema for form in item.forms])) if item is not None else frozenset()
        given = _strings([draft.answers, [member.answers for member in draft.members]])
        words += [answer for answer in given if answer not in offered]
        people += [one.person for one in (draft.applicant, draft.agent) if one is not None]
        to = draft.delivery
        words += [to.name, to.phone, to.address] if to is not None else []
    for person in people:
        words += [person.name, person.id_no, person.phone, person.address]
    return frozenset(word.strip() for word in words if _worth_hiding(word.strip()))


def may_be_said(text: str, private: frozenset[str], hotline: str) -> bool:
    """Whether `text` may be heard by whoever stands near: no masked value, no long number but the hotline's."""
    if _MASK in text or any(word in text for word in private):
        return False
    return all(number == hotline for number in _LONG_NUMBER.findall(text))


def _strings(value: Any) -> Iterator[str]:
    """Every string and number within."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str | int | float):
        yield str(value)


def _worth_hiding(word: str) -> bool:
    return len(word) >= (_SHORTEST_NUMBER if word.isdecimal() else _SHORTEST)
