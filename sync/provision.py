"""Making a data directory a terminal of one platform.

The code's fingerprint decides which root is believed before the secret leaves this machine. The device keys are made
here, written down before they are shown, and never leave; so a lost answer is asked for again with the same keys.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from kiosk import enrolment
from kiosk.enrolment import EnrolmentCode
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import TerminalIdentity
from kiosk.ports import Clock, Store
from kiosk.seal import keys, signing
from kiosk.seal.statements import PlatformStatement, read_device_statement, read_platform_statement
from sync.agent import failure_of
from sync.body import Body
from sync.changes import Changes
from sync.link import Link, LinkOptions, Question
from sync.parts import parts_of
from sync.wire.coding import WireError, decode, encode
from sync.wire.messages import EnrolAnswer, EnrolRequest, RootAnswer, SignedRecord
from sync.wire.records import read_record

ROOT_PATH: Final = "/v1/root"
ENROL_PATH: Final = "/v1/enrol"
_PENDING: Final = "enrol.pending"
_TRIES: Final = 4
_LONGEST_PAUSE: Final = 5.0
_MAY_PASS: Final = frozenset({Failure.LINK_DOWN, Failure.LINK_STALLED, Failure.LINK_BUSY})

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Provisioned:
    """Who this terminal now is, and what kept it from fetching its catalogue at once, if anything did."""

    identity: TerminalIdentity
    catalogue_version: int
    failure: KioskError | None = None


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of an enrolment under way; `code` tells which, without keeping its secret."""

    code: str
    device: bytes = field(repr=False)
    terminal: bytes = field(repr=False)


def provision_online(
    platform_url: str, code: str, store: Store, clock: Clock, options: LinkOptions | None = None
) -> Provisioned:
    """Enrol the data directory behind `store` at this platform with a one-time code, then fetch its catalogue.

    Interrupted at any point, it can be called again with the same code while that lasts.

    Raises:
        KioskError: `ALREADY_PROVISIONED`; `ENROLMENT_CODE_REFUSED` for a code that was mistyped, used, expired or
            tried too often or, for a stopped terminal, not made for it (`ALREADY_PROVISIONED`, reason
            `another_terminal`); `PLATFORM_ROOT_WRONG` for another platform than the code names; `RECORD_NOT_GENUINE`
            for an answer that platform did not sign; a `LINK_…` failure.
    """
    parsed = enrolment.parse(code)
    _refuse_if_provisioned(store, parsed)
    link = Link(platform_url, options)
    try:
        root, record_key = _meet(link, parsed)
        ours = _keys_for(store, parsed)
        answer = _enrol(link, parsed, ours, record_key)
        platform = read_platform_statement(root, answer.platform_statement)
        identity = _identity(platform_url, root, platform, answer, ours)
        _demand_same(store, identity)
        store.settings.enrol(identity, ours.device, ours.terminal)
        store.seal_rescue(platform.rescue_key)
        store.settings.put(_PENDING, b"")
        failure = failure_of(lambda: _take_catalogue(store, link, clock))
        return Provisioned(identity, store.shelf.version(), failure)
    finally:
        link.close()


def _refuse_if_provisioned(store: Store, code: EnrolmentCode) -> None:
    """Nobody makes a terminal another one; only this very enrolment may be gone through to its end.

    A stopped terminal may be given its next epoch.
    """
    if _known(store) is None or store.settings.stopped() is not None:
        return
    ours = _pending(store)
    if ours is None or ours.code != _name_of(code):
        raise KioskError(Failure.ALREADY_PROVISIONED)


def _known(store: Store) -> TerminalIdentity | None:
    try:
        return store.settings.identity()
    except KioskError as error:
        if error.failure is not Failure.NOT_PROVISIONED:
            raise
        return None


