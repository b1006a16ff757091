"""After submission: one's own cases, the authority's papers, corrections, ratings."""

import secrets
from dataclasses import replace

from kiosk.desk.asking import OnTold, ask
from kiosk.desk.drafting import without_portrait
from kiosk.desk.equipment import Equipment
from kiosk.desk.renewing import made_by
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.identity.masking import mask_name
from kiosk.model.case import CaseSummary, Channel, Draft, Rating, Receipt
from kiosk.model.inquiry import CaseWord, InquiryKind, InquiryReply
from kiosk.model.people import Agent, Applicant, Assurance
from kiosk.model.state import CaseState
from kiosk.rules import ItemRules
from kiosk.seal import drafts, signing
from kiosk.staffing import Right, demand, may, may_see

_BEST, _WORST = 1, 5


def my_cases(kit: Equipment, session: Session) -> tuple[CaseSummary, ...]:
    """Cases of the people identified in this visit, newest first.

    Staff with nobody before them see what they took and what residents did alone here, supervisors everything.

    Raises:
        KioskError: `STAFF_FORBIDDEN` for a role that takes no cases; `IDENTITY_TOO_WEAK` where nobody proved with a
            chip who they are: a number is soon typed.
    """
    if session.operator is not None and session.applicant is None:
        if may(session.operator, Right.SEE_ALL_CASES):
            return kit.store.cases.page()
        operator = demand(session.operator, Right.TAKE_CASES)
        return kit.store.cases.page(takers=("", operator.staff_id))
    tags = proven(kit, session)
    if not tags:
        raise KioskError(Failure.IDENTITY_TOO_WEAK)
    found = {number: _summary(word, session.cases_of) for number, word in session.cases.items()}
    for tag in tags:
        for case in kit.store.cases.owned_by(tag):
            found[case.submission_no] = _newer(case, session.cases.get(case.submission_no))
    return tuple(sorted(found.values(), key=lambda case: case.submitted_at, reverse=True))


def look_for_cases(kit: Equipment, session: Session, on_told: OnTold) -> None:
    """Ask the platform for the cases of whoever stands here: the agent where one acts, else the applicant.

    Raises:
        KioskError: `IDENTITY_INVALID` when nobody is identified, and as `asking.ask`.
    """
    here = session.agent or session.applicant
    if here is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
    name = mask_name(here.person.name)

    def take(reply: InquiryReply) -> None:
        session.cases = {word.submission_no: word for word in reply.cases}
        session.cases_of = name

    ask(kit, session, InquiryKind.CASES, here, take, on_told)


def fetch_paper(kit: Equipment, session: Session, submission_no: str, on_told: OnTold) -> bool:
    """Have a case's paper at hand, from here or from the platform; False where it is here already.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case, `IDENTITY_INVALID`, and as `asking.ask`.
    """
    demand_case(kit, session, submission_no)
    if _held_paper(kit, session, submission_no) is not None:
        return False
    here = session.agent or session.applicant
    if here is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")

    def take(reply: InquiryReply) -> None:
        session.papers[submission_no] = (reply.paper, reply.paper_signature)

    ask(kit, session, InquiryKind.PAPER, here, take, on_told, subject=submission_no)
    return True


def demand_case(kit: Equipment, session: Session, submission_no: str) -> CaseSummary:
    """The case as it stands, here or at the platform, if it is of somebody identified in this visit.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case, so that nobody learns that it exists.
    """
    word = session.cases.get(submission_no)
    try:
        return _newer(demand_owner(kit, session, submission_no), word)
    except KioskError as error:
        if word is None or error.failure is not Failure.CASE_UNKNOWN:
            raise
        return _summary(word, session.cases_of)


def _newer(here: CaseSummary, word: CaseWord | None) -> CaseSummary:
    """What the platform says of a case goes before what was last heard here, unless something is still on its way."""
    if word is None or here.pending:
        return here
    return replace(
        here,
        state=word.state,
        acceptance_no=word.acceptance_no or here.acceptance_no,
        reason=word.reason,
        correct=word.correct,
        has_paper=here.has_paper or word.has_paper,
    )


def _summary(word: CaseWord, masked: str) -> CaseSummary:
    return CaseSummary(
        submission_no=word.submission_no,
        item_code=word.item_code,
        item_name=word.item_name,
        applicant_masked=masked,
        state=word.state,
        submitted_at=word.submitted_at,
        acceptance_no=word.acceptance_no,
        pending=False,
        reason=word.reason,
        correct=word.correct,
        has_paper=word.has_paper,
        here=False,
    )


