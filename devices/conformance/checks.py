"""The checks. Each takes a bench and returns when the driver keeps its promise; else it raises what `verdict` has."""

from collections.abc import Callable
from typing import Any, Final

from devices.conformance.acts import Facts
from devices.conformance.bench import Bench, Trial
from devices.conformance.pulling import pulled_and_back
from devices.conformance.verdict import NotConformingError, NotMeantError, NotTriedError
from devices.limits import Limits
from kiosk.failure import Failure
from kiosk.model.devices import DeviceKind

_PROMISED: Final = Limits()
_CALL: Final = 1.0
_LOOK: Final = 0.5
_MAKING: Final = 1.0
_CANCEL_AFTER: Final = 0.3
_SHORT_WAIT: Final = 1.5
_HEADROOM: Final = 3.0
_SHORTEST_SECRET: Final = 4
_LONGEST_REQUEST: Final = {
    DeviceKind.ID_CARD: 30.0,
    DeviceKind.SCANNER: 180.0,
    DeviceKind.CAMERA: 30.0,
    DeviceKind.BARCODE: 10.0,
    DeviceKind.PHONE: 30.0,
    DeviceKind.STICK: 10.0,
    DeviceKind.PRINTER: 180.0,
}
_CANCELLED_BY_THE_HOST: Final = frozenset({DeviceKind.CAMERA, DeviceKind.BARCODE, DeviceKind.STICK})
# What ends a round because nothing was laid there, or the device is not in order: named, and nobody's fault here.
_NOT_READY: Final = frozenset(
    {
        Failure.CARD_ABSENT.code,
        Failure.SCANNER_EMPTY.code,
        Failure.PRINTER_PAPER_OUT.code,
        Failure.PRINTER_OFFLINE.code,
        Failure.PRINTER_COVER_OPEN.code,
        Failure.DEVICE_BUSY.code,
        Failure.CARD_LIFT_FIRST.code,
        Failure.STICK_ABSENT.code,
        Failure.HANDOVER_UNREACHABLE.code,
    }
)


def is_made_without_its_device(bench: Bench) -> None:
    """`Driver(setup)` returns at once and has every method of its kind."""
    (facts,) = _facts(bench.try_out("make", _MAKING))
    _need(facts["ended"] == "well", f"making one raised {facts['text']}")
    _need(facts["seconds"] <= _MAKING, "making one took too long: the device is found in open()")
    _need(not facts["missing"], f"it lacks {', '.join(facts['missing'])}")
    _need(isinstance(facts["simulated"], bool), "`simulated` is not True or False")
    bench.simulated = facts["simulated"]


def opens_feels_and_closes_in_time(bench: Bench) -> None:
    """`open` in 10 s, `check` and looks in 1 s, `close` in 1 s, twice over, and closing twice does no harm."""
    trial = bench.try_out("live", 4 * _PROMISED.opening)
    for facts in _facts(trial):
        longest = _PROMISED.opening if facts["step"] == "open" else _CALL
        longest = _LOOK if facts["step"] == "next_code" else longest
        _need(facts["seconds"] <= longest, f"{facts['step']} took {facts['seconds']:.1f} s, {longest:.1f} are promised")
        _need(facts["step"] != "close" or facts["ended"] == "well", "close raised")
        _well_typed(facts)
    first, second = trial.of("open")
    if first["ended"] != "well":
        raise NotTriedError(f"the device does not open: {first['text']}")
    _need(second["ended"] == "well", f"it does not open a second time: {second['text']}")


def refuses_settings_that_make_no_sense(bench: Bench) -> None:
    """Unknown settings, none, or nonsense end in a named failure or do not matter; never in a bug."""
    nonsense = [{**bench.options, name: "?!"} for name in bench.options]
    for options in ({**bench.options, "no_such_option": "1"}, {}, *nonsense):
        for facts in _facts(bench.try_out("live", 4 * _PROMISED.opening, options)):
            _need(facts["ended"] != "bug", f"{facts['step']} raised {facts['text']}")


