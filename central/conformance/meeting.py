"""§1, §3 and §10: who the platform is, and how a terminal becomes one of its own."""

from dataclasses import replace
from http import HTTPStatus

from central.conformance.checking import Check
from central.conformance.probe import Probe, Reply, demand
from kiosk import enrolment
from kiosk.enrolment import EnrolmentCode
from kiosk.seal import keys, signing
from kiosk.seal.statements import read_device_statement, read_platform_statement
from sync.wire.coding import MEDIA_TYPE, decode, encode
from sync.wire.messages import EnrolAnswer, EnrolRequest, RootAnswer, SignedRecord
from sync.wire.records import read_record

_FORBIDDEN = HTTPStatus.FORBIDDEN
_CODE = "enrolment.code_refused"
_HEAD = {"Content-Type": MEDIA_TYPE}


def _root(probe: Probe) -> None:
    told = decode(probe.ask("GET", "/v1/root").good(), RootAnswer)
    demand(enrolment.fingerprint_of(told.root) == probe.code.fingerprint, "its root is not the one the code names")
    stated = read_platform_statement(told.root, told.statement)
    demand(stated.platform == told.platform, "the statement speaks of another platform")
    probe.root, probe.statement = told, stated


def _no_such_door(probe: Probe) -> None:
    probe.ask("GET", "/v1/there-is-none").refused(HTTPStatus.NOT_FOUND, "link.refused")


def _wrong_secret(probe: Probe) -> None:
    other = enrolment.new_code(probe.root.root if probe.root else b"").secret
    _asked(probe, other).refused(_FORBIDDEN, _CODE)


def _unreadable(probe: Probe) -> None:
    probe.ask("POST", "/v1/enrol", b"\xc1", _HEAD).refused(HTTPStatus.BAD_REQUEST, "link.refused")


def _enrols(probe: Probe) -> None:
    answer = _enrolled(probe, probe)
    demand(probe.root and answer.root == probe.root.root, "names another root")
    demand(probe.root and answer.platform_statement == probe.root.statement, "brings another platform statement")
    device = read_device_statement(answer.root, answer.device_statement)
    demand(device.device_key == signing.public_of(probe.device), "the device statement is of another key")
    demand((device.terminal, device.epoch) == (answer.terminal, answer.epoch), "the device statement has another name")
    demand(answer.rescue_key == probe.platform.rescue_key, "the rescue key is not the one the root states")
    probe.enrolled = answer


def _again(probe: Probe) -> None:
    demand(_enrolled(probe, probe) == probe.me, "another answer to the same secret and keys")


def _other_keys(probe: Probe) -> None:
    stranger = replace(probe, device=signing.new_signing_key(), sealing=keys.new_sealing_key())
    _asked(stranger, probe.code.secret).refused(_FORBIDDEN, _CODE)


def _too_long(probe: Probe) -> None:
    probe.ask("POST", "/v1/enrol", bytes(5000), _HEAD).refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "link.refused")


def enrol_second(probe: Probe, code: EnrolmentCode) -> Probe:
    """Another terminal of the same platform."""
    other = replace(probe, device=signing.new_signing_key(), sealing=keys.new_sealing_key(), code=code)
    other.enrolled = _enrolled(other, probe)
    return other


def _asked(probe: Probe, secret: str) -> Reply:
    request = EnrolRequest(secret, signing.public_of(probe.device), keys.sealing_public(probe.sealing))
    return probe.ask("POST", "/v1/enrol", encode(request), _HEAD)


def _enrolled(probe: Probe, known: Probe) -> EnrolAnswer:
    record = decode(_asked(probe, probe.code.secret).good(), SignedRecord)
    return read_record(record, "enrol", EnrolAnswer, known.platform.record_key)


CHECKS = (
    Check("root", "3", "the root is the code's and states the platform's keys", _root, first=True),
    Check("refusal.no_door", "10", "a door that is not there refuses in the protocol's words", _no_such_door),
    Check("enrol.wrong_secret", "3", "a wrong secret is refused", _wrong_secret),
    Check("enrol.unreadable", "10", "a body that is no message is refused", _unreadable),
    Check("enrol.too_long", "1", "a longer question than agreed is refused", _too_long, must=False),
    Check("enrol", "3", "a code makes a terminal, stated by the root", _enrols, first=True),
    Check("enrol.again", "3", "the same secret with the same keys is answered alike", _again),
    Check("enrol.other_keys", "3", "a used secret is worth nothing with other keys", _other_keys),
)
