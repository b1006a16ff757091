"""The document camera on the screen: its live picture, what it sees, the shutter. Keeps no picture."""

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from kiosk.failure import KioskError
from kiosk.frames import FrameReader, Picture, Sight
from kiosk.model.devices import (
    CameraMode,
    DeviceKind,
    Event,
    Failed,
    Finished,
    PageScanned,
    PreviewOpened,
    Ticket,
    UseCamera,
)
from kiosk.ports import Devices
from ui.controllers.visit import VisitController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_EVERY_MS = 20
SETTLED_SECONDS = 0.2
LONGEST_TAKING_MS = 4000
MOST_PAGES = 50
_AT_ONCE = frozenset({Sight.TAKING, Sight.TAKEN})


@QmlElement
class CameraController(QObject):
    """One use of the camera at a time. Pages go to `on_page` as they come.

    The screen looks for the newest picture by itself, so that a slow screen sees fewer pictures and never older ones.
    The idle clock stands still only from the shutter until its page is there.
    """

    changed = Signal()
    pictured = Signal()

    def __init__(
        self,
        visit: VisitController,
        devices: Devices,
        on_page: Callable[[PageScanned], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visit = visit
        self._devices = devices
        self._on_page = on_page
        self.image = QImage()
        self.picture: Picture | None = None
        self._ticket: Ticket | None = None
        self._frames: FrameReader | None = None
        self._box = (960, 720)
        self._id_card = self._automatic = self._single = False
        self._sight, self._changing_to, self._changing_since = Sight.LIVE, Sight.LIVE, 0.0
        self._taken = 0
        self._holding = self._opening = False
        self._looking = QTimer(self)
        self._looking.setTimerType(Qt.TimerType.PreciseTimer)
        self._looking.setInterval(LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(LONGEST_TAKING_MS)
        self._longest.timeout.connect(self._release)

    # ---- for the other controllers

    def start(self, *, id_card: bool = False, automatic: bool = True, single: bool = False) -> None:
        """Open the camera for pages, or for both sides of an ID card; `single` ends it after one page."""
        self.stop()
        self._id_card, self._automatic, self._single = id_card, automatic, single
        self._visit.show_problem(None)
        self._sight, self._taken = Sight.LIVE, 0
        # The view is made now and says how large it is, before the camera is asked for pictures of that size.
        self._opening = True
        self.changed.emit()
        self._opening = False
        item = self._visit.item
        request = UseCamera(
            mode=CameraMode.ID_CARD if id_card else CameraMode.PAGE,
            purpose=item.name if item else "",
            automatic=automatic,
            max_pages=1 if single or id_card else MOST_PAGES,
            width=self._box[0],
            height=self._box[1],
        )
        try:
            self._ticket = self._devices.start(request, self._visit.lanes.posting(self._on_event))
        except KioskError as error:
            self._visit.refused(error)
        self.changed.emit()

    def stop(self) -> None:
        """Close the camera and wipe what it showed."""
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            self._devices.cancel(ticket)
        self._forget()
        if ticket is not None:
            self.changed.emit()

    def fit(self, width: int, height: int) -> None:
        """How large the next live pictures should be, in pixels."""
        self._box = (width, height)

    @property
    def by_card(self) -> bool:
        """Whether the last request was for an ID card, so that taking it again is."""
        return self._id_card

    # ---- for the screen

    @Property(bool, constant=True)
    def available(self) -> bool:
        """Whether this terminal has a camera."""
        return DeviceKind.CAMERA in self._devices.kinds()

    @Property(bool, notify=changed)
    def active(self) -> bool:
        """Whether it is open."""
        return self._opening or self._ticket is not None

    @Property(bool, notify=changed)
    def showing(self) -> bool:
        """Whether a picture is here."""
        return self.picture is not None

    @Property(bool, notify=changed)
    def idCard(self) -> bool:
        """Whether both sides of an ID card are wanted."""
        return self._id_card

    @Property(bool, notify=changed)
    def automatic(self) -> bool:
        """Whether a sheet that lies still is taken by itself."""
        return self._automatic

    @Property(str, notify=changed)
    def sight(self) -> str:
        """What the camera sees, a word of `kiosk.frames.Sight`."""
        return str(self._sight)

    @Property(int, notify=changed)
    def taken(self) -> int:
        """How many pages, or sides of a card, were taken."""
        return self._taken

    @Slot()
    def shutter(self) -> None:
        """Take what lies there now."""
        if self._ticket is not None:
            self._hold()
            self._devices.trigger(self._ticket)

    @Slot(bool)
    def wantIdCard(self, wanted: bool) -> None:  # noqa: FBT001 - called from QML
        """Change between pages and an ID card."""
        if self._ticket is not None and wanted != self._id_card:
            self.start(id_card=wanted, single=self._single)

    @Slot()
    def close(self) -> None:
        """The person is done."""
        self.stop()

    # ---- what comes

    def _on_event(self, event: Event) -> None:
        if event.ticket != self._ticket:
            return
        if isinstance(event, PreviewOpened):
            self._frames = event.frames
            self._looking.start()
            self._look()
        elif isinstance(event, PageScanned):
            self._release()
            self._visit.stirred.emit()
            self._on_page(event)
        elif isinstance(event, Finished | Failed):
            self._ticket = None
            self._forget()
            if isinstance(event, Failed):
                self._visit.show_problem(event.failure)
            self.changed.emit()

    def _look(self) -> None:
        """Fetch the newest picture, if there is one that was not shown yet."""
        if self._frames is None:
            return
        picture = self._frames.newest(self.picture.turn if self.picture else 0)
        if picture is None:
            return
        if (self.image.width(), self.image.height()) != (picture.width, picture.height):
            self.image = QImage(picture.width, picture.height, QImage.Format.Format_RGB32)
        if not self._frames.read(picture, self.image.bits()):
            return
        first = self.picture is None
        self.picture = picture
        if self._settled(picture) or first:
            self.changed.emit()
        self.pictured.emit()

    def _settled(self, picture: Picture) -> bool:
        """Whether there is something new to say: words that flicker with every picture cannot be read."""
        now = time.monotonic()
        if picture.sight is not self._changing_to:
            self._changing_to, self._changing_since = picture.sight, now
        said = (self._sight, self._taken)
        if picture.sight in _AT_ONCE or now - self._changing_since >= SETTLED_SECONDS:
            self._sight = picture.sight
        self._taken = picture.taken
        return said != (self._sight, self._taken)

    def _forget(self) -> None:
        """Nothing of the last picture stays: neither here nor in the memory it came in."""
        self._looking.stop()
        self._release()
        if self._frames is not None:
            self._frames.close()
            self._frames = None
        if not self.image.isNull():
            self.image.fill(0)
        self.image, self.picture = QImage(), None
        self.pictured.emit()

    def _hold(self) -> None:
        if not self._holding:
            self._holding = True
            self._visit.hold()
        self._longest.start()

    def _release(self) -> None:
        self._longest.stop()
        if self._holding:
            self._holding = False
            self._visit.release()
