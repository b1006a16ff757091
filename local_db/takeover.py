"""Taking what a damaged database of this data directory holds into a fresh one.

Each event comes over in a commit of its own, under its own id, so that it may be done again after any interruption and
nothing is there twice.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from kiosk import journal as chain
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry
from local_db import pastjournal
from local_db.blobfiles import BlobFiles
from local_db.carving import Carved
from local_db.columns import ticks
from local_db.connection import Connection
from local_db.journal import Journal, read_entry

Row = dict[str, Any]

_DAMAGED: Final = Failure.BLOB_DAMAGED.code
_SUBMITTED: Final = {"case.submitted": "case", "case.amended": "amendment", "feedback.submitted": "feedback"}
_BESIDE_CASES: Final = ("receipts", "refs", "decision_papers", "arrangements", "case_owners")
_AT_ONCE: Final = 100


@dataclass(slots=True)
class Taken:
    """What came over.

    `waiting` events are still to be sent, `delivered` the platform has signed for, `present` were
    here already. `rebuilt` were put together again from journal and payload; `parked` lack something that cannot be
    sent without; `files_missing` counts their files. `lost` are numbers that were given and of which nothing that could
    be sent is left; `gaps` counts journal entries that are missing, in which more such numbers may have stood.
    """

    cases: int = 0
    waiting: int = 0
    delivered: int = 0
    present: int = 0
    rebuilt: int = 0
    parked: int = 0
    files_missing: int = 0
    papers: int = 0
    journal: int = 0
    gaps: int = 0
    drafts: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where it comes from.

    `name` is terminal and epoch. `journal_goes_on`: its chain is this database's own already.
    """

    name: str
    carved: Carved
    journal_goes_on: bool = False


