"""The hub as the platform knows it: a device with a key of its own, enrolled with a one-time code as any terminal.

That it is enrolled lets the platform tell it from a stranger and shut it out; it makes nothing believed that it
carries.
"""

import hashlib
import os
import struct
import threading
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import requests

from kiosk import enrolment, folders
from kiosk.failure import Failure, KioskError
from kiosk.seal import keys, signing
from kiosk.seal.statements import read_platform_statement
from sync.wire.coding import MEDIA_TYPE, WireError, decode, encode
from sync.wire.messages import EnrolAnswer, EnrolRequest, Refusal, RootAnswer, SignedRecord
from sync.wire.records import read_record
from sync.wire.requests import sign_request
from sync.wire.stick.distant import PATH, StickAnswer, StickQuestion

_FILE: Final = "hub.key"
_NONCES: Final = "hub.nonce"
_BLOCK: Final = 1000
_PATIENCE: Final = (10.0, 45.0)
_MOST_ANSWER_BYTES: Final = 32 * 1024 * 1024
_COUNTER: Final = struct.Struct(">Q")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class HubIdentity:
    """Who the hub is and whose. `device` is its private key."""

    platform_url: str
    platform: str
    root: bytes
    terminal: str
    device: bytes = field(repr=False)


def identity_of(data: Path, platform_url: str, code: str | None) -> HubIdentity:
    """The hub of a data directory; with a code it is enrolled there first.

    Raises:
        KioskError: `NOT_PROVISIONED` without either; what enrolment refuses; a `LINK_…` failure.
    """
    path = data / _FILE
    if path.exists():
        return replace(msgspec.msgpack.decode(path.read_bytes(), type=HubIdentity), platform_url=platform_url)
    if code is None:
        raise KioskError(Failure.NOT_PROVISIONED, role="hub")
    folders.make(data, 0o700)
    identity = _enrol(platform_url, code)
    aside = path.with_suffix(".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.msgpack.encode(identity))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    return identity


def _enrol(platform_url: str, code: str) -> HubIdentity:
    parsed = enrolment.parse(code)
    with new_session() as session:
        root = _read(_asked(session, "GET", platform_url + "/v1/root"), RootAnswer)
        if enrolment.fingerprint_of(root.root) != parsed.fingerprint:
            raise KioskError(Failure.PLATFORM_ROOT_WRONG, reason="fingerprint")
        stated = read_platform_statement(root.root, root.statement)
        device = signing.new_signing_key()
        request = EnrolRequest(parsed.secret, signing.public_of(device), keys.sealing_public(keys.new_sealing_key()))
        body = _asked(session, "POST", platform_url + "/v1/enrol", encode(request), {"Content-Type": MEDIA_TYPE})
        answer = read_record(_read(body, SignedRecord), "enrol", EnrolAnswer, stated.record_key)
    return HubIdentity(platform_url, stated.platform, root.root, answer.terminal, device)


class PlatformDoor:
    """Asks the platform about the folder it keeps for this hub."""

    def __init__(self, data: Path, identity: HubIdentity) -> None:
        self._data, self._identity = data, identity
        self._session = new_session()
        self._lock = threading.Lock()
        self._next = self._end = 0

    def ask(self, question: StickQuestion) -> StickAnswer:
        """One signed question.

        Raises:
            KioskError: a `LINK_…` failure or `TERMINAL_REVOKED`.
        """
        body = encode(question)
        head = sign_request(
            "POST",
            PATH,
            hashlib.sha256(body).digest(),
            terminal=self._identity.terminal,
            nonce=self._nonce(),
            platform=self._identity.platform,
            private=self._identity.device,
        )
        url = self._identity.platform_url.rstrip("/") + PATH
        return _read(_asked(self._session, "POST", url, body, {"Content-Type": MEDIA_TYPE, **head}), StickAnswer)

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def _nonce(self) -> int:
        """A number no question has carried; a block is reserved on disk before its first is used."""
        with self._lock:
            if self._next == self._end:
                path = self._data / _NONCES
                start = _COUNTER.unpack(path.read_bytes())[0] if path.exists() else 1
                aside = path.with_suffix(".new")
                aside.write_bytes(_COUNTER.pack(start + _BLOCK))
                aside.replace(path)
                self._next, self._end = start, start + _BLOCK
            self._next += 1
            return self._next - 1


def new_session() -> requests.Session:
    """A session that takes nothing from somebody's environment."""
    session = requests.Session()
    session.trust_env = False
    return session


def _asked(
    session: requests.Session, method: str, url: str, body: bytes | None = None, head: dict[str, str] | None = None
) -> bytes:
    try:
        answer = session.request(method, url, data=body, headers=head, timeout=_PATIENCE, allow_redirects=False)
    except requests.RequestException as error:
        raise KioskError(Failure.LINK_DOWN, reason="hub") from error
    if (
        answer.headers.get("Content-Type", "").partition(";")[0] != MEDIA_TYPE
        or len(answer.content) > _MOST_ANSWER_BYTES
    ):
        raise KioskError(Failure.LINK_NOT_PLATFORM, status=answer.status_code)
    if answer.status_code == HTTPStatus.OK:
        return answer.content
    told = _read(answer.content, Refusal).failure
    failure = next((one for one in _TOLD if one.code == told), Failure.LINK_REFUSED)
    raise KioskError(failure, status=answer.status_code)


def _read(body: bytes, kind: type[_T]) -> _T:
    try:
        return decode(body, kind)
    except WireError as error:
        raise KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled") from error


_TOLD: Final = (Failure.TERMINAL_REVOKED, Failure.LINK_BUSY, Failure.ENROLMENT_CODE_REFUSED)
