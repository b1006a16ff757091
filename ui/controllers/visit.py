"""Where the visit stands, what it may do next, and how it ends."""

import logging
from collections.abc import Callable
from typing import TypeVar, Unpack

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import ServiceItem
from kiosk.config import USUAL_HOTLINE
from kiosk.desk.desk import Desk
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.visit import Purpose, Visit, VisitEvent, VisitState
from kiosk.visit.table import CASE_STEPS
from kiosk.visit.visit import Facts
from ui.asking import asks_of, may_state
from ui.controllers.preferences import Preferences
from ui.lanes import Lanes
from ui.steps import Place, place_of
from ui.wording import Said, said

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

FAREWELL_MS = 12_000
FAULT_MS = 4_500
"""How long an unexpected error stands before the terminal is ready for the next touch; its number stays to be read."""
STAFF_FAREWELL_MS = 120_000


@QmlElement
class VisitController(QObject):
    """The visit as the screen reads it.

    `entered` tells the other controllers that a state was reached, `wiped` that everything of the person must go,
    `stirred` the idle clock that somebody is there without touching the screen.
    `ask` is how they reach the desk: one call at a time, with the failure shown in words when there is one.
    """

    changed = Signal()
    entered = Signal(str)
    heldChanged = Signal()
    stirred = Signal()
    wiped = Signal()
    busyChanged = Signal()
    problemChanged = Signal()

    def __init__(self, desk: Desk, lanes: Lanes, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.lanes = lanes
        self.preferences = preferences
        self.session: Session = desk.open_session()
        self.item: ServiceItem | None = None
        self.visit = Visit()
        self.held = 0
        self.hotline = USUAL_HOTLINE
        self._asking = 0
        self._failure: Failure | None = None
        self._farewell = ""
        self._kept_until = ""
        self._incident = ""
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.timeout.connect(self.leave)
        preferences.languageChanged.connect(self.problemChanged)

    # ---- for the other controllers

    def step(self, event: VisitEvent, **facts: Unpack[Facts]) -> None:
        """Take one step of the table and tell everybody; a step the table does not know changes nothing."""
        before = self.visit
        try:
            self.visit = before.step(event, **facts)
        except KioskError as error:
            log.info("not now: %s", error)
            return
        if before.state is VisitState.ATTRACT and event is not VisitEvent.FAIL:
            self._incident = ""
        self.show_problem(None)
        if self.visit.state is not before.state:
            self._ending(event, before.state)
        self.changed.emit()
        if self.visit.state is not before.state:
            self.entered.emit(str(self.visit.state))

    def _ending(self, event: VisitEvent, came_from: VisitState) -> None:
        """Wipe as soon as the visit is over, whatever ended it."""
        here = self.visit.state
        if here in {VisitState.GOODBYE, VisitState.FAULT}:
            after_receipt = came_from in {VisitState.RECEIPT, VisitState.RATING}
            ends = {VisitEvent.IDLE: "idle", VisitEvent.KEEP: "kept"}
            self._farewell = ends.get(event, "done" if after_receipt else "ended")
            self.forget()
            farewell = STAFF_FAREWELL_MS if self.visit.staff else FAREWELL_MS
            self._leaving.start(FAULT_MS if here is VisitState.FAULT else farewell)
        elif here is VisitState.ATTRACT:
            self._leaving.stop()
            self.preferences.reset()
            self.session.wipe()
            self.session = self.desk.open_session()

    def ask(
        self,
        call: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[KioskError], None] | None = None,
    ) -> None:
        """Have the desk answer `call` in the work lane. A failure nobody else takes is shown as a problem."""
        self._count(1)

        def answered(answer: Answer) -> None:
            self._count(-1)
            done(answer)

        def refused(error: KioskError) -> None:
            self._count(-1)
            (failed or self.refused)(error)

        self.lanes.work(call, answered, refused)

    def refused(self, error: KioskError) -> None:
        """Show what went wrong."""
        log.info("refused: %s", error)
        self.show_problem(error.failure)

    def show_problem(self, failure: Failure | None) -> None:
        """Show a failure in words, or none."""
        if failure is not self._failure:
            self._failure = failure
            self.problemChanged.emit()

    def choose_item(self, item: ServiceItem) -> None:
        """Open the guide of `item`."""
        self.item = item
        self.step(VisitEvent.CHOOSE_ITEM, item=item.code, asks=asks_of(item), may_state=may_state(item))

    def ask_case(self, call: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        """As `ask`, with the application of the chosen item opened first where it is not."""
        session, code = self.session, self.visit.item

        def opened() -> Answer:
            draft = session.draft
            if draft is not None and draft.replaces is None and draft.applicant != session.applicant:
                self.desk.cancel(session)
                draft = None
            if draft is None or draft.item_code != code:
                self.desk.open_case(session, code)
            return call()

        self.ask(opened, done)

    def hold(self) -> None:
        """The terminal works and the person waits: the idle clock stands still until as many `release`."""
        self.held += 1
        self.heldChanged.emit()

    def release(self) -> None:
        """One piece of work ended."""
        self.held = max(0, self.held - 1)
        self.heldChanged.emit()

    def forget(self) -> None:
        """Wipe: the visit's key first, then what is on its way, then everything shown, then a clean session.

        A member of staff stays logged in for the next resident, until the terminal is left.
        """
        operator, holder = (self.session.operator, self.session.holder) if self.visit.staff else (None, None)
        self.session.wipe()
        self.lanes.forget()
        self._asking = self.held = 0
        self.busyChanged.emit()
        self.heldChanged.emit()
        self.item = None
        self.show_problem(None)
        QGuiApplication.clipboard().clear()
        self.wiped.emit()
        self.session = self.desk.open_session()
        self.session.operator, self.session.holder = operator, holder

    def keep_until(self, day: str) -> None:
        """Say goodbye with the day until which the application is kept."""
        self._kept_until = day
        self.step(VisitEvent.KEEP)

    def fail(self, incident: str) -> None:
        """Something unexpected happened: wipe and say so."""
        self._incident = incident
        self.step(VisitEvent.FAIL)

    def _count(self, change: int) -> None:
        self._asking = max(0, self._asking + change)
        self.busyChanged.emit()

    # ---- for the screen

    @Property(str, notify=changed)
    def state(self) -> str:
        """The state, which names the screen."""
        return str(self.visit.state)

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        """Whether the desk is being asked something."""
        return self._asking > 0

    @Property(bool, notify=changed)
    def underWay(self) -> bool:
        """Whether somebody is in a visit that can be ended."""
        return VisitEvent.FINISH in self.visit.possible and self.visit.state is not VisitState.ATTRACT

    @Property(bool, notify=changed)
    def canGoBack(self) -> bool:
        """Whether there is a step before."""
        return VisitEvent.BACK in self.visit.possible

    @Property(bool, notify=changed)
    def canKeep(self) -> bool:
        """Whether this application can be kept for later."""
        return VisitEvent.KEEP in self.visit.possible

    @Property(bool, notify=changed)
    def staffHere(self) -> bool:
        """Whether a member of staff is logged in."""
        return self.visit.staff

    @Property(bool, notify=changed)
    def correcting(self) -> bool:
        """Whether this is a correction of a case handed in before."""
        return self.visit.purpose is Purpose.CORRECT

    @Property(bool, notify=changed)
    def caseOpen(self) -> bool:
        """Whether an application is under way that leaving would give up."""
        return self.visit.state in CASE_STEPS

    @Property(str, notify=changed)
    def farewell(self) -> str:
        """How the visit ended: `done`, `kept`, `idle` or `ended`."""
        return self._farewell

    @Property(str, notify=changed)
    def keptUntil(self) -> str:
        """The ISO day until which the application is kept."""
        return self._kept_until

    @Property(str, notify=changed)
    def incident(self) -> str:
        """Number of the last unexpected error, for staff; empty again when the next visit begins."""
        return self._incident

    def _place(self) -> Place:
        return place_of(self.visit)

    @Property(int, notify=changed)
    def stepNumber(self) -> int:
        """Number of this step as the resident counts, 0 outside of an application."""
        return self._place().number

    @Property(int, notify=changed)
    def stepTotal(self) -> int:
        """How many steps this application has."""
        return self._place().total

    @Property(str, notify=changed)
    def stepName(self) -> str:
        """Name of this step, a key of GsWords."""
        return self._place().name

    @Property(str, notify=changed)
    def stepNext(self) -> str:
        """Name of the step after, empty at the last."""
        return self._place().next

    def problem(self) -> Said:
        """What went wrong and what to do, in the words of whoever stands here."""
        return said(self._failure, self.preferences.language, staff=self.visit.staff, hotline=self.hotline)

    @Property(str, notify=problemChanged)
    def problemCause(self) -> str:
        """What went wrong, in words; empty while nothing is."""
        return self.problem().cause

    @Property(str, notify=problemChanged)
    def problemAction(self) -> str:
        """The one next thing to do."""
        return self.problem().action

    @Property(str, notify=problemChanged)
    def problemCode(self) -> str:
        """The code, for whoever is asked for help."""
        return self.problem().code

    @Slot(str)
    def go(self, event: str) -> None:
        """A step that needs nothing but the person's touch, by the event's name."""
        self.step(VisitEvent(event))

    @Slot()
    def nextResident(self) -> None:
        """Staff go on with the next person."""
        self._leaving.stop()
        self.step(VisitEvent.NEXT_RESIDENT)

    @Slot()
    def leave(self) -> None:
        """From the goodbye to the attract screen; from a fault by way of the goodbye."""
        if self.visit.state is VisitState.FAULT:
            self.step(VisitEvent.FINISH)
        self.step(VisitEvent.WIPED)

    @Slot(bool)
    def finish(self, idle: bool) -> None:  # noqa: FBT001 - called from QML
        """End the visit. Somebody who says so gives the application up; who only went away can come back for it."""
        event = VisitEvent.IDLE if idle else VisitEvent.FINISH
        if idle or self.session.draft is None or self.visit.state is VisitState.FAULT:
            self.step(event)
            return
        session = self.session
        self.ask(lambda: self.desk.cancel(session), lambda _: self.step(event), lambda _: self.step(event))
