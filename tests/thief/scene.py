"""A terminal after a day's work, through the desk: a case handed in, drafts of a resident and of a clerk, an answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.cli.samples import sample_page
from kiosk.cli.wiring import clock_of
from kiosk.desk.desk import Desk
from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session
from kiosk.identity.synthetic import Wanted, synthetic_card, synthetic_person
from kiosk.model.case import Decision, MaterialSource, Signature
from kiosk.model.feedback import FeedbackKind, Reply
from kiosk.model.people import Assurance, IdCard, Operator, Person, Role
from kiosk.model.state import CaseState
from kiosk.papers.press import ChildPress
from local_db.store import Store, open_store
from sync.line import AgentLine
from tests.kiosk.test_guide_changes import item, shelve
from tests.local_db.making import enrol

TODAY = date.today()  # noqa: DTZ011 -- the cards are valid around it
HANDED_IN = synthetic_card(11, Wanted(TODAY, 70))
KEPT = synthetic_card(12, Wanted(TODAY, 71))
OF_CLERK = synthetic_person(13, Wanted(TODAY, 72))
CLERK = Operator("clerk", "测试·甲", Role.CLERK)
BOSS = Operator("boss", "测试·主管", Role.SUPERVISOR)
PIN = "481516"
SHEET, PAGES = "application_form", 2
EMERGENCY = "演示·紧急联系人"
COMPLAINT = "演示·意见的原文"
CONTACT = "15400009999"
PHONE = "15400008888"
REASON, ANSWER, PARKED, REF = "演示·审查意见", "演示·答复", "演示·退回原因", "演示·调用方的编号"


@dataclass(frozen=True)
class Scene:
    """What lies in the directory."""

    data: Path
    number: str
    event_id: str
    kept: str
    of_clerk: str
    page: bytes


def desk_of(store: Store, data: Path) -> Desk:
    return Desk(Equipment(store, ChildPress(), AgentLine(data, store.outbox.counts), clock_of(store)))


def filled(data: Path) -> Scene:
    """Fill a fresh directory."""
    with open_store(data, create=True) as store:
        enrol(store)
        shelve(store, 1, item())
        store.staff.add(BOSS, PIN)
        store.staff.add(CLERK, PIN)
        desk = desk_of(store, data)
        desk.staff_login(desk.open_session(), BOSS.staff_id, PIN)
        number = _hand_in(desk, HANDED_IN)
        event_id = store.outbox.next_batch(store._connection.now())[0].event_id
        kept, of_clerk = _keep(desk, KEPT), _keep_as_clerk(desk, OF_CLERK)
        _answer(desk, store, number, event_id)
    return Scene(data, number, event_id, kept, of_clerk, sample_page().read_bytes())


def _hand_in(desk: Desk, card: IdCard) -> str:
    session = desk.open_session()
    desk.identify(session, card)
    _fill(desk, session, card.person())
    desk.sign(session, Signature(400, 100, (((0, 0, 0), (50, 50, 30), (90, 20, 60)),), desk.now()))
    receipt = desk.submit(session, (REF, b"d"))
    session.wipe()
    return receipt.submission_no


def _keep(desk: Desk, card: IdCard) -> str:
    session = desk.open_session()
    desk.identify(session, card)
    case_id = _fill(desk, session, card.person())
    desk.keep(session)
    session.wipe()
    return case_id


def _keep_as_clerk(desk: Desk, person: Person) -> str:
    session = desk.open_session()
    desk.staff_login(session, CLERK.staff_id, PIN)
    desk.state_identity(session, person, Assurance.PAPER_SEEN)
    case_id = _fill(desk, session, person)
    desk.keep(session)
    session.wipe()
    return case_id


def _fill(desk: Desk, session: Session, person: Person) -> str:
    """A form and a page for every material that is asked for."""
    case_id = desk.open_case(session, item()["code"]).case_id
    told = {"name": person.name, "id_no": person.id_no, "address": person.address, "phone": PHONE}
    desk.answer(session, {**item()["forms"][0]["sample"], **told, "emergency_name": EMERGENCY})
    page = (sample_page().read_bytes(), "jpg")
    for scenario in item()["scenarios"]:
        desk.choose(session, scenario["id"], scenario["choices"][0]["id"])
    desk.add_pages(session, SHEET, None, [page, page], MaterialSource.SCAN)
    return case_id


def _answer(desk: Desk, store: Store, number: str, event_id: str) -> None:
    """The platform has spoken of the case, in a paper that names the person; a complaint was made and answered."""
    store.outbox.park(event_id, "intake.refused", PARKED)
    person, at = HANDED_IN.person(), datetime(2026, 11, 24, 9, tzinfo=UTC)
    paper = f"补正通知书 {person.name} {person.id_no}".encode()
    decided = Decision(number, 1, CaseState.CORRECTION, at, reason=REASON, paper=paper, paper_signature=b"s")
    store.outbox.form_taken(event_id, b"acknowledged")
    store.inbox.apply_decision(decided)
    session = desk.open_session()
    desk.identify(session, HANDED_IN)
    slip = desk.give_feedback(session, FeedbackKind.COMPLAINT, COMPLAINT, contact=CONTACT)
    store.feedback.answer(Reply(slip.number, 1, at, ANSWER))