def demand_owner(kit: Equipment, session: Session, submission_no: str) -> CaseSummary:
    """The case, if it is of somebody identified in this visit, or staff asks who may see it.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case, so that nobody learns that it exists.
    """
    summary = kit.store.cases.show(submission_no)
    mine = set(proven(kit, session)) & set(kit.store.cases.owners(submission_no))
    if not mine and not may_see(session.operator, kit.store.cases.taken_by(submission_no)):
        raise KioskError(Failure.CASE_UNKNOWN)
    return summary


def demand_receipt(kit: Equipment, session: Session, submission_no: str) -> Receipt:
    """The newest receipt of a case that was handed in in this visit, or that may be seen in it.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case, so that nobody learns that it exists.
    """
    if submission_no not in session.handed_in:
        demand_owner(kit, session, submission_no)
    return kit.store.cases.receipt(submission_no)


def proven(kit: Equipment, session: Session) -> tuple[bytes, ...]:
    """Tags of those whose cases may be looked at."""
    people = proven_people(session)
    return tuple(drafts.owner_tag(kit.store.provider_secret, one.person.id_no) for one in people)


def proven_people(session: Session) -> tuple[Applicant | Agent, ...]:
    """Whose chip was read in this visit, or for staff who take cases whose paper."""
    least = Assurance.PAPER_SEEN if may(session.operator, Right.TAKE_CASES) else Assurance.CHIP
    return tuple(one for one in (session.applicant, session.agent) if one and one.assurance >= least)


def decision_paper(kit: Equipment, session: Session, submission_no: str) -> bytes:
    """The authority's paper, its signature checked again now.

    Raises:
        KioskError: `CASE_UNKNOWN`; `PAPER_NOT_GENUINE` when the bytes are not what the platform signed.
    """
    demand_case(kit, session, submission_no)
    held = _held_paper(kit, session, submission_no)
    if held is None:
        raise KioskError(Failure.CASE_UNKNOWN, reason="no_paper")
    paper, signature = held
    if not signing.verify(kit.store.settings.identity().record_key, "paper", paper, signature):
        raise KioskError(Failure.PAPER_NOT_GENUINE)
    return paper


def _held_paper(kit: Equipment, session: Session, submission_no: str) -> tuple[bytes, bytes] | None:
    """The newest paper at hand: what the platform told this visit, else what came here, unless it told of a newer."""
    fetched = session.papers.get(submission_no)
    if fetched is not None:
        return fetched
    word, held = session.cases.get(submission_no), kit.store.cases.decision_paper(submission_no)
    if word is None or held is None:
        return held
    return held if kit.store.cases.show(submission_no).state is word.state else None


def open_amendment(kit: Equipment, session: Session, summary: CaseSummary, rules: ItemRules) -> Draft:
    """A draft that holds only what the authority wants corrected, under the same number.

    Raises:
        KioskError: `CASE_CLOSED` when the case is not in correction, `IDENTITY_INVALID` when nobody is identified.
    """
    if summary.state is not CaseState.CORRECTION and not summary.parked:
        raise KioskError(Failure.CASE_CLOSED)
    if session.applicant is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
    draft = Draft(
        case_id=secrets.token_hex(16),
        item_code=rules.item.code,
        catalogue_version=kit.store.shelf.version(),
        channel=Channel.STAFF if session.operator else Channel.TERMINAL,
        created_at=kit.now(),
        applicant=without_portrait(session.applicant),
        agent=session.agent,
        operator=session.operator,
        consents=(rules.item.purpose,),
        replaces=summary.submission_no,
        correct=summary.correct,
    )
    return made_by(kit, draft, rules)


def rate(kit: Equipment, submission_no: str | None, satisfaction: int, tags: tuple[str, ...] = ()) -> None:
    """Keep a rating for the platform: 1 very satisfied to 5 very dissatisfied, the national code.

    Raises:
        KioskError: `ANSWERS_INVALID` for another number.
    """
    if not _BEST <= satisfaction <= _WORST:
        raise KioskError(Failure.ANSWERS_INVALID, first="satisfaction")
    kit.store.cases.rate(Rating(submission_no, satisfaction, kit.now(), tags), kit.suite)
    kit.line.wake()
