"""What is done with a driver inside the trial's process. Each act answers plain facts; `checks` judges them."""

import math
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devices import returned
from devices.conformance.trial_job import TIMER, TrialJob
from devices.conformance.trial_papers import trial_paper
from devices.contract import Condition, Page, Paper, Setup
from devices.page.passage import through
from devices.page.workshop import Workshop
from devices.returned import withheld
from devices.scanner.inspect import inspect
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import DeviceKind, PageSize, ScanPages, UseCamera
from kiosk.model.people import IdCard

Facts = dict[str, Any]
Factory = Callable[[Setup], Any]

METHODS = {
    DeviceKind.ID_CARD: ("present", "read"),
    DeviceKind.SCANNER: ("scan",),
    DeviceKind.CAMERA: ("begin", "frame", "end"),
    DeviceKind.BARCODE: ("next_code",),
    DeviceKind.PHONE: ("receive",),
    DeviceKind.STICK: ("offered", "fetch"),
    DeviceKind.PRINTER: ("print_paper",),
}
_PICTURES = 5
_WAITING = frozenset({DeviceKind.ID_CARD, DeviceKind.BARCODE, DeviceKind.PHONE})
_CLOSING, _LOOK = 1.0, 0.02


def make(kind: DeviceKind, factory: Factory, setup: Setup, **_: Any) -> list[Facts]:
    """Only make one: that touches no device."""
    facts, driver = _made(factory, setup)
    if driver is not None:
        wanted = ("open", "check", "close", *METHODS[kind])
        facts["missing"] = [name for name in wanted if not callable(getattr(driver, name, None))]
        facts["simulated"] = getattr(driver, "simulated", None)
    return [facts]


def live(kind: DeviceKind, factory: Factory, setup: Setup, **_: Any) -> list[Facts]:
    """Open, feel, look, close, close again, and once more from the start."""
    made, driver = _made(factory, setup)
    if driver is None:
        return [made]
    steps: list[Facts] = []
    for _turn in range(2):
        steps.append(did("open", driver.open))
        if steps[-1]["ended"] == "well":
            steps += [did("check", driver.check) for _ in range(3)]
            steps += _looks(kind, driver)
        steps += [did("close", driver.close), did("close", driver.close)]
    return steps


def request(kind: DeviceKind, factory: Factory, setup: Setup, **words: Any) -> list[Facts]:
    """One request: `seconds` long, cancelled after `cancel_after`, or closed after the first page (`early`)."""
    before = _running()
    made, driver = _made(factory, setup)
    if driver is None:
        return [{**made, "step": "open"}]
    # Once for nothing: what a library opens and keeps for good is no device's.
    did("open", driver.open), did("close", driver.close)
    before["descriptors"] = _descriptors()
    steps = [did("open", driver.open)]
    if steps[0]["ended"] == "well":
        # As the host gives them out: only who waits for a card, a code or a phone has so many seconds.
        seconds = float(words.get("seconds", 60.0)) if kind in _WAITING else math.inf
        job = TrialJob(seconds, words.get("cancel_after"))
        paper = trial_paper(PageSize(words.get("size", PageSize.A4)), lines=bool(words.get("lines")))
        steps.append(did("request", lambda: _ask(kind, driver, job, paper, early=bool(words.get("early")))))
        job.over()
        steps[-1]["silence"] = job.longest_silence
        steps[-1]["steps"] = job.steps
        steps.append(did("check", driver.check))
    steps.append(did("close", driver.close))
    steps[-1]["left"] = _left(before)
    return steps


def _left(before: dict[str, int]) -> dict[str, int]:
    """Threads, processes and descriptors that are still there when the driver has had its second to close."""
    until = time.monotonic() + _CLOSING
    while True:
        now = _running() | {"descriptors": _descriptors()}
        left = {name: count - before[name] for name, count in now.items() if count > before[name]}
        if not left or time.monotonic() >= until:
            return left
        time.sleep(_LOOK)


def _running() -> dict[str, int]:
    """Threads and processes of this process; the trial's own timer is no thread of the driver's."""
    threads = [one for one in threading.enumerate() if one.name != TIMER]
    return {"threads": len(threads), "processes": sum(_children(task) for task in Path("/proc/self/task").iterdir())}


