"""POST /v1/inquiry: one question of a visit, while its person stands there."""

from http import HTTPStatus
from typing import Final

from litestar import Response, post
from litestar.concurrency import sync_to_thread

from central.exchange import answering
from central.office import Office
from central.routes.door import Caller, admit, signed_body
from central.routes.office import Asked, office_of
from central.routes.refusing import Turned
from kiosk.failure import Failure, KioskError
from sync.wire.coding import MEDIA_TYPE, WireError, pack, unpack
from sync.wire.messages import InquiryAnswer, InquiryRequest
from sync.wire.records import make_record

MOST_BYTES: Final = 64 * 1024
_NO_QUESTION: Final = {Failure.BLOB_DAMAGED, Failure.INTAKE_REFUSED}


@post("/v1/inquiry", status_code=HTTPStatus.OK)
async def inquiry(request: Asked) -> Response[bytes]:
    """Answer one sealed question to the visit that asked it."""
    caller = await admit(request)
    body = await signed_body(request, caller, MOST_BYTES)
    answer = await sync_to_thread(_inquiry, office_of(request), caller, body)
    return Response(answer, media_type=MEDIA_TYPE)


def _inquiry(office: Office, caller: Caller, body: bytes) -> bytes:
    try:
        asked = unpack(body, InquiryRequest, MOST_BYTES)
        if asked.terminal != caller.terminal.id:
            raise Turned(HTTPStatus.UNAUTHORIZED)
        sealed = answering.answer(office, caller.terminal, asked.sealed)
    except WireError as error:
        raise Turned(HTTPStatus.BAD_REQUEST) from error
    except KioskError as error:
        if error.failure not in _NO_QUESTION:
            raise
        raise Turned(HTTPStatus.BAD_REQUEST) from error
    return pack(make_record("inquiry", InquiryAnswer(office.now(), caller.nonce, sealed), office.keys.record))
