"""POST /v1/enrol: a one-time code against an identity."""

from http import HTTPStatus
from typing import Final

from litestar import Response, post
from litestar.concurrency import sync_to_thread

from central import fleet
from central.office import Office
from central.routes.body import whole
from central.routes.office import Asked, office_of
from central.routes.refusing import Turned
from sync.wire.coding import MEDIA_TYPE, WireError, decode, encode
from sync.wire.messages import EnrolAnswer, EnrolRequest
from sync.wire.records import make_record

_MOST_BYTES: Final = 4096


@post("/v1/enrol", status_code=HTTPStatus.OK)
async def enrol(request: Asked) -> Response[bytes]:
    """Use a code; the only request that is not signed, because the terminal has no name yet."""
    body = await whole(request, _MOST_BYTES)
    try:
        asked = decode(body, EnrolRequest)
    except WireError as error:
        raise Turned(HTTPStatus.BAD_REQUEST) from error
    office = office_of(request)
    answer = await sync_to_thread(_enrol, office, asked)
    return Response(encode(make_record("enrol", answer, office.keys.record)), media_type=MEDIA_TYPE)


def _enrol(office: Office, asked: EnrolRequest) -> EnrolAnswer:
    enrolled = fleet.enrol(office, asked.secret, asked.device, asked.terminal_key)
    return EnrolAnswer(
        terminal=enrolled.terminal,
        epoch=enrolled.epoch,
        point_name=enrolled.point_name,
        region12=enrolled.region12,
        platform=office.name,
        root=office.root_public,
        platform_statement=office.statement,
        device_statement=enrolled.device_statement,
        rescue_key=office.keys.rescue_public,
        demo=office.demo,
    )
