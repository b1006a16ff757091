"""A manifest taken apart event by event, so that one broken event does not spoil its neighbours."""

from dataclasses import dataclass

import msgspec

from sync.wire.coding import WireError, decode, unpack
from sync.wire.messages import PROTOCOL, Begun, Event, JournalAnchor, Message

MOST_EVENTS = 2000
MOST_ANCHORS = 512
_MOST_TEXT = 128
_MOST_JOURNAL = (1 << 63) - 1


class _LooseManifest(Message, frozen=True):
    """`sync.wire.messages.Manifest` with its events still packed."""

    terminal: str
    epoch: str
    journal: int
    journal_head: str
    events: tuple[msgspec.Raw, ...]
    begun: tuple[Begun, ...] = ()
    protocol: int = PROTOCOL
    anchors: tuple[JournalAnchor, ...] = ()


class _OnlyId(Message, frozen=True):
    event: str = ""


@dataclass(frozen=True, slots=True)
class ReadManifest:
    """A manifest; an event that cannot be read stands there as its id alone, or as nothing."""

    terminal: str
    epoch: str
    journal: int
    journal_head: str
    events: tuple[Event | str, ...]
    begun: tuple[Begun, ...]
    anchors: tuple[JournalAnchor, ...] = ()


def read_manifest(body: bytes) -> ReadManifest:
    """The manifest of a request body.

    Raises:
        WireError: the body is no manifest, or holds more than `MOST_EVENTS`.
    """
    loose = unpack(body, _LooseManifest)
    if len(loose.events) + len(loose.begun) > MOST_EVENTS:
        raise WireError("too many events")
    if max(len(loose.epoch), len(loose.journal_head)) > _MOST_TEXT or not 0 <= loose.journal <= _MOST_JOURNAL:
        raise WireError("out of bounds")
    check_anchors(loose.anchors)
    events = tuple(_event(bytes(raw)) for raw in loose.events)
    journal = (loose.journal, loose.journal_head)
    return ReadManifest(loose.terminal, loose.epoch, *journal, events, loose.begun, loose.anchors)


def check_anchors(anchors: tuple[JournalAnchor, ...]) -> None:
    """Bounds of what a terminal may say of its journal.

    Raises:
        WireError: more than `MOST_ANCHORS`, or a text that is no digest or no day.
    """
    if len(anchors) > MOST_ANCHORS or any(
        max(len(one.digest), len(one.day), len(one.signature)) > _MOST_TEXT for one in anchors
    ):
        raise WireError("out of bounds")


def _event(raw: bytes) -> Event | str:
    try:
        return decode(raw, Event)
    except WireError:
        pass
    try:
        return decode(raw, _OnlyId).event
    except WireError:
        return ""
