"""Our own terminal and platform, filled with the workload of the link benchmark.

A folder `QUEUE/<application>/{form.json,scan_*.jpg}` becomes applications in a terminal's outbox: the form's text is an
answer of the form, each scan a page of one material. `fill` makes the terminal, `check` opens at the platform what
arrived and prints `<application>/<file> <sha256>` a line.

`python -m benchmarks.links.terminal found|fill|check FOLDER [QUEUE URL]`
"""

import hashlib
import json
import secrets
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.generated import generated_item
from central import casebook, fleet, publishing
from central.export import named
from central.office import open_office
from central.store import cases, events
from kiosk import numbers
from kiosk.clock import SystemClock
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import BlobRef, CaseSummary, Draft, Material, MaterialSource, Receipt
from kiosk.model.case import Channel as Way
from kiosk.model.payload import CasePayload, pack_payload
from kiosk.model.people import Applicant
from kiosk.model.state import CaseState
from kiosk.ports import SealedBlob, SealedMaterial, Store, Submission
from kiosk.seal import content, drafts, records, wraps
from local_db.store import open_store
from sync.provision import provision_online

MATERIAL = "hukou"
TEXT_FIELD = "text"


def platform_of(folder: Path) -> Path:
    """Where the platform of a run lies."""
    return folder / "platform"


def terminal_of(folder: Path) -> Path:
    """Where the terminal of a run lies."""
    return folder / "terminal"


def found(folder: Path) -> None:
    """Found the platform, publish its one item and leave a code for the terminal."""
    items = folder / "catalogue" / "items"
    items.mkdir(parents=True)
    (items / "one.json").write_text(json.dumps(_item(), ensure_ascii=False))
    for name in ("catalogue.toml", "holidays.json"):
        source = Path(publishing.__file__).parent / "samples" / name
        (folder / "catalogue" / name).write_bytes(source.read_bytes())
    with open_office(platform_of(folder), found=True) as office:
        publishing.publish(office, folder / "catalogue", actor="bench")
        (folder / "code").write_text(fleet.new_code(office, actor="bench", region12="000000000000").text)


def fill(folder: Path, queue: Path, url: str) -> None:
    """Enrol the terminal over the line and put the queue into its outbox."""
    with closing(open_store(terminal_of(folder), create=True)) as store:
        provision_online(url, (folder / "code").read_text(), store, SystemClock())
        desk = _Desk(store)
        for application in sorted(queue.iterdir()):
            desk.take(application)


def check(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of every case that is whole at the platform."""
    seen: dict[str, str] = {}
    with open_office(platform_of(folder)) as office:
        with office.store.read() as connection:
            numbers_held = [case.number for case in cases.page(connection, limit=10_000)]
        for number in numbers_held:
            with office.store.read() as connection:
                opened = casebook.open_case(office, connection, number).events[0]
                entries = events.files(connection, opened.stored.terminal, opened.stored.event)
            text = str(opened.payload.draft.answers[TEXT_FIELD])
            name = json.loads(text)["id"]
            seen[f"{name}/form.json"] = hashlib.sha256(text.encode()).hexdigest()
            for place, (_, entry) in enumerate(named(entries), 1):
                if office.blobs.have(opened.stored.terminal, entry.digest, entry.size) == entry.size:
                    sealed = office.blobs.read(opened.stored.terminal, entry.digest)
                    plain = content.decrypt(
                        sealed, wraps.open_platform_wrap(entry.wrap, office.keys.platform), content.PAGE
                    )
                    seen[f"{name}/scan_{place}.jpg"] = hashlib.sha256(plain).hexdigest()
    return seen


def taken_between(folder: Path) -> tuple[float, float] | None:
    """When the first and the last form were durable at the platform, in seconds since 1970."""
    with open_office(platform_of(folder)) as office, office.store.read() as connection:
        held = cases.page(connection, limit=10_000)
        times = [events.of_case(connection, case.number)[0].taken_at.timestamp() for case in held]
    return (min(times), max(times)) if times else None


@dataclass
class _Desk:
    """Takes applications as the desk does: a page whose twin an earlier case holds is named as that case names it."""

    store: Store

    def take(self, application: Path) -> None:
        text = (application / "form.json").read_text()
        pages = [self._page(path.read_bytes()) for path in sorted(application.glob("scan_*.jpg"))]
        event = secrets.token_hex(16)
        self.store.cases.submit(lambda counter: self._submission(text, pages, event, counter))

    def _page(self, data: bytes) -> BlobRef:
        key = content.new_key()
        wrap = wraps.wrap_for_platform(key, self.store.settings.identity().platform_key)
        mark = drafts.content_tag(self.store.provider_secret, data)
        sealed = content.encrypt(data, key, content.PAGE)
        blobs = self.store.blobs
        ref = blobs.keep(SealedBlob(sealed, "jpg", wrap, wraps.wrap_under(key, secrets.token_bytes(32)), mark))
        return blobs.twin(ref.digest) or ref

    def _submission(self, text: str, pages: list[BlobRef], event: str, counter: int) -> Submission:
        store = self.store
        identity, now = store.settings.identity(), datetime.now(UTC)
        item = store.shelf.item(_item()["code"])
        number = numbers.submission_no(identity.terminal, identity.epoch, now.date(), counter)
        draft = Draft(
            case_id=secrets.token_hex(8),
            item_code=item.code,
            catalogue_version=store.shelf.version(),
            channel=Way.APPLY,
            created_at=now,
            state=CaseState.QUEUED,
            applicant=Applicant(synthetic_person(1, Wanted(now.date(), 70))),
            answers={TEXT_FIELD: text},
            materials=(Material(MATERIAL, MaterialSource.FILE, tuple(pages)),),
        )
        payload = pack_payload(CasePayload(number, event, identity.terminal, item.name, draft, now, True))
        return Submission(
            event_id=event,
            summary=CaseSummary(number, item.code, item.name, "演***", CaseState.QUEUED, now),
            payload=records.seal_record(payload, identity.platform_key, f"form/{event}"),
            materials=tuple(
                SealedMaterial(
                    MATERIAL, None, place, ref.digest, ref.size, ref.extension, store.blobs.platform_wrap(ref.digest)
                )
                for place, ref in enumerate(pages)
            ),
            receipt=Receipt(number, item.code, item.name, now, None, f"https://platform.invalid/r#{counter}"),
            owners=(b"owner",),
            item_version=item.version,
            clock_trusted=True,
            actor="bench",
        )


def _item() -> dict[str, Any]:
    item = generated_item(0)
    form = item["forms"][0]
    form["schema"] = {
        "type": "object",
        "properties": {TEXT_FIELD: {"type": "string", "title": "内容", "maxLength": 4000}},
        "required": [TEXT_FIELD],
        "additionalProperties": False,
    }
    form.update(order=[TEXT_FIELD], prefill={}, help={}, sample={TEXT_FIELD: "{}"})
    return item


def main(job: str, folder: Path, *more: str) -> None:
    """One job of a run."""
    if job == "found":
        found(folder)
    elif job == "fill":
        fill(folder, Path(more[0]), more[1])
    elif job == "check":
        for name, digest in check(folder).items():
            print(name, digest)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
