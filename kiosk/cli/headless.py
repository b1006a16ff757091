"""One whole visit without a screen: link down, card, form, scans, receipt; link up, accepted, acceptance printed."""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from devices.host import DeviceHost
from kiosk.catalogue.item import ServiceItem
from kiosk.cli.wiring import new_desk
from kiosk.desk.desk import Desk
from kiosk.desk.printing import OnOutcome, PrintOutcome
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.case import CaseSummary, Signature
from kiosk.model.devices import CardRead, Event, Failed, Finished, PageScanned, PageSize, ReadCard, Request, ScanPages
from kiosk.model.notice import Answer
from kiosk.model.people import IdCard
from kiosk.model.state import CaseState
from kiosk.ports import Clock, Store
from sync.simlink import LinkSimulator

ITEM = "512B0003600037"
CARD = "zhang-xiuying"
_DEVICE_SECONDS = 60.0
_DELIVERY_SECONDS = 120.0

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Walked:
    """What the visit ended with; paths are absolute."""

    case: CaseSummary
    receipt_pdf: Path
    acceptance_pdf: Path


class Walk:
    """One visit at the simulated devices, told step by step on stderr."""

    def __init__(self, data: Path, devices: DeviceHost, store: Store, clock: Clock | None = None) -> None:
        self.devices = devices
        self._data = data
        self._store = store
        self._posted: queue.Queue[Callable[[], None]] = queue.Queue()
        self._desk: Desk = new_desk(data, store, devices=devices, in_lane=self._posted.put, clock=clock)

    def whole(self, link: LinkSimulator) -> Walked:
        """The visit from card tap to acceptance.

        Raises:
            KioskError: what went wrong.
        """
        link.cut()
        _tell("线路已断开，照常办事。", "The line is down; the visit goes on as always.")
        with self._session() as session:
            number = self._through(session)
            receipt = self._print(lambda done: self._desk.print_receipt(session, number, PageSize.A4, done))
        _tell(f"已收好，编号 {number}，回执已打印。", f"Taken as {number}; the receipt is printed.")
        waiting = self._desk.line_status()
        _tell(f"本机待送出 {waiting.queued} 件。", f"{waiting.queued} waiting here.")
        link.restore()
        _tell("线路已恢复。", "The line is back.")
        case = self._delivered(number)
        _tell(f"已受理，受理号 {case.acceptance_no}。", f"Accepted as {case.acceptance_no}.")
        return Walked(case, receipt, self._print_decision(number))

    def visit(self) -> str:
        """From card tap to submission; the number.

        Raises:
            KioskError: what went wrong.
        """
        with self._session() as session:
            return self._through(session)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """A visit of which nothing stays, whatever happens."""
        session = self._desk.open_session()
        try:
            yield session
        finally:
            session.wipe()

    def _through(self, session: Session) -> str:
        desk = self._desk
        card = self._read_card()
        desk.identify(session, card)
        _tell("身份证已读取。", "The ID card is read.")
        item = desk.item(ITEM)
        desk.open_case(session, item.code)
        for scenario in item.scenarios:
            desk.choose(session, scenario.id, scenario.choices[0].id)
        problems = desk.answer(session, {**_sample(item), **desk.form(session).answers})
        if problems:
            raise KioskError(Failure.ANSWERS_INVALID, count=len(problems), first=problems[0].field)
        for condition in item.conditions:
            if not condition.expr:
                desk.confirm_condition(session, condition.id)
        told = desk.notice(session)
        _tell(f"一次性告知：还差 {len(told.blocking)} 项。", f"One-time notice: {len(told.blocking)} still missing.")
        self._collect(session)
        desk.sign(session, _signature())
        desk.readback(session)
        return desk.submit(session).submission_no

    def _collect(self, session: Session) -> None:
        for view in self._desk.materials(session):
            if view.line.answer not in (Answer.BLOCKS, Answer.MAY_FOLLOW):
                continue
            pages = [
                (event.image, event.extension) for event in self._ask(ScanPages()) if isinstance(event, PageScanned)
            ]
            self._desk.add_pages(session, view.line.ref, view.line.member, pages)
            _tell(f"已扫描：{view.rule.name}", f"Scanned: {view.line.ref}")

    def _read_card(self) -> IdCard:
        self.devices.simulate("idcard", "tap", name=CARD)
        try:
            return next(event.card for event in self._ask(ReadCard()) if isinstance(event, CardRead))
        finally:
            self.devices.simulate("idcard", "lift")

    def _delivered(self, number: str) -> CaseSummary:
        def accepted() -> CaseSummary | None:
            case = self._store.cases.show(number)
            return case if case.state is CaseState.ACCEPTED else None

        return self._until(accepted, _DELIVERY_SECONDS, Failure.LINK_STALLED)

    def _print_decision(self, number: str) -> Path:
        with self._session() as session:
            self._desk.identify(session, self._read_card())
            return self._print(lambda done: self._desk.print_decision(session, number, done))

    def receipt(self, number: str) -> PrintOutcome:
        """Print the receipt for whoever comes back with the card; how that ended.

        Raises:
            KioskError: what went wrong before the printer was asked.
        """
        with self._session() as session:
            self._desk.identify(session, self._read_card())
            return self._printed(lambda done: self._desk.print_receipt(session, number, PageSize.A4, done))

    def _printed(self, start: Callable[[OnOutcome], None]) -> PrintOutcome:
        outcomes: list[PrintOutcome] = []
        start(outcomes.append)
        return self._until(lambda: outcomes[0] if outcomes else None, _DEVICE_SECONDS)

    def _print(self, start: Callable[[OnOutcome], None]) -> Path:
        outcome = self._printed(start)
        if outcome.failure is not None:
            raise KioskError(outcome.failure)
        return max((self._data / "papers").glob(f"*{outcome.title}.pdf")).absolute()

    def _ask(self, request: Request) -> list[Event]:
        events: list[Event] = []
        self.devices.start(request, events.append)
        ended = self._until(lambda: _ended(events), _DEVICE_SECONDS)
        if isinstance(ended, Failed):
            raise KioskError(ended.failure)
        return events

    def _until(self, found: Callable[[], _T | None], seconds: float, else_: Failure = Failure.DEVICE_HUNG) -> _T:
        """What `found` finds, running what other threads post to this one meanwhile."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._run_posted()
            result = found()
            if result is not None:
                self._run_posted()
                return result
            time.sleep(0.02)
        raise KioskError(else_, reason="demo")

    def _run_posted(self) -> None:
        while not self._posted.empty():
            self._posted.get()()


def _ended(events: list[Event]) -> Event | None:
    return next((event for event in events if isinstance(event, Finished | Failed | CardRead)), None)


def _sample(item: ServiceItem) -> dict[str, object]:
    return {name: value for form in item.forms for name, value in form.sample.items()}


def _signature() -> Signature:
    stroke = tuple((100 + 8 * step, 180 + (step % 5) * 12, 16 * step) for step in range(40))
    return Signature(800, 300, (stroke,), datetime.now(UTC))


def _tell(chinese: str, english: str) -> None:
    click.echo(f"  {chinese} {english}", err=True)
