"""After submission: one's own cases, the authority's papers, corrections, ratings."""

import secrets

from kiosk.desk.equipment import Equipment
from kiosk.desk.identifying import owners
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.case import CaseSummary, Channel, Draft, Rating
from kiosk.model.people import Assurance
from kiosk.model.state import CaseState
from kiosk.rules import ItemRules
from kiosk.seal import drafts, signing

_BEST, _WORST = 1, 5


def my_cases(kit: Equipment, session: Session) -> tuple[CaseSummary, ...]:
    """Cases of the people identified in this visit, newest first; of everybody for staff.

    Raises:
        KioskError: `IDENTITY_TOO_WEAK` where nobody proved with a chip who they are: a number is soon typed.
    """
    if session.operator is not None and session.applicant is None:
        return kit.store.cases.page()
    tags = proven(kit, session)
    if not tags:
        raise KioskError(Failure.IDENTITY_TOO_WEAK)
    found = {case.submission_no: case for tag in tags for case in kit.store.cases.owned_by(tag)}
    return tuple(sorted(found.values(), key=lambda case: case.submitted_at, reverse=True))


def demand_owner(kit: Equipment, session: Session, submission_no: str) -> CaseSummary:
    """The case, if it is of somebody identified in this visit, or staff asks.

    Raises:
        KioskError: `CASE_UNKNOWN` for another's case, so that nobody learns that it exists.
    """
    summary = kit.store.cases.show(submission_no)
    mine = set(proven(kit, session)) & set(kit.store.cases.owners(submission_no))
    if not mine and session.operator is None:
        raise KioskError(Failure.CASE_UNKNOWN)
    return summary


def proven(kit: Equipment, session: Session) -> tuple[bytes, ...]:
    """Tags of those whose cases may be looked at: everybody staff have before them, else whose chip was read."""
    if session.operator is not None:
        return owners(kit, session)
    parts = [part for part in (session.applicant, session.agent) if part and part.assurance >= Assurance.CHIP]
    return tuple(drafts.owner_tag(kit.store.provider_secret, part.person.id_no) for part in parts)


def decision_paper(kit: Equipment, session: Session, submission_no: str) -> bytes:
    """The authority's paper, its signature checked again now.

    Raises:
        KioskError: `CASE_UNKNOWN`; `PAPER_NOT_GENUINE` when the bytes are not what the platform signed.
    """
    demand_owner(kit, session, submission_no)
    held = kit.store.cases.decision_paper(submission_no)
    if held is None:
        raise KioskError(Failure.CASE_UNKNOWN, reason="no_paper")
    paper, signature = held
    if not signing.verify(kit.store.settings.identity().record_key, "paper", paper, signature):
        raise KioskError(Failure.PAPER_NOT_GENUINE)
    return paper


def open_amendment(kit: Equipment, session: Session, summary: CaseSummary, rules: ItemRules) -> Draft:
    """A draft that holds only what the authority wants corrected, under the same number.

    Raises:
        KioskError: `CASE_CLOSED` when the case is not in correction, `IDENTITY_INVALID` when nobody is identified.
    """
    if summary.state is not CaseState.CORRECTION and not summary.parked:
        raise KioskError(Failure.CASE_CLOSED)
    if session.applicant is None:
        raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
    return Draft(
        case_id=secrets.token_hex(16),
        item_code=rules.item.code,
        catalogue_version=kit.store.shelf.version(),
        channel=Channel.STAFF if session.operator else Channel.TERMINAL,
        created_at=kit.now(),
        applicant=session.applicant,
        agent=session.agent,
        operator=session.operator,
        consents=(rules.item.purpose,),
        replaces=summary.submission_no,
    )


def rate(kit: Equipment, submission_no: str | None, satisfaction: int, tags: tuple[str, ...] = ()) -> None:
    """Keep a rating for the platform: 1 very satisfied to 5 very dissatisfied, the national code.

    Raises:
        KioskError: `ANSWERS_INVALID` for another number.
    """
    if not _BEST <= satisfaction <= _WORST:
        raise KioskError(Failure.ANSWERS_INVALID, first="satisfaction")
    kit.store.cases.rate(Rating(submission_no, satisfaction, kit.now(), tags))
    kit.line.wake()
