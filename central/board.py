"""Posting for every terminal, or one: emergency notices, articles, settings from afar, the holiday table.

What no terminal could read is refused here, before it is signed. A posting is signed when it is asked for, so that a
terminal enrolled later gets the ones that stand and no history.
"""

from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from central.office import Office
from central.store import audit, postings, terminals
from central.store.postings import StoredPosting
from central.store.terminals import Terminal
from kiosk.calendar import parse_holidays
from kiosk.config import USUAL_HOTLINE
from kiosk.failure import Failure, KioskError
from kiosk.model.board import Article, Name, Notice, Topic, read_content
from kiosk.posted import EVERYWHERE, PostedSettings, check_settings
from sync.wire.messages import PostingBody, SignedRecord
from sync.wire.records import make_record

MOST_AT_ONCE: Final = 100
MOST_CONTENT_BYTES: Final = 256 * 1024


def post(office: Office, topic: Topic, name: str, content: Any, *, actor: str, terminal: str = "") -> StoredPosting:
    """Post under a name, in place of what stood there.

    Raises:
        KioskError: `POSTING_UNREADABLE` or `CONFIG_INVALID` or `CATALOGUE_BROKEN` naming the place in it that is
            wrong (`terminal`: the name is taken by something for somebody else); `NOT_PROVISIONED` for a terminal
            there is none of.
    """
    data = msgspec.json.encode(content)
    if len(data) > MOST_CONTENT_BYTES:
        raise KioskError(Failure.POSTING_UNREADABLE, where="size")
    read_content(msgspec.json.encode(name), Name)
    _check(topic, data)
    return _put(office, topic, name, data, actor=actor, terminal=terminal)


def withdraw(office: Office, topic: Topic, name: str, *, actor: str) -> bool:
    """Take away what stands under a name; False where nothing does."""
    with office.store.read() as connection:
        found = postings.find(connection, topic, name)
    if found is None or found.gone:
        return False
    _put(office, topic, name, None, actor=actor, terminal=found.terminal)
    return True


def standing(office: Office, topic: Topic) -> tuple[StoredPosting, ...]:
    """What stands of a topic, in the order it was posted."""
    with office.store.read() as connection:
        return postings.standing(connection, topic)


def answer(
    office: Office, connection: Connection, terminal: Terminal, since: int
) -> tuple[tuple[SignedRecord, ...], int, bool]:
    """Signed postings for a terminal after a sequence, up to which sequence they go, and whether there are more."""
    end = postings.last(connection)
    since = since if since <= end else 0
    found = postings.after(connection, terminal.id, since, MOST_AT_ONCE + 1)
    more = len(found) > MOST_AT_ONCE
    signed = tuple(_signed(office, one) for one in found[:MOST_AT_ONCE])
    return signed, found[MOST_AT_ONCE - 1].sequence if more else end, more


def hotline(office: Office, terminal: str) -> str:
    """Whom people call, as posted for a terminal or for all; what papers of the platform say."""
    said = {one.name: _given_hotline(one) for one in standing(office, Topic.SETTINGS)}
    return said.get(terminal) or said.get(EVERYWHERE) or USUAL_HOTLINE


def _given_hotline(one: StoredPosting) -> str:
    return read_content(one.content, PostedSettings).point.hotline or ""


def _check(topic: Topic, data: bytes) -> None:
    if topic is Topic.NOTICE:
        read_content(data, Notice)
    elif topic is Topic.ARTICLE:
        read_content(data, Article)
    elif topic is Topic.SETTINGS:
        check_settings(read_content(data, dict[str, Any]))
    elif topic is Topic.KEYS:
        raise KioskError(Failure.POSTING_UNREADABLE, where="topic")  # only central.rekeying announces keys
    else:
        parse_holidays(read_content(data, dict[str, Any]))


def _put(office: Office, topic: Topic, name: str, data: bytes | None, *, actor: str, terminal: str) -> StoredPosting:
    now = office.now()
    with office.store.write() as connection:
        if terminal and terminals.find(connection, terminal) is None:
            raise KioskError(Failure.NOT_PROVISIONED, role="terminal")
        before = postings.find(connection, topic, name)
        if before is not None and before.terminal != terminal:
            # whoever was addressed first would keep it for good
            raise KioskError(Failure.POSTING_UNREADABLE, where="terminal")
        stored = postings.put(connection, topic, name, terminal=terminal, at=now, content=data)
        act = "withdrawn" if data is None else "posted"
        audit.note(connection, now, f"{topic}.{act}", name, actor, sequence=str(stored.sequence), terminal=terminal)
    office.log.info("board.posted", topic=str(topic), name=name, gone=data is None)
    return stored


def _signed(office: Office, one: StoredPosting) -> SignedRecord:
    body = PostingBody(one.topic, one.name, one.sequence, one.at, one.terminal, one.gone, one.content)
    return make_record("posting", body, office.keys.record)
