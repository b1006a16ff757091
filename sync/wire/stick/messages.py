"""What the files of a stick say about each other. Everything that counts is signed; the stick itself proves nothing."""

from sync.wire.messages import PROTOCOL, Count, EventAnswer, Instant, JournalAnchor, Message, SignedRecord


class Label(Message, frozen=True):
    """Body of kind `label`, signed by the platform: this medium may carry.

    `name` is what is written on its outside; `region`, if any, begins the region code of every terminal it serves.
    """

    platform: str
    serial: str
    name: str
    at: Instant
    region: str = ""


class Part(Message, frozen=True):
    """One data file: what it holds, its SHA-256 (its name is made of it) and its length."""

    kind: str
    digest: bytes
    size: Count


class Parcel(Message, frozen=True):
    """Body of kind `parcel`: one export of a terminal, signed with its device key (domain `courier`).

    `counter` rises with every export. `trail` are the digests of the newest journal entries, oldest first, ending with
    `journal_head`; `anchors` are those of `Manifest`. The rest is what `ChangesRequest` asks over the line.
    """

    platform: str
    terminal: str
    epoch: str
    counter: Count
    made: Instant
    journal: Count
    journal_head: str
    parts: tuple[Part, ...]
    trail: tuple[str, ...] = ()
    cursor: Count = 0
    catalogue: Count = 0
    held: bytes = b""
    protocol: int = PROTOCOL
    anchors: tuple[JournalAnchor, ...] = ()
    posted: Count = 0


class Delivery(Message, frozen=True):
    """Body of kind `delivery`, signed by the platform: what it has for one terminal.

    `answered` is the counter of the parcel these answers answer, 0 for none. `head` speaks of the part `catalogue`.
    """

    platform: str
    terminal: str
    epoch: str
    counter: Count
    at: Instant
    parts: tuple[Part, ...]
    answered: Count = 0
    head: SignedRecord | None = None
    protocol: int = PROTOCOL


class Answers(Message, frozen=True):
    """A part `answers`: what became of events, as in `ManifestAnswer`."""

    answers: tuple[EventAnswer, ...]


class Feed(Message, frozen=True):
    """A part `changes`: what came about after cursor `since`, up to `cursor`."""

    since: Count
    cursor: Count
    records: tuple[SignedRecord, ...]


class Postings(Message, frozen=True):
    """A part `postings`: what was posted after sequence `since`, up to `posted`."""

    since: Count
    posted: Count
    records: tuple[SignedRecord, ...]
