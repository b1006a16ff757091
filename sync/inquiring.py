"""A visit's question to the platform: the agent signs and carries it, and can read neither it nor the answer."""

import base64
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.channel import AGENT, Channel
from kiosk.failure import Failure, KioskError
from sync.body import Body
from sync.parts import Parts
from sync.proof import proven_answer
from sync.wire.coding import WireError, pack, unpack
from sync.wire.messages import InquiryAnswer, InquiryRequest, SignedRecord

PATH: Final = "/v1/inquiry"
_PATIENCE_SECONDS: Final = 20.0
"""A person stands there: after this the visit goes on without an answer."""


def inquire(parts: Parts, sealed: bytes) -> bytes:
    """The sealed answer to a sealed question.

    Raises:
        KioskError: a `LINK_…` failure, or `RECORD_NOT_GENUINE`.
    """
    nonce = parts.signer.nonce()
    request = InquiryRequest(parts.identity.terminal, sealed)
    body = parts.link.ask(parts.signer.question(PATH, Body(pack(request)), nonce))
    try:
        record = unpack(body, SignedRecord)
    except WireError as error:
        raise KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled") from error
    return proven_answer(record, "inquiry", InquiryAnswer, nonce, parts.identity).sealed


class AgentExchange:
    """Answers `kiosk.ports.Exchange` by way of the running agent."""

    def __init__(self, data: Path) -> None:
        self._channel = Channel(data, AGENT)

    def ask(self, sealed: bytes, on_answer: Callable[[bytes | Failure], None]) -> None:
        """See the port. An agent that is not there is a line that is down."""
        threading.Thread(target=lambda: on_answer(self._answer(sealed)), name="exchange", daemon=True).start()

    def _answer(self, sealed: bytes) -> bytes | Failure:
        question = {"do": "ask", "sealed": base64.b64encode(sealed).decode()}
        answer = self._channel.ask(question, _PATIENCE_SECONDS)
        if answer is None:
            return Failure.LINK_DOWN
        try:
            return base64.b64decode(answer["sealed"]) if answer.get("ok") else Failure.of(answer["failure"])
        except (KeyError, ValueError, TypeError):
            return Failure.LINK_DOWN
