"""The messages themselves.

Bodies are msgpack; those of `exchange` and `changes`, questions and answers alike, are deflated besides (zlib), while
`root`, `enrol`, the answer to `frames` and refusals are not. Every good answer but `RootAnswer` travels as the body of
a `SignedRecord` of its own kind. Field names are one or two words because they travel; unknown fields are ignored, new
fields get defaults, so that one version older or newer still delivers.
`docs/sync-protocol.md` describes the same for someone who writes another platform.
"""

import hashlib
from datetime import datetime
from typing import Annotated, TypeAlias

import msgspec

from kiosk.model.afterwards import Arranged

PROTOCOL = 1

Instant: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time that tells its zone; another makes the message unreadable, and nobody has to ask further in."""

Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=(1 << 63) - 1)]
"""A number that any database can keep."""


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of every message."""


class BlobEntry(Message, frozen=True):
    """One file of one material: SHA-256 of the sealed bytes, their length, the content key wrapped for the platform."""

    material: str
    index: int
    digest: bytes
    size: int
    ext: str
    wrap: bytes
    member: str | None = None


class Event(Message, frozen=True):
    """One act: a case, an amendment, a rating, feedback. `event` is its idempotency key, `payload` a sealed record."""

    event: str
    kind: str
    number: str
    item: str
    item_version: int
    payload: bytes
    made: Instant
    blobs: tuple[BlobEntry, ...] = ()
    replaces: str | None = None
    trusted_clock: bool = True

    def payload_digest(self) -> bytes:
        """SHA-256 over the payload and the blob names: what must be equal in a repeat.

        Wraps are left out, since the same content key may be wrapped anew.
        """
        digest = hashlib.sha256(self.payload)
        for blob in self.blobs:
            digest.update(blob.digest)
        return digest.digest()


class Begun(Message, frozen=True):
    """An event whose form the platform acknowledged earlier: id and `Event.payload_digest()` stand for the whole."""

    event: str
    digest: bytes


class JournalAnchor(Message, frozen=True):
    """What the terminal's journal holds at a position the platform was told of before; empty where it holds nothing.

    A seal has the day it closed and the device key's signature (`kiosk.journal.sealed_bytes`, domain `journal`).
    """

    position: Count
    digest: str
    day: str = ""
    signature: bytes = b""


class Manifest(Message, frozen=True):
    """POST /v1/exchange: everything queued, forms inline.

    `anchors` show that the journal still is what earlier requests said of it. `begun` asks again, without repeating the
    form, what is missing of events taken before (after a break, a restart, a lost acknowledgement).
    """

    terminal: str
    epoch: str
    journal: int
    journal_head: str
    events: tuple[Event, ...]
    begun: tuple[Begun, ...] = ()
    protocol: int = PROTOCOL
    anchors: tuple[JournalAnchor, ...] = ()


class Missing(Message, frozen=True):
    """A blob the platform lacks, and how many of its first bytes it already holds.

    `beyond` are the stretches it holds beyond the first gap, each from its first byte to the one after its last, in
    order and apart; a platform that keeps none, or is older, names none.
    """

    digest: bytes
    have: int
    beyond: tuple[tuple[Count, Count], ...] = ()


class SignedRecord(Message, frozen=True):
    """A statement of the platform: Ed25519 over domain, kind and body with the record key (`kiosk.seal.signing`).

    `body` is msgpack of the type the kind names; for `sealed` records it is that, sealed to the terminal's key.
    """

    kind: str
    body: bytes
    signature: bytes
    sealed: bool = False


class Ack(Message, frozen=True):
    """Body of kind `ack`. `complete` means form and every blob are stored durably; only then may local bytes go."""

    terminal: str
    event: str
    number: str
    digest: bytes
    at: Instant
    complete: bool


class DecisionBody(Message, frozen=True):
    """Body of kind `decision`, always sealed. `seq` rises per case; lower ones are ignored.

    `paper` is the legal paper as PDF; `paper_signature` signs it (domain `paper`), to be checked again when printed.
    `arranged` is how delivery, appointment and fee stand, none where nothing of them changed. A decision that says only
    this has the state the case was in.
    """

    terminal: str
    number: str
    seq: Count
    state: str
    at: Instant
    acceptance: str | None = None
    reason: str = ""
    correct: tuple[str, ...] = ()
    paper: bytes | None = None
    paper_signature: bytes = b""
    arranged: Arranged | None = None


class CatalogueHead(Message, frozen=True):
    """Body of kind `catalogue`: which catalogue is in force. `digest` is the hash of the whole."""

    version: Count
    digest: bytes
    at: Instant
    items: int


class ReplyBody(Message, frozen=True):
    """Body of kind `reply`, always sealed: what the authority answers to feedback. `seq` rises per number."""

    terminal: str
    number: str
    seq: Count
    at: Instant
    text: str


