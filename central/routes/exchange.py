"""POST /v1/exchange: forms first, all in one turn."""

from http import HTTPStatus
from typing import Final

from litestar import Response, post
from litestar.concurrency import sync_to_thread

from central.intake.answers import take_manifest
from central.intake.journal import hold_journal
from central.intake.reading import read_manifest
from central.office import Office
from central.routes.door import Caller, admit, signed_body
from central.routes.office import Asked, office_of
from central.routes.refusing import Turned
from sync.wire.coding import MEDIA_TYPE, WireError, pack
from sync.wire.messages import ManifestAnswer
from sync.wire.records import make_record

MOST_BYTES: Final = 16 * 1024 * 1024


@post("/v1/exchange", status_code=HTTPStatus.OK)
async def exchange(request: Asked) -> Response[bytes]:
    """Take a manifest; one answer for each event in order, then one for each begun event."""
    caller = await admit(request)
    body = await signed_body(request, caller, MOST_BYTES)
    answer = await sync_to_thread(_exchange, office_of(request), caller, body)
    return Response(answer, media_type=MEDIA_TYPE)


def _exchange(office: Office, caller: Caller, body: bytes) -> bytes:
    try:
        manifest = read_manifest(body)
    except WireError as error:
        raise Turned(HTTPStatus.BAD_REQUEST) from error
    if manifest.terminal != caller.terminal.id:
        raise Turned(HTTPStatus.UNAUTHORIZED)
    journal = (manifest.epoch, manifest.journal, manifest.journal_head)
    hold_journal(office, caller.terminal, *journal, caller.nonce, manifest.anchors)
    answers = take_manifest(office, caller.terminal, manifest)
    told = ManifestAnswer(office.now(), caller.nonce, answers)
    return pack(make_record("exchange", told, office.keys.record))
