"""The platform as an ASGI application."""

from litestar import Litestar
from litestar.datastructures import State

from central.office import Office
from central.routes.changes import changes
from central.routes.enrol import enrol
from central.routes.exchange import exchange
from central.routes.frames import frames
from central.routes.inquiry import inquiry
from central.routes.refusing import refuse
from central.routes.root import root
from central.routes.stick import stick


def create_app(office: Office) -> Litestar:
    """The doors of one platform. Bodies are bounded by each door itself, because one of them reads as bytes arrive."""
    return Litestar(
        route_handlers=[root, enrol, exchange, frames, changes, inquiry, stick],
        state=State({"office": office}),
        exception_handlers={Exception: refuse},
        request_max_body_size=None,
        openapi_config=None,
        logging_config=None,
    )