class TakeOver:
    """One database taken into another."""

    def __init__(self, connection: Connection, files: BlobFiles, journal: Journal, source: Source) -> None:
        self._db, self._files, self._journal, self._source = connection, files, journal, source
        self._rows = source.carved.rows
        self.told = Taken()

    def run(self) -> Taken:
        """Take everything that can be read, the queue first.

        Raises:
            KioskError: `STORE_FULL` and others; what came over so far stays, and the rest may be taken again.
        """
        entries = sound_entries(self._rows("journal"))
        events = {row["event_id"]: row for row in self._rows("outbox")}
        rebuilt = self._rebuilt(entries, events)
        self._cases([*events.values(), *rebuilt])
        self._events([*events.values(), *rebuilt])
        self.told.rebuilt = len(rebuilt)
        self._papers()
        self._feedback()
        self.told.journal = len(entries)
        if not self._source.journal_goes_on:
            self._past_journal(entries)
        self.told.lost = self._lost(entries)
        return self.told

    def _cases(self, events: list[Row]) -> None:
        """Cases and what stands beside them. One whose own row is lost is still in the lists, with what is known."""
        known = {row["submission_no"]: row for row in self._rows("cases")}
        receipts = {row["submission_no"]: row for row in self._rows("receipts")}
        for event in events:
            if event["kind"] in ("case", "amendment"):
                number = event["submission_no"]
                known.setdefault(number, _stub(event, receipts.get(number)))
        for some in _in_parts(list(known.values())):
            with self._db.write_tx():
                self.told.cases += sum(self._add("cases", row) for row in some)
        for table in _BESIDE_CASES:
            rows = [row for row in self._rows(table) if row["submission_no"] in known]
            for some in _in_parts(rows):
                with self._db.write_tx():
                    for row in some:
                        self._add(table, row)

    def _events(self, events: list[Row]) -> None:
        payloads = {row["seq"]: row["payload"] for row in self._rows("outbox_payloads")}
        materials: dict[int, list[Row]] = defaultdict(list)
        for row in self._rows("outbox_materials"):
            materials[row["seq"]].append(row)
        self._marks = {row["digest"]: row["mark"] for row in self._rows("blobs")}
        held = defaultdict(list)
        for row in self._rows("held_materials"):
            held[row["seq"]].append(row)
        for event in sorted(events, key=lambda row: row["seq"]):
            if self._db.row("SELECT 1 FROM outbox WHERE event_id = ?", (event["event_id"],)):
                self.told.present += 1
                continue
            its = sorted(materials[event["seq"]], key=lambda row: row["place"])
            here = self._files_here(its, event)
            with self._db.write_tx():
                seq = self._event(event, payloads.get(event["seq"]), its, here)
                for row in held[event["seq"]]:
                    self._add("held_materials", {**row, "seq": seq})

    def _files_here(self, materials: list[Row], event: Row) -> set[bytes]:
        """Those of an event's files that lie here in their full length."""
        here: set[bytes] = set()
        for row in materials:
            if row["released"]:
                continue
            try:
                self._files.demand(row["digest"], row["size"])
            except KioskError as error:
                if error.failure is not Failure.BLOB_DAMAGED:
                    raise
                self.told.files_missing += event["state"] != "settled"
            else:
                here.add(row["digest"])
        return here

    def _event(self, event: Row, payload: bytes | None, materials: list[Row], here: set[bytes]) -> int:
        settled = event["state"] == "settled"
        whole = payload is not None and len(materials) >= (0 if settled else event["holds"])
        whole = whole and (settled or all(row["digest"] in here for row in materials))
        row = {name: value for name, value in event.items() if name != "seq"}
        kept = [row for row in materials if row["digest"] in here] if settled else materials
        sizes = 0 if settled else sum(one["size"] for one in materials)
        row |= {
            "attempts": 0,
            "next_attempt": 0,
            "holds": len(kept),
            "bytes_left": sizes + (0 if settled or event["form_taken"] else len(payload or b"")),
        }
        if not settled and not whole:
            row |= {"state": "parked", "failure": _DAMAGED, "reason": "rescue"}
        self._count(row["state"])
        seq = self._db.insert(
            f"INSERT INTO outbox ({', '.join(row)}) VALUES ({_marks(row)})",  # noqa: S608 -- names of this schema
            tuple(row.values()),
        )
        if not settled or payload is not None:
            self._db.run("INSERT INTO outbox_payloads (seq, payload) VALUES (?, ?)", (seq, payload or b""))
        for one in materials:
            released = settled and one["digest"] not in here
            blob = 0 if released else self._hold(one)
            self._add("outbox_materials", {**one, "seq": seq, "blob": blob, "released": int(released)})
        return seq

    def _count(self, state: str) -> None:
        if state == "settled":
            self.told.delivered += 1
        else:
            self.told.waiting += 1
            self.told.parked += state == "parked"

    def _hold(self, material: Row) -> int:
        """Let one more event hold a file; its row."""
        found = self._db.change(
            "UPDATE blobs SET uses = uses + 1 WHERE digest = ? RETURNING id", (material["digest"],)
        ) or self._db.change(
            "INSERT INTO blobs (digest, size, extension, platform_wrap, uses, mark) VALUES (?, ?, ?, ?, 1, ?)"
            " RETURNING id",
            (
                material["digest"],
                material["size"],
                material["extension"],
                material["wrap"],
                self._marks.get(material["digest"]),
            ),
        )
        return int(found[0]) if found else 0

    def _rebuilt(self, entries: list[JournalEntry], events: Mapping[str, Row]) -> list[Row]:
        """Events whose row is lost, put together again from what the journal says of them and the payload it names."""
        settled = {entry.details.get("event", "") for entry in entries if entry.act == "event.settled"}
        known = {row["seq"] for row in events.values()}
        orphans = {
            hashlib.sha256(row["payload"]).hexdigest(): row["seq"]
            for row in self._rows("outbox_payloads")
            if row["seq"] not in known
        }
        versions = {row["item_code"]: row["item_version"] for row in events.values()}
        versions = {row["code"]: row["version"] for row in self._rows("shelf_items")} | versions
        found = []
        for entry in entries:
            told = entry.details
            seq = orphans.get(told.get("payload", ""))
            if entry.act not in _SUBMITTED or seq is None or told["event"] in settled or told["event"] in events:
                continue
            item = told.get("item", "")
            if item in versions:
                found.append(_event_of(entry, seq, item, versions[item]))
        return found

    def _papers(self) -> None:
        """The print ledger. What was running when it ended has an end that nobody knows."""
        for some in _in_parts(self._rows("papers")):
            with self._db.write_tx():
                for row in some:
                    known = self._db.row(
                        "SELECT 1 FROM papers WHERE kind = ? AND subject = ? AND run = ? AND begun_at = ? AND copy = ?",
                        (row["kind"], row["subject"], row["run"], row["begun_at"], row["copy"]),
                    )
                    if not known:
                        outcome = "uncertain" if row["outcome"] == "running" else row["outcome"]
                        fresh = {name: value for name, value in row.items() if name != "entry"}
                        self.told.papers += self._add("papers", {**fresh, "outcome": outcome})

    def _feedback(self) -> None:
        with self._db.write_tx():
            for row in self._rows("feedback"):
                self._add("feedback", row)

    def _past_journal(self, entries: list[JournalEntry]) -> None:
        """The chain as it is, beside our own, which names its head."""
        if not entries:
            return
        rows = sorted(self._rows("journal"), key=lambda row: row["position"])
        sound = {entry.position for entry in entries}
        rows = [row for row in rows if row["position"] in sound]
        origin = pastjournal.origin_of(self._source.name, rows)
        found = pastjournal.head_of(entries)
        self.told.gaps = entries[-1].position - found.entries
        with self._db.write_tx():
            pastjournal.keep(self._db, origin, rows)
            noted = self._db.row(
                "SELECT details FROM journal WHERE act = ? AND subject = ? ORDER BY position DESC LIMIT 1",
                (pastjournal.TAKEN, origin),
            )
            if noted is None or msgspec.json.decode(noted[0])["head"] != found.head:
                self._journal.append(pastjournal.TAKEN, origin, "technician", found.details())

    def _lost(self, entries: list[JournalEntry]) -> tuple[str, ...]:
        """Numbers people hold of which nothing that could be sent is here."""
        settled = {entry.details.get("event") for entry in entries if entry.act == "event.settled"}
        here = {event for (event,) in self._db.rows("SELECT event_id FROM outbox")}
        gone = [
            entry.subject
            for entry in entries
            if entry.act in _SUBMITTED and entry.details.get("event") not in settled | here
        ]
        return tuple(dict.fromkeys(gone))

    def _add(self, table: str, row: Row) -> int:
        return self._db.run(
            f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({_marks(row)})",  # noqa: S608 -- see above
            tuple(row.values()),
        )


