"""Two visits: pages scanned, one of them taken back, drafts saved, cases submitted and amended, papers, ratings."""

import secrets
from pathlib import Path

from kiosk.model.case import BlobRef, Decision, Rating
from kiosk.model.state import CaseState
from local_db.store import Store, open_store
from tests.local_db.making import NOON, Application, SetClock, draft, enrol, material, page
from tests.powercut.recording import mark
from tests.powercut.scene import Scene, one_terminal
from tests.powercut.terminals import look
from tests.powercut.told import broken_promises


def prepare(folder: Path) -> None:
    """A terminal in use."""
    with open_store(folder / "terminal", create=True, clock=SetClock()) as store:
        enrol(store)
        visit(store, "before")
        note(folder, store)


def note(folder: Path, store: Store) -> None:
    """Everybody who was here before holds a receipt."""
    taken = store._connection.rows("SELECT submission_no, event_id FROM outbox WHERE kind <> 'rating'")
    (folder / "before").write_text("".join(f"taken {number} {event}\n" for number, event in taken), encoding="utf-8")


def as_noted(folder: Path) -> None:
    """Say first what was told before anything was recorded."""
    mark("enrolled")
    for line in (folder / "before").read_text(encoding="utf-8").splitlines():
        mark(line)


def play(folder: Path) -> None:
    """Two visits, an opening each: the second finds what the first left, as after a restart."""
    as_noted(folder)
    for name in range(256):  # what a process leaves that was killed just behind its mkdir: names nobody has synced
        (folder / "terminal" / "blobs" / f"{name:02x}").mkdir(mode=0o700, exist_ok=True)
    for turn in range(2):
        with open_store(folder / "terminal", clock=SetClock()) as store:
            number, event = visit(store, f"visit-{turn}")
            after(store, number, event)


def visit(store: Store, case: str) -> tuple[str, str]:
    """Scan, save, take one page back, submit; number and event."""
    pages = [scan(store, size) for size in (3000, 9000, 700)]
    save(store, case, pages)
    wrong = scan(store, 2000)
    save(store, case, [*pages, wrong])
    mark("releasing", wrong.digest)
    mark("saving", case, *digests(pages))
    store.blobs.discard([wrong.digest])
    save(store, case, pages)
    materials = tuple(material(store, ref, f"m{place}") for place, ref in enumerate(pages))
    event = secrets.token_hex(16)
    mark("taking", event)
    mark("dropping", case)
    taken = store.cases.submit(Application(materials, draft_id=case, event_id=event).build)
    mark("dropped", case)
    mark("taken", taken.summary.submission_no, event)
    return taken.summary.submission_no, event


def scan(store: Store, size: int) -> BlobRef:
    """A page as it comes from the scanner; from here on its picture is shown."""
    ref = store.blobs.keep(page(size))
    mark("kept", ref.digest)
    return ref


def save(store: Store, case: str, pages: list[BlobRef]) -> None:
    """Keep the visit as it stands."""
    mark("saving", case, *digests(pages))
    store.drafts.save(draft(case, digests(pages)))
    mark("saved", case, *digests(pages))


def digests(pages: list[BlobRef]) -> tuple[str, ...]:
    """Their names."""
    return tuple(ref.digest for ref in pages)


def after(store: Store, number: str, event: str) -> None:
    """The receipt, a rating, the way to the platform, a decision; and another case that is put aside."""
    entry, _ = store.papers.begin("receipt", number, "digest")
    mark("printing", str(entry))
    store.papers.end(entry, "printed")
    mark("printed", str(entry))
    store.cases.rate(Rating(number, 1, NOON))
    mark("rated", number)
    store.outbox.form_taken(event, b"form")
    store.outbox.settle(event, b"whole")
    mark("settled", number)
    store.inbox.apply_decision(Decision(number, 1, CaseState.RECEIVED, NOON))
    mark("decided", number, "received")
    other, another = visit(store, f"aside-{number}")
    store.outbox.park(another, "intake.refused", "form")
    mark("parked", other)
    store.journal.verify()


SCENE = Scene("visit", prepare, play, {"terminal": look}, one_terminal(broken_promises))
