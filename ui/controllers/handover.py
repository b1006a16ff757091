"""Files the resident brings: from a phone by a code on the screen, or from a USB stick by a list."""

from collections.abc import Callable
from dataclasses import dataclass

import segno
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.failure import Failure, KioskError
from kiosk.model.devices import (
    DeviceKind,
    Event,
    Failed,
    FileRefused,
    FilesOffered,
    Finished,
    HandoverOpened,
    ListFiles,
    PageScanned,
    ReceiveFiles,
    Request,
    TakeFiles,
    Ticket,
)
from kiosk.ports import Devices
from ui.controllers.visit import VisitController
from ui.items.pages import CodeProvider
from ui.models import Rows
from ui.times import local_minute

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

_KIB = 1024
_CLOSED, _PHONE, _STICK = "", "phone", "stick"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file on a stick. `size` in kB; `standing` is empty, `coming`, `here` or `refused`."""

    ident: str
    name: str
    size: int
    changedAt: str
    standing: str = ""


@QmlElement
class HandoverController(QObject):
    """One way at a time. Pages go to `on_page` as they come. A bad file is said and the others go on."""

    changed = Signal()

    def __init__(
        self,
        visit: VisitController,
        devices: Devices,
        codes: CodeProvider,
        on_page: Callable[[PageScanned], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visit = visit
        self._devices = devices
        self._codes = codes
        self._on_page = on_page
        self._way = _CLOSED
        self._code = ""
        self._arrived = 0
        self._coming = ""
        self._refused = False
        self._ticket: Ticket | None = None
        self._files: Rows[FileRow] = Rows(FileRow, self)

    def close_all(self) -> None:
        """Nothing is open and nothing shown any more."""
        self._end()
        self._way, self._arrived = _CLOSED, 0
        self._files.show(())
        self.changed.emit()

    # ---- for the screen

    @Property(bool, constant=True)
    def phone(self) -> bool:
        """Whether phones can send to this terminal."""
        return DeviceKind.PHONE in self._devices.kinds()

    @Property(bool, constant=True)
    def stick(self) -> bool:
        """Whether this terminal reads USB sticks."""
        return DeviceKind.STICK in self._devices.kinds()

    @Property(str, notify=changed)
    def way(self) -> str:
        """`phone` or `stick` while one is open, else empty."""
        return self._way

    @Property(str, notify=changed)
    def code(self) -> str:
        """URL of the code to scan; empty until the terminal listens."""
        return self._code

    @Property(int, notify=changed)
    def arrived(self) -> int:
        """How many pages have come."""
        return self._arrived

    @Property(bool, notify=changed)
    def working(self) -> bool:
        """Whether the stick is being read."""
        return self._way == _STICK and self._ticket is not None

    @Property(Rows, constant=True)
    def files(self) -> Rows[FileRow]:
        """What lies on the sticks."""
        return self._files

    @Slot()
    def openPhone(self) -> None:
        """Show a code and wait for a phone."""
        self.close_all()
        self._begin(ReceiveFiles(), _PHONE)

    @Slot()
    def openStick(self) -> None:
        """Look what lies on the stick."""
        self.close_all()
        self._begin(ListFiles(), _STICK)

    @Slot(str)
    def take(self, ident: str) -> None:
        """Take one file of the stick."""
        if self._ticket is None:
            self._coming, self._refused = ident, False
            self._stand(ident, "coming")
            self._begin(TakeFiles((ident,)), _STICK)

    @Slot()
    def close(self) -> None:
        """The person is done."""
        self.close_all()

    # ---- what comes

    def _begin(self, request: Request, way: str) -> None:
        self._visit.show_problem(None)
        try:
            self._ticket = self._devices.start(request, self._visit.lanes.posting(self._on_event))
        except KioskError as error:
            self._visit.refused(error)
            return
        self._way = way
        self._visit.hold()
        self.changed.emit()

    def _end(self) -> None:
        ticket, self._ticket = self._ticket, None
        if self._code:
            self._codes.clear()
        self._code, self._coming = "", ""
        if ticket is not None:
            self._devices.cancel(ticket)
            self._visit.release()

    def _on_event(self, event: Event) -> None:
        if event.ticket != self._ticket:
            return
        if isinstance(event, HandoverOpened):
            matrix = segno.make(event.url, error="l", micro=False).matrix_iter(border=4)
            self._code = self._codes.show([list(row) for row in matrix])
        elif isinstance(event, FilesOffered):
            rows = [
                FileRow(one.ident, one.name, -(-one.size // _KIB), local_minute(one.changed_at)) for one in event.files
            ]
            self._files.show(rows)
        elif isinstance(event, PageScanned):
            self._arrived += 1
            self._visit.show_problem(None)
            self._on_page(event)
        elif isinstance(event, FileRefused):
            self._refused = True
            self._visit.show_problem(event.failure)
        elif isinstance(event, Finished | Failed):
            self._over(event)
        self.changed.emit()

    def _over(self, event: Finished | Failed) -> None:
        coming, taken = self._coming, isinstance(event, Finished) and not self._refused
        self._ticket = None
        self._visit.release()
        self._end()
        if coming:
            self._stand(coming, "here" if taken else "refused")
        if isinstance(event, Failed):
            stick_out = self._way == _STICK and event.failure is Failure.STICK_ABSENT
            self._way = _STICK if stick_out else _CLOSED
            if event.failure is not Failure.DEVICE_CANCELLED:
                self._visit.show_problem(event.failure)
        elif self._way == _PHONE:
            self._way = _CLOSED

    def _stand(self, ident: str, standing: str) -> None:
        self._files.merge(
            [
                FileRow(row.ident, row.name, row.size, row.changedAt, standing if row.ident == ident else row.standing)
                for row in self._files.rows
            ],
            lambda row: row.ident,
        )
