"""What came back, named: our platform's answer, our platform's refusal, or somebody who is not our platform.

Nothing here is believed because it arrived. An answer of the right kind still has to prove itself by its signed
records; everything else is a `KioskError` that changes nothing on this terminal.
"""

import ssl
import time
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from requests import Response
from requests.exceptions import ConnectTimeout, InvalidURL, MissingSchema, ReadTimeout, RequestException, SSLError
from urllib3.exceptions import HTTPError, IncompleteRead, ReadTimeoutError

from kiosk.failure import Failure, KioskError
from sync.wire.coding import MAX_BODY_BYTES, MEDIA_TYPE, WireError, decode
from sync.wire.messages import Refusal

LONGEST_WAIT: Final = 15 * 60
_PIECE_BYTES: Final = 64 * 1024
_REFUSAL_BYTES: Final = 64 * 1024
_SLOWEST_BYTES_PER_SECOND: Final = 256
_SECONDS_DIGITS: Final = 9
_UNNAMED: Final = {"", "application/octet-stream"}
"""What an answer without a media type comes as: something on the way may name the type of anything (RFC 9110, 8.3)."""
_TOLD: Final = frozenset(
    {Failure.LINK_REFUSED, Failure.LINK_BUSY, Failure.TERMINAL_REVOKED, Failure.ENROLMENT_CODE_REFUSED}
)
"""What a refusal may name. It is not signed, so nobody makes this terminal say that its own disk is full."""


def read_answer(
    response: Response, patience: float, on_received: Callable[[int], None], *, named: bool = True
) -> bytes:
    """The body of a good answer of our platform; its head has arrived already.

    Where the question named no media type (`named`), a good answer need not either.

    Raises:
        KioskError: `LINK_NOT_PLATFORM`, `LINK_BUSY` (with `wait` in seconds, if told), `LINK_STALLED`, `LINK_DOWN`, or
            the failure a refusal of the platform names.
    """
    media = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    good = HTTPStatus(200) <= response.status_code < HTTPStatus(300)
    if media != MEDIA_TYPE and (named or not good or media not in _UNNAMED):
        raise _stranger(response)
    body = _read_body(response, MAX_BODY_BYTES if good else _REFUSAL_BYTES, patience, on_received)
    if good:
        return body
    raise _refused(response, body)


def name_failure(error: RequestException | HTTPError | OSError) -> KioskError:
    """The failure behind an exception of requests, urllib3 or the socket."""
    if isinstance(error, MissingSchema | InvalidURL):
        return KioskError(Failure.CONFIG_INVALID, where="platform_url")
    for is_it, failure, reason in _CAUSES:
        if is_it(error):
            return KioskError(failure, reason=reason)
    return KioskError(Failure.LINK_NOT_PLATFORM, reason="no_http")


def _any_cause(error: BaseException, kind: type[BaseException]) -> bool:
    """Whether `kind` is among the causes; libraries hide the socket's own error in arguments as well."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        current = todo.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        # every exception of requests is an OSError by inheritance, which says nothing about the socket
        if isinstance(current, kind) and not isinstance(current, RequestException):
            return True
        # the `reason` of urllib3 is an exception, that of ssl a word
        hidden = (*current.args, getattr(current, "reason", None))
        todo += [current.__cause__, current.__context__, *(one for one in hidden if isinstance(one, BaseException))]
    return False


_CAUSES: Final[tuple[tuple[Callable[[Exception], bool], Failure, str], ...]] = (
    (lambda error: isinstance(error, ConnectTimeout), Failure.LINK_DOWN, "no_connection"),
    (lambda error: _any_cause(error, ssl.SSLEOFError), Failure.LINK_DOWN, "broken"),
    (lambda error: isinstance(error, SSLError), Failure.LINK_NOT_PLATFORM, "certificate"),
    (lambda error: isinstance(error, ReadTimeout | ReadTimeoutError), Failure.LINK_STALLED, "silence"),
    (lambda error: _any_cause(error, TimeoutError), Failure.LINK_STALLED, "silence"),
    (lambda error: _any_cause(error, IncompleteRead), Failure.LINK_DOWN, "truncated"),
    (lambda error: _any_cause(error, ConnectionError), Failure.LINK_DOWN, "broken"),
    # what is no OSError anywhere came from somebody who answered, but not in HTTP
    (lambda error: _any_cause(error, OSError), Failure.LINK_DOWN, "unreachable"),
)


def _stranger(response: Response) -> KioskError:
    """Somebody answered, but not in our words: a portal, a proxy, or a gateway that speaks for a platform it lost."""
    status = response.status_code
    response.close()
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return KioskError(Failure.LINK_STALLED, status=status)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return KioskError(Failure.LINK_REFUSED, status=status, reason="size")
    overloaded = status == HTTPStatus.TOO_MANY_REQUESTS or (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED
    )
    if overloaded:
        return KioskError(Failure.LINK_BUSY, status=status, **_wait(None, response))
    return KioskError(Failure.LINK_NOT_PLATFORM, status=status, reason="media")


def _refused(response: Response, body: bytes) -> KioskError:
    try:
        refusal = decode(body, Refusal)
    except WireError:
        return KioskError(Failure.LINK_NOT_PLATFORM, status=response.status_code, reason="refusal")
    told = (failure for failure in _TOLD if failure.code == refusal.failure)
    failure = next(told, Failure.LINK_REFUSED)  # else a newer platform's code
    return KioskError(failure, status=response.status_code, **_wait(refusal.wait, response))


def _wait(told: int | None, response: Response) -> dict[str, int]:
    seconds = told if told is not None else _retry_after(response)
    return {} if seconds is None else {"wait": max(0, min(seconds, LONGEST_WAIT))}


def _retry_after(response: Response) -> int | None:
    """Seconds to wait; a date is held against the answer's own date, because our clock may be wrong."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return int(text) if len(text) <= _SECONDS_DIGITS else LONGEST_WAIT
    until, sent = _http_date(text), _http_date(response.headers.get("Date", ""))
    return int((until - sent).total_seconds()) if until and sent else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None


def _read_body(response: Response, limit: int, patience: float, on_received: Callable[[int], None]) -> bytes:
    """The body, unless it is longer than `limit` or drips so slowly that it would hold the agent for ever."""
    started = time.monotonic()
    body = bytearray()
    while piece := response.raw.read1(_PIECE_BYTES, decode_content=False):
        body += piece
        on_received(len(piece))
        if len(body) > limit:
            response.close()
            raise KioskError(Failure.LINK_NOT_PLATFORM, reason="too_long")
        if time.monotonic() - started > patience + len(body) / _SLOWEST_BYTES_PER_SECOND:
            response.close()
            raise KioskError(Failure.LINK_STALLED, reason="dripping")
    return bytes(body)
