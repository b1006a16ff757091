"""Every way a request is turned away. The body is always a `Refusal`, never a trace, never a person's data."""

import traceback
from http import HTTPStatus
from typing import Final

from litestar import Response
from litestar.exceptions import HTTPException

from central.routes.office import Asked, office_of
from kiosk.failure import Failure, KioskError
from sync.wire.coding import MEDIA_TYPE, encode
from sync.wire.messages import Refusal

WAIT_SECONDS: Final = 30
_STATUS: Final = {
    Failure.ENROLMENT_CODE_REFUSED: HTTPStatus.FORBIDDEN,
    Failure.TERMINAL_REVOKED: HTTPStatus.FORBIDDEN,
    Failure.LINK_REFUSED: HTTPStatus.BAD_REQUEST,
}


class Turned(Exception):  # noqa: N818 -- it reads as what it says
    """A request turned away with this status."""

    def __init__(self, status: HTTPStatus, failure: Failure = Failure.LINK_REFUSED) -> None:
        super().__init__(status, failure)
        self.status = status
        self.failure = failure


def refuse(request: Asked, error: Exception) -> Response[bytes]:
    """The answer to a request that ended in an exception."""
    if isinstance(error, Turned):
        return refusal(error.status, error.failure)
    if isinstance(error, HTTPException):
        if error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return refusal(HTTPStatus(error.status_code), Failure.LINK_REFUSED)
        return refusal(HTTPStatus(error.status_code), Failure.LINK_BUSY, WAIT_SECONDS)
    if isinstance(error, KioskError) and error.failure in _STATUS:
        return refusal(_STATUS[error.failure], error.failure)
    log = office_of(request).log
    if isinstance(error, KioskError):
        log.warning("request.failed", path=request.scope["path"], failure=error.failure.code)
        return refusal(HTTPStatus.SERVICE_UNAVAILABLE, Failure.LINK_BUSY, WAIT_SECONDS)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
    log.error("request.broke", path=request.scope["path"], cause=type(error).__name__, where=where)
    return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, Failure.LINK_BUSY, WAIT_SECONDS)


def refusal(status: HTTPStatus, failure: Failure, wait: int | None = None) -> Response[bytes]:
    """One refusal."""
    headers = {"Retry-After": str(wait)} if wait is not None else {}
    return Response(encode(Refusal(failure.code, wait)), status_code=status, media_type=MEDIA_TYPE, headers=headers)
