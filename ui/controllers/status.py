"""The truth about this terminal: its line, what is still to deliver, its devices, the time."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.desk import Desk
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import DeviceStatus, LineStatus, LinkState, TerminalIdentity
from ui.controllers.preferences import Preferences
from ui.lanes import Lanes
from ui.models import Rows
from ui.times import HERE, local_minute
from ui.wording import said

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_EVERY_MS = 2000
UNKNOWN_LINE = LineStatus(LinkState.SILENT, 0)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device in the status sheet."""

    kind: str
    ready: bool
    simulated: bool
    cause: str
    action: str


@QmlElement
class StatusController(QObject):
    """Asks the desk every other second; until it has answered once, nothing is called well."""

    changed = Signal()
    looked = Signal()
    ticked = Signal()

    def __init__(self, desk: Desk, lanes: Lanes, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes, self._preferences = desk, lanes, preferences
        self._identity: TerminalIdentity | None = None
        self._line = UNKNOWN_LINE
        self._known = False
        self._as_of = ""
        self._devices: tuple[DeviceStatus, ...] = ()
        self._rows: Rows[DeviceRow] = Rows(DeviceRow, self)
        self._looking = False
        self._minute = local_minute(datetime.now(HERE))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        preferences.languageChanged.connect(self._show_devices)

    def start(self) -> None:
        """Look now and from now on."""
        self._lanes.work(self._desk.identity, self._identified, lasting=True)
        self.look()
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Ask once, unless the last question is still open."""
        minute = local_minute(datetime.now(HERE))
        if minute != self._minute:
            self._minute = minute
            self.ticked.emit()
        if not self._looking:
            self._looking = True
            self._lanes.work(self._ask, self._seen, self._unseen, lasting=True)

    def _ask(self) -> tuple[LineStatus, tuple[DeviceStatus, ...], str]:
        return self._desk.line_status(), self._desk.device_status(), self._desk.catalogue().as_of.isoformat()

    def _unseen(self, _error: KioskError) -> None:
        self._looking, self._known, self._line = False, False, UNKNOWN_LINE
        self.changed.emit()

    def _identified(self, identity: TerminalIdentity) -> None:
        self._identity = identity
        self.changed.emit()

    def _seen(self, seen: tuple[LineStatus, tuple[DeviceStatus, ...], str]) -> None:
        different = not self._known or seen != (self._line, self._devices, self._as_of)
        self._looking, self._known = False, True
        self._line, devices, self._as_of = seen
        if devices != self._devices:
            self._devices = devices
            self._show_devices()
        if different:
            self.changed.emit()
        self.looked.emit()

    def _show_devices(self) -> None:
        self._rows.show(self._row(device) for device in self._devices)

    def _row(self, device: DeviceStatus) -> DeviceRow:
        code = device.failure or device.warning
        words = said(Failure.of(code), self._preferences.language) if code else None
        return DeviceRow(
            device.kind,
            device.ready,
            device.simulated,
            words.cause if words else "",
            words.action if words else "",
        )

    def _device(self, kind: str) -> DeviceStatus | None:
        return next((device for device in self._devices if device.kind == kind), None)

    def _printer(self) -> DeviceStatus | None:
        """The printer most in need of somebody: one that cannot print, one that is nearly out of paper, any."""
        printers = [device for device in self._devices if device.kind.partition("-")[0] == "printer"]
        return min(printers, key=lambda one: (one.ready, one.warning is None), default=None)

    @Property(Rows, constant=True)
    def devices(self) -> Rows[DeviceRow]:
        """Every device."""
        return self._rows

    @Property(str, notify=changed)
    def link(self) -> str:
        """`online`, `offline`, or `silent` when the agent itself does not answer."""
        return str(self._line.state)

    @Property(int, notify=changed)
    def queued(self) -> int:
        """Cases the platform has not acknowledged."""
        return self._line.queued

    @Property(int, notify=changed)
    def parked(self) -> int:
        """Cases of these that need a member of staff."""
        return self._line.parked

    @Property(bool, notify=changed)
    def allDelivered(self) -> bool:
        """True only when the agent answers and the platform has acknowledged everything."""
        return self._known and self._line.state is not LinkState.SILENT and self._line.all_delivered

    @Property(str, notify=changed)
    def lastContact(self) -> str:
        """When the platform was last heard, as local ISO minutes; empty when never."""
        return local_minute(self._line.last_contact)

    @Property(str, notify=changed)
    def nextTry(self) -> str:
        """When the line is tried next, as local ISO minutes; empty when unknown."""
        return local_minute(self._line.next_try)

    @Property(int, notify=changed)
    def percentSent(self) -> int:
        """Of the bytes waiting since nothing was, 0 to 99 while anything waits; -1 where it cannot be said."""
        line = self._line
        if line.state is not LinkState.ONLINE or line.bytes_total <= 0:
            return -1
        return min(99, 100 * (line.bytes_total - line.bytes_left) // line.bytes_total)

    @Property(int, notify=changed)
    def minutesLeft(self) -> int:
        """Until everything is delivered, begun ones counted whole; -1 where it cannot be said."""
        seconds = self._line.seconds_left
        return -1 if seconds is None or self._line.state is not LinkState.ONLINE else -(-seconds // 60)

    @Property(str, notify=changed)
    def scansWait(self) -> str:
        """Which setting keeps scans here, `metered`, `budget` or `night`; empty when none or offline."""
        waiting = self._line.waiting
        return str(waiting.why) if waiting and self._line.state is LinkState.ONLINE and self._line.queued else ""

    @Property(str, notify=changed)
    def scansUntil(self) -> str:
        """Until when, as local ISO minutes; empty when that is open."""
        return local_minute(self._line.waiting.until) if self._line.waiting else ""

    @Property(bool, notify=changed)
    def printerReady(self) -> bool:
        """Whether the printer says that it can print."""
        printer = self._printer()
        return printer is not None and printer.ready

    @Property(str, notify=changed)
    def printerFailure(self) -> str:
        """Code of what the printer lacks; empty when it is well or was never seen."""
        printer = self._printer()
        return (printer.failure or "") if printer else ""

    @Property(str, notify=changed)
    def printerWarning(self) -> str:
        """Code of what a printer that prints will soon lack, empty when nothing."""
        printer = self._printer()
        return (printer.warning or "") if printer and printer.ready else ""

    @Property(bool, notify=changed)
    def scannerReady(self) -> bool:
        """Whether the scanner can scan."""
        scanner = self._device("scanner")
        return scanner is not None and scanner.ready

    @Property(str, notify=changed)
    def asOf(self) -> str:
        """Until which ISO day the catalogue here is true; empty until it is known."""
        return self._as_of

    @Property(bool, notify=changed)
    def demo(self) -> bool:
        """Whether this terminal works with demonstration data."""
        return self._identity is not None and self._identity.demo

    @Property(str, notify=changed)
    def pointName(self) -> str:
        """Name of the service point."""
        return self._identity.point_name if self._identity else ""

    @Property(str, notify=changed)
    def terminalNo(self) -> str:
        """Number of this terminal."""
        return self._identity.terminal if self._identity else ""

    @Property(str, notify=ticked)
    def clock(self) -> str:
        """Hours and minutes here."""
        return self._minute[11:]

    @Property(str, notify=ticked)
    def today(self) -> str:
        """The ISO date here."""
        return self._minute[:10]
