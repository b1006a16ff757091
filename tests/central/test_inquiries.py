"""What the platform tells a visit of the person before it: only with a chip, consent, a purpose, and nobody else's."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.failure import KioskError
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import Material, MaterialSource, Origin, OriginKind
from kiosk.model.inquiry import (
    Inquiry,
    InquiryKind,
    InquiryReply,
    decode_reply,
    encode_inquiry,
    question_context,
    reply_context,
)
from kiosk.model.people import Agent, AgentKind, Applicant, Assurance, Person, Relation
from kiosk.seal import keys, records, signing
from sync.wire.coding import pack, unpack
from sync.wire.messages import InquiryAnswer, InquiryRequest, SignedRecord
from tests.central.catalogue import ITEM, item, publish
from tests.central.conftest import Platform
from tests.central.terminal import DAY, RefusedError, Terminal

KIND = "119901010000000000009"
AGREED = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)
MOTHER = synthetic_person(11, Wanted(DAY))
DAUGHTER = synthetic_person(12, Wanted(DAY))


@pytest.fixture(scope="module")
def library(founded: Callable[..., Platform]) -> Iterator[Platform]:
    """A platform whose item takes a licence for its optional proof and asks for a phone known elsewhere."""
    running = founded("library")
    office = running.office()
    one = item(2)
    materials = (one.materials[0], replace(one.materials[1], elicence_type=KIND), one.materials[2])
    forms = (replace(one.forms[0], prefill={"phone": "applicant.phone", "income": "known.income"}), one.forms[1])
    publish(office, replace(one, materials=materials, forms=forms))
    office.close()
    running.start()
    yield running
    running.stop()


def ask(at: Terminal, person: Person, kind: InquiryKind, **changes: Any) -> InquiryReply:
    """One question as a terminal puts it, opened with the visit's own key."""
    private = keys.new_sealing_key()
    asked = Inquiry(
        inquiry_id="q1",
        terminal=at.name,
        kind=kind,
        visit_key=keys.sealing_public(private),
        id_type=person.id_type,
        id_no=person.id_no,
        name=person.name,
        assurance=Assurance.CHIP,
        asked_at=AGREED,
        agreed_at=AGREED,
        item=ITEM,
    )
    asked = replace(asked, **changes)
    sealed = records.seal_record(encode_inquiry(asked), at.statement.platform_key, question_context(at.name))
    body = at.post("/v1/inquiry", pack(InquiryRequest(at.name, sealed)))
    answer = at.proven(unpack(body, SignedRecord), "inquiry", InquiryAnswer)
    with pytest.raises(KioskError):
        records.open_record(answer.sealed, at.sealing, reply_context("q1"))
    return decode_reply(records.open_record(answer.sealed, private, reply_context("q1")))


def fill(platform: Platform, tmp_path: Path, person: Person, **fact: Any) -> None:
    """Give a person one licence, `lic-` and the end of their number, and perhaps a fact."""
    holder = {"id_no": person.id_no, "name": person.name}
    licence = {"id": f"lic-{person.id_no[-4:]}", "holder": holder, "type": KIND, "name": "困难证明"}
    licence |= {"issuer": "演示县民政局", "issued": "2026-03-01"}
    facts = [{"holder": holder, "source": "人口库", "dated": "2026-06-01", **fact}] if fact else []
    path = tmp_path / "entries.json"
    path.write_text(json.dumps({"licences": [licence], "facts": facts}))
    platform.ask("library", "import", str(path))


def test_a_licence_and_a_registry_are_told_to_the_visit_that_read_the_chip_and_asked(
    library: Platform, tmp_path: Path
) -> None:
    terminal = library.enrolled()
    fill(library, tmp_path, MOTHER, name="income", value=900)
    told = ask(terminal, MOTHER, InquiryKind.KNOWN)

    assert [(one.type, one.name, str(one.issued)) for one in told.licences] == [(KIND, "困难证明", "2026-03-01")]
    assert [(one.name, one.value, one.source, one.registry) for one in told.facts] == [("income", 900, "人口库", True)]
    assert ask(terminal, DAUGHTER, InquiryKind.KNOWN).licences == ()


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"assurance": Assurance.STATED}, "identity_too_weak"),
        ({"assurance": Assurance.PAPER_SEEN}, "identity_too_weak"),
        ({"agreed_at": None}, "not_agreed"),
        ({"terminal": "T09999"}, "another_terminal"),
        ({"item": "99TEST00000002"}, "item_unknown"),
    ],
)
def test_nothing_is_told_without_chip_consent_or_purpose(
    library: Platform, tmp_path: Path, changes: dict[str, Any], refused: str
) -> None:
    fill(library, tmp_path, MOTHER)
    told = ask(library.enrolled(), MOTHER, InquiryKind.KNOWN, **changes)

    assert (told.refused, told.licences, told.facts) == (refused, (), ())


def test_bytes_that_are_no_question_are_refused_and_nobody_is_named_in_the_journal(library: Platform) -> None:
    terminal = library.enrolled()
    with pytest.raises(RefusedError, match="400"):
        terminal.post("/v1/inquiry", pack(InquiryRequest(terminal.name, b"\x01" + bytes(200))))
    ask(terminal, MOTHER, InquiryKind.KNOWN)
    noted = [entry for entry in library.audit() if entry.act == "exchange.known"]

    assert noted[-1].details["item"] == ITEM
    assert noted[-1].details["agreed"] == AGREED.isoformat()
    assert MOTHER.id_no not in str(noted)


