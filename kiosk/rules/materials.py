"""Lines about materials: asked for or not, at hand, pledged, to follow, or missing."""

from collections.abc import Iterator

from kiosk.catalogue.item import MaterialRule, Need, Obtain, Scope
from kiosk.model.case import Material, MaterialSource, OriginKind
from kiosk.model.notice import Answer, NoticeLine, Subject
from kiosk.model.people import AgentKind, Assurance, Member
from kiosk.rules.compiled import ALWAYS, NEVER, Verdict
from kiosk.rules.view import View

_Finding = tuple[Answer, str]


def material_lines(view: View) -> Iterator[NoticeLine]:
    """Every material of the catalogue in its order, one line a member where it is asked of each."""
    for rule in view.rules.item.materials:
        if rule.scope is Scope.CASE:
            yield material_line(view, rule, None)
        else:
            yield from (material_line(view, rule, member) for member in view.facts.members)


def material_line(view: View, rule: MaterialRule, member: Member | None) -> NoticeLine:
    """The line of one material, for the case or for one member."""
    asked = is_asked(view, rule, member)
    pledge = _pledge(view, rule, member)
    answer, code = _finding(view, rule, member, asked)
    follow_by = None
    if answer is Answer.MAY_FOLLOW:
        follow_by = pledge.pledged_until if pledge else view.facts.latest(rule.follow_days)
    open_ = answer in {Answer.BLOCKS, Answer.MAY_FOLLOW}
    return NoticeLine(
        subject=Subject.MATERIAL,
        ref=rule.id,
        title=rule.name,
        answer=answer,
        member=None if member is None else member.ref,
        reason_code=code,
        reason=rule.accept_standard if open_ else "",
        basis=rule.basis,
        substitutes=tuple(_substitutes(rule)) if open_ else (),
        obtain=rule.obtain_where if open_ else "",
        follow_by=follow_by,
        unknown=tuple(name.field for name in asked.unknown) if code == "possibly_needed" else (),
        originals=rule.originals,
        copies=rule.copies,
        title_en=rule.name_en,
    )


def _substitutes(rule: MaterialRule) -> Iterator[str]:
    for one in rule.substitutes:
        yield f"{one.name}（{one.note}）" if one.note else one.name


def is_asked(view: View, rule: MaterialRule, member: Member | None) -> Verdict:
    """Whether this case asks for it: by the choices made, by who acts, and by its own `when`."""
    agent = view.facts.agent
    if rule.id == view.rules.item.agent.mandate_material and (agent is None or agent.kind is not AgentKind.AGENT):
        return NEVER
    by_choice = _by_choice(view, rule)
    if by_choice.value is False:
        return NEVER
    by_rule = view.judge(view.rules.asked.get(rule.id), member)
    return by_choice if by_rule.value is True else by_rule


def _by_choice(view: View, rule: MaterialRule) -> Verdict:
    """`scenario_ids` names choices: one of them must have been made. Questions not answered yet leave it open."""
    if not rule.scenario_ids:
        return ALWAYS
    wanted = set(rule.scenario_ids)
    questions = [one for one in view.rules.item.scenarios if wanted & {choice.id for choice in one.choices}]
    if any(view.facts.scenarios.get(one.id) in wanted for one in questions):
        return ALWAYS
    waiting = {f"scenario.{one.id}" for one in questions if one.id not in view.facts.scenarios}
    names = view.rules.names
    return Verdict(None, tuple(names[name] for name in sorted(waiting))) if waiting else NEVER


def _finding(view: View, rule: MaterialRule, member: Member | None, asked: Verdict) -> _Finding:
    if asked.value is False:
        return Answer.NOT_NEEDED, "not_in_this_case"
    how = held(view, rule, member) or _without_paper(view, rule, member)
    if how:
        return Answer.SATISFIED, how
    if rule.need is Need.OPTIONAL:
        return Answer.NOT_NEEDED, "optional"
    if asked.value is None:
        return Answer.BLOCKS, "possibly_needed" if asked.unknown else "undecidable"
    return _unheld(view, rule, member)


def _without_paper(view: View, rule: MaterialRule, member: Member | None) -> str:
    """How it is settled though nobody hands anything in; empty when it is not."""
    if _on_card(view, rule):
        return "card_read"
    if rule.form_id:
        return "form_filled" if _form_is_filled(view, rule, member) else ""
    return {Obtain.SHARED: "shared", Obtain.VERIFIED: "verified"}.get(rule.obtain_by, "")


def _on_card(view: View, rule: MaterialRule) -> bool:
    """An identity card whose chip was read in this visit is here already; a social-security card proves less."""
    people = {"applicant": view.facts.applicant, "agent": view.facts.agent}
    here = people.get(rule.card_of)
    return here is not None and here.assurance >= Assurance.CHIP


def _unheld(view: View, rule: MaterialRule, member: Member | None) -> _Finding:
    """A material that this case surely asks for and that nobody has handed in."""
    pledged = _pledge(view, rule, member) is not None
    if rule.obtain_by is Obtain.PLEDGE:
        return (Answer.SATISFIED, "pledged") if pledged else (Answer.BLOCKS, "bring_or_pledge")
    if rule.need is Need.MAY_FOLLOW:
        return Answer.MAY_FOLLOW, "pledged_to_follow" if pledged else "may_follow"
    return Answer.BLOCKS, "form_not_finished" if rule.form_id else "missing"


def _given(view: View, rule: MaterialRule, member: Member | None) -> Iterator[Material]:
    ref = None if member is None else member.ref
    return (one for one in view.facts.materials if one.material_id == rule.id and one.member == ref)


def held(view: View, rule: MaterialRule, member: Member | None) -> str:
    """How it is at hand: pages (of it or a substitute), an earlier case, an e-licence; empty when it is not."""
    for one in _given(view, rule, member):
        if one.source is MaterialSource.REUSE and rule.reusable:
            return "reused"
        if one.source is MaterialSource.ELICENCE and rule.elicence_type:
            claim = one.origin is not None and one.origin.kind is OriginKind.CODE
            return "licence_claimed" if claim else "licence_found"
        if one.files and one.source in {MaterialSource.SCAN, MaterialSource.CAMERA, MaterialSource.FILE}:
            return "at_hand"
    return ""


def _pledge(view: View, rule: MaterialRule, member: Member | None) -> Material | None:
    """A pledge that counts: where the catalogue allows one, and by a day that has not passed and is not too late."""
    pledges = [one for one in _given(view, rule, member) if one.source is MaterialSource.PLEDGE]
    if rule.obtain_by is Obtain.PLEDGE:
        return next(iter(pledges), None)
    if rule.need is not Need.MAY_FOLLOW:
        return None
    today = view.facts.today
    latest = view.facts.latest(rule.follow_days)
    return next((one for one in pledges if one.pledged_until and today <= one.pledged_until <= latest), None)


def _form_is_filled(view: View, rule: MaterialRule, member: Member | None) -> bool:
    if member is not None:
        return not view.member_problems(member)
    return not view.problems.get(rule.form_id, ("unknown form",))
