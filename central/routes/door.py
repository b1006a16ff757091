"""Who asks: a genuine, fresh request of an enrolled terminal, decided before its body is read."""

import hashlib
from dataclasses import dataclass
from http import HTTPStatus

from litestar.concurrency import sync_to_thread

from central.office import Office
from central.routes.body import whole
from central.routes.office import Asked, office_of
from central.routes.refusing import Turned
from central.store import terminals
from central.store.terminals import Terminal, TerminalState
from kiosk.failure import Failure
from sync.wire.requests import RequestNotSigned, claimed_terminal, verify_head


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `digest` is the SHA-256 the signed head states of the body; `nonce` is spent."""

    terminal: Terminal
    nonce: int
    digest: bytes


async def admit(request: Asked) -> Caller:
    """The terminal behind a request.

    Raises:
        Turned: 401 for a request not signed by an enrolled terminal for this platform or asked before, 403 for one of
            a revoked terminal.
    """
    headers = {name.lower(): value for name, value in request.headers.items()}
    method, path = request.scope["method"], request.scope["path"]
    return await sync_to_thread(_admit, office_of(request), method, path, headers)


async def signed_body(request: Asked, caller: Caller, most: int) -> bytes:
    """The whole body, as it was signed.

    Raises:
        Turned: 401 when it is another body, and as `whole`.
    """
    body = await whole(request, most)
    if hashlib.sha256(body).digest() != caller.digest:
        raise Turned(HTTPStatus.UNAUTHORIZED)
    return body


def _admit(office: Office, method: str, path: str, headers: dict[str, str]) -> Caller:
    try:
        terminal = _claimed(office, headers)
        nonce, digest = verify_head(method, path, headers, platform=office.name, public=terminal.device_key)
    except RequestNotSigned as error:
        raise Turned(HTTPStatus.UNAUTHORIZED) from error
    if terminal.state is TerminalState.REVOKED:
        raise Turned(HTTPStatus.FORBIDDEN, Failure.TERMINAL_REVOKED)
    with office.store.write() as connection:
        if not terminals.take_nonce(connection, terminal.id, nonce):
            raise Turned(HTTPStatus.UNAUTHORIZED)
    return Caller(terminal, nonce, digest)


def _claimed(office: Office, headers: dict[str, str]) -> Terminal:
    with office.store.read() as connection:
        terminal = terminals.find(connection, claimed_terminal(headers))
    if terminal is None or terminal.state is TerminalState.WAITING:
        raise RequestNotSigned("unknown")
    return terminal
