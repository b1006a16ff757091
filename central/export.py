"""Cases opened and written out for the authority's own systems.

`<submission_no>/form.json` is the payload as JSON with `item` and `answers` repeated at the top; each file lies beside
it byte for byte as `<material>-<nn>.<ext>`, or `<material>-<member>-<nn>.<ext>` where it was handed in for one member
of the household, `nn` counting from 01 in the order of the pages. The n-th amendment lies in the same form in
`<submission_no>/amendments/<nn>/`. `arranged` in `form.json` says what became of delivery, appointment and fee where
the item has them; what the person chose is in `draft`. Files that have not arrived yet are left out and named. A
licence that stands for a material is written as `<material>-licence.json`: what the library holds, or that it holds no
such licence.

Where it is asked for, every material lies besides as one document, `bound/<material>.pdf`, its pages in order: what
archives and other systems take in. It is never written with a page missing; what cannot be bound is counted.

The photograph in the applicant's card, where the item asked for it, is `portrait.wlt` as the card holds it, and
`portrait.png` besides where the terminal had a decoder; `form.json` names these files in its place.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from central import casebook
from central.arranging import arranged_of
from central.bound import bind_materials
from central.casebook import OpenedEvent
from central.exchange.claims import licence_of
from central.office import Office
from central.store import cases, events
from central.whole import write_whole
from kiosk.failure import KioskError
from kiosk.model.case import MaterialSource
from kiosk.model.payload import encode_payload
from kiosk.model.people import Portrait
from kiosk.seal import content
from sync.wire.messages import BlobEntry


@dataclass(frozen=True, slots=True)
class Exported:
    """One case written out. `missing` counts files still under way, `failure` says why it could not be opened.

    `unbound` counts materials of which no document could be made, because a file of theirs cannot be read.
    """

    number: str
    files: int = 0
    missing: int = 0
    failure: str = ""
    unbound: int = 0


def count(office: Office) -> int:
    """How many cases there are."""
    with office.store.read() as connection:
        return cases.count(connection)


def export_cases(office: Office, folder: Path, *, bound: bool = False) -> Iterator[Exported]:
    """Write every case into `folder`; one that cannot be opened does not stop the others.

    `bound` writes every material as one PDF besides.
    """
    folder.mkdir(parents=True, exist_ok=True)
    last = ""
    while True:
        with office.store.read() as connection:
            page = cases.page(connection, last)
        if not page:
            return
        for case in page:
            yield _export_case(office, folder, case.number, bound=bound)
        last = page[-1].number


def _export_case(office: Office, folder: Path, number: str, *, bound: bool) -> Exported:
    done = Exported(number)
    try:
        with office.store.read() as connection:
            opened = casebook.open_case(office, connection, number)
        for place, event in enumerate(opened.events):
            target = folder / number if place == 0 else folder / number / "amendments" / f"{place:02d}"
            done = _added(done, _export_event(office, event, target, bound=bound))
    except KioskError as error:
        return replace(done, failure=error.failure.code)
    return done


def _added(done: Exported, more: Exported) -> Exported:
    return replace(
        done,
        files=done.files + more.files,
        missing=done.missing + more.missing,
        unbound=done.unbound + more.unbound,
    )


def _export_event(office: Office, event: OpenedEvent, target: Path, *, bound: bool) -> Exported:
    target.mkdir(parents=True, exist_ok=True)
    payload = _kept(json.loads(encode_payload(event.payload)), event.written)
    applicant = event.payload.draft.applicant
    portrait = photographs(applicant.portrait) if applicant and applicant.portrait else {}
    for name, data in portrait.items():
        write_whole(target / name, data)
    if portrait:
        payload["draft"]["applicant"]["portrait"] = list(portrait)
    with office.store.read() as connection:
        told = arranged_of(connection, event.payload.submission_no)
    form = {
        "item": event.payload.draft.item_code,
        "answers": payload["draft"]["answers"],
        **({"arranged": msgspec.to_builtins(told)} if told else {}),
        **payload,
    }
    write_whole(target / "form.json", json.dumps(form, ensure_ascii=False, indent=2).encode())
    _write_licences(office, event, target)
    stored = event.stored
    with office.store.read() as connection:
        entries = events.files(connection, stored.terminal, stored.event)
    files, absent = list(named(entries)), set[str]()
    for name, entry in files:
        if office.blobs.have(stored.terminal, entry.digest, entry.size) < entry.size:
            absent.add(name)
            continue
        sealed = office.blobs.read(stored.terminal, entry.digest)
        key = office.keys.open_wrap(entry.wrap)
        write_whole(target / name, content.decrypt(sealed, key, content.PAGE))
    unbound = bind_materials(target, files, absent) if bound else 0
    return Exported(event.stored.number, len(files) + len(portrait) - len(absent), len(absent), unbound=unbound)


def _kept(read: Any, written: Any) -> Any:
    """What this version reads, and beside it whatever a newer terminal wrote that this version does not know."""
    if isinstance(read, dict) and isinstance(written, dict):
        return {name: _kept(read[name], written.get(name)) for name in read} | {
            name: value for name, value in written.items() if name not in read
        }
    if isinstance(read, list) and isinstance(written, list) and len(read) == len(written):
        return [_kept(one, other) for one, other in zip(read, written, strict=True)]
    return read


def photographs(portrait: Portrait) -> dict[str, bytes]:
    """The photograph in the applicant's card by file name: as it is there, and decoded where that was done."""
    picture = {"portrait.png": portrait.picture} if portrait.picture else {}
    return {"portrait.wlt": portrait.block, **picture}


def _write_licences(office: Office, event: OpenedEvent, target: Path) -> None:
    for material in event.payload.draft.materials:
        if material.source is not MaterialSource.ELICENCE:
            continue
        with office.store.read() as connection:
            licence = licence_of(office, connection, event.payload, material)
        found = {"held": False} if licence is None else {"held": True, **msgspec.to_builtins(licence)}
        name = f"{material.material_id}-{material.member}" if material.member else material.material_id
        write_whole(target / f"{name}-licence.json", json.dumps(found, ensure_ascii=False, indent=2).encode())


def named(entries: tuple[BlobEntry, ...]) -> Iterator[tuple[str, BlobEntry]]:
    """Each file with its name in the export; intake checked every part of it, so none leads out of its folder."""
    numbers: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda one: (one.material, one.member or "", one.index)):
        name = f"{entry.material}-{entry.member}" if entry.member else entry.material
        numbers[name] += 1  # by the name as written: `a-b` of nobody and `a` of member `b` must not meet
        yield f"{name}-{numbers[name]:02d}.{entry.ext}", entry