class PostingBody(Message, frozen=True):
    """Body of kind `posting`: something for everybody, or for one `terminal`; readable by all, so nothing personal.

    `seq` rises over all postings of the platform. Under one `topic` and `name` the highest counts, and `gone` takes
    away what stood there. `content` is JSON of the topic's own form (`kiosk.model.board`).
    """

    topic: str
    name: str
    seq: Count
    at: Instant
    terminal: str = ""
    gone: bool = False
    content: bytes = b""


class EventAnswer(Message, frozen=True):
    """What became of one event: `taken`, `refused` (parked with its reason) or `conflict` (same id, other bytes).

    A `begun` event may also be `unknown`: the platform does not hold it, the terminal sends it whole. `taken` always
    brings an acknowledgement, complete or not, and names every blob that is not whole yet.
    """

    event: str
    outcome: str
    ack: SignedRecord | None = None
    missing: tuple[Missing, ...] = ()
    field: str = ""
    reason: str = ""


class Answer(Message, frozen=True):
    """Begins every answer to a signed request: the platform's clock, and the nonce of the request it answers."""

    at: Instant
    nonce: int


class ManifestAnswer(Answer, frozen=True):
    """Body of kind `exchange`: one `EventAnswer` per event in order, then one per `begun` event in order."""

    answers: tuple[EventAnswer, ...]
    protocol: int = PROTOCOL


class FrameState(Message, frozen=True):
    """After frames: how many first bytes of a blob the platform holds. `error` names a frame it could not append.

    `ahead` bytes more are held beyond a gap and count once it is closed; a platform that keeps none says 0.
    """

    digest: bytes
    have: int
    error: str = ""
    ahead: int = 0


class FramesAnswer(Answer, frozen=True):
    """Body of kind `frames`, the answer to POST /v1/frames; `acks` became complete by these bytes."""

    blobs: tuple[FrameState, ...]
    acks: tuple[SignedRecord, ...] = ()


class ChangesRequest(Message, frozen=True):
    """POST /v1/changes: everything for this terminal after `cursor`, and the catalogue if ours is not the newest.

    `catalogue` is the version held, 0 for none; `held` its hash of the whole, empty where a whole package is wanted.
    `posted` is the sequence up to which postings are held; without it none are wanted. `most`: a package comes in
    pieces of so many bytes, of the one whose hash of the whole is `begun` from byte `have` on; 0: whole.
    """

    terminal: str
    cursor: int
    catalogue: int
    protocol: int = PROTOCOL
    held: bytes = b""
    posted: Count | None = None
    begun: bytes = b""
    have: Count = 0
    most: Count = 0


class ChangesAnswer(Answer, frozen=True):
    """Body of kind `changes`: `records` in order up to `cursor`, `more` asks for another turn.

    `package` is a whole catalogue package, `difference` what makes the newest of the one held. `postings` are those
    after the sequence asked with, up to `posted`. Where `size` is told, `package` is a piece from byte `start` on of
    a package so long. `forked`: two disks speak with this terminal's
    key, and it takes nothing new before it is enrolled again.
    """

    records: tuple[SignedRecord, ...]
    cursor: Count
    more: bool = False
    head: SignedRecord | None = None
    package: bytes | None = None
    protocol: int = PROTOCOL
    difference: bytes | None = None
    postings: tuple[SignedRecord, ...] = ()
    posted: Count = 0
    start: Count = 0
    size: Count = 0
    forked: bool = False


class InquiryRequest(Message, frozen=True):
    """POST /v1/inquiry: one question of a visit, sealed to the platform's key (`kiosk.model.inquiry`)."""

    terminal: str
    sealed: bytes
    protocol: int = PROTOCOL


class InquiryAnswer(Answer, frozen=True):
    """Body of kind `inquiry`: the answer, sealed to the key the visit named inside its question."""

    sealed: bytes
    protocol: int = PROTOCOL


class RootAnswer(Message, frozen=True):
    """GET /v1/root: the platform's root key and its statement of the platform's other keys, signed by the root."""

    platform: str
    root: bytes
    statement: bytes


class EnrolRequest(Message, frozen=True):
    """POST /v1/enrol. `device` is the Ed25519 public key, `terminal_key` the X25519 key records are sealed to.

    The code is used up by the first device key it is seen with; the same secret with the same two keys is answered
    again identically, because the first answer may have been lost.
    """

    secret: str
    device: bytes
    terminal_key: bytes
    protocol: int = PROTOCOL


class EnrolAnswer(Message, frozen=True):
    """Body of kind `enrol`: what the terminal now is.

    `device_statement` is signed by the root; `rescue_key` takes the database key.
    """

    terminal: str
    epoch: str
    point_name: str
    region12: str
    platform: str
    root: bytes
    platform_statement: bytes
    device_statement: bytes
    rescue_key: bytes
    demo: bool = False


class Refusal(Message, frozen=True):
    """Body of every answer that is not 2xx: a failure code of `kiosk.failure` and seconds to wait, if any."""

    failure: str
    wait: int | None = None
