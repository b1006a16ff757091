"""Lines about conditions: decided by their expression, or read and confirmed by a person where they have none."""

from collections.abc import Iterator

from kiosk.catalogue.item import Condition, Scope
from kiosk.model.notice import Answer, NoticeLine, Subject
from kiosk.model.people import Member
from kiosk.rules.compiled import Verdict
from kiosk.rules.view import View


def condition_lines(view: View) -> Iterator[NoticeLine]:
    """Every condition of the catalogue in its order, one line a member where it is asked of each."""
    for condition in view.rules.item.conditions:
        if condition.scope is Scope.CASE:
            yield _line(view, condition, None)
        else:
            yield from (_line(view, condition, member) for member in view.facts.members)


def _line(view: View, condition: Condition, member: Member | None) -> NoticeLine:
    answer, code, verdict = _finding(view, condition, member)
    return NoticeLine(
        subject=Subject.CONDITION,
        ref=condition.id,
        title=condition.text,
        answer=answer,
        member=None if member is None else member.ref,
        reason_code=code,
        reason=condition.advice if answer is Answer.BLOCKS else "",
        basis=condition.basis,
        unknown=tuple(name.field for name in verdict.unknown),
    )


def _finding(view: View, condition: Condition, member: Member | None) -> tuple[Answer, str, Verdict]:
    rule = view.rules.conditions.get(condition.id)
    if rule is None:
        confirmed = _confirmed(view, condition, member)
        answer = Answer.SATISFIED if confirmed else Answer.BLOCKS
        return answer, "confirmed" if confirmed else "to_confirm", Verdict(confirmed)
    verdict = view.judge(rule, member)
    if verdict.value is None:
        return Answer.BLOCKS, "not_decided_yet" if verdict.unknown else "undecidable", verdict
    if verdict.value:
        return Answer.SATISFIED, "condition_met", verdict
    return Answer.BLOCKS, "condition_not_met", verdict


def _confirmed(view: View, condition: Condition, member: Member | None) -> bool:
    """Confirmed once for all, or for this member as `condition/member`."""
    named = {condition.id} if member is None else {condition.id, f"{condition.id}/{member.ref}"}
    return bool(named & view.facts.confirmed)
