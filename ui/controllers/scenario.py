"""The scenario questions (情形), one at a time."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import Scenario
from kiosk.model.case import Draft
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.visit import VisitController
from ui.models import Rows

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One answer."""

    choice: str
    name: str
    nameEn: str


@QmlElement
class ScenarioController(QObject):
    """Each answer goes to the desk at once; after the last one the visit goes on."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._index = 0
        self._chosen: dict[str, str] = {}
        self._choices: Rows[ChoiceRow] = Rows(ChoiceRow, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._chosen = {}
        self._show(0)

    def _on_entered(self, state: str) -> None:
        if state == VisitState.SCENARIO:
            session = self._visit.session
            self._show(0)
            self._visit.ask_case(session.current, self._opened)

    def _opened(self, draft: Draft) -> None:
        self._chosen = dict(draft.scenarios)
        self._show(0)

    def _scenarios(self) -> tuple[Scenario, ...]:
        return self._visit.item.scenarios if self._visit.item else ()

    def _here(self) -> Scenario | None:
        scenarios = self._scenarios()
        return scenarios[self._index] if self._index < len(scenarios) else None

    def _show(self, index: int) -> None:
        self._index = index
        here = self._here()
        self._choices.show(ChoiceRow(one.id, one.name, one.name_en) for one in here.choices) if here else None
        self.changed.emit()

    @Slot(str)
    def choose(self, choice: str) -> None:
        """Answer this question and go to the next."""
        here = self._here()
        if here is None:
            return
        session, desk = self._visit.session, self._visit.desk
        self._chosen[here.id] = choice
        self.changed.emit()
        self._visit.ask_case(lambda: desk.choose(session, here.id, choice), self._answered)

    def _answered(self, _draft: Draft) -> None:
        if self._index + 1 < len(self._scenarios()):
            self._show(self._index + 1)
        else:
            self._visit.step(VisitEvent.SCENARIO_DONE)

    @Slot()
    def back(self) -> None:
        """The question before."""
        self._show(max(0, self._index - 1))

    @Property(int, notify=changed)
    def index(self) -> int:
        """Which question this is, from 0."""
        return self._index

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many questions there are."""
        return len(self._scenarios())

    @Property(str, notify=changed)
    def question(self) -> str:
        """The question."""
        here = self._here()
        return here.question if here else ""

    @Property(str, notify=changed)
    def questionEn(self) -> str:
        """The question in English."""
        here = self._here()
        return here.question_en if here else ""

    @Property(str, notify=changed)
    def help(self) -> str:
        """What it is about."""
        here = self._here()
        return here.help if here else ""

    @Property(str, notify=changed)
    def chosen(self) -> str:
        """The answer given before, if any."""
        here = self._here()
        return self._chosen.get(here.id, "") if here else ""

    @Property(Rows, constant=True)
    def choices(self) -> Rows[ChoiceRow]:
        """The answers to choose from."""
        return self._choices