def sound_entries(rows: Iterable[Row]) -> list[JournalEntry]:
    """The journal's entries as far as each proves itself by its digest, oldest first."""
    found = []
    for row in sorted(rows, key=lambda row: row["position"]):
        try:
            entry = read_entry(tuple(row[name] for name in pastjournal.COLUMNS))
        except KioskError:
            continue
        if entry.digest == chain.digest_of(entry):
            found.append(entry)
    return found


def _stub(event: Row, receipt: Row | None) -> Row:
    return {
        "submission_no": event["submission_no"],
        "item_code": event["item_code"],
        "item_name": receipt["item_name"] if receipt else event["item_code"],
        "applicant_masked": "",
        "state": "queued",
        "submitted_at": receipt["submitted_at"] if receipt else event["created_at"],
        "deliver_by": receipt["deliver_by"] if receipt else None,
    }


def _event_of(entry: JournalEntry, seq: int, item: str, version: int) -> Row:
    kind = _SUBMITTED[entry.act]
    return {
        "seq": seq,
        "event_id": entry.details["event"],
        "kind": kind,
        "submission_no": entry.subject,
        "item_code": item,
        "item_version": version,
        "created_at": ticks(entry.at),
        "clock_trusted": int("clock" not in entry.details),
        "replaces": entry.subject if kind == "amendment" else None,
        "state": "queued",
        "form_taken": 0,
        "failure": None,
        "reason": "",
        "holds": int(entry.details.get("files", "0")),
        "acknowledgement": None,
        "settled_at": None,
    }


def _in_parts(rows: list[Row]) -> list[list[Row]]:
    return [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]


def _marks(row: Row) -> str:
    return ", ".join("?" for _ in row)
