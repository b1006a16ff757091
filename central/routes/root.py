"""GET /v1/root: whom a terminal is about to trust."""

from litestar import Response, get

from central.routes.office import Asked, office_of
from sync.wire.coding import MEDIA_TYPE, encode
from sync.wire.messages import RootAnswer


@get("/v1/root", sync_to_thread=False)
def root(request: Asked) -> Response[bytes]:
    """The root key and its statement of the platform's other keys."""
    office = office_of(request)
    answer = RootAnswer(office.name, office.root_public, office.statement)
    return Response(encode(answer), media_type=MEDIA_TYPE)
