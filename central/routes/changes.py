"""POST /v1/changes: what came about since the terminal's cursor."""

from http import HTTPStatus
from typing import Final

from litestar import post
from litestar.concurrency import sync_to_thread
from litestar.response.base import ASGIResponse

from central import feed
from central.office import Office
from central.routes.door import Caller, admit, signed_body
from central.routes.office import Asked, office_of
from central.routes.refusing import Turned
from sync.wire.coding import MEDIA_TYPE, WireError, pack, unpack
from sync.wire.messages import ChangesRequest
from sync.wire.records import make_record

_MOST_BYTES: Final = 4096


@post("/v1/changes", status_code=HTTPStatus.OK)
async def changes(request: Asked) -> ASGIResponse:
    """Decisions sealed to this terminal, the catalogue when its own is not the newest, the time.

    Asked every half minute: whoever names no media type is not told it either.
    """
    caller = await admit(request)
    body = await signed_body(request, caller, _MOST_BYTES)
    answer = await sync_to_thread(_changes, office_of(request), caller, body)
    response = ASGIResponse(body=answer, media_type=MEDIA_TYPE)
    if "content-type" not in request.headers:
        del response.headers["content-type"]
    return response


def _changes(office: Office, caller: Caller, body: bytes) -> bytes:
    try:
        asked = unpack(body, ChangesRequest, _MOST_BYTES)
    except WireError as error:
        raise Turned(HTTPStatus.BAD_REQUEST) from error
    if asked.terminal != caller.terminal.id:
        raise Turned(HTTPStatus.UNAUTHORIZED)
    told = feed.answer(office, caller.terminal, asked, caller.nonce)
    return pack(make_record("changes", told, office.keys.record))
