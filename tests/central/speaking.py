"""Feedback as a terminal hands it in."""

import secrets

import msgspec

from kiosk.model.feedback import Feedback, FeedbackKind
from kiosk.seal import records
from sync.wire.messages import Event
from tests.central.terminal import MADE, Terminal


def spoken_up(at: Terminal, code: str = "", holder: str = "") -> str:
    """A complaint that was taken in; its number."""
    number, event = at.number(), secrets.token_hex(16)
    said = Feedback(number, FeedbackKind.COMPLAINT, "没有人接电话", MADE, code=code, holder=holder)
    payload = records.seal_record(msgspec.json.encode(said), at.statement.platform_key, f"form/{event}")
    (answer,) = at.exchange(
        Event(event, "feedback", number, item="", item_version=0, payload=payload, made=MADE, blobs=())
    ).answers
    assert (answer.field, answer.reason) == ("", ""), answer
    return number
