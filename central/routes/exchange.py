"""POST /v1/exchange: forms first, all in one turn."""

from http import HTTPStatus
from typing import Final

from litestar import Response, post
from litestar.concurrency import sync_to_thread

from central.intake.answers import answer_begun, answer_fates
from central.intake.reading import ReadManifest, read_manifest
from central.intake.taking import take_events
from central.office import Office
from central.routes.door import Caller, admit, signed_body
from central.routes.office import Asked, office_of
from central.routes.refusing import Turned
from central.store import audit, terminals
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
    _hold_journal(office, caller, manifest)
    fates = take_events(office, caller.terminal, manifest.events)
    answers = answer_fates(office, caller.terminal, fates)
    answers += answer_begun(office, caller.terminal, manifest.begun)
    office.arrivals.set()
    told = ManifestAnswer(office.now(), caller.nonce, tuple(answers))
    return pack(make_record("exchange", told, office.keys.record))


def _hold_journal(office: Office, caller: Caller, manifest: ReadManifest) -> None:
    """A journal that contradicts what it said before means that two disks share one key. Taken in, raised."""
    with office.store.write() as connection:
        forked: str | None = "epoch"
        if manifest.epoch == caller.terminal.epoch:
            forked = terminals.journal_forked(
                connection, caller.terminal.id, manifest.epoch, manifest.journal, manifest.journal_head, caller.nonce
            )
        if forked is not None:
            now = office.now()
            audit.note(
                connection,
                now,
                f"journal.{forked}",
                caller.terminal.id,
                caller.terminal.id,
                epoch=manifest.epoch,
                position=str(manifest.journal),
            )
            terminals.mark_forked(connection, caller.terminal.id, now)
    if forked is not None:
        office.log.warning("journal.forked", terminal=caller.terminal.id, kind=forked, position=manifest.journal)
