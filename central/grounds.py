"""What an officer may name: only what the catalogue names. Nothing else can be asked for or held against anybody."""

from typing import Any, Final

from central.decisions import PaperPoint
from kiosk.catalogue.item import Condition, MaterialRule, ServiceItem
from kiosk.model.state import CaseState

_ASK_MATERIAL: Final = "请补交或更换这份材料"
_ASK_FIELD: Final = "请更正或补充这一项"
_ASK_CONDITION: Final = "请说明或补充证明符合这一条件"


class NotInCatalogueError(Exception):
    """An id that the item does not hold for this kind of decision. `ids` are as given."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(", ".join(ids))
        self.ids = ids


def points_of(item: ServiceItem, to: CaseState, refs: tuple[str, ...]) -> tuple[PaperPoint, ...]:
    """What a refusal or correction says, in the catalogue's words.

    Raises:
        NotInCatalogueError: for ids the item does not know, or when an id is needed and none was given.
    """
    known = _refusals(item) if to is CaseState.REFUSED else _corrections(item)
    if to is CaseState.ACCEPTED:
        known = {}
    unknown = tuple(ref for ref in refs if ref not in known)
    if unknown or (to is not CaseState.ACCEPTED and not refs):
        raise NotInCatalogueError(unknown)
    return tuple(known[ref] for ref in dict.fromkeys(refs))


def offered(item: ServiceItem, to: CaseState) -> dict[str, str]:
    """Every id an officer may name for this kind of decision, with its words."""
    known = _refusals(item) if to is CaseState.REFUSED else _corrections(item)
    return {ref: point.subject or point.text for ref, point in known.items()}


def _refusals(item: ServiceItem) -> dict[str, PaperPoint]:
    return {one.id: PaperPoint(one.text, one.basis) for one in item.refusals}


def _corrections(item: ServiceItem) -> dict[str, PaperPoint]:
    fields = {
        name: PaperPoint(_ASK_FIELD, subject=_title(name, schema))
        for form in item.forms
        for name, schema in form.schema.get("properties", {}).items()
    }
    conditions = {one.id: _condition(one) for one in item.conditions}
    return fields | conditions | {rule.id: _material(rule) for rule in item.materials}


def _title(name: str, schema: Any) -> str:
    return str(schema.get("title", name)) if isinstance(schema, dict) else name


def _condition(condition: Condition) -> PaperPoint:
    return PaperPoint(_ASK_CONDITION, condition.basis, condition.text, condition.advice)


def _material(rule: MaterialRule) -> PaperPoint:
    return PaperPoint(rule.accept_standard or _ASK_MATERIAL, rule.basis, rule.name, rule.obtain_where or rule.fill_note)
