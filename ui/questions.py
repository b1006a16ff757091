"""Questions of a form as rows for the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.forms import FieldKind, FieldProblem, FormField, Meaning, shown_value
from kiosk.forms.problem import words
from kiosk.identity.masking import mask_account, mask_address, mask_id_no, mask_name, mask_phone
from ui.languages import in_words
from ui.wording import Language

_MASKS: dict[Meaning, Callable[[str], str]] = {
    Meaning.NAME: mask_name,
    Meaning.ID_NO: mask_id_no,
    Meaning.PHONE: mask_phone,
    Meaning.ADDRESS: mask_address,
    Meaning.ACCOUNT: mask_account,
    Meaning.BIRTH: lambda text: text[:4] + "****",
}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question. `chosen` are places in `choices`; `known` answers stand closed, as `shown` until held or opened.

    `source` says where a known answer comes from, in words.
    """

    field: str
    title: str
    titleEn: str
    kind: str
    required: bool
    value: str
    known: bool
    shown: str
    chosen: tuple[int, ...]
    choices: tuple[str, ...]
    choicesEn: tuple[str, ...]
    help: str
    mistake: str
    limit: int
    source: str = ""


def question_row(
    one: FormField, value: Any, raw: str | None, problem: FieldProblem | None, *, known: bool, language: Language
) -> QuestionRow:
    """The row of one field: `value` is its answer, `raw` what is being typed, `known` whether we filled it in."""
    titles, english = _choices(one)
    text = raw if raw is not None else _text(one, value)
    return QuestionRow(
        field=one.name,
        title=one.title,
        titleEn=one.title_en,
        kind=str(one.kind),
        required=one.required,
        value=text,
        known=known,
        shown=_shown(one, value, text, language) if known else "",
        chosen=_chosen(one, value),
        choices=titles,
        choicesEn=english,
        help=one.help,
        mistake=_mistake(problem, language) if problem else "",
        limit=one.max_length,
    )


def _mistake(problem: FieldProblem, language: Language) -> str:
    return in_words(words(problem.code, language)).format(limit=problem.limit)


def picked_value(one: FormField, places: list[int]) -> Any:
    """The answer that choosing these places gives."""
    if one.kind is FieldKind.YES_NO:
        return places[0] == 0 if places else None
    values = [one.choices[place].value for place in places if 0 <= place < len(one.choices)]
    if one.kind is FieldKind.MULTI:
        return values
    return values[0] if values else None


def _choices(one: FormField) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if one.kind is FieldKind.YES_NO:
        yes, no = words("yes", "zh"), words("no", "zh")
        return (in_words(yes), in_words(no)), (words("yes", "en"), words("no", "en"))
    return tuple(choice.title for choice in one.choices), tuple(choice.title_en for choice in one.choices)


def _chosen(one: FormField, value: Any) -> tuple[int, ...]:
    if value is None:
        return ()
    if one.kind is FieldKind.YES_NO:
        return (0 if value is True else 1,)
    values = value if isinstance(value, list) else [value]
    return tuple(place for place, choice in enumerate(one.choices) if choice.value in values)


def _text(one: FormField, value: Any) -> str:
    if value is None or one.kind in {FieldKind.CHOICE, FieldKind.MULTI, FieldKind.YES_NO}:
        return ""
    return shown_value(one, value)


def _shown(one: FormField, value: Any, text: str, language: Language) -> str:
    if not text:
        return shown_value(one, value, language)
    mask = _MASKS.get(one.meaning)
    return mask(text) if mask else text


def by_field(problems: tuple[FieldProblem, ...]) -> Mapping[str, FieldProblem]:
    """The first problem of each field."""
    found: dict[str, FieldProblem] = {}
    for problem in problems:
        found.setdefault(problem.field, problem)
    return found
