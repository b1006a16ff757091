"""The steps of an application as a resident counts them: 第 n 步 / 共 m 步."""

from dataclasses import dataclass

from kiosk.visit import Purpose, Visit, VisitState
from kiosk.visit.table import ASKED

_S = VisitState

STEPS: tuple[tuple[str, frozenset[VisitState]], ...] = (
    ("identity", frozenset({_S.PURPOSE, _S.CARD, _S.KEPT})),
    ("who", frozenset({_S.WHO, _S.OTHER})),
    ("scenario", frozenset({_S.SCENARIO})),
    ("members", frozenset({_S.MEMBERS})),
    ("form", frozenset({_S.FORM})),
    ("notice", frozenset({_S.NOTICE})),
    ("materials", frozenset({_S.MATERIALS})),
    ("afterwards", frozenset({_S.DELIVERY, _S.APPOINTMENT})),
    ("signature", frozenset({_S.SIGNATURE})),
    ("readback", frozenset({_S.READBACK, _S.SUBMITTING})),
)
"""A step's name and the states that belong to it."""

_CORRECTION = frozenset({"form", "notice", "materials", "signature", "readback"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit stands among the steps; number 0 means outside of an application."""

    number: int = 0
    total: int = 0
    name: str = ""
    next: str = ""


def place_of(visit: Visit) -> Place:
    """The place of `visit` among the steps it really has: what is not asked is not counted."""
    names = [name for name, states in STEPS if _counts(visit, name, states)]
    here = next((name for name, states in STEPS if visit.state in states), None)
    if here is None or here not in names:
        return Place()
    at = names.index(here)
    return Place(at + 1, len(names), here, names[at + 1] if at + 1 < len(names) else "")


def _counts(visit: Visit, name: str, states: frozenset[VisitState]) -> bool:
    if visit.state in states:
        return True
    if visit.purpose is Purpose.CORRECT and name not in _CORRECTION:
        return False
    asked = [state for state in states if state in ASKED and state is not _S.KEPT]
    return not asked or any(state in visit.asks for state in asked)