def _demand_same(store: Store, identity: TerminalIdentity) -> None:
    """Whoever holds a queue stays the terminal whose numbers it bears."""
    known = _known(store)
    if known is not None and (known.terminal, known.root_key) != (identity.terminal, identity.root_key):
        raise KioskError(Failure.ALREADY_PROVISIONED, reason="another_terminal", terminal=known.terminal)


def _meet(link: Link, code: EnrolmentCode) -> tuple[bytes, bytes]:
    """Root and record key of the platform behind the link, if it is the one the code names."""
    root = _read(_patiently(link, Question(ROOT_PATH)), RootAnswer)
    if enrolment.fingerprint_of(root.root) != code.fingerprint:
        raise KioskError(Failure.PLATFORM_ROOT_WRONG, reason="fingerprint")
    stated = read_platform_statement(root.root, root.statement)
    if stated.platform != root.platform:
        raise KioskError(Failure.PLATFORM_ROOT_WRONG, reason="name")
    return root.root, stated.record_key


def _keys_for(store: Store, code: EnrolmentCode) -> _Keys:
    """Fresh keys, or those of an earlier try with the same code, durable before anybody sees their public halves."""
    held = _pending(store)
    if held is not None and held.code == _name_of(code):
        return held
    ours = _Keys(_name_of(code), signing.new_signing_key(), keys.new_sealing_key())
    store.settings.put(_PENDING, msgspec.msgpack.encode(ours))
    return ours


def _pending(store: Store) -> _Keys | None:
    held = store.settings.get(_PENDING)
    return msgspec.msgpack.decode(held, type=_Keys) if held else None


def _name_of(code: EnrolmentCode) -> str:
    return hashlib.sha256(b"jinban/enrolment/1\0" + code.secret.encode()).hexdigest()


def _enrol(link: Link, code: EnrolmentCode, ours: _Keys, record_key: bytes) -> EnrolAnswer:
    request = EnrolRequest(code.secret, signing.public_of(ours.device), keys.sealing_public(ours.terminal))
    record = _read(_patiently(link, Question(ENROL_PATH, Body(encode(request)))), SignedRecord)
    return read_record(record, "enrol", EnrolAnswer, record_key)


def _identity(
    platform_url: str, root: bytes, platform: PlatformStatement, answer: EnrolAnswer, ours: _Keys
) -> TerminalIdentity:
    """The identity, once the answer agrees with the root and with the key we showed."""
    device = read_device_statement(root, answer.device_statement)
    agreed = {
        "root": answer.root == root,
        "platform": answer.platform == platform.platform,
        "key": device.device_key == signing.public_of(ours.device),
        "terminal": (device.terminal, device.epoch) == (answer.terminal, answer.epoch),
    }
    for what, agrees in agreed.items():
        if not agrees:
            raise KioskError(Failure.PLATFORM_ROOT_WRONG, reason=what)
    return TerminalIdentity(
        terminal=answer.terminal,
        epoch=answer.epoch,
        point_name=answer.point_name,
        region12=answer.region12,
        platform_url=platform_url.rstrip("/"),
        platform_id=platform.platform,
        root_key=root,
        record_key=platform.record_key,
        platform_key=platform.platform_key,
        statement=answer.device_statement,
        demo=answer.demo,
    )


def _take_catalogue(store: Store, link: Link, clock: Clock) -> None:
    result = Changes(parts_of(store, link, clock)).take()
    if result.failure is not None:
        raise result.failure


def _patiently(link: Link, question: Question) -> bytes:
    """Ask a few times while the line may still come; what is asked here may be asked again."""
    asking = Retrying(
        stop=stop_after_attempt(_TRIES),
        wait=wait_random_exponential(multiplier=0.5, max=_LONGEST_PAUSE),
        retry=retry_if_exception(lambda error: isinstance(error, KioskError) and error.failure in _MAY_PASS),
        reraise=True,
    )
    return asking(link.ask, question)


def _read(body: bytes, kind: type[_T]) -> _T:
    try:
        return decode(body, kind)
    except WireError as error:
        raise KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled") from error
