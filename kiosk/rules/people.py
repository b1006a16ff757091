"""Lines about the people: whether the applicant is known surely enough, who may act, who belongs to the household."""

from collections.abc import Iterator

from kiosk.identity.assurance import enough
from kiosk.model.notice import Answer, NoticeLine, Subject
from kiosk.model.people import Agent, AgentKind, Assurance
from kiosk.rules.minors import is_child
from kiosk.rules.view import View
from kiosk.rules.words import reason_words

APPLICANT, AGENT, MEMBERS = "applicant", "agent", "members"


def people_lines(view: View) -> Iterator[NoticeLine]:
    """Applicant first, then who acts for them, then the household."""
    yield _applicant(view)
    yield from _agent(view)
    yield from _members(view)


def _line(ref: str, answer: Answer, code: str, member: str | None = None, unknown: tuple[str, ...] = ()) -> NoticeLine:
    return NoticeLine(
        Subject.ROLE, ref, reason_words(f"role_{ref}"), answer, member=member, reason_code=code, unknown=unknown
    )


def _applicant(view: View) -> NoticeLine:
    applicant = view.facts.applicant
    if applicant is None:
        return _line(APPLICANT, Answer.BLOCKS, "applicant_unknown")
    if view.facts.agent is None and not _sure_enough(view, applicant.assurance):
        return _line(APPLICANT, Answer.BLOCKS, "identity_too_weak")
    return _line(APPLICANT, Answer.SATISFIED, "identity_known")


def _sure_enough(view: View, level: Assurance) -> bool:
    """The item's minimum holds for whoever stands here: the agent where one acts, else the applicant."""
    return enough(level, view.rules.item.min_assurance)


def _agent(view: View) -> Iterator[NoticeLine]:
    agent, applicant = view.facts.agent, view.facts.applicant
    child = applicant is not None and is_child(applicant.person, view.facts.today)
    if child and (agent is None or agent.kind is not AgentKind.GUARDIAN):
        yield _line(AGENT, Answer.BLOCKS, "child_needs_guardian")
        return
    if agent is not None:
        code = _fault(view, agent)
        answer = Answer.BLOCKS if code else Answer.SATISFIED
        yield _line(AGENT, answer, code or f"{agent.kind}_accepted")
        return
    rule = view.rules.agent_required
    if rule is None:
        return
    verdict = view.judge(rule)
    if verdict.value is None:
        code = "agent_perhaps_required" if verdict.unknown else "undecidable"
        yield _line(AGENT, Answer.BLOCKS, code, unknown=tuple(name.field for name in verdict.unknown))
    elif verdict.value:
        yield _line(AGENT, Answer.BLOCKS, "agent_required")
    else:
        yield _line(AGENT, Answer.NOT_NEEDED, "agent_not_required")


def _fault(view: View, agent: Agent) -> str:
    """Why this agent or guardian may not act here; empty when they may."""
    allowed = view.rules.item.agent
    if not (allowed.agent if agent.kind is AgentKind.AGENT else allowed.guardian):
        return f"{agent.kind}_not_allowed"
    applicant = view.facts.applicant
    if applicant is not None and applicant.person.id_no == agent.person.id_no:
        return "agent_is_applicant"
    if agent.kind is AgentKind.AGENT and allowed.powers:
        if not agent.powers:
            return "powers_missing"
        if not set(agent.powers) <= set(allowed.powers):
            return "powers_unknown"
    return "" if _sure_enough(view, agent.assurance) else "identity_too_weak"


def _members(view: View) -> Iterator[NoticeLine]:
    rule, members = view.rules.item.members, view.facts.members
    if len(members) < rule.least:
        yield _line(MEMBERS, Answer.BLOCKS, "members_too_few")
    elif len(members) > rule.most:
        yield _line(MEMBERS, Answer.BLOCKS, "members_too_many")
    elif rule.most:
        yield _line(MEMBERS, Answer.SATISFIED, "members_complete")
    applicant = view.facts.applicant
    seen = {applicant.person.id_no} if applicant is not None else set()
    for member in members:
        if member.person.id_no in seen:
            yield _line(MEMBERS, Answer.BLOCKS, "member_twice", member.ref)
        elif is_child(member.person, view.facts.today):
            yield _line(MEMBERS, Answer.SATISFIED, "child_in_household", member.ref)
        seen.add(member.person.id_no)