def obeys_a_cancel(bench: Bench) -> None:
    """A request that is called off ends within 2 s, by name."""
    if bench.kind in _CANCELLED_BY_THE_HOST:
        raise NotMeantError("its requests are the host's, which cancels them itself")
    if bench.kind is DeviceKind.ID_CARD and bench.can("take_away"):
        bench.hands["take_away"]()
    cancel_after = _CANCEL_AFTER if bench.kind is DeviceKind.ID_CARD else 0.0
    facts = _requested(bench, seconds=30.0, cancel_after=cancel_after)
    allowed = {None, Failure.DEVICE_CANCELLED.code, *_NOT_READY}
    _need(facts["failure"] in allowed, f"a cancelled request ended {facts['failure']}")
    if facts["failure"] in {Failure.DEVICE_CANCELLED.code, Failure.CARD_ABSENT.code}:
        took = facts["seconds"] - cancel_after
        _need(took <= _PROMISED.cancel, f"it took {took:.1f} s to obey, {_PROMISED.cancel} are promised")


def waits_for_a_card_no_longer_than_asked(bench: Bench) -> None:
    """Without a card a read ends `card.absent` when its time is up, and shows life until then."""
    if bench.kind is not DeviceKind.ID_CARD:
        raise NotMeantError("only card readers wait")
    if bench.can("take_away"):
        bench.hands["take_away"]()
    facts = _requested(bench, seconds=_SHORT_WAIT)
    if facts["ended"] == "well":
        raise NotTriedError("a card lies on the reader: lift it and try again")
    _need(facts["failure"] in _NOT_READY, f"it ended {facts['failure']}")
    _need(facts["seconds"] <= _SHORT_WAIT + _PROMISED.card_grace, "it waited on")


def does_its_work(bench: Bench) -> None:
    """One whole round: what comes is of the promised kind, and signs of life came often enough."""
    if bench.kind is DeviceKind.PHONE:
        raise NotTriedError("only who sees the code on the screen can send")
    if bench.can("lay"):
        bench.hands["lay"]()
    facts = _requested(bench, seconds=10.0)
    if facts["failure"] in _NOT_READY and not bench.can("lay"):
        raise NotTriedError(f"nothing to work with: {facts['failure']}")
    _need(facts["ended"] == "well", f"it ended {facts['failure'] or facts['text']}")
    silence = _PROMISED.silence(bench.kind)
    if bench.kind not in _CANCELLED_BY_THE_HOST:
        _need(facts["silence"] <= silence, f"it kept still for {facts['silence']:.1f} s, {silence} are promised")
    _right_kind(bench.kind, facts)


def lets_go_of_pages_nobody_wants(bench: Bench) -> None:
    """A scan closed after its first page leaves a scanner that works."""
    if bench.kind is not DeviceKind.SCANNER:
        raise NotMeantError("only scanners have pages")
    for _ in range(2):
        if bench.can("lay"):
            bench.hands["lay"]()
        facts = _requested(bench, seconds=60.0, early=True)
        if facts["failure"] in _NOT_READY and not bench.can("lay"):
            raise NotTriedError(f"nothing to scan: {facts['failure']}")
        _need(facts["ended"] == "well", f"it ended {facts['failure'] or facts['text']}")


def writes_and_prints_nothing(bench: Bench) -> None:
    """Nothing on disk, nothing on standard output or error, in life and at work."""
    for trial in (bench.try_out("live", 4 * _PROMISED.opening), _round(bench)):
        _need(not trial.output.strip(), "something was printed on standard output or error")
        if not bench.simulated:
            _need(not trial.written, f"files were written: {', '.join(trial.written[:3])}")


def leaves_nothing_behind(bench: Bench) -> None:
    """No thread, process or descriptor is left after close: while its device is gone it is opened every two seconds."""
    trial = _round(bench)
    _facts(trial)
    (closed,) = trial.of("close")
    left = ", ".join(f"{count} {name}" for name, count in closed["left"].items())
    _need(not left, f"left after close: {left}")


