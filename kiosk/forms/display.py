"""Answers as people read them: whole for the one they belong to, masked in lists."""

from collections.abc import Callable
from typing import Any, Final

from kiosk.forms.compiled import CompiledForm
from kiosk.forms.fields import FieldKind, FormField, Meaning
from kiosk.forms.problem import words
from kiosk.identity.masking import mask_account, mask_address, mask_id_no, mask_name, mask_phone
from kiosk.model.values import JsonObject
from kiosk.words import Language


def _mask_birth(text: str) -> str:
    return text[:4] + "****"


_MASKS: Final[dict[Meaning, Callable[[str], str]]] = {
    Meaning.NAME: mask_name,
    Meaning.ID_NO: mask_id_no,
    Meaning.PHONE: mask_phone,
    Meaning.ADDRESS: mask_address,
    Meaning.ACCOUNT: mask_account,
    Meaning.BIRTH: _mask_birth,
}


def shown_value(one: FormField, value: Any, language: Language = "zh") -> str:
    """One answer in words: choices by their names, yes and no, lists with 、."""
    if isinstance(value, list):
        return ("、" if language == "zh" else ", ").join(shown_value(one, entry, language) for entry in value)
    for choice in one.choices:
        if choice.value == value and isinstance(choice.value, bool) == isinstance(value, bool):
            return choice.title_en or choice.title if language == "en" else choice.title
    if isinstance(value, bool):
        return words("yes" if value else "no", language)
    return str(value)


def shown_answers(form: CompiledForm, answers: JsonObject, language: Language = "zh") -> tuple[tuple[str, str], ...]:
    """Title and answer of every question answered, for the read-back."""
    own = form.answered(answers)
    return tuple(
        (one.title_en or one.title if language == "en" else one.title, shown_value(one, own[one.name], language))
        for one in form.fields
        if one.name in own
    )


def masked_answers(form: CompiledForm, answers: JsonObject, language: Language = "zh") -> dict[str, str]:
    """Answers for lists and papers that others may see. Free text could hold anything, so it only says 已填写."""
    own = form.answered(answers)
    return {one.name: _masked(one, own[one.name], language) for one in form.fields if one.name in own}


def _masked(one: FormField, value: Any, language: Language) -> str:
    if one.meaning in _MASKS:
        return _MASKS[one.meaning](str(value))
    if one.kind in {FieldKind.TEXT, FieldKind.ID, FieldKind.PHONE}:
        return words("filled_in", language)
    return shown_value(one, value, language)
