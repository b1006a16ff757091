"""A newer guide while something is half done: nothing slips in or out, and the person is told what changed."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.calendar import HolidayTable
from kiosk.catalogue.package import Head, write_package
from kiosk.cli.samples import sample_page
from kiosk.cli.wiring import clock_of
from kiosk.desk.desk import Desk
from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.identity.synthetic import Wanted, synthetic_card
from kiosk.model.case import Draft, MaterialSource, Signature
from kiosk.model.guide import Change, Part
from kiosk.papers.press import ChildPress
from local_db.store import Store, open_store
from sync.line import AgentLine
from tests.local_db.making import RECORD_PRIVATE, enrol

SAMPLE = Path(__file__).parents[2] / "central" / "samples" / "items" / "14-senior-card.json"
CARD = synthetic_card(3, Wanted(date.today(), 70))  # noqa: DTZ011 -- the card is valid around it


def item(version: int = 1, **changes: Any) -> dict[str, Any]:
    return {**json.loads(SAMPLE.read_text(encoding="utf-8")), "version": version, **changes}


def shelve(store: Store, version: int, *items: dict[str, Any]) -> None:
    head = Head("demo", "演示目录", version, date(2026, 11, 1), datetime(2026, 11, 24, 8, tzinfo=UTC), demo=True)
    store.shelf.replace(write_package(head, items, HolidayTable({}), RECORD_PRIVATE))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as opened:
        enrol(opened)
        shelve(opened, 1, item())
        yield opened


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(Equipment(store, ChildPress(), AgentLine(tmp_path, store.outbox.counts), clock_of(store)))


def visit(desk: Desk) -> Session:
    session = desk.open_session()
    desk.identify(session, CARD)
    return session


def begun(desk: Desk, session: Session) -> Draft:
    desk.open_case(session, item()["code"])
    form = item()["forms"][0]
    desk.answer(session, dict(form["sample"]))
    return session.current()


def materials(*more: dict[str, Any], without: str = "") -> list[dict[str, Any]]:
    return [*(one for one in item()["materials"] if one["id"] != without), *more]


BOOK = {"id": "hukou", "name": "居民户口簿", "type": "证件证照", "need": "必要", "basis": "《演示办法》第三条"}


def test_who_comes_back_after_the_guide_changed_is_told_what_is_asked_otherwise(desk: Desk, store: Store) -> None:
    first = visit(desk)
    case = begun(desk, first).case_id
    gone = item()["materials"][-1]
    desk.keep(first)
    shelve(store, 2, item(2, materials=materials(BOOK, without=gone["id"])))

    again = visit(desk)
    draft = desk.resume(again, case)
    told = {(one.part, one.change, one.ref) for one in desk.changes(again)}
    assert (Part.MATERIAL, Change.ADDED, "hukou") in told
    assert (Part.MATERIAL, Change.GONE, gone["id"]) in told
    assert (draft.item_version, draft.catalogue_version) == (2, 2)
    assert draft.answers == begun(desk, visit(desk)).answers, "what was filled in stays"
    assert "hukou" in {line.ref for line in desk.notice(again).lines}
    assert desk.changes(visit(desk)) == (), "another visit has nothing to be told"


def test_a_guide_that_only_reads_otherwise_elsewhere_tells_nothing(desk: Desk, store: Store) -> None:
    session = visit(desk)
    case = begun(desk, session).case_id
    desk.keep(session)
    shelve(store, 2, item(2, notes="改过的说明。"))
    again = visit(desk)
    assert desk.resume(again, case).item_version == 2
    assert desk.changes(again) == ()


def test_papers_nobody_asks_for_any_more_go_and_the_signature_is_given_anew(desk: Desk, store: Store) -> None:
    session = visit(desk)
    begun(desk, session)
    gone = item()["materials"][-1]["id"]
    desk.add_pages(session, gone, None, [(sample_page().read_bytes(), "jpg")], MaterialSource.FILE)
    desk.sign(session, Signature(400, 100, (((0, 0, 0), (50, 50, 30), (90, 20, 60)),), desk.now()))
    assert session.current().signature is not None
    shelve(store, 2, item(2, materials=materials(without=gone)))
    desk.notice(session)
    assert gone not in {one.material_id for one in session.current().materials}
    assert session.current().signature is None


def test_a_guide_that_comes_between_read_back_and_hand_in_is_looked_at_first(desk: Desk, store: Store) -> None:
    session = visit(desk)
    begun(desk, session)
    desk.readback(session)
    shelve(store, 2, item(2, materials=materials(BOOK)))
    with pytest.raises(KioskError) as refused:
        desk.submit(session)
    assert refused.value.failure is Failure.ITEM_CHANGED
    assert [one.ref for one in desk.changes(session)] == ["hukou"]
    assert session.current().item_version == 2
    assert store.outbox.counts()[0] == 0


def test_what_is_not_taken_any_more_stays_kept_and_says_so(desk: Desk, store: Store) -> None:
    first = visit(desk)
    case = begun(desk, first).case_id
    desk.keep(first)
    shelve(store, 2, item(2, state="暂停"))
    again = visit(desk)
    with pytest.raises(KioskError) as refused:
        desk.resume(again, case)
    assert refused.value.failure is Failure.ITEM_WITHDRAWN
    assert again.draft is None
    assert [one.case_id for one in desk.kept(visit(desk))] == [case]
    shelve(store, 3, item(3))
    assert desk.resume(visit(desk), case).case_id == case, "taken again: it goes on"
