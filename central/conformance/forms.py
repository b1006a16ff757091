"""§5: forms, each taken or not alone, each exactly once."""

import secrets
import zlib
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

import msgspec

from central.conformance.checking import Check
from central.conformance.probe import FailsError, Page, Probe, demand
from sync.wire.coding import encode, pack
from sync.wire.messages import Begun, Event, EventAnswer, ManifestAnswer

_REFUSED: Final = (HTTPStatus.BAD_REQUEST, "link.refused")
_PATH: Final = "/v1/exchange"
_CLOCK: Final = timedelta(days=1)


def _empty(probe: Probe) -> None:
    demand(probe.exchange() == (), "answers to no events")


def _clock(probe: Probe) -> None:
    told = probe.turn("exchange", probe.manifest(), ManifestAnswer).at
    demand(abs(told - datetime.now(UTC)) < _CLOCK, f"says it is {told:%Y-%m-%d}; terminals set their trust by it")


def _taken(probe: Probe) -> None:
    page = probe.page(10_000)
    event = probe.event(page)
    (answer,) = probe.exchange(event)
    ack = probe.ack(answer, event)
    demand(not ack.complete, "acknowledged as complete without its page")
    demand([(one.digest, one.have) for one in answer.missing] == [(page.entry.digest, 0)], "the page is not missed")
    probe.filed = event, page


def _without_files(probe: Probe) -> None:
    event = probe.event()
    (answer,) = probe.exchange(event)
    demand(probe.ack(answer, event).complete, "not complete though nothing is missing")
    demand(not answer.missing, "misses files of a case that has none")


def _repeat(probe: Probe) -> None:
    event, _ = _filed(probe)
    first, second = (probe.exchange(event)[0] for _ in range(2))
    probe.ack(first, event)
    demand(first.ack == second.ack, "a repeat is acknowledged with other bytes")
    demand(first.missing == second.missing, "a repeat misses something else")


def _twice_in_one(probe: Probe) -> None:
    event = probe.event()
    one, other = probe.exchange(event, event)
    demand(probe.ack(one, event) == probe.ack(other, event), "one event twice in one question is not one event")


def _other_bytes(probe: Probe) -> None:
    event, _ = _filed(probe)
    changed = msgspec.structs.replace(event, payload=probe.event().payload)
    (answer,) = probe.exchange(changed)
    _demand_answer(answer, "conflict", "event", "other_bytes")
    probe.ack(probe.exchange(event)[0], event)


def _number_taken(probe: Probe) -> None:
    event, _ = _filed(probe)
    (answer,) = probe.exchange(probe.event(number=event.number))
    _demand_answer(answer, "conflict", "number", "number_taken")


def _alone(probe: Probe) -> None:
    good, bad = probe.event(), probe.event(number=probe.number()[:-1] + "?")
    manifest: dict[str, Any] = msgspec.to_builtins(probe.manifest(good, bad), builtin_types=(bytes, datetime))
    manifest["events"] = [{"event": "no-event"}, manifest["events"][1], manifest["events"][0]]
    body = zlib.compress(msgspec.msgpack.encode(manifest))
    answers = probe.turn("exchange", body, ManifestAnswer).answers
    told = [(one.event, one.outcome) for one in answers]
    wanted = [("no-event", "refused"), (bad.event, "refused"), (good.event, "taken")]
    demand(told == wanted, f"answers {[outcome for _, outcome in told]} instead of each for itself and in order")
    demand(answers[1].field == "number", f"blames “{answers[1].field}” instead of “number”")
    probe.ack(answers[2], good)


def _wrong_seal(probe: Probe) -> None:
    event = probe.event()
    payload = event.payload[:-1] + bytes((event.payload[-1] ^ 1,))
    _demand_answer(probe.exchange(msgspec.structs.replace(event, payload=payload))[0], "refused", "payload", "seal")


def _misplaced(probe: Probe) -> None:
    """A payload is sealed for its own event."""
    one, other = probe.event(), probe.event()
    _demand_answer(probe.exchange(msgspec.structs.replace(one, payload=other.payload))[0], "refused", "payload", "seal")


