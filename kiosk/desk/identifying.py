"""Who stands here, and for whom."""

from dataclasses import replace
from datetime import date

from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Holder, Session
from kiosk.failure import Failure, KioskError
from kiosk.identity.assurance import Evidence, assurance_of
from kiosk.identity.ids import parse_id_number
from kiosk.model.people import Agent, AgentKind, Applicant, Assurance, CardMedium, IdCard, Person, Relation
from kiosk.seal import drafts
from kiosk.staffing import Right, demand


def identify(kit: Equipment, session: Session, card: IdCard) -> Applicant:
    """The person whose card was read stands here and applies for themselves until they say otherwise.

    Raises:
        KioskError: `CARD_EXPIRED`, `IDENTITY_INVALID`.
    """
    applicant = _applicant(kit, session, card)
    session.applicant, session.agent, session.card = applicant, None, card
    session.holder = _card_holder(kit, card) or session.holder
    return applicant


def identify_other(
    kit: Equipment, session: Session, card: IdCard, kind: AgentKind, relation: Relation, powers: tuple[str, ...]
) -> Applicant:
    """The person identified before acts for the one whose card lies here now.

    The draft stays with the card of the person standing here, who is the one to come back for it.

    Raises:
        KioskError: `CARD_EXPIRED`, `IDENTITY_INVALID`, `CARD_OTHER_PERSON` when it is the same card again.
    """
    return _act_for(session, _applicant(kit, session, card), kind, relation, powers)


def state_other(
    kit: Equipment, session: Session, person: Person, kind: AgentKind, relation: Relation, powers: tuple[str, ...]
) -> Applicant:
    """As `identify_other` for somebody whose card is not here: typed, so only stated."""
    other = Applicant(_checked_person(kit, person), Assurance.STATED)
    return _act_for(session, other, kind, relation, powers)


def state_identity(kit: Equipment, session: Session, person: Person, assurance: Assurance) -> Applicant:
    """A person without a chip: typed by staff who saw the paper, or stated.

    Raises:
        KioskError: `IDENTITY_INVALID`; `STAFF_FORBIDDEN` when nobody of staff vouches for more than a statement.
    """
    if assurance > Assurance.STATED:
        demand(session.operator, Right.TAKE_CASES)
    if assurance > Assurance.PAPER_SEEN:
        raise KioskError(Failure.IDENTITY_TOO_WEAK)
    applicant = Applicant(_checked_person(kit, person), assurance)
    session.applicant, session.agent, session.card = applicant, None, None
    return applicant


def vouch(session: Session) -> Applicant:
    """Staff compared the person with the card that was read: chip and person.

    Raises:
        KioskError: `STAFF_FORBIDDEN` without staff, `IDENTITY_TOO_WEAK` without a chip.
    """
    demand(session.operator, Right.TAKE_CASES)
    applicant = session.applicant
    if applicant is None or applicant.assurance < Assurance.CHIP:
        raise KioskError(Failure.IDENTITY_TOO_WEAK)
    session.applicant = replace(applicant, assurance=Assurance.CHIP_AND_PERSON)
    return session.applicant


def owners(kit: Equipment, session: Session) -> tuple[bytes, ...]:
    """Tags of everybody who may find this case again: the applicant, and who acts for them."""
    secret = kit.store.provider_secret
    people = [part.person for part in (session.applicant, session.agent) if part is not None]
    return tuple(drafts.owner_tag(secret, person.id_no) for person in people)


def _act_for(
    session: Session, other: Applicant, kind: AgentKind, relation: Relation, powers: tuple[str, ...]
) -> Applicant:
    here = session.applicant if session.agent is None else Applicant(session.agent.person, session.agent.assurance)
    if here is None:
        raise KioskError(Failure.AGENT_INVALID, reason="nobody_here")
    if here.person.id_no == other.person.id_no:
        raise KioskError(Failure.CARD_OTHER_PERSON)
    session.agent = Agent(here.person, kind, relation, powers, here.assurance)
    session.applicant = other
    return other


def _card_holder(kit: Equipment, card: IdCard) -> Holder | None:
    secret = kit.store.provider_secret
    try:
        return Holder(drafts.owner_tag(secret, card.id_no), drafts.card_kek(secret, card.secret))
    except KioskError:
        return None


def _applicant(kit: Equipment, session: Session, card: IdCard) -> Applicant:
    return Applicant(_checked_card(kit, card), _level(session, card), card.photograph())


def _level(session: Session, card: IdCard) -> Assurance:
    """What reading this card proves: a social-security card is not proven genuine, so it counts as a document."""
    genuine = card.medium is CardMedium.IDENTITY_DOCUMENT
    return assurance_of(Evidence(chip_read=genuine, paper_seen_by_staff=session.operator is not None))


def _checked_card(kit: Equipment, card: IdCard) -> Person:
    today = kit.trusted_today()
    if today and card.valid_to and card.valid_to < today:
        raise KioskError(Failure.CARD_EXPIRED)
    return _completed(card.person(), today)


def _checked_person(kit: Equipment, person: Person) -> Person:
    if not person.name.strip():
        raise KioskError(Failure.IDENTITY_INVALID, reason="name")
    return _completed(person, kit.trusted_today())


def _completed(person: Person, today: date | None) -> Person:
    number = parse_id_number(person.id_no, today)
    return replace(
        person,
        id_type=number.kind,
        id_no=number.number,
        name=person.name.strip(),
        sex=person.sex or number.sex,
        birth=person.birth or number.birth,
    )
