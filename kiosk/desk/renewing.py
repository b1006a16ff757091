"""A draft follows the guide in force: when that changed since, the person is told and nothing slips in or out.

Kept drafts outlive catalogues, and the agent may shelve a newer one in the middle of a visit.
"""

from dataclasses import replace

from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session
from kiosk.model.case import SIGNATURE_SHEET, Draft
from kiosk.model.guide import Part
from kiosk.rules import ItemRules, guide_changes, guide_of


def made_by(kit: Equipment, draft: Draft, rules: ItemRules) -> Draft:
    """The draft with a note of the guide it is made by."""
    return replace(
        draft,
        catalogue_version=kit.store.shelf.version(),
        item_version=rules.item.version,
        guide=guide_of(rules),
    )


def renewed(kit: Equipment, session: Session, draft: Draft, rules: ItemRules) -> Draft:
    """The draft as the guide in force asks it; what changed stands in `session.changes` until it is told.

    Answers and papers nobody asks for any more go, a condition that reads otherwise is confirmed anew, and what was
    signed is signed again.
    """
    if draft.item_version == rules.item.version:
        return draft
    changes = guide_changes(draft.guide, guide_of(rules))
    session.changes = (*session.changes, *changes)
    item = rules.item
    asked = {one.name for form in rules.case_forms for one in form.fields}
    known = {rule.id for rule in item.materials} | {SIGNATURE_SHEET}
    choices = {(scenario.id, choice.id) for scenario in item.scenarios for choice in scenario.choices}
    altered = {change.ref for change in changes if change.part is Part.CONDITION}
    conditions = {condition.id for condition in item.conditions} - altered
    return made_by(
        kit,
        replace(
            draft,
            answers={name: value for name, value in draft.answers.items() if name in asked},
            materials=tuple(one for one in draft.materials if one.material_id in known),
            scenarios={key: value for key, value in draft.scenarios.items() if (key, value) in choices},
            confirmed=tuple(one for one in draft.confirmed if one in conditions),
            signature=None,
        ),
        rules,
    )
