"""Every table of the platform. Instants are whole microseconds since 1970 UTC, so that any database can order them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

SCHEMA_VERSION = 6
FOR_REVIEW = "waiting = 0 AND state IN ('submitted', 'received')"
"""Complete cases before an officer; written out, because SQLite uses a partial index only for the same words."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 -- its base
        """Microseconds of an aware datetime."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- its base
        """The datetime again."""
        return None if value is None else _EPOCH + int(value) * _MICROSECOND


metadata = MetaData()

setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)

terminal = Table(
    "terminal",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("epoch", String, nullable=False, default=""),
    Column("point_name", String, nullable=False),
    Column("region12", String, nullable=False),
    Column("device_key", LargeBinary),
    Column("terminal_key", LargeBinary),
    Column("device_statement", LargeBinary),
    Column("enrolled_at", Instant),
    Column("nonce_high", BigInteger, nullable=False, default=0),
    Column("nonce_seen", LargeBinary, nullable=False, default=b""),
    Column("forked_at", Instant),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("selector", String, primary_key=True),
    Column("terminal", String, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("tries_left", Integer, nullable=False),
    Column("used_at", Instant),
    Column("used_by", LargeBinary),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("terminal", String, primary_key=True),
    Column("epoch", String, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("head", String, nullable=False),
    Column("nonce", BigInteger, nullable=False),
)

journal_seal = Table(
    "journal_seal",
    metadata,
    Column("terminal", String, primary_key=True),
    Column("epoch", String, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("day", String, nullable=False),
    Column("head", String, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("taken_at", Instant, nullable=False),
)
"""The end of a day as the terminal's device key signed it."""

event = Table(
    "event",
    metadata,
    Column("terminal", String, primary_key=True),
    Column("event", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("made", Instant, nullable=False),
    Column("trusted_clock", Boolean, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("completed_at", Instant),
    Column("place", Integer, nullable=False),
    Index("event_of_case", "number", "place"),
)

event_blob = Table(
    "event_blob",
    metadata,
    Column("terminal", String, primary_key=True),
    Column("event", String, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("material", String, nullable=False),
    Column("member", String),
    Column("idx", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("ext", String, nullable=False),
    Column("wrap", LargeBinary, nullable=False),
    ForeignKeyConstraint(["terminal", "event"], ["event.terminal", "event.event"]),
    ForeignKeyConstraint(["terminal", "digest"], ["blob.terminal", "blob.digest"]),
    Index("event_blob_by_digest", "terminal", "digest"),
)

blob = Table(
    "blob",
    metadata,
    Column("terminal", String, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("complete_at", Instant),
)

case = Table(
    "case_file",
    metadata,
    Column("number", String, primary_key=True),
    Column("terminal", String, nullable=False),
    Column("item", String, nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("item_name", String, nullable=False),
    Column("catalogue_version", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("acceptance", String, unique=True),
    Column("sequence", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("case_by_taken", "taken_at", "number"),
    Index("case_for_review", "taken_at", "number", sqlite_where=text(FOR_REVIEW)),
)

decision = Table(
    "decision",
    metadata,
    Column("number", String, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("state", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer", String, nullable=False),
    Column("refs", Text, nullable=False),
    Column("sealed_body", LargeBinary, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("terminal", String, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("number", String, nullable=False),
    Column("decision", Integer, nullable=False),
)

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("rule", String, nullable=False),
    Column("number", String, nullable=False),
    Column("officer", String, nullable=False),
    Column("refs", Text, nullable=False),
)

rating = Table(
    "rating",
    metadata,
    Column("terminal", String, primary_key=True),
    Column("event", String, primary_key=True),
    Column("number", String),
    Column("satisfaction", Integer, nullable=False),
    Column("tags", Text, nullable=False),
    Column("rated_at", Instant, nullable=False),
)

case_holder = Table(
    "case_holder",
    metadata,
    Column("holder", LargeBinary, primary_key=True),
    Column("number", String, primary_key=True),
    Column("applicant", Boolean, nullable=False),
)
"""Whose case it is. Holders stand here as tags (`central.exchange.holders`), never as numbers."""

licence = Table(
    "licence",
    metadata,
    Column("id", String, primary_key=True),
    Column("holder", LargeBinary, nullable=False),
    Column("type", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("licence_by_holder", "holder", "type"),
)

licence_code = Table(
    "licence_code",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("licence", String, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

registry_fact = Table(
    "registry_fact",
    metadata,
    Column("holder", LargeBinary, primary_key=True),
    Column("name", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("number", String, primary_key=True),
    Column("terminal", String, nullable=False),
    Column("event", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("item", String, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("sequence", Integer, nullable=False, default=0),
    Column("answered_at", Instant),
    Index("feedback_by_taken", "taken_at", "number"),
)
"""曝光纠错、投诉、建议. What it says lies sealed with its event."""

posting = Table(
    "posting",
    metadata,
    Column("topic", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("sequence", BigInteger, nullable=False, unique=True),
    Column("terminal", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

arrangement = Table(
    "arrangement",
    metadata,
    Column("number", String, primary_key=True),
    Column("item", String, nullable=False),
    Column("way", String, nullable=False),
    Column("booking", String, nullable=False),
    Column("day", String, nullable=False),
    Column("begins", String, nullable=False),
    Column("ends", String, nullable=False),
    Column("fen", Integer, nullable=False),
    Column("free_text", String, nullable=False),
    Column("code", String),
    Column("paid_at", Instant),
    Index("arrangement_by_time", "item", "day", "begins"),
    Index("arrangement_by_code", "code", unique=True),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("details", Text, nullable=False),
    Index("audit_by_act", "act", "subject"),
)

catalogue = Table(
    "catalogue",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("package", LargeBinary, nullable=False),
)
