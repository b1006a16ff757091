"""What is held already is used for the person it is of, once they agreed, while it is here, and for nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.calendar import HolidayTable
from kiosk.cli.samples import sample_page
from kiosk.desk import collecting, drafting, identifying, knowing
from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session, Told
from kiosk.identity.synthetic import Wanted, synthetic_card
from kiosk.model.case import Channel, Draft, Material, MaterialSource, Origin, OriginKind
from kiosk.model.inquiry import Fact, Licence
from kiosk.model.people import Assurance, IdCard
from kiosk.ports import Submission
from kiosk.rules import compile_item, facts_of, notice
from local_db.store import open_store
from tests.kiosk.test_social_card_identity import TODAY, equipment, item
from tests.local_db.making import Application, enrol, material

ALLOWANCE = item("06-old-age-allowance")
RULES = compile_item(ALLOWANCE)
MOTHER = replace(synthetic_card(21, Wanted(TODAY, age=84)), secret=b"m" * 64)
STRANGER = replace(synthetic_card(22, Wanted(TODAY, age=85)), secret=b"s" * 64)
JPEG = sample_page().read_bytes()
HUKOU = next(rule for rule in ALLOWANCE.materials if rule.id == "hukou_book")


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Equipment]:
    with open_store(tmp_path, create=True) as store:
        enrol(store)
        yield equipment(store, tmp_path)


def visit(kit: Equipment, card: IdCard, *, agreed: bool = True) -> Session:
    session = Session()
    identifying.identify(kit, session, card)
    knowing.agree(kit, session, yes=agreed)
    session.draft = drafting.open_draft(kit, session, RULES, Channel.TERMINAL)
    return session


def hand_in(kit: Equipment, card: IdCard) -> tuple[str, ...]:
    """A case with a household register, submitted; the digests of its pages."""
    session = visit(kit, card)
    draft = collecting.add_files(
        kit, session, ALLOWANCE, "hukou_book", None, [(JPEG, "jpg")], MaterialSource.SCAN, original_seen=False
    )
    (ref,) = draft.materials[0].files
    sealed = material(kit.store, ref, "hukou_book")  # type: ignore[arg-type] # the real store

    def build(counter: int) -> Submission:
        made = Application(materials=(sealed,)).build(counter)
        return replace(made, reusable=knowing.marks(kit, draft, RULES))

    kit.store.cases.submit(build)
    return (ref.digest,)


def held(kit: Equipment, session: Session) -> Material | None:
    """The household register as it came of itself."""
    draft = session.current()
    told = notice(RULES, facts_of(ALLOWANCE, draft, kit.today(), HolidayTable()))
    return collecting.find(knowing.attached(kit, session, draft, RULES, told), "hukou_book", None)


def test_a_paper_handed_in_before_is_used_again_by_its_sealed_name_and_says_when(kit: Equipment) -> None:
    digests = hand_in(kit, MOTHER)
    again = held(kit, visit(kit, MOTHER))

    assert again is not None
    assert tuple(ref.digest for ref in again.files) == digests
    assert again.origin is not None
    assert (again.source, again.origin.kind) == (MaterialSource.REUSE, OriginKind.CASE)
    assert again.origin.dated == kit.today()


def test_it_is_offered_to_nobody_else_to_nobody_unproven_and_to_nobody_who_did_not_agree(kit: Equipment) -> None:
    hand_in(kit, MOTHER)
    unproven = visit(kit, MOTHER)
    draft = unproven.current()
    assert draft.applicant is not None
    unproven.draft = replace(draft, applicant=replace(draft.applicant, assurance=Assurance.STATED))
    declined = visit(kit, MOTHER)
    knowing.decline(declined, "hukou_book", None)

    assert held(kit, visit(kit, STRANGER)) is None
    assert held(kit, unproven) is None
    assert held(kit, visit(kit, MOTHER, agreed=False)) is None
    assert held(kit, declined) is None


def test_pages_that_are_gone_from_here_are_no_hit(kit: Equipment) -> None:
    (digest,) = hand_in(kit, MOTHER)
    store = kit.store
    with store.write_tx():
        store._connection.run("UPDATE blobs SET uses = 0")  # type: ignore[attr-defined] # as after their retention
    store.blobs.discard([digest])

    assert held(kit, visit(kit, MOTHER)) is None


def test_a_licence_goes_before_an_earlier_paper_and_one_told_of_another_person_is_never_used(kit: Equipment) -> None:
    hand_in(kit, MOTHER)
    licence = Licence("lic-1", HUKOU.elicence_type, "居民户口簿", "演示县公安局", date(2020, 5, 6))
    mine, others = visit(kit, MOTHER), visit(kit, STRANGER)
    mine.told = others.told = Told(MOTHER.id_no, ALLOWANCE.code, (licence,))
    found = held(kit, mine)

    assert found is not None
    assert found.origin == Origin(OriginKind.LICENCE, "lic-1", "居民户口簿", "演示县公安局", date(2020, 5, 6))
    assert held(kit, others) is None


def test_known_answers_fill_what_is_open_and_nothing_the_person_took_out(kit: Equipment) -> None:
    session = visit(kit, MOTHER)
    facts = (Fact("living", "自己住", "高龄津贴", TODAY - timedelta(days=9)), Fact("phone", "no telephone", "x", TODAY))
    session.told = Told(MOTHER.id_no, ALLOWANCE.code, facts=facts)
    draft = knowing.filled(kit, session, session.current(), RULES)
    told = knowing.sources(kit, session, draft, RULES)
    session.declined.add(("answer", "living"))
    again: Draft = knowing.filled(kit, session, session.current(), RULES)

    assert draft.answers["living"] == "自己住"
    assert "phone" not in draft.answers
    assert (told["living"].kind, told["living"].name) == ("case", "高龄津贴")
    assert told["name"].kind == "card"
    assert "living" not in again.answers
