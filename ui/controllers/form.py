"""The application form: what is known is offered, what is typed goes to the desk, mistakes are told in words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.drafting import FormView
from kiosk.forms import FieldProblem, FormField
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.questions import QuestionRow, by_field, picked_value, question_row

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

SAVE_AFTER_MS = 600


@QmlElement
class FormController(QObject):
    """Answers are saved a moment after they change. A mistake is shown only once the person wants to go on."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._fields: dict[str, FormField] = {}
        self._answers: dict[str, Any] = {}
        self._typed: dict[str, Any] = {}
        self._unsent: dict[str, Any] = {}
        self._known: frozenset[str] = frozenset()
        self._problems: dict[str, FieldProblem] = {}
        self._told: set[str] = set()
        self._index = 0
        self._rows: Rows[QuestionRow] = Rows(QuestionRow, self)
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self._save)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)
        visit.preferences.languageChanged.connect(self._show)

    def _clear(self) -> None:
        self._saving.stop()
        self._fields, self._answers, self._typed, self._unsent, self._problems = {}, {}, {}, {}, {}
        self._told = set()
        self._known = frozenset()
        self._index = 0
        self._show()

    def _on_entered(self, state: str) -> None:
        if state == VisitState.FORM:
            self._clear()
            session, desk = self._visit.session, self._visit.desk
            self._visit.ask_case(lambda: desk.form(session), self._opened)

    def _opened(self, view: FormView) -> None:
        self._known = frozenset(view.answers)
        self._took(view)

    def _took(self, view: FormView) -> None:
        self._fields = {one.name: one for one in view.fields}
        self._answers = dict(view.answers)
        self._problems = dict(by_field(view.problems))
        self._show()

    # ---- what the person does

    @Slot(str, str)
    def type(self, field: str, text: str) -> None:
        """Text is being typed."""
        self._take(field, text, text)

    @Slot(str, list)
    def pick(self, field: str, places: list[int]) -> None:
        """Choices were made."""
        one = self._fields.get(field)
        if one is not None:
            value = picked_value(one, [int(place) for place in places])
            self._take(field, value, value)

    def _take(self, field: str, raw: Any, shown: Any) -> None:
        if field in self._fields:
            self._typed[field] = shown
            self._unsent[field] = raw
            self._told.discard(field)
            self._show_one(field)
            self._saving.start()

    @Slot()
    def finish(self) -> None:
        """Save; go on when nothing is wrong, else say what is."""
        self._check(set(self._fields), self._go_on)

    @Slot()
    def next(self) -> None:
        """The next question, when this one is answered well enough."""
        names = list(self._fields)
        if self._index + 1 >= len(names):
            self.finish()
        elif self._index < len(names):
            self._check({names[self._index]}, self._go_to_next)

    @Slot()
    def previous(self) -> None:
        """The question before."""
        self._index = max(0, self._index - 1)
        self.changed.emit()

    def _check(self, fields: set[str], go_on: Callable[[], None]) -> None:
        self._saving.stop()
        session, desk, unsent = self._visit.session, self._visit.desk, dict(self._unsent)

        def save() -> tuple[FormView, tuple[FieldProblem, ...]]:
            problems = desk.answer(session, unsent)
            return desk.form(session), problems

        def checked(answer: tuple[FormView, tuple[FieldProblem, ...]]) -> None:
            view, problems = answer
            self._sent(unsent)
            self._took(view)
            self._problems = dict(by_field(problems))
            self._told |= fields
            self._show()
            if not any(problem.field in fields for problem in problems):
                go_on()

        self._visit.ask(save, checked)

    def _save(self) -> None:
        """Keep what was typed, and ask which questions it brings up."""
        self._check(set(), lambda: None)

    def _sent(self, sent: dict[str, Any]) -> None:
        for field, raw in sent.items():
            if self._unsent.get(field, raw) == raw:
                self._unsent.pop(field, None)

    def _go_on(self) -> None:
        self._visit.step(VisitEvent.FORM_DONE)

    def _go_to_next(self) -> None:
        self._index = min(self._index + 1, max(0, len(self._fields) - 1))
        self.changed.emit()

    # ---- what the screen shows

    def _row(self, one: FormField) -> QuestionRow:
        typed = self._typed.get(one.name)
        value = typed if one.name in self._typed else self._answers.get(one.name)
        problem = self._problems.get(one.name) if one.name in self._told else None
        raw = typed if isinstance(typed, str) and not one.choices else None
        language = self._visit.preferences.language
        return question_row(one, value, raw, problem, known=one.name in self._known, language=language)

    def _show(self) -> None:
        self._rows.merge([self._row(one) for one in self._fields.values()], lambda row: row.field)
        self._index = min(self._index, max(0, len(self._fields) - 1))
        self.changed.emit()

    def _show_one(self, field: str) -> None:
        at = list(self._fields).index(field)
        self._rows.change(at, self._row(self._fields[field]))
        self.changed.emit()

    @Property(Rows, constant=True)
    def questions(self) -> Rows[QuestionRow]:
        """Every question these answers bring up."""
        return self._rows

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many questions there are."""
        return len(self._fields)

    @Property(int, notify=changed)
    def index(self) -> int:
        """The question that stands alone in 大字版."""
        return self._index

    @Property(int, notify=changed)
    def known(self) -> int:
        """How many were filled in already."""
        return len(self._known & self._fields.keys())

    @Property(int, notify=changed)
    def mistakes(self) -> int:
        """How many mistakes are being told."""
        return len(self._told & self._problems.keys())

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question that stands alone."""
        return self._here(english=False)

    @Property(str, notify=changed)
    def titleEn(self) -> str:
        """The same in English."""
        return self._here(english=True)

    def _here(self, *, english: bool) -> str:
        fields = list(self._fields.values())
        if self._index >= len(fields):
            return ""
        return fields[self._index].title_en if english else fields[self._index].title