def _not_asked(probe: Probe) -> None:
    (answer,) = probe.exchange(probe.event(answers={"no_form_asks_for_this": 1}))
    demand(answer.outcome == "refused", f"{answer.outcome} though no form asks for it")
    demand(answer.field and answer.reason, "refused without field and reason")


def _begun(probe: Probe) -> None:
    event, page = _filed(probe)
    other = Begun(event.event, bytes(32))
    known, unknown, conflict = probe.exchange(
        begun=[Begun(event.event, event.payload_digest()), Begun(secrets.token_hex(16), bytes(32)), other]
    )
    probe.ack(known, event)
    demand([one.digest for one in known.missing] == [page.entry.digest], "does not say what is missing")
    demand(unknown.outcome == "unknown", f"{unknown.outcome} of an event it never saw")
    _demand_answer(conflict, "conflict", "event", "other_bytes")


def _other_terminal(probe: Probe) -> None:
    manifest = msgspec.structs.replace(probe.manifest(), terminal="T99999")
    probe.post(_PATH, pack(manifest)).refused(HTTPStatus.UNAUTHORIZED, "link.refused")


def _unreadable(probe: Probe) -> None:
    whole = pack(probe.manifest())
    for body in (b"no deflate", whole[:-3], whole + b"!", pack(probe.me), encode(probe.manifest())):
        probe.post(_PATH, body).refused(*_REFUSED)


def _unknown_fields(probe: Probe) -> None:
    page = probe.page(500)
    event = probe.event(page)
    manifest: dict[str, Any] = msgspec.to_builtins(probe.manifest(event), builtin_types=(bytes, datetime))
    for part in (manifest, manifest["events"][0], manifest["events"][0]["blobs"][0]):
        part["of_a_later_version"] = {"weather": [1, None]}
    manifest["protocol"] = 2
    answers = probe.turn("exchange", zlib.compress(msgspec.msgpack.encode(manifest)), ManifestAnswer).answers
    demand(len(answers) == 1, "no answer to the event")
    probe.ack(answers[0], event)


def _many(probe: Probe) -> None:
    events = [probe.event() for _ in range(100)]
    answers = probe.exchange(*events)
    for event, answer in zip(events, answers, strict=True):
        probe.ack(answer, event)


def _filed(probe: Probe) -> tuple[Event, Page]:
    if probe.filed is None:
        raise FailsError("no case was taken")
    return probe.filed


def _demand_answer(answer: EventAnswer, outcome: str, field: str, reason: str) -> None:
    told = (answer.outcome, answer.field, answer.reason)
    demand(told == (outcome, field, reason), f"{' '.join(told).strip()} instead of {outcome} {field} {reason}")


CHECKS = (
    Check("exchange.empty", "5", "no events, no answers, signed and with the question's nonce", _empty),
    Check("exchange.clock", "5", "the platform's clock is right", _clock, must=False),
    Check("exchange.taken", "5", "a form is acknowledged before any of its files has come", _taken, first=True),
    Check("exchange.no_files", "5", "a case without files is complete at once", _without_files),
    Check("exchange.repeat", "8", "a repeat is acknowledged with the same bytes", _repeat),
    Check("exchange.twice_in_one", "11", "an event twice in one question is one", _twice_in_one),
    Check("exchange.other_bytes", "5", "other bytes under the same id change nothing and are told", _other_bytes),
    Check("exchange.number_taken", "5", "a number that already is a case is no other case", _number_taken),
    Check("exchange.alone", "5", "each event is taken or not alone, in order", _alone),
    Check("exchange.wrong_seal", "5", "a payload that does not open is refused", _wrong_seal),
    Check("exchange.misplaced", "2", "a payload opens for its own event alone", _misplaced),
    Check("exchange.not_asked", "5", "an answer no form asks for is refused by name", _not_asked),
    Check("exchange.begun", "5", "what is missing of an earlier event is told without the form", _begun),
    Check("exchange.other_terminal", "5", "nobody files for another terminal", _other_terminal),
    Check("exchange.unreadable", "1", "a body that is no message is refused", _unreadable),
    Check("exchange.unknown_fields", "1", "fields of a later version are ignored", _unknown_fields),
    Check("exchange.many", "5", "a hundred forms go in one question", _many),
)
