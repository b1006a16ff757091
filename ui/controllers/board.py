"""Emergency notices and whom to call: what everybody who comes by has to know."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from kiosk.config import PointConfig
from kiosk.failure import KioskError
from kiosk.model.board import Notice
from kiosk.visit import VisitState
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.times import local_minute

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_EVERY_MS = 5000
_SHOWN_IN = frozenset({VisitState.ATTRACT, VisitState.HOME})


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice; `begins` and `ends` as local ISO minutes."""

    kind: str
    title: str
    titleEn: str
    body: str
    bodyEn: str
    begins: str
    ends: str


@QmlElement
class BoardController(QObject):
    """Looks at the board while nobody is here or somebody begins; one who is on the way is not interrupted.

    What stands on the home screen only grows less there, since a screen does not change under a finger.
    """

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._point = PointConfig()
        self._rows: Rows[NoticeRow] = Rows(NoticeRow, self)
        self._looking = self._known = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        visit.entered.connect(self._on_entered)

    def start(self) -> None:
        """Look now and from now on."""
        self.look()
        self._timer.start()

    def _on_entered(self, state: str) -> None:
        if state in _SHOWN_IN:
            self.look()

    def look(self) -> None:
        """Ask the desk, where what it says would be shown."""
        if self._looking or self._visit.visit.state not in _SHOWN_IN:
            return
        desk, self._looking = self._visit.desk, True
        self._visit.lanes.work(lambda: (desk.notices(), desk.point()), self._seen, self._unseen, lasting=True)

    def _unseen(self, _error: KioskError) -> None:
        self._looking = False  # what was seen last still stands

    def _seen(self, seen: tuple[tuple[Notice, ...], PointConfig]) -> None:
        self._looking = False
        rows = [_row(notice) for notice in seen[0]]
        if self._visit.visit.state is VisitState.HOME and self._known:
            rows = [row for row in rows if row in self._rows.rows]
        self._known = True
        if (rows, seen[1]) != (list(self._rows.rows), self._point):
            self._rows.show(rows)
            self._point = seen[1]
            self._visit.hotline = self._point.hotline
            self.changed.emit()

    def spoken(self, state: VisitState) -> str:
        """What is said of the notices where a visit begins."""
        if state is not VisitState.HOME:
            return ""
        english = self._visit.preferences.language == "en"
        words = QCoreApplication.translate("Voice", "请注意：%1。从%2到%3。")
        return " ".join(
            words.replace("%1", (row.titleEn if english else "") or row.title)
            .replace("%2", _said(row.begins))
            .replace("%3", _said(row.ends))
            for row in self._rows.rows
        )

    @Property(Rows, constant=True)
    def notices(self) -> Rows[NoticeRow]:
        """Notices that are not over."""
        return self._rows

    @Property(str, notify=changed)
    def hotline(self) -> str:
        """Whom to call."""
        return self._point.hotline

    @Property(str, notify=changed)
    def openingHours(self) -> str:
        """When staff are here, in words; empty where nobody says."""
        return self._point.opening_hours


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        kind=str(notice.kind),
        title=notice.title,
        titleEn=notice.title_en,
        body=notice.text,
        bodyEn=notice.text_en,
        begins=local_minute(notice.begins),
        ends=local_minute(notice.ends),
    )


def _said(minute: str) -> str:
    """A local ISO minute as it is spoken."""
    words = QCoreApplication.translate("Voice", "%1月%2日%3点%4分")
    parts = (minute[5:7], minute[8:10], minute[11:13], minute[14:16])
    for place, part in enumerate(parts, 1):
        words = words.replace(f"%{place}", part.lstrip("0") or "0")
    return words
