"""Whoever takes the disk without the key finds nobody in it."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.model.case import Decision
from kiosk.model.people import Operator, Role
from kiosk.model.state import CaseState
from local_db.store import Store, open_store
from tests.local_db.making import NOON, Application, SetClock, draft, material, sealed_page

NAME = "演示·张小凤"
ID_NO = "00000019500101001X"
ADDRESS = "演示县测试镇近办村一组七号"
SECRETS = (NAME, ID_NO, ADDRESS)


def needles() -> Iterator[bytes]:
    for secret in SECRETS:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gbk"):
            yield secret.encode(encoding)


def found(data: Path) -> list[tuple[str, bytes]]:
    return [
        (path.name, needle)
        for path in data.rglob("*")
        if path.is_file()
        for needle in needles()
        if needle in path.read_bytes()
    ]


def visit(store: Store) -> None:
    """A visit whose every field says too much, so that only encryption can hide it."""
    scan = "\n".join(SECRETS).encode() * 50 + NAME.encode("gbk") + ID_NO.encode("utf-16-le")
    kept, dropped = store.blobs.keep(sealed_page(scan)), store.blobs.keep(sealed_page(scan))
    store.drafts.save(draft("d1", (kept.digest, dropped.digest), owner=ID_NO.encode()))
    form = f'{{"name":"{NAME}","id_no":"{ID_NO}","address":"{ADDRESS}"}}'.encode()
    application = Application(
        (material(store, kept),), draft_id="d1", form=form, masked=NAME, owners=(ID_NO.encode(),), ref=ID_NO
    )
    taken = store.cases.submit(application.build)
    number = taken.summary.submission_no
    store.staff.add(Operator("c7", NAME, Role.CLERK), "481516")
    store.outbox.park(taken.event_id, "link.intake_refused", NAME)
    decision = Decision(number, 1, CaseState.REFUSED, NOON, None, NAME, (NAME,), NAME.encode() * 99, b"s")
    store.inbox.apply_decision(decision)
    store.drafts.save(draft("d2", owner=ID_NO.encode()))


def test_nothing_personal_lies_on_the_disk_in_plain_while_the_store_is_open(store: Store, data: Path) -> None:
    visit(store)

    assert (data / "jinban.db-wal").stat().st_size
    assert found(data) == []


def test_nothing_personal_lies_on_the_disk_in_plain_after_it_was_closed(store: Store, data: Path) -> None:
    visit(store)
    store.close()

    assert not (data / "jinban.db-wal").exists()
    assert found(data) == []


def test_the_search_would_find_what_is_not_hidden(data: Path) -> None:
    data.mkdir()
    (data / "notes").write_bytes(NAME.encode("gbk"))

    assert found(data) == [("notes", NAME.encode("gbk"))]


def test_no_file_is_named_after_anybody(store: Store, data: Path) -> None:
    visit(store)
    names = [path.name for path in data.rglob("*")]

    assert not [name for name in names for secret in SECRETS if secret in name]


def test_the_journal_names_acts_and_numbers_and_nobody(store: Store) -> None:
    visit(store)
    told = "".join(repr(entry) for entry in store.journal.entries())

    assert "case.submitted" in told
    assert not [secret for secret in SECRETS if secret in told]


def test_a_submitted_form_cannot_be_opened_with_what_this_terminal_holds(store: Store, data: Path) -> None:
    """Only sealed bytes are left of it, and no key of this machine fits them."""
    visit(store)
    store.close()
    with open_store(data, clock=SetClock()) as again:
        rows = (
            again._connection.rows("SELECT * FROM outbox_payloads")
            + again._connection.rows("SELECT * FROM outbox_materials")
            + again._connection.rows("SELECT * FROM blobs")
        )
        assert again._connection.rows("SELECT 1 FROM blobs WHERE draft_wrap IS NOT NULL") == []
    dump = b"".join(value for row in rows for value in row if isinstance(value, bytes))
    assert len(dump) > 300
    assert not [needle for needle in needles() if needle in dump]
