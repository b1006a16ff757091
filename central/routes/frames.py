"""POST /v1/frames: pieces of sealed files, appended while they arrive.

The signed head names the digest of the whole body, which is known only at its end; waiting for it would throw away a
minute of a slow line whenever the link breaks. So frames are appended as soon as each has passed its own check: they
are pieces of files this terminal has announced, named by their content, and count for nothing until the whole file
has its digest. A body that is not the signed one is therefore harmless; it is noted.
"""

import hashlib
from http import HTTPStatus
from typing import Final

from litestar import Response, post
from litestar.concurrency import sync_to_thread

from central.intake.frames import FrameTaker
from central.routes.body import pieces
from central.routes.door import admit
from central.routes.office import Asked, office_of
from sync.wire.coding import MEDIA_TYPE, encode
from sync.wire.records import make_record

MOST_BYTES: Final = 8 * 1024 * 1024


@post("/v1/frames", status_code=HTTPStatus.OK)
async def frames(request: Asked) -> Response[bytes]:
    """Take frames; no lock is held while the next bytes are waited for."""
    caller = await admit(request)
    office = office_of(request)
    taker = FrameTaker(office, caller.terminal)
    digest = hashlib.sha256()
    async for piece in pieces(request, MOST_BYTES):
        digest.update(piece)
        await sync_to_thread(taker.take, piece)
    if digest.digest() != caller.digest:
        office.log.warning("frames.another_body", terminal=caller.terminal.id)
    answer = await sync_to_thread(taker.answer, caller.nonce)
    return Response(encode(make_record("frames", answer, office.keys.record)), media_type=MEDIA_TYPE)
