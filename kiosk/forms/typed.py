"""From what was typed or touched to what the schema knows: strings of the screen become integers, dates, lists."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from kiosk.forms.compiled import is_blank
from kiosk.forms.fields import FieldKind, FormField
from kiosk.forms.problem import FieldProblem
from kiosk.identity.ids import normal
from kiosk.model.values import JsonObject

_YES: Final = frozenset({"true", "yes", "是", "1", "有"})
_NO: Final = frozenset({"false", "no", "否", "0", "无"})
_DATE: Final = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))")
_MAX_DIGITS: Final = 18
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Typed:
    """Typed answers, and the fields whose text could not be read as their type. Those are not in `answers`."""

    answers: JsonObject = field(repr=False)
    problems: tuple[FieldProblem, ...] = ()


def typed(fields: Iterable[FormField], raw: Mapping[str, Any]) -> Typed:
    """The answers in `raw` to these fields, by type. Blanks are left out, other keys are ignored."""
    answers: JsonObject = {}
    problems: list[FieldProblem] = []
    for one in fields:
        value = raw.get(one.name)
        if is_blank(value):
            continue
        try:
            value = typed_value(one, value)
        except _NotReadableError as error:
            problems.append(FieldProblem(one.name, error.code))
            continue
        if not is_blank(value):
            answers[one.name] = value
    return Typed(answers, tuple(problems))


class _NotReadableError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def typed_value(one: FormField, value: Any) -> Any:
    """One answer by type; a value that is typed already stays as it is, for the schema to judge."""
    if one.kind is FieldKind.MULTI:
        return _many(one, value)
    return _READERS[one.kind](one, plain_text(value)) if isinstance(value, str) else value


def plain_text(text: str) -> str:
    """Text as it is kept: trimmed, without control and invisible format characters other than line breaks.

    Nothing is normalised: a name's rare character must stay the one it is, even where this Python does not know it yet.
    """
    kept = (character for character in text if character == "\n" or unicodedata.category(character) not in _INVISIBLE)
    return "".join(kept).strip()


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _chosen(one: FormField, text: str) -> Any:
    """By value, else by what the choice is called."""
    for choice in one.choices:
        if text in (str(choice.value), choice.title):
            return choice.value
    raise _NotReadableError("not_chosen")


def _many(one: FormField, value: Any) -> list[Any]:
    if isinstance(value, str):
        value = [part for part in re.split(r"[,，、;；\n]", value) if part.strip()]
    if not isinstance(value, (list, tuple)):
        raise _NotReadableError("not_a_list")
    if not one.choices:
        return list(value)
    return [_chosen(one, plain_text(entry)) if isinstance(entry, str) else entry for entry in value]


def _yes_no(text: str) -> bool:
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise _NotReadableError("not_yes_no")


def _number(text: str, *, whole: bool) -> int | float:
    digits = _half_width(text).replace(",", "").replace(" ", "")
    code = "not_whole" if whole else "not_a_number"
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise _NotReadableError(code) from None
    if not number.is_finite() or number.adjusted() >= _MAX_DIGITS or number.adjusted() <= -_MAX_DIGITS:
        raise _NotReadableError(code)
    if number == number.to_integral_value():
        return int(number)
    if whole:
        raise _NotReadableError(code)
    return float(number)


def _date(text: str) -> str:
    match = _DATE.fullmatch(_half_width(text).replace(" ", ""))
    if match is None:
        raise _NotReadableError("not_a_date")
    year, *parts = match.groups()
    month, day = (part for part in parts if part is not None)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise _NotReadableError("not_a_date") from None


def _phone(text: str) -> str:
    return re.sub(r"[\s()（）]", "", _half_width(text)).removeprefix("+86")


_READERS: Final[dict[FieldKind, Callable[[FormField, str], Any]]] = {
    FieldKind.TEXT: lambda _, text: text,
    FieldKind.CHOICE: _chosen,
    FieldKind.YES_NO: lambda _, text: _yes_no(text),
    FieldKind.NUMBER: lambda one, text: _number(text, whole=one.whole),
    FieldKind.DATE: lambda _, text: _date(text),
    FieldKind.ID: lambda _, text: normal(text),
    FieldKind.PHONE: lambda _, text: _phone(text),
}
