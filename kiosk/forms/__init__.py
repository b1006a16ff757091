"""Application forms: JSON Schema in, questions, typed answers and plain messages out."""

from kiosk.forms.authoring import form_problems
from kiosk.forms.compiled import Branch, CompiledForm, compile_form, is_blank
from kiosk.forms.display import masked_answers, shown_answers, shown_value
from kiosk.forms.fields import FieldChoice, FieldKind, FormField, Meaning, fields_of
from kiosk.forms.prefill import Known, prefill
from kiosk.forms.problem import FieldProblem
from kiosk.forms.typed import Typed, typed
from kiosk.words import Language

__all__ = [
    "Branch",
    "CompiledForm",
    "FieldChoice",
    "FieldKind",
    "FieldProblem",
    "FormField",
    "Known",
    "Language",
    "Meaning",
    "Typed",
    "compile_form",
    "fields_of",
    "form_problems",
    "is_blank",
    "masked_answers",
    "prefill",
    "shown_answers",
    "shown_value",
    "typed",
]
