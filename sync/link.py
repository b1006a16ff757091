"""The link: one question to the platform, one answer, or a failure with a name.

A question is signed once and sent once. What may be asked again is asked by whoever knows that it is harmless, with a
new nonce. No answer is believed here; see `sync.proof`.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Final
from urllib.parse import urlsplit

import requests
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError
from urllib3.util import SKIP_HEADER

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import TerminalIdentity
from sync.answers import name_failure, read_answer
from sync.body import BlockBody, Body
from sync.nonces import Nonces
from sync.sockets import Sockets, WatchedAdapter
from sync.tempo import MANY
from sync.wire.coding import MEDIA_TYPE
from sync.wire.requests import sign_request

_IDLE_SECONDS: Final = 4.0

# urllib3 would quote in our log what a stranger sent instead of a head; here it is a failure with a name.
logging.getLogger("urllib3").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How patient the link is, in seconds, and how many connections it may open at once.

    `connect` bounds finding the platform for the first time and each 16 KiB block on its way up, `answer` the silence
    before an answer and between its parts. `ca_file` replaces the built-in certificate authorities.
    """

    connect: float = 10.0
    answer: float = 45.0
    connections: int = MANY
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A request ready to leave. Without signature headers it is one of the few that enrolment may ask.

    An empty `media` is not named in the head.
    `on_sent` hears from another thread how many bytes of the body have been handed to the connection.
    """

    path: str
    body: Body | None = field(default=None, repr=False)
    media: str = MEDIA_TYPE
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    on_sent: Callable[[int], None] = field(default=lambda _: None, repr=False)

    @property
    def method(self) -> str:
        """GET without a body, POST with one."""
        return "GET" if self.body is None else "POST"


class Signer:
    """Signs questions as one terminal to one platform.

    Only the protocol's own path is signed, whatever stands before it in the platform's address.
    """

    def __init__(self, identity: TerminalIdentity, device_key: bytes, nonces: Nonces) -> None:
        self._identity, self._device_key, self._nonces = identity, device_key, nonces

    def nonce(self) -> int:
        """A fresh nonce, for a body that must repeat it."""
        return self._nonces.next()

    def question(
        self,
        path: str,
        body: Body,
        nonce: int,
        media: str = MEDIA_TYPE,
        on_sent: Callable[[int], None] = lambda _: None,
    ) -> Question:
        """The signed question."""
        headers = sign_request(
            "POST",
            path,
            body.sha256(),
            terminal=self._identity.terminal,
            nonce=nonce,
            platform=self._identity.platform_id,
            private=self._device_key,
        )
        return Question(path, body, media, headers, on_sent)


@dataclass(slots=True)
class Traffic:
    """What crossed the link so far: bytes at HTTP level (heads included) and questions asked."""

    sent: int = 0
    received: int = 0
    turns: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, *, sent: int = 0, received: int = 0, turns: int = 0) -> None:
        """Count; called from several threads."""
        with self._lock:
            self.sent += sent
            self.received += received
            self.turns += turns


class Link:
    """HTTP to one platform. `ask` may be called from several threads at once."""

    def __init__(self, platform_url: str, options: LinkOptions | None = None) -> None:
        self._url = platform_url.rstrip("/")
        self._options = options or LinkOptions()
        self._idle: list[requests.Session] = []
        self._lock = threading.Lock()
        self._last_use = 0.0
        self._ended = False
        self.sockets = Sockets()
        self.traffic = Traffic()

    @property
    def connections(self) -> int:
        """How many questions may be under way at once, at most."""
        return self._options.connections

    def ask(self, question: Question) -> bytes:
        """The body of the platform's answer.

        Raises:
            KioskError: a `LINK_…` failure, or `TERMINAL_REVOKED` or `ENROLMENT_CODE_REFUSED` where a refusal says so.
        """
        if self._ended:
            raise KioskError(Failure.LINK_DOWN, reason="ended")
        self.traffic.add(turns=1)
        session = self._borrow()
        try:
            with self._send(session, question) as response:
                self.traffic.add(received=_answer_head(response))
                body = read_answer(
                    response,
                    self._options.answer,
                    lambda size: self.traffic.add(received=size),
                    named=question.body is None or question.media != "",
                )
        except (RequestException, HTTPError, OSError) as error:
            self._give_up(session)
            raise name_failure(error) from error
        except KioskError:
            self._give_up(session)
            raise
        self._give_back(session)
        return body

    def expect(self, count: int) -> None:
        """So many questions will be under way at once after the next answer: their connections come up meanwhile."""
        with self._lock:
            more = min(count, self._options.connections) - max(1, len(self._idle))
        self.sockets.expect(max(0, more))

    def freshen(self) -> None:
        """Drop connections that have idled: the other end, or a translator between, may have forgotten them."""
        if time.monotonic() - self._last_use > _IDLE_SECONDS:
            self.close()

    def abort(self) -> None:
        """End: cut everything under way and begin nothing more. Whoever asks gets `LINK_DOWN` at once."""
        self._ended = True
        self.sockets.abort()

    def close(self) -> None:
        """Let go of idle connections. The link may be used again."""
        with self._lock:
            idle, self._idle = self._idle, []
        for session in idle:
            session.close()
        self.sockets.spare.drop()

    def _send(self, session: requests.Session, question: Question) -> requests.Response:
        head, body = dict(question.headers), None
        if question.body is not None:
            if question.media:
                head["Content-Type"] = question.media
            body = BlockBody(question.body, lambda size: self._handed(question, size))
        request = requests.Request(question.method, self._url + question.path, headers=head, data=body)
        prepared = session.prepare_request(request)
        self.traffic.add(sent=_question_head(prepared))
        return session.send(
            prepared,
            stream=True,
            allow_redirects=False,
            timeout=(self._options.connect, self._options.answer),
            verify=self._options.ca_file or True,
        )

    def _handed(self, question: Question, size: int) -> None:
        self.traffic.add(sent=size)
        question.on_sent(size)

    def _borrow(self) -> requests.Session:
        """A session of one's own: requests does not promise that one serves several threads."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return _new_session(self.sockets)

    def _give_up(self, session: requests.Session) -> None:
        """After a failure the line is another one, perhaps: what was opened on it beforehand goes too."""
        session.close()
        self.sockets.spare.drop()

    def _give_back(self, session: requests.Session) -> None:
        self.sockets.measure()
        with self._lock:
            self._last_use = time.monotonic()
            self._idle.append(session)


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere. Told not to follow, requests still parses the Location and reads the whole body, however long."""


def _new_session(sockets: Sockets) -> requests.Session:
    session = _Session()
    session.trust_env = False  # no proxy, certificate or password comes from somebody's environment
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    session.headers.clear()
    # a terminal asks every half minute, over lines paid by the byte: what the platform does not read is not sent
    session.headers.update(dict.fromkeys(("Accept-Encoding", "User-Agent"), SKIP_HEADER))
    adapter = WatchedAdapter(sockets, connections=1)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _question_head(prepared: requests.PreparedRequest) -> int:
    """Bytes before the body, with the Host that is added on the way out."""
    host = urlsplit(prepared.url or "").netloc
    return len(f"{prepared.method} {prepared.path_url} HTTP/1.1\r\nHost: {host}\r\n\r\n") + _fields(prepared.headers)


def _answer_head(response: requests.Response) -> int:
    return len(f"HTTP/1.1 {response.status_code} {response.reason}\r\n\r\n") + _fields(response.headers)


def _fields(headers: "requests.structures.CaseInsensitiveDict[str]") -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.items() if value != SKIP_HEADER)