def tells_no_secrets(bench: Bench) -> None:
    """A failure says plain words: no setting, which may name people or places, and nothing read from a card or page."""
    wrong = {name: "/no/such/place" if "/" in value else value for name, value in bench.options.items()}
    for options in (bench.options, wrong, {**bench.options, "no_such_option": "1"}):
        for facts in _facts(bench.try_out("live", 4 * _PROMISED.opening, options)):
            for name, value in options.items():
                hidden = len(value) < _SHORTEST_SECRET or value not in str(facts["text"])
                _need(hidden, f"a failure tells the value of {name}")
            _plainly_told(facts)
    for facts in _facts(_round(bench)):
        _plainly_told(facts)


CHECKS: Final[dict[str, Callable[[Bench], None]]] = {
    "made": is_made_without_its_device,
    "times": opens_feels_and_closes_in_time,
    "settings": refuses_settings_that_make_no_sense,
    "cancel": obeys_a_cancel,
    "wait": waits_for_a_card_no_longer_than_asked,
    "work": does_its_work,
    "let-go": lets_go_of_pages_nobody_wants,
    "quiet": writes_and_prints_nothing,
    "leaves": leaves_nothing_behind,
    "secrets": tells_no_secrets,
    "unplug": pulled_and_back,
}


def _round(bench: Bench) -> Trial:
    """One request as it comes: with what lies there, or called off where it would only wait for that."""
    cancel_after = _CANCEL_AFTER if bench.kind in {DeviceKind.ID_CARD, DeviceKind.PHONE} else None
    if bench.can("lay"):
        bench.hands["lay"]()
        cancel_after = None
    return bench.try_out("request", _longest(bench.kind), seconds=_SHORT_WAIT, cancel_after=cancel_after)


def _longest(kind: DeviceKind) -> float:
    return _LONGEST_REQUEST[kind] + 2 * _PROMISED.opening + _HEADROOM


def _plainly_told(facts: Facts) -> None:
    told = ", ".join(facts["withheld"])
    _need(not told, f"{facts['step']} failed with more than a plain word or a short number in: {told}")


def _requested(bench: Bench, **words: Any) -> Facts:
    trial = bench.try_out("request", _longest(bench.kind), **words)
    _facts(trial)
    (opened,) = trial.of("open")
    if opened["ended"] != "well":
        raise NotTriedError(f"the device does not open: {opened['text']}")
    (facts,) = trial.of("request")
    return facts


def _facts(trial: Trial) -> list[Facts]:
    """The facts of a trial that ended, with no bug in it."""
    _need(not trial.late, "it did not end in time and was killed")
    _need(bool(trial.facts), f"its process died (exit {trial.exit_code})")
    for facts in trial.facts:
        _need(facts["ended"] != "bug", f"{facts['step']} raised {facts['text']} instead of a KioskError")
    return trial.facts


def _well_typed(facts: Facts) -> None:
    wanted = {"check": {"str"}, "present": {"bool", "NoneType"}, "next_code": {"str", "NoneType"}}.get(facts["step"])
    if wanted and facts["ended"] == "well":
        _need(facts["came"] in wanted, f"{facts['step']} returned {facts['came']}")


def _right_kind(kind: DeviceKind, facts: Facts) -> None:
    match kind:
        case DeviceKind.ID_CARD:
            _need(facts["came"] == "IdCard" and facts["fits"], f"read returned {facts['came']}, or an empty card")
        case DeviceKind.SCANNER:
            _need(facts["count"] > 0 and facts["kinds"] == ["Page"] and facts["fits"], "scan brought no whole page")
        case DeviceKind.PRINTER:
            _need(facts["came"] == "int" and facts["number"] >= 1, "print_paper did not return the pages printed")
        case DeviceKind.CAMERA:
            _need("Frame" in facts["kinds"], "frame brought no picture")
        case DeviceKind.STICK:
            _need(set(facts["kinds"]) <= {"OfferedFile", "ForeignFile"}, f"a stick brought {facts['kinds']}")
            if "ForeignFile" not in facts["kinds"]:
                raise NotTriedError("no file lies on the stick")
        case DeviceKind.BARCODE:
            if facts["came"] == "NoneType":
                raise NotTriedError("no code was held before it")


def _need(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - a condition and its message, as in an assert
    if not holds:
        raise NotConformingError(otherwise)
