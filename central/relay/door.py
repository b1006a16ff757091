"""The hub's one door, for terminals nearby.

It believes the platform's root alone: a device shows the root's statement.
"""

import base64
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from litestar import Litestar, Request, Response, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import State

from central.nonces import NonceWindow
from central.relay.joining import HubIdentity
from central.relay.keeping import Keeper
from central.routes.body import whole
from central.routes.refusing import Turned, refusal
from kiosk.failure import Failure, KioskError
from kiosk.seal.statements import DeviceStatement, read_device_statement
from sync.wire.coding import MEDIA_TYPE, WireError, decode, encode
from sync.wire.requests import RequestNotSigned, verify_head
from sync.wire.stick.distant import MOST_QUESTION_BYTES, PATH, STATEMENT, StickAnswer, StickQuestion
from sync.wire.stick.medium import folder_of

Asked = Request[Any, Any, State]
_MOST_STATEMENT: Final = 400


@dataclass(slots=True)
class Hub:
    """What the door needs: whose hub it is, the folder, and whom to tell when something was brought."""

    identity: HubIdentity
    keeper: Keeper
    brought: Callable[[], None]
    windows: dict[bytes, NonceWindow] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def admit(self, headers: dict[str, str]) -> tuple[DeviceStatement, bytes]:
        """The device behind a head, and the digest of the body it signed.

        Raises:
            Turned: 401 for whoever the platform's root does not vouch for, or for a question asked before.
        """
        try:
            text = headers.get(STATEMENT.lower(), "")[:_MOST_STATEMENT]
            device = read_device_statement(self.identity.root, base64.b64decode(text, validate=True))
            nonce, digest = verify_head(
                "POST", PATH, headers, platform=self.identity.platform, public=device.device_key
            )
        except (KioskError, RequestNotSigned, ValueError, IndexError) as error:
            raise Turned(HTTPStatus.UNAUTHORIZED) from error
        with self.lock:
            window = self.windows.get(device.device_key, NonceWindow()).admit(nonce)
            if window is None:
                raise Turned(HTTPStatus.UNAUTHORIZED)
            self.windows[device.device_key] = window
        return device, digest

    def answer(self, device: DeviceStatement, body: bytes) -> StickAnswer:
        """What the folder says to one device, which may write in its own part of it alone."""
        try:
            question = decode(body, StickQuestion)
        except WireError as error:
            raise Turned(HTTPStatus.BAD_REQUEST) from error
        own = folder_of(device.terminal, device.epoch)
        # its earlier enrolments are its own to tidy, too
        told = self.keeper.answer(question, lambda folder: folder[:-1] == own[:-1])
        if question.do == "publish" and not told.failure:
            self.brought()
        return told


def create_hub(hub: Hub) -> Litestar:
    """The hub as an ASGI application."""
    return Litestar(
        route_handlers=[_stick],
        state=State({"hub": hub}),
        exception_handlers={Exception: _refuse},
        request_max_body_size=None,
        openapi_config=None,
        logging_config=None,
    )


@post(PATH, status_code=HTTPStatus.OK)
async def _stick(request: Asked) -> Response[bytes]:
    hub: Hub = request.app.state["hub"]
    headers = {name.lower(): value for name, value in request.headers.items()}
    device, digest = hub.admit(headers)
    body = await whole(request, MOST_QUESTION_BYTES)
    if hashlib.sha256(body).digest() != digest:
        raise Turned(HTTPStatus.UNAUTHORIZED)
    answer = await sync_to_thread(hub.answer, device, body)
    return Response(encode(answer), media_type=MEDIA_TYPE)


def _refuse(_request: Asked, error: Exception) -> Response[bytes]:
    if isinstance(error, Turned):
        return refusal(error.status, error.failure)
    status = getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return refusal(HTTPStatus(status), Failure.LINK_REFUSED)
    return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, Failure.LINK_BUSY, 30)
