"""§7 and §7a: what was decided, the catalogue, and questions while a person stands there."""

import secrets
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from central.conformance.checking import Check, NotTriedError
from central.conformance.probe import Probe, demand
from kiosk.catalogue.difference import holiday_line, merge, others_of, read_difference
from kiosk.catalogue.package import Catalogue, read_package
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.inquiry import (
    Inquiry,
    InquiryKind,
    decode_reply,
    encode_inquiry,
    question_context,
    reply_context,
)
from kiosk.model.people import Assurance
from kiosk.seal import keys, records
from sync.wire.coding import pack
from sync.wire.messages import (
    CatalogueHead,
    ChangesAnswer,
    ChangesRequest,
    DecisionBody,
    InquiryAnswer,
    InquiryRequest,
    SignedRecord,
)
from sync.wire.records import read_record, read_sealed_record

_FAR: Final = 1 << 40


def _full_fetch(probe: Probe) -> None:
    told = probe.changes()
    while told.more and told.head is None:
        told = probe.changes(told.cursor)
    demand(told.package, "no package for a terminal that holds none")
    package = told.package or b""
    catalogue = read_package(package, probe.platform.record_key)
    _demand_head(probe, told.head, catalogue)
    probe.catalogue, probe.package = catalogue, package


def _unchanged(probe: Probe) -> None:
    catalogue = _held(probe)
    told = probe.changes(catalogue=catalogue.head.version, held=bytes.fromhex(catalogue.head.digest))
    demand(told.package is None and told.difference is None, "sends a catalogue to a terminal that holds it")


def _no_useless_difference(probe: Probe) -> None:
    version = _held(probe).head.version
    told = probe.changes(catalogue=version - 1, held=secrets.token_bytes(32))
    demand(told.difference is None, "a difference from a catalogue nobody published")
    demand(told.package == probe.package, "no whole package where no difference can serve")


def _difference(probe: Probe) -> None:
    if not probe.earlier:
        raise NotTriedError("needs an earlier catalogue")
    old, new = read_package(probe.earlier, probe.platform.record_key), _held(probe)
    demand(old.head.version < new.head.version, "the catalogue given is not earlier than the one in force")
    told = probe.changes(catalogue=old.head.version, held=bytes.fromhex(old.head.digest))
    if told.difference is None:
        demand(told.package == probe.package, "neither difference nor package")
        return
    merged = merge(
        read_difference(told.difference),
        probe.platform.record_key,
        {code: old.raw(line) for code, line in old.chosen.items()},
        holiday_line(old.holidays),
        others_of(old),
        {code: line.entry.version for code, line in old.chosen.items()},
    )
    demand(merged.head.digest == new.head.digest, "the difference leads to another catalogue than the head's")


def _far_cursor(probe: Probe) -> None:
    near, far = probe.changes(), probe.changes(cursor=_FAR)
    demand(far.cursor == near.cursor, f"a cursor beyond the last leads to {far.cursor} instead of {near.cursor}")


def _cursor_rises(probe: Probe) -> None:
    cursor, turns = 0, 0
    while turns < 100:  # noqa: PLR2004 -- more than any test brings
        told = probe.changes(cursor)
        demand(told.cursor >= cursor, "the cursor falls")
        _demand_records(probe, told)
        turns += 1
        if not told.more:
            return
        demand(told.cursor > cursor, "more, but the cursor stands")
        cursor = told.cursor


def _other_terminal(probe: Probe) -> None:
    asked = ChangesRequest("T99999", 0, 0)
    probe.post("/v1/changes", pack(asked)).refused(HTTPStatus.UNAUTHORIZED, "link.refused")


def _no_media(probe: Probe) -> None:
    nonce, body = next(probe.nonces), pack(ChangesRequest(probe.me.terminal, 0, 0))
    head = probe.head("/v1/changes", body, nonce=nonce)
    del head["Content-Type"]
    probe.proven(probe.ask("POST", "/v1/changes", body, head).good(unnamed=True), "changes", ChangesAnswer, nonce)


def _unreadable(probe: Probe) -> None:
    probe.post("/v1/changes", b"no deflate").refused(HTTPStatus.BAD_REQUEST, "link.refused")


def _inquiry(probe: Probe) -> None:
    visit, name = keys.new_sealing_key(), secrets.token_hex(16)
    told = probe.turn("inquiry", _sealed(probe, visit, name), InquiryAnswer)
    reply = decode_reply(records.open_record(told.sealed, visit, reply_context(name)))
    demand(reply.inquiry_id == name, "answers another question")
    demand(reply.refused, "tells of a person whose chip nobody read")


def _inquiry_unreadable(probe: Probe) -> None:
    for sealed in (b"", secrets.token_bytes(200)):
        asked = pack(InquiryRequest(probe.me.terminal, sealed))
        probe.post("/v1/inquiry", asked).refused(HTTPStatus.BAD_REQUEST, "link.refused")


def _sealed(probe: Probe, visit: bytes, name: str) -> InquiryRequest:
    now = datetime.now(UTC)
    person = synthetic_person(1, Wanted(now.date(), 70))
    asked = Inquiry(
        inquiry_id=name,
        terminal=probe.me.terminal,
        kind=InquiryKind.CASES,
        visit_key=keys.sealing_public(visit),
        id_type=person.id_type,
        id_no=person.id_no,
        name=person.name,
        assurance=Assurance.STATED,
        asked_at=now,
    )
    context = question_context(probe.me.terminal)
    sealed = records.seal_record(encode_inquiry(asked), probe.platform.platform_key, context)
    return InquiryRequest(probe.me.terminal, sealed)


def _held(probe: Probe) -> Catalogue:
    demand(probe.catalogue, "no catalogue was fetched")
    return probe.catalogue  # type: ignore[return-value] # demanded


def _demand_head(probe: Probe, record: SignedRecord | None, catalogue: Catalogue) -> None:
    demand(record, "a package without the head that proves it")
    head = read_record(record, "catalogue", CatalogueHead, probe.platform.record_key)  # type: ignore[arg-type] # demanded
    demand(head.digest.hex() == catalogue.head.digest, "the head's hash of the whole is another")
    demand(head.version == catalogue.head.version, "the head's version is another")


def _demand_records(probe: Probe, told: ChangesAnswer) -> None:
    for record in told.records:
        if record.kind == "decision":
            body = read_sealed_record(
                record, "decision", DecisionBody, probe.platform.record_key, probe.me.terminal, probe.sealing
            )
            demand(body.terminal == probe.me.terminal, "a decision for another terminal")


FETCH = Check(
    "catalogue.full", "7", "a terminal without a catalogue is given the whole, proven by its head", _full_fetch
)
CHECKS = (
    Check("catalogue.unchanged", "7", "a catalogue that is held is not sent again", _unchanged),
    Check("catalogue.whole", "7", "where no difference can serve the whole is sent", _no_useless_difference),
    Check("catalogue.difference", "7", "a difference leads to the catalogue in force", _difference),
    Check("changes.cursor", "7", "the cursor only rises, and every decision is for this terminal alone", _cursor_rises),
    Check("changes.far_cursor", "7", "a cursor beyond the last counts as 0", _far_cursor),
    Check("changes.other_terminal", "7", "nobody asks for another terminal", _other_terminal),
    Check("changes.no_media", "1", "a question need not name its media type, nor then its answer", _no_media),
    Check("changes.unreadable", "10", "a body that is no message is refused", _unreadable),
    Check("inquiry", "7a", "an answer is sealed to the visit; of whom no chip was read nothing is told", _inquiry),
    Check("inquiry.unreadable", "10", "what is no question is refused", _inquiry_unreadable),
)
