"""Before the signature: how the result comes, and when the person comes."""

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import ServiceItem
from kiosk.failure import Failure
from kiosk.identity.masking import mask_address, mask_name, mask_phone
from kiosk.model.afterwards import NEEDS_PHONE, DeliveryChoice, DeliveryWay
from kiosk.model.afterwards import Slot as Period
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.known import PATIENCE_MS
from ui.controllers.visit import VisitController
from ui.periods import Periods

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


MASKS = {"name": mask_name, "phone": mask_phone, "address": mask_address}


@QmlElement
class ArrangingController(QObject):
    """What was chosen goes to the desk with the page's own button; what is known stands there already.

    `asked` is how the question for free periods stands: `asking`, `told`, `offline`.
    """

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._choice: DeliveryChoice | None = None
        self._wrong: frozenset[str] = frozenset()
        self._given: frozenset[str] = frozenset()
        self._point = ""
        self._asked = ""
        self._periods = Periods(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._told(Failure.LINK_STALLED))
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._choice, self._wrong, self._given, self._asked = None, frozenset(), frozenset(), ""
        self._patience.stop()
        self._periods.offer(())
        self.changed.emit()

    def _on_entered(self, state: str) -> None:
        session, desk = self._visit.session, self._visit.desk
        if state == VisitState.DELIVERY:
            self._visit.ask_case(lambda: (desk.delivery(session), desk.identity().point_name), self._known)
        elif state == VisitState.APPOINTMENT:
            self._look_for_room()

    def _item(self) -> ServiceItem | None:
        return self._visit.item

    # ---- how the result comes

    def _known(self, known: tuple[DeliveryChoice | None, str]) -> None:
        self._choice, self._point = known
        self._wrong = frozenset()
        self._given = frozenset(part for part in MASKS if self._choice and getattr(self._choice, part))
        self.changed.emit()

    def _change(self, **parts: str) -> None:
        if self._choice is not None:
            now = {"name": self._choice.name, "phone": self._choice.phone, "address": self._choice.address} | parts
            self._choice = DeliveryChoice(self._choice.way, **now)
            self._wrong -= parts.keys()
            self._given -= parts.keys()
            self.changed.emit()

    @Slot(str)
    def chooseWay(self, way: str) -> None:
        """Take another way."""
        if self._choice is not None:
            self._choice = DeliveryChoice(DeliveryWay(way), self._choice.name, self._choice.phone, self._choice.address)
            self._wrong = frozenset()
            self.changed.emit()

    @Slot(str, str)
    def type(self, part: str, text: str) -> None:
        """Say who takes it: `name`, `phone` or `address`."""
        self._change(**{part: text})

    @Slot()
    def settleDelivery(self) -> None:
        """Take what is chosen to the desk and go on."""
        choice, session, desk = self._choice, self._visit.session, self._visit.desk
        if choice is None:
            return
        self._wrong = frozenset(part for part in self._wanted() if not getattr(choice, part).strip())
        self.changed.emit()
        if not self._wrong:
            self._visit.ask(
                lambda: desk.set_delivery(session, choice), lambda _: self._visit.step(VisitEvent.DELIVERY_CHOSEN)
            )

    def _wanted(self) -> tuple[str, ...]:
        if self._choice is None or self._choice.way not in NEEDS_PHONE:
            return ()
        return ("name", "phone", "address") if self._choice.way is DeliveryWay.POST else ("name", "phone")

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def ways(self) -> list[str]:
        """The ways the item declares, the usual one first."""
        item = self._item()
        return [str(way) for way in item.delivery.ways] if item and item.delivery else []

    @Property(str, notify=changed)
    def way(self) -> str:
        """The chosen one."""
        return str(self._choice.way) if self._choice else ""

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def wanted(self) -> list[str]:
        """What has to be said of whoever takes it, for the chosen way."""
        return list(self._wanted())

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def wrong(self) -> list[str]:
        """Which of these still lack."""
        return sorted(self._wrong)

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def hidden(self) -> dict[str, str]:
        """What was known already and stands as it was, masked: a screen in a hall is read by the next in the queue."""
        return {part: MASKS[part](getattr(self._choice, part)) for part in self._given}

    @Property(str, notify=changed)
    def name(self) -> str:
        """Whoever takes it."""
        return self._choice.name if self._choice else ""

    @Property(str, notify=changed)
    def phone(self) -> str:
        """Their telephone."""
        return self._choice.phone if self._choice else ""

    @Property(str, notify=changed)
    def address(self) -> str:
        """Where it is sent."""
        return self._choice.address if self._choice else ""

    @Property(str, notify=changed)
    def postNote(self) -> str:
        """Who pays the postage, in the catalogue's words."""
        item = self._item()
        return item.delivery.post_note if item and item.delivery else ""

    @Property(str, notify=changed)
    def fetchAt(self) -> str:
        """The window where it is fetched."""
        item = self._item()
        return (item.delivery.where or first_place(item)) if item and item.delivery else ""

    @Property(str, notify=changed)
    def pointName(self) -> str:
        """This service point."""
        return self._point

    # ---- when the person comes

    def _look_for_room(self) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._asked = "asking"
        self._periods.offer(())
        self.changed.emit()
        self._patience.start()
        told = self._visit.lanes.posting(self._told)
        self._visit.lanes.work(
            lambda: desk.look_for_slots(session, told), lambda _: None, lambda error: self._told(error.failure)
        )

    def _told(self, failure: Failure | None) -> None:
        self._patience.stop()
        if self._visit.visit.state is not VisitState.APPOINTMENT or self._asked != "asking":
            return
        self._asked = "told" if failure is None else "offline"
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: (desk.slots(session), session.current().appointment), lambda seen: self._seen(*seen))

    def _seen(self, periods: tuple[Period, ...], wish: object) -> None:
        self._periods.offer(periods, wish)
        self.changed.emit()

    @Slot()
    def settleAppointment(self) -> None:
        """Take the chosen time to the desk and go on."""
        if self._periods.chosen is not None:
            self._settle(self._periods.chosen)

    @Slot()
    def withoutAppointment(self) -> None:
        """Go on without one."""
        self._settle(None)

    def _settle(self, period: Period | None) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(
            lambda: desk.set_appointment(session, period), lambda _: self._visit.step(VisitEvent.APPOINTMENT_CHOSEN)
        )

    @Property(str, notify=changed)
    def asked(self) -> str:
        """How the question for free periods stands."""
        return self._asked

    @Property(str, notify=changed)
    def visitFor(self) -> str:
        """What the appointment is for."""
        item = self._item()
        return item.booking.what if item and item.booking else ""

    @Property(str, notify=changed)
    def visitForEn(self) -> str:
        """The same in English, where the catalogue has it."""
        item = self._item()
        return item.booking.what_en if item and item.booking else ""

    @Property(str, notify=changed)
    def visitAt(self) -> str:
        """Where."""
        item = self._item()
        return (item.booking.where or first_place(item)) if item and item.booking else ""

    @Property(Periods, constant=True)
    def periods(self) -> Periods:
        """When one may come."""
        return self._periods


def first_place(item: ServiceItem) -> str:
    """The first address of an item; empty where it names none."""
    return item.addresses[0].place if item.addresses else ""
