"""The photograph in a card's chip: for an item that asks for it, for the case that uses it, and for nobody else."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from central.export import photographs
from kiosk.calendar import HolidayTable
from kiosk.catalogue.check import check_item
from kiosk.catalogue.item import ServiceItem
from kiosk.desk import drafting, identifying, telling
from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session
from kiosk.identity.synthetic import Wanted, synthetic_card
from kiosk.model.case import Channel, Draft
from kiosk.model.notice import Answer, NoticeLine
from kiosk.model.people import AgentKind, Assurance, CardMedium, IdCard, Portrait, Relation
from kiosk.rules import Facts, compile_item, facts_of, notice, portrait_goes_along
from local_db.store import open_store
from tests.kiosk.test_social_card_identity import ITEMS, TODAY, equipment, item
from tests.local_db.making import enrol

BLOCK, PICTURE = b"WLf\0" + bytes(range(1, 251)) * 4, b"\x89PNG\r\n\x1a\n demo"
CARD = replace(synthetic_card(3, Wanted(TODAY)), secret=BLOCK, portrait=PICTURE)
OTHER = replace(synthetic_card(4, Wanted(TODAY)), secret=b"WLf\0 of another", portrait=b"")
SOCIAL_CARD, PENSION = item("13-social-security-card"), item("10-resident-pension-enrolment")


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Equipment]:
    with open_store(tmp_path, create=True) as store:
        enrol(store)
        yield equipment(store, tmp_path)


def begun(kit: Equipment, session: Session, service: ServiceItem = SOCIAL_CARD, photo: str = "id_photo") -> Draft:
    draft = drafting.open_draft(kit, session, compile_item(service), Channel.TERMINAL)
    return drafting.choose(draft, service, "photo", photo) if service.portrait and photo else draft


def visit(kit: Equipment, card: IdCard = CARD) -> Session:
    session = Session()
    identifying.identify(kit, session, card)
    return session


def face(draft: Draft) -> Portrait | None:
    assert draft.applicant is not None
    return draft.applicant.portrait


def photo_line(draft: Draft) -> NoticeLine:
    told = notice(compile_item(SOCIAL_CARD), facts_of(SOCIAL_CARD, draft, TODAY, HolidayTable()))
    return next(line for line in told.lines if line.ref == "photo")


def test_only_an_item_that_asks_for_the_photograph_gets_it_into_the_draft(kit: Equipment) -> None:
    assert face(begun(kit, visit(kit))) == Portrait(BLOCK, PICTURE)
    assert face(begun(kit, visit(kit), PENSION)) is None
    assert str(BLOCK) not in repr(begun(kit, visit(kit)))


def test_who_uses_the_photograph_of_the_card_is_not_asked_for_another(kit: Equipment) -> None:
    with_card = begun(kit, visit(kit))
    assert photo_line(with_card).answer is Answer.NOT_NEEDED
    assert portrait_goes_along(compile_item(SOCIAL_CARD), facts(with_card))


def test_who_brings_a_photograph_hands_in_that_one_alone(kit: Equipment) -> None:
    bringing = begun(kit, visit(kit), photo="new_photo")
    assert photo_line(bringing).answer is Answer.BLOCKS
    assert not portrait_goes_along(compile_item(SOCIAL_CARD), facts(bringing))


def test_before_the_question_is_answered_the_photograph_is_only_possibly_needed(kit: Equipment) -> None:
    line = photo_line(begun(kit, visit(kit), photo=""))
    assert (line.answer, line.reason_code) == (Answer.BLOCKS, "possibly_needed")
    assert "scenario.photo" in line.unknown


def test_who_came_without_a_chip_is_told_to_bring_a_photograph(kit: Equipment) -> None:
    typed = Session()
    identifying.state_identity(kit, typed, CARD.person(), Assurance.STATED)
    social = replace(CARD, medium=CardMedium.SOCIAL_SECURITY, secret=b"identification code")
    for session in (typed, visit(kit, social), visit(kit, replace(CARD, secret=bytes(1024)))):
        draft = begun(kit, session)
        assert face(draft) is None
        assert photo_line(draft).answer is Answer.BLOCKS


def test_the_helper_s_photograph_never_stands_for_the_person_helped(kit: Equipment) -> None:
    session = visit(kit)
    identifying.state_other(kit, session, OTHER.person(), AgentKind.AGENT, Relation.CHILD, ())
    assert face(begun(kit, session)) is None

    session = visit(kit)
    identifying.identify_other(kit, session, OTHER, AgentKind.AGENT, Relation.CHILD, ())
    assert face(begun(kit, session)) == Portrait(OTHER.secret)


def test_a_visit_that_is_over_has_forgotten_the_photograph(kit: Equipment) -> None:
    session = visit(kit)
    begun(kit, session)
    session.wipe()
    assert (session.applicant, session.card, session.draft) == (None, None, None)


def test_the_photograph_is_read_back_by_name_alone(kit: Equipment) -> None:
    rules, draft = compile_item(SOCIAL_CARD), begun(kit, visit(kit))
    told = notice(rules, facts(draft))
    lines = [line for section in telling.read_back(draft, rules, told, ()).sections for line in section.lines]
    assert [line.text for line in lines if line.label == "portrait"] == ["from_card"]


def test_an_author_must_say_what_the_photograph_is_for() -> None:
    raw = json.loads((ITEMS / "13-social-security-card.json").read_text(encoding="utf-8"))
    assert not check_item(raw)
    silent = check_item(raw | {"purpose": "只用来办这张卡。"})
    assert [(one.path, one.rule) for one in silent] == [("purpose", "portrait")]
    assert {one.path for one in check_item(raw | {"portrait": False})} == {"portrait"}
    circular = check_item(raw | {"portrait_when": "!applicant.portrait"})
    assert [one.path for one in circular] == ["portrait_when"]


def test_the_export_holds_the_block_as_the_card_has_it_and_the_picture_where_there_is_one() -> None:
    assert photographs(Portrait(BLOCK, PICTURE)) == {"portrait.wlt": BLOCK, "portrait.png": PICTURE}
    assert photographs(Portrait(BLOCK)) == {"portrait.wlt": BLOCK}


def facts(draft: Draft) -> Facts:
    return facts_of(SOCIAL_CARD, draft, TODAY, HolidayTable())
