"""What goes down to the terminals: decisions, postings and the catalogue in force.

A decision lies in the database sealed to the platform's own key and is sealed to its terminal when it is asked for,
so that a terminal that was enrolled again can read what was decided before. Both in the suite the case came up in.
"""

from typing import Final

import msgspec
from sqlalchemy import Connection

from central import board
from central.office import Office
from central.store import decisions, events
from central.store.decisions import Change, StoredDecision
from central.store.terminals import Terminal
from kiosk.failure import KioskError
from kiosk.seal import records, suite
from kiosk.seal.suite import Suite
from sync.wire.coding import WireError, decode, encode
from sync.wire.messages import CatalogueHead, ChangesAnswer, ChangesRequest, DecisionBody, ReplyBody, SignedRecord
from sync.wire.records import make_record, make_sealed_record

MOST_RECORDS: Final = 100
MOST_BYTES: Final = 4 * 1024 * 1024
LEAST_PIECE: Final = 16 * 1024
REPLY: Final = "reply"
"""Stands where a decision's state stands: an answer to feedback travels the same way."""


def record(
    office: Office,
    connection: Connection,
    body: DecisionBody,
    *,
    officer: str,
    refs: tuple[str, ...],
    newcomer: str | None = None,
) -> None:
    """Write down a decision and put it into the feeds of all terminals where something of the case was handed in.

    `newcomer` is the terminal whose event is being taken just now.
    """
    sealed = _sealed(office, connection, body)
    stored = StoredDecision(body.number, body.seq, body.state, body.at, officer, refs, sealed)
    handed_in = [one.terminal for one in events.of_case(connection, body.number)]
    terminals = dict.fromkeys([body.terminal, *handed_in, *([newcomer] if newcomer else [])])
    decisions.add(connection, terminals, stored)


def record_reply(office: Office, connection: Connection, body: ReplyBody, *, officer: str) -> None:
    """Write down an answer to feedback and put it into the feed of the terminal that took it."""
    sealed = _sealed(office, connection, body)
    stored = StoredDecision(body.number, body.seq, REPLY, body.at, officer, (), sealed)
    decisions.add(connection, [body.terminal], stored)


def _sealed(office: Office, connection: Connection, body: DecisionBody | ReplyBody) -> bytes:
    context = _context(body.number, body.seq)
    return records.seal_record(encode(body), office.keys.platform_public, context, _suite_of(connection, body.number))


def _suite_of(connection: Connection, number: str) -> Suite:
    handed_in = events.of_case(connection, number)
    return suite.opened(handed_in[-1].payload)[0] if handed_in else suite.AES


def newest_reply(office: Office, connection: Connection, number: str) -> ReplyBody | None:
    """The answer to feedback that stands; None before the first."""
    said = decisions.of_case(connection, number)
    if not said:
        return None
    last = said[-1]
    return decode(office.keys.open_record(last.sealed_body, _context(number, last.sequence)), ReplyBody)


def opened(office: Office, number: str, sequence: int, sealed: bytes) -> DecisionBody:
    """A decision read back."""
    return decode(office.keys.open_record(sealed, _context(number, sequence)), DecisionBody)


def answer(office: Office, terminal: Terminal, request: ChangesRequest, nonce: int) -> ChangesAnswer:
    """Everything for this terminal after its cursor, and the catalogue once nothing else waits."""
    with office.store.read() as connection:
        last = decisions.last_change(connection, terminal.id)
        cursor = request.cursor if 0 <= request.cursor <= last else 0
        changes = decisions.changes_after(connection, terminal.id, cursor, MOST_RECORDS)
        wanted = request.posted is not None
        posted = board.answer(office, connection, terminal, request.posted or 0) if wanted else ((), 0, False)
    sealed: list[SignedRecord] = []
    size = 0
    for change in changes:
        if sealed and size > MOST_BYTES:
            break
        cursor = change.sequence
        try:
            sealed.append(_record(office, terminal, change))
        except (KioskError, WireError) as error:  # one damaged row must not dam up the feed; it is named
            office.log.warning("feed.damaged", number=change.number, cause=type(error).__name__)
            continue
        size += len(sealed[-1].body)
    postings, until, more_posted = posted
    more = cursor < last or more_posted
    new = until if until != request.posted else 0  # a terminal that has them all need not be told so every half minute
    forked = terminal.forked_at is not None
    told = ChangesAnswer(office.now(), nonce, tuple(sealed), cursor, more, postings=postings, posted=new, forked=forked)
    return _with_catalogue(office, request, told)


def _record(office: Office, terminal: Terminal, change: Change) -> SignedRecord:
    plain = office.keys.open_record(change.sealed_body, _context(change.number, change.decision))
    kind, form = ("reply", ReplyBody) if change.state == REPLY else ("decision", DecisionBody)
    body = msgspec.structs.replace(decode(plain, form), terminal=terminal.id)
    used, _ = suite.opened(change.sealed_body)
    return make_sealed_record(kind, body, office.keys.record, terminal.id, terminal.terminal_key, used)


def _with_catalogue(office: Office, request: ChangesRequest, told: ChangesAnswer) -> ChangesAnswer:
    published = office.catalogues.in_force()
    if published is None or (published.version, published.digest) == (request.catalogue, request.held):
        return told  # what is held is in force; a terminal that asks every half minute need not be told its own head
    head = CatalogueHead(published.version, published.digest, published.issued_at, published.items)
    told = msgspec.structs.replace(told, head=make_record("catalogue", head, office.keys.record))
    if told.more or request.catalogue >= published.version:
        return told
    if difference := office.catalogues.difference(request.catalogue, request.held, published.version):
        return msgspec.structs.replace(told, difference=difference)
    return _with_package(request, told, published.digest, office.catalogues.package(published.version))


def _with_package(request: ChangesRequest, told: ChangesAnswer, digest: bytes, package: bytes) -> ChangesAnswer:
    """Whole, or the next piece of it: what a terminal already has of this one it is not sent again."""
    if not request.most:
        return msgspec.structs.replace(told, package=package)
    start = request.have if request.begun == digest and request.have < len(package) else 0
    piece = package[start : start + min(max(request.most, LEAST_PIECE), MOST_BYTES)]
    return msgspec.structs.replace(told, package=piece, start=start, size=len(package))


def _context(number: str, sequence: int) -> str:
    return f"decision/{number}/{sequence}"