def _children(task: Path) -> int:
    try:
        return len((task / "children").read_text(encoding="ascii").split())
    except OSError:
        # The thread has ended meanwhile; its children are another one's now.
        return 0


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


ACTS: dict[str, Callable[..., list[Facts]]] = {"make": make, "live": live, "request": request}


def _made(factory: Factory, setup: Setup) -> tuple[Facts, Any]:
    found: list[Any] = []
    facts = did("make", lambda: found.append(factory(setup)))
    return facts, found[0] if found else None


def did(step: str, call: Callable[[], Any]) -> Facts:
    """How a call went, how long it took, and what kind of thing came back."""
    began = time.monotonic()
    facts: Facts = {"step": step, "ended": "well", "failure": None, "text": "", "withheld": []}
    try:
        facts |= _described(call())
    except KioskError as error:
        facts |= {"ended": "failed", "failure": error.failure.code, "text": str(error)}
        facts["withheld"] = sorted(withheld(error))
    except BaseException as error:  # noqa: BLE001 - whatever else comes is what the trial is about
        facts |= {"ended": "bug", "text": type(error).__name__}
    return {**facts, "seconds": time.monotonic() - began}


def _looks(kind: DeviceKind, driver: Any) -> list[Facts]:
    look = {DeviceKind.ID_CARD: "present", DeviceKind.BARCODE: "next_code"}.get(kind)
    return [did(look, getattr(driver, look)) for _ in range(5)] if look else []


def _ask(kind: DeviceKind, driver: Any, job: TrialJob, paper: Paper, *, early: bool) -> Any:
    ways: dict[DeviceKind, Callable[[], Any]] = {
        DeviceKind.ID_CARD: lambda: driver.read(job),
        DeviceKind.SCANNER: lambda: _scan(driver, job, early=early),
        DeviceKind.CAMERA: lambda: _watch(driver),
        DeviceKind.BARCODE: lambda: _first_code(driver, job),
        DeviceKind.PHONE: lambda: list(driver.receive(lambda _: None, job)),
        DeviceKind.STICK: lambda: _take(driver),
        DeviceKind.PRINTER: lambda: driver.print_paper(paper, job),
    }
    return ways[kind]()


def _scan(driver: Any, job: TrialJob, *, early: bool) -> list[Any]:
    pages = driver.scan(ScanPages(dpi=100, max_pages=1 if early else 3), job)
    taken = []
    try:
        for page in pages:
            taken.append(page)
            if early or len(taken) == 3:  # noqa: PLR2004 - as many as asked for
                break
    finally:
        getattr(pages, "close", lambda: None)()
    return taken


def _take(driver: Any) -> list[Any]:
    """What a stick offers, and the first of it."""
    offered = list(driver.offered())
    return [*offered, *(driver.fetch(one.ident) for one in offered[:1])]


def _watch(driver: Any) -> list[Any]:
    try:
        driver.begin(UseCamera())
        return [driver.frame(1.0) for _ in range(_PICTURES)]
    finally:
        driver.end()


def _first_code(driver: Any, job: TrialJob) -> str | None:
    while job.seconds_left > 0:
        code = driver.next_code()
        if code is not None:
            return str(code)
        job.wait(0.05)
    return None


def _described(value: Any) -> Facts:
    """The kind of a value, never the value: it may hold a card or a page."""
    facts: Facts = {"came": type(value).__name__}
    match value:
        case Condition():
            facts["came"] = "str"
        case IdCard():
            facts["fits"] = bool(value.id_no and (value.name or value.english_name))
        case list():
            facts |= {"count": len(value), "kinds": sorted({type(one).__name__ for one in value})}
            facts["fits"] = all(_whole(one) for one in value)
        case int():
            facts["number"] = int(value)
    return facts


def _whole(one: object) -> bool:
    """Whether the host would take it: the size that was asked for, and every byte of it."""
    if not isinstance(one, Page):
        return True
    try:
        page = returned.page(one)
        if page.extension == "pdf":
            through(page, ScanPages(), 1, Workshop())
        else:
            inspect(page, 1)
    except returned.BrokenPromiseError:
        return False
    except KioskError as error:
        # An empty sheet is whole, too.
        return error.failure is not Failure.SCANNER_SHORT_PAGE
    return True
