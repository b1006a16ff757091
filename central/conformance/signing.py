"""§4: who may ask, and that nothing may be asked twice."""

import itertools
import time
from http import HTTPStatus
from typing import Final

from central.conformance.checking import Check
from central.conformance.probe import Probe, demand
from kiosk.seal import signing
from sync.wire.coding import MEDIA_TYPE, pack
from sync.wire.messages import ManifestAnswer

_PATH: Final = "/v1/exchange"
_UNAUTHORIZED: Final = (HTTPStatus.UNAUTHORIZED, "link.refused")
_WINDOW: Final = 1024
_AT_ONCE_SECONDS: Final = 10.0


def _unsigned(probe: Probe) -> None:
    probe.ask("POST", _PATH, _body(probe), {"Content-Type": MEDIA_TYPE}).refused(*_UNAUTHORIZED)


def _wrong_key(probe: Probe) -> None:
    probe.post(_PATH, _body(probe), private=signing.new_signing_key()).refused(*_UNAUTHORIZED)


def _unknown_terminal(probe: Probe) -> None:
    probe.post(_PATH, _body(probe), terminal="T99999").refused(*_UNAUTHORIZED)


def _other_platform(probe: Probe) -> None:
    probe.post(_PATH, _body(probe), platform="P-elsewhere").refused(*_UNAUTHORIZED)


def _other_body(probe: Probe) -> None:
    probe.post(_PATH, _body(probe), digest=bytes(32)).refused(*_UNAUTHORIZED)


def _other_path(probe: Probe) -> None:
    body = _body(probe)
    probe.ask("POST", _PATH, body, probe.head("/v1/changes", body)).refused(*_UNAUTHORIZED)


def _spent(probe: Probe) -> None:
    body = _body(probe)
    head = probe.head(_PATH, body)
    probe.ask("POST", _PATH, body, head).good()
    probe.ask("POST", _PATH, body, head).refused(*_UNAUTHORIZED)


def _window(probe: Probe) -> None:
    highest = next(probe.nonces) + 2 * _WINDOW
    try:
        for nonce in (highest, highest - _WINDOW + 1, highest - 1):
            probe.proven(probe.post(_PATH, _body(probe), nonce=nonce).good(), "exchange", ManifestAnswer, nonce)
        probe.post(_PATH, _body(probe), nonce=highest - 1).refused(*_UNAUTHORIZED)
    finally:
        probe.nonces = itertools.count(highest + 1)


def _head_first(probe: Probe) -> None:
    connection = probe.connection()
    try:
        connection.putrequest("POST", probe.prefix + _PATH)
        connection.putheader("Content-Type", MEDIA_TYPE)
        connection.putheader("Content-Length", "1000000")
        connection.endheaders()
        connection.timeout = _AT_ONCE_SECONDS
        if connection.sock is not None:
            connection.sock.settimeout(_AT_ONCE_SECONDS)
        begun = time.monotonic()
        try:
            status = connection.getresponse().status
        except TimeoutError:
            status = 0
        demand(
            status == HTTPStatus.UNAUTHORIZED, f"waits {time.monotonic() - begun:.0f} s for a body it cannot believe"
        )
    finally:
        connection.close()


def _body(probe: Probe) -> bytes:
    return pack(probe.manifest())


CHECKS = (
    Check("signed.none", "4", "a question without a signature is refused", _unsigned),
    Check("signed.wrong_key", "4", "a question signed with another key is refused", _wrong_key),
    Check("signed.unknown", "4", "a question of a terminal nobody enrolled is refused", _unknown_terminal),
    Check("signed.other_platform", "4", "a question signed for another platform is refused", _other_platform),
    Check("signed.other_body", "4", "another body than the signed one is refused", _other_body),
    Check("signed.other_path", "4", "a question signed for another door is refused", _other_path),
    Check("nonce.spent", "4", "the same question is not taken twice", _spent),
    Check("nonce.window", "4", "a lower nonce that was not spent is taken, once", _window),
    Check("head.first", "4", "the head is judged before the body has come", _head_first, must=False),
)
