"""A program that is killed with SIGKILL at one exact step of taking a case, over and over.

`python -m tests.local_db.crashing FOLDER` copies a prepared data directory for each step, forks, lets the child work
up to that step and die there, opens what is left and prints one JSON line: the step, what is visible, what is wrong.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from kiosk.failure import KioskError
from kiosk.ports import Submission
from local_db.store import Store, open_store
from tests.local_db.making import NOON, Application, SetClock, draft, enrol, material, sealed_page

PAGES = [sealed_page(bytes([place]) * 2000) for place in range(2)]
CASE = "visit-1"
LONG = NOON.replace(year=2028)


class Doom:
    """Kills this process when the given number of steps has gone by; counts them until then."""

    def __init__(self, step: int) -> None:
        self.step = step
        self.seen: list[str] = []

    def __call__(self, what: str) -> None:
        self.seen.append(what)
        if len(self.seen) == self.step:
            Path(os.environ["DOOM"]).write_text(what, encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, event: str, _: object) -> None:
        """Python's audit hook: file operations are steps too."""
        if event in {"os.rename", "os.remove"}:
            self(event)


def doomed(data: Path, doom: Doom) -> None:
    """One visit: two pages, a draft, the submission. Every statement and every file operation is a step."""
    store = open_store(data, clock=SetClock())
    store._connection.db.conn.set_trace_callback(lambda sql: doom(" ".join(sql.split()[:4])))
    sys.addaudithook(doom.watch)
    refs = [store.blobs.keep(blob) for blob in PAGES]
    store.drafts.save(draft(CASE, tuple(ref.digest for ref in refs)))
    materials = tuple(material(store, ref, f"m{place}") for place, ref in enumerate(refs))

    def build(counter: int) -> Submission:
        doom("build")
        return Application(materials, draft_id=CASE, event_id="ab" * 16).build(counter)

    taken = store.cases.submit(build)
    doom("acknowledged " + taken.summary.submission_no)


def verdict(data: Path) -> tuple[str, list[str]]:
    """How far the visit got as the next opening sees it, and everything that is half done."""
    wrong: list[str] = []
    with open_store(data, clock=SetClock(LONG)) as store:
        store.examine()
        cases, drafts = store.cases.page(), store.drafts.owned_by(b"o")
        reached = "submitted" if cases else "drafted" if drafts else "nothing"
        if cases and drafts:
            wrong.append("draft and case")
        if store.outbox.counts()[0] != len(cases) or len(store.outbox.next_batch(LONG)) != len(cases):
            wrong.append("outbox and cases disagree")
        if store._connection.number("submission") != len(cases):
            wrong.append("a number is lost")
        for case in cases:
            wrong += case_faults(store, case.submission_no)
        for kept in drafts:
            wrong += page_faults(store, store.drafts.load(kept.case_id).blobs, draft_wraps=True)
        named = {row[0].hex() for row in store._connection.rows("SELECT digest FROM blobs")}
        there = {path.name for path in (data / "blobs").rglob("*") if path.is_file()}
        if named != there:
            wrong.append("files and rows disagree")
    return reached, wrong


def case_faults(store: Store, number: str) -> list[str]:
    """What a submitted case lacks."""
    (entry,) = store.outbox.next_batch(LONG)
    wrong = [] if store.cases.receipt(number).submission_no == number else ["receipt"]
    wrong += [] if len(entry.materials) == len(PAGES) and entry.payload else ["materials"]
    wrong += [] if store.journal.entries()[-1].subject == number else ["journal"]
    wrong += [] if store.cases.owned_by(b"owner-1") else ["owner"]
    return wrong + page_faults(store, tuple(one.digest for one in entry.materials), draft_wraps=False)


def page_faults(store: Store, digests: tuple[str, ...], *, draft_wraps: bool) -> list[str]:
    """Pages that are not whole, or whose draft wrap is not where it belongs."""
    wrong = []
    for digest in digests:
        store.blobs.read(digest)
        try:
            store.blobs.draft_wrap(digest)
            has_wrap = True
        except KioskError:
            has_wrap = False
        if has_wrap is not draft_wraps:
            wrong.append("draft wrap")
    return wrong


def main(folder: Path) -> None:
    """Kill at the first step, the second, … until one child lives through all of them."""
    with open_store(folder / "prepared", create=True, clock=SetClock()) as store:
        enrol(store)
    step = 0
    while True:
        step += 1
        data = folder / f"step-{step}"
        shutil.copytree(folder / "prepared", data)
        os.environ["DOOM"] = str(folder / "doom")
        child = os.fork()
        if child == 0:
            doomed(data, Doom(step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        lived = os.waitstatus_to_exitcode(status) == 0
        what = "lived" if lived else (folder / "doom").read_text(encoding="utf-8")
        reached, wrong = verdict(data)
        print(json.dumps({"step": step, "what": what, "reached": reached, "wrong": wrong}), flush=True)  # noqa: T201
        shutil.rmtree(data)
        if lived:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
