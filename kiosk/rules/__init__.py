"""The catalogue's rules: what is missing, what may follow, what is not needed, and why.

Decided by data alone: typed CEL expressions and JSON Schemas of the item, and the facts of one application.
"""

from kiosk.rules.appointments import offered_slots, people_in
from kiosk.rules.authoring import problems
from kiosk.rules.compiled import ItemRules, Rule, Verdict, compile_item
from kiosk.rules.correction import correction_notice
from kiosk.rules.facts import Facts, facts_of
from kiosk.rules.fees import fees_due, fen_of, in_words
from kiosk.rules.guide import guide_changes, guide_of
from kiosk.rules.notice import asked_forms, may_submit, notice, unknown_answers
from kiosk.rules.view import portrait_goes_along
from kiosk.rules.words import reason_codes, reason_words

__all__ = [
    "Facts",
    "ItemRules",
    "Rule",
    "Verdict",
    "asked_forms",
    "compile_item",
    "correction_notice",
    "facts_of",
    "fees_due",
    "fen_of",
    "guide_changes",
    "guide_of",
    "in_words",
    "may_submit",
    "notice",
    "offered_slots",
    "people_in",
    "portrait_goes_along",
    "problems",
    "reason_codes",
    "reason_words",
    "unknown_answers",
]
