"""Reading a card: what the reader is doing, in four phases the screen can show."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CardRead, Event, Failed, Progress, ReadCard, Ticket
from kiosk.model.people import IdCard, IdType, Person
from kiosk.ports import Devices
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.visit import VisitController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

READ_SECONDS = 30.0
CARD_STATES = frozenset(
    {VisitState.CARD, VisitState.CASES_CARD, VisitState.FEEDBACK_CARD, VisitState.OTHER, VisitState.MEMBERS}
)


@QmlElement
class CardController(QObject):
    """One read at a time. Whoever wants a card gives what to do with it; leaving the screen cancels the read.

    A reader that saw no card is simply asked again: the person may take their time, the idle clock watches.
    """

    changed = Signal()
    lyingChanged = Signal()

    def __init__(self, visit: VisitController, devices: Devices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._devices = devices
        self._phase = "off"
        self._ticket: Ticket | None = None
        self._holding = False
        self._lying = self._told = False
        self._on_card: Callable[[IdCard], None] | None = None
        self._on_stated: Callable[[Person, bool], None] | None = None
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self.stop)
        devices.watch_card(lambda present: visit.lanes.post(lambda: self._on_presence(present)))

    def read(self, on_card: Callable[[IdCard], None], on_stated: Callable[[Person, bool], None]) -> None:
        """Wait for a card; `on_stated` is for a person whose card cannot be read, and whether staff saw the paper."""
        self.stop()
        self._on_card, self._on_stated = on_card, on_stated
        self._begin()

    @Slot()
    def stop(self) -> None:
        """Stop waiting."""
        self._cancel()
        self._on_card = self._on_stated = None
        self._set_phase("off")

    def refuse(self, error: KioskError) -> None:
        """The desk did not take this card; say why and wait for the person."""
        self._visit.refused(error)
        self._set_phase("stating" if self._phase == "stating" else "failed")

    def _on_entered(self, state: str) -> None:
        if state not in CARD_STATES:
            self.stop()

    def _on_presence(self, present: bool) -> None:  # noqa: FBT001 - a device callback has one bare value
        first, self._told = not self._told, True
        if present != self._lying:
            self._lying = present
            self.lyingChanged.emit()
            if not first:  # one that lay there all along asks for nothing
                self._offer_what_it_can_do()
        if present and self._phase == "failed" and self._on_card is not None:
            self._begin()

    def _offer_what_it_can_do(self) -> None:
        """A card laid down before anything was chosen asks a question; it is not read before that is answered."""
        if self._lying and self._visit.visit.state in {VisitState.HOME, VisitState.ATTRACT}:
            self._visit.step(VisitEvent.TAP)

    def _begin(self) -> None:
        self._cancel()
        self._visit.show_problem(None)
        self._set_phase("waiting")
        try:
            self._ticket = self._devices.start(ReadCard(READ_SECONDS), self._visit.lanes.posting(self._on_event))
        except KioskError as error:
            self.refuse(error)

    def _cancel(self) -> None:
        ticket, self._ticket = self._ticket, None
        self._hold(working=False)
        if ticket is not None:
            self._devices.cancel(ticket)

    def _on_event(self, event: Event) -> None:
        if self._ticket is None or event.ticket != self._ticket:
            return
        if isinstance(event, Progress):
            self._hold(working=True)
            self._set_phase("reading")
            return
        self._ticket = None
        self._hold(working=False)
        if isinstance(event, CardRead) and self._on_card is not None:
            self._set_phase("read")
            self._on_card(event.card)
        elif isinstance(event, Failed) and event.failure is Failure.CARD_ABSENT:
            self._begin()
        elif isinstance(event, Failed):
            self._visit.show_problem(event.failure)
            self._set_phase("failed")

    def _hold(self, *, working: bool) -> None:
        if working != self._holding:
            self._holding = working
            (self._visit.hold if working else self._visit.release)()

    def _set_phase(self, phase: str) -> None:
        if phase != self._phase:
            self._phase = phase
            self.changed.emit()

    @Property(str, notify=changed)
    def phase(self) -> str:
        """`off`, `waiting`, `reading`, `read`, `failed`, or `stating` while an identity is typed."""
        return self._phase

    @Property(bool, notify=changed)
    def mayState(self) -> bool:
        """Whether an identity without a chip is taken here."""
        return VisitEvent.IDENTITY_STATED in self._visit.visit.possible

    @Property(bool, notify=lyingChanged)
    def lying(self) -> bool:
        """Whether a card lies on the reader."""
        return self._lying

    @Slot()
    def retry(self) -> None:
        """Try the reader again."""
        if self._on_card is not None:
            self._begin()

    @Slot()
    def startStating(self) -> None:
        """Go on without the chip."""
        self._cancel()
        self._visit.show_problem(None)
        self._set_phase("stating")

    @Slot(str, str, bool)
    def state(self, id_no: str, name: str, seen: bool) -> None:  # noqa: FBT001 - called from QML
        """An identity as it stands on the paper; the desk checks it and tells the kind of number."""
        if self._on_stated is not None:
            self._visit.show_problem(None)
            self._on_stated(Person(IdType.RESIDENT_ID, id_no.strip().upper(), name.strip()), seen)
