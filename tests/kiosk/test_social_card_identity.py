"""Who comes with a social-security card: the same person as with the ID card, known less surely, with another key."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk.catalogue.item import Form, ServiceItem
from kiosk.cli.wiring import clock_of
from kiosk.desk import drafting, following, identifying, keeping
from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.forms import Known, compile_form, prefill
from kiosk.identity.synthetic import Wanted, synthetic_card
from kiosk.model.case import Channel, Draft
from kiosk.model.people import AgentKind, Assurance, CardMedium, IdCard, Operator, Relation, Role
from kiosk.papers.press import ChildPress
from kiosk.rules.compiled import compile_item
from local_db.store import Store, open_store
from sync.line import AgentLine
from tests.local_db.making import enrol

ITEMS = Path(__file__).parents[2] / "central" / "samples" / "items"
TODAY = date.today()  # noqa: DTZ011 - cards of the test are valid around it
RESIDENT = synthetic_card(3, Wanted(TODAY))
SOCIAL = replace(RESIDENT, secret=b"identification 3", medium=CardMedium.SOCIAL_SECURITY, address="")
OTHER_SOCIAL = replace(SOCIAL, secret=b"identification 4")


def item(name: str) -> ServiceItem:
    return msgspec.json.decode((ITEMS / f"{name}.json").read_bytes(), type=ServiceItem)


PENSION = item("10-resident-pension-enrolment")
PERMIT = item("12-residence-permit")


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Equipment]:
    with open_store(tmp_path, create=True) as store:
        enrol(store)
        yield equipment(store, tmp_path)


def equipment(store: Store, data: Path) -> Equipment:
    return Equipment(store, ChildPress(), AgentLine(data, store.outbox.counts), clock_of(store))


def visit(kit: Equipment, card: IdCard = SOCIAL, *, staff: bool = False) -> Session:
    session = Session()
    if staff:
        session.operator = Operator("t1", "演示·王文书", Role.CLERK)
    identifying.identify(kit, session, card)
    return session


def begin(kit: Equipment, session: Session, service: ServiceItem = PENSION) -> Draft:
    session.draft = drafting.open_draft(kit, session, compile_item(service), Channel.TERMINAL)
    return session.draft


def test_the_card_alone_is_a_statement_and_a_document_where_staff_see_it(kit: Equipment) -> None:
    assert level(visit(kit)) is Assurance.STATED
    assert level(visit(kit, staff=True)) is Assurance.PAPER_SEEN
    assert level(visit(kit, RESIDENT)) is Assurance.CHIP


def test_nobody_sees_cases_for_a_typed_number_or_a_card_anybody_could_copy(kit: Equipment) -> None:
    typed = Session()
    identifying.state_identity(kit, typed, RESIDENT.person(), Assurance.STATED)
    helper = visit(kit, RESIDENT)
    identifying.state_other(kit, helper, synthetic_card(4, Wanted(TODAY)).person(), AgentKind.AGENT, Relation.CHILD, ())
    for session in (typed, visit(kit)):
        with pytest.raises(KioskError) as refused:
            following.my_cases(kit, session)
        assert refused.value.failure is Failure.IDENTITY_TOO_WEAK

    assert following.my_cases(kit, visit(kit, RESIDENT)) == ()
    assert following.my_cases(kit, visit(kit, staff=True)) == ()
    assert following.proven(kit, helper) == following.proven(kit, visit(kit, RESIDENT))


def level(session: Session) -> Assurance:
    assert session.applicant is not None
    return session.applicant.assurance


def test_what_asks_for_more_than_a_statement_asks_for_the_id_card(kit: Equipment) -> None:
    with pytest.raises(KioskError) as refused:
        begin(kit, visit(kit), PERMIT)
    assert refused.value.failure is Failure.IDENTITY_TOO_WEAK
    assert begin(kit, visit(kit, staff=True), PERMIT).applicant is not None
    with pytest.raises(KioskError) as refused:
        identifying.vouch(visit(kit, staff=True))
    assert refused.value.failure is Failure.IDENTITY_TOO_WEAK


def test_whoever_brings_the_other_persons_social_card_is_no_surer_of_them(kit: Equipment) -> None:
    session = visit(kit, synthetic_card(8, Wanted(TODAY)))
    identifying.identify_other(kit, session, SOCIAL, AgentKind.AGENT, Relation.PARENT, ())
    assert session.agent is not None
    assert (session.agent.assurance, level(session)) == (Assurance.CHIP, Assurance.STATED)


def test_an_expired_social_card_is_refused(kit: Equipment) -> None:
    with pytest.raises(KioskError) as refused:
        visit(kit, replace(SOCIAL, valid_to=TODAY - timedelta(days=2)))
    assert refused.value.failure is Failure.CARD_EXPIRED


def test_a_draft_comes_back_with_the_same_social_card(kit: Equipment) -> None:
    session = visit(kit)
    begun = begin(kit, session)
    keeping.keep(kit, session, PENSION)
    again = visit(kit)
    assert [one.case_id for one in keeping.kept(kit, again)] == [begun.case_id]
    assert keeping.resume(kit, again, begun.case_id) == begun


@pytest.mark.parametrize(("kept_with", "comes_with"), [(RESIDENT, SOCIAL), (SOCIAL, RESIDENT), (SOCIAL, OTHER_SOCIAL)])
def test_a_draft_kept_with_one_card_is_seen_with_the_other_but_stays_locked_and_unharmed(
    kit: Equipment, kept_with: IdCard, comes_with: IdCard
) -> None:
    session = visit(kit, kept_with)
    begun = begin(kit, session)
    keeping.keep(kit, session, PENSION)

    other = visit(kit, comes_with)
    assert [one.case_id for one in keeping.kept(kit, other)] == [begun.case_id]
    with pytest.raises(KioskError) as refused:
        keeping.resume(kit, other, begun.case_id)
    assert refused.value.failure is Failure.DRAFT_LOCKED
    assert other.draft is None
    # The visit goes on: a new draft beside the locked one, which its own card still opens.
    begin(kit, other)
    keeping.keep(kit, other, PENSION)
    assert len(keeping.kept(kit, other)) == 2
    assert keeping.resume(kit, visit(kit, kept_with), begun.case_id) == begun


def test_a_card_without_a_secret_keeps_nothing(kit: Equipment) -> None:
    session = visit(kit, replace(SOCIAL, secret=b""))
    begin(kit, session)
    with pytest.raises(KioskError) as refused:
        keeping.keep(kit, session, PENSION)
    assert refused.value.failure is Failure.DRAFT_LOCKED


def test_cases_are_found_with_either_card(kit: Equipment) -> None:
    assert identifying.owners(kit, visit(kit)) == identifying.owners(kit, visit(kit, RESIDENT))


def test_the_days_of_a_social_card_never_fill_in_those_of_the_id_card() -> None:
    properties = {"until": {"title": "证件有效期", "type": "string"}, "called": {"title": "姓名", "type": "string"}}
    schema = {"type": "object", "properties": properties}
    form = Form("f", "表", schema, tuple(properties), prefill={"until": "card.valid_to", "called": "card.name"})
    assert prefill(compile_form(form), Known(TODAY, card=SOCIAL)) == {"called": SOCIAL.name}
    assert prefill(compile_form(form), Known(TODAY, card=RESIDENT)) == {
        "until": f"{RESIDENT.valid_to}",
        "called": RESIDENT.name,
    }
