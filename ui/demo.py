"""A small window beside the screen of a demonstration: lay down a card, cut the line, take the paper away.

It stands for hands and the weather, not for the product; a real terminal never has it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QQmlApplicationEngine, QQmlComponent

from ui.lanes import Lanes
from ui.models import Rows

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DemoControls:
    """What the demonstration lets one do. `cards` answers name → title; every call may come from another thread."""

    cards: Callable[[], dict[str, str]]
    tap: Callable[[str], None]
    lift: Callable[[], None]
    set_line: Callable[[bool], None]
    set_paper: Callable[[bool], None]


@dataclass(frozen=True, slots=True)
class DemoCardRow:
    """One card that can be laid down."""

    name: str
    title: str


@QmlElement
class DemoPanel(QObject):
    """The panel's context."""

    changed = Signal()

    def __init__(self, controls: DemoControls, lanes: Lanes) -> None:
        super().__init__()
        self._controls = controls
        self._lanes = lanes
        self._line = self._paper = True
        self._card = ""
        self._cards: Rows[DemoCardRow] = Rows(DemoCardRow, self)
        self._window: QObject | None = None

    def show(self, engine: QQmlApplicationEngine) -> None:
        """Open the panel."""
        self._cards.show([DemoCardRow(name, title) for name, title in self._controls.cards().items()])
        component = QQmlComponent(engine, QUrl.fromLocalFile(str(Path(__file__).parent / "qml" / "DemoPanel.qml")))
        self._window = component.createWithInitialProperties({"panel": self})

    @Property(Rows, constant=True)
    def cards(self) -> Rows[DemoCardRow]:
        """Cards that can be laid down."""
        return self._cards

    @Property(str, notify=changed)
    def card(self) -> str:
        """The card on the reader, empty when there is none."""
        return self._card

    @Property(bool, notify=changed)
    def lineUp(self) -> bool:
        """Whether the line carries anything."""
        return self._line

    @Property(bool, notify=changed)
    def paper(self) -> bool:
        """Whether the printer has paper."""
        return self._paper

    @Slot(str)
    def tap(self, name: str) -> None:
        """Lay a card on the reader, or take it away when it lies there."""
        self._card = "" if name == self._card else name
        controls, card = self._controls, self._card
        self._lanes.in_lane(lambda: controls.tap(card) if card else controls.lift())
        self.changed.emit()

    @Slot(bool)
    def setLine(self, up: bool) -> None:  # noqa: FBT001 - called from QML
        """Cut or restore the line."""
        self._line = up
        self._controls.set_line(up)
        self.changed.emit()

    @Slot(bool)
    def setPaper(self, there: bool) -> None:  # noqa: FBT001 - called from QML
        """Take the paper away or give it back."""
        self._paper = there
        controls = self._controls
        self._lanes.in_lane(lambda: controls.set_paper(there))
        self.changed.emit()