def test_what_was_answered_in_an_earlier_case_is_known_and_a_registry_goes_before_it(
    library: Platform, tmp_path: Path
) -> None:
    terminal, person = library.enrolled(), synthetic_person(13, Wanted(DAY))
    filed = terminal.file(
        draft=terminal.draft(applicant=Applicant(person, Assurance.CHIP), catalogue_version=2), item_version=2
    )
    terminal.exchange(filed.event)
    before = {fact.name: (fact.value, fact.registry) for fact in ask(terminal, person, InquiryKind.KNOWN).facts}
    fill(library, tmp_path, person, name="income", value=500)
    after = {fact.name: (fact.value, fact.registry) for fact in ask(terminal, person, InquiryKind.KNOWN).facts}

    assert before == {"phone": ("15400000001", False), "income": (900, False)}
    assert after == {"phone": ("15400000001", False), "income": (500, True)}


def test_the_outcome_is_told_at_another_terminal_with_its_signed_paper_and_to_nobody_else(library: Platform) -> None:
    here, elsewhere, mother = library.enrolled(), library.enrolled(), synthetic_person(14, Wanted(DAY))
    agent = Agent(DAUGHTER, AgentKind.AGENT, Relation.CHILD, assurance=Assurance.CHIP)
    draft = here.draft(applicant=Applicant(mother, Assurance.CHIP), agent=agent)
    number = here.file(draft=draft).event.number
    filed = here.file(draft=draft, number=number)
    here.exchange(filed.event)
    library.ask("decide", number, "accept")

    for person in (mother, DAUGHTER):
        (word,) = [one for one in ask(elsewhere, person, InquiryKind.CASES).cases if one.submission_no == number]
        assert (word.state, word.has_paper) == ("accepted", True)
    paper = ask(elsewhere, mother, InquiryKind.PAPER, about=number)
    assert signing.verify(here.statement.record_key, "paper", paper.paper, paper.paper_signature)
    stranger = synthetic_person(15, Wanted(DAY))
    assert ask(elsewhere, stranger, InquiryKind.CASES).cases == ()
    assert ask(elsewhere, stranger, InquiryKind.PAPER, about=number).refused == "case_unknown"


def test_a_case_is_amended_at_another_terminal_by_its_own_people_alone_and_both_terminals_hear_of_it(
    library: Platform,
) -> None:
    here, elsewhere, mother = library.enrolled(), library.enrolled(), synthetic_person(16, Wanted(DAY))
    filed = here.file(draft=here.draft(applicant=Applicant(mother, Assurance.CHIP)))
    number = filed.event.number
    here.exchange(filed.event)
    library.ask("decide", number, "correct", "--reason", "phone")

    def amend(by: Applicant) -> str:
        draft = elsewhere.draft(applicant=by, answers={"phone": "15400000002"}, replaces=number)
        event = elsewhere.file(draft=draft, number=number, kind="amendment").event
        return elsewhere.exchange(event).answers[0].outcome

    assert amend(Applicant(mother, Assurance.STATED)) == "refused"
    assert amend(Applicant(DAUGHTER, Assurance.CHIP)) == "refused"
    assert amend(Applicant(mother, Assurance.CHIP)) == "taken"
    library.ask("decide", number, "accept")
    assert [body.state for body in here.decisions()] == ["correction", "received", "accepted"]
    assert [body.state for body in elsewhere.decisions()] == ["received", "accepted"]


def test_a_code_is_good_for_its_holder_and_a_claim_made_offline_is_held_against_the_library_later(
    library: Platform, tmp_path: Path
) -> None:
    terminal, holder = library.enrolled(), synthetic_person(17, Wanted(DAY))
    fill(library, tmp_path, holder)
    code = library.ask("library", "code", f"lic-{holder.id_no[-4:]}")["code"]
    shown = ask(terminal, holder, InquiryKind.CODE, about=code)
    assert [one.name for one in shown.licences] == ["困难证明"]
    assert ask(terminal, DAUGHTER, InquiryKind.CODE, about=code).refused == "code_unknown"

    def claimed(reference: str) -> str:
        claim = Material(
            "proof",
            MaterialSource.ELICENCE,
            collected_at=datetime.now(UTC),
            origin=Origin(OriginKind.CODE, reference, "困难情况证明"),
        )
        draft = terminal.draft(applicant=Applicant(holder, Assurance.CHIP), materials=(claim,), catalogue_version=2)
        filed = terminal.file(draft=draft, item_version=2)
        assert terminal.exchange(filed.event).answers[0].outcome == "taken"
        return filed.event.number

    true, false = claimed(code), claimed("JINBAN-LICENCE:made-up")
    acts = {entry.subject: entry.act for entry in library.audit() if entry.act.startswith("claim.")}
    library.command("export", str(tmp_path / "out"))

    assert (acts[true], acts[false]) == ("claim.held", "claim.not_held")
    assert json.loads((tmp_path / "out" / true / "proof-licence.json").read_text())["name"] == "困难证明"
    assert json.loads((tmp_path / "out" / false / "proof-licence.json").read_text()) == {"held": False}


def test_cases_taken_by_an_earlier_version_are_found_by_their_people_after_it_is_replaced(
    founded: Callable[..., Platform],
) -> None:
    old = founded("older").start()
    terminal = old.enrolled()
    person = synthetic_person(18, Wanted(DAY))
    terminal.exchange(terminal.file(draft=terminal.draft(applicant=Applicant(person, Assurance.CHIP))).event)
    old.stop()
    with closing(sqlite3.connect(old.data / "central.db", isolation_level=None)) as file:
        for table in ("case_holder", "licence", "licence_code", "registry_fact"):
            file.execute(f"DROP TABLE {table}")
        file.execute("DELETE FROM setting WHERE name LIKE 'holder%'")
        file.execute("PRAGMA user_version = 1")
    old.start()
    again = old.enrolled()

    assert [word.state for word in ask(again, person, InquiryKind.CASES).cases] == ["submitted"]
    old.stop()
