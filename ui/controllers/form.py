"""The application form: what is known is offered, what is typed goes to the desk, mistakes are told in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.drafting import FormView
from kiosk.desk.knowing import Source
from kiosk.forms import FieldProblem, FormField
from kiosk.model.case import Draft
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.known import KnownController
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.origins import source_words
from ui.questions import QuestionRow, by_field, picked_value, question_row

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

SAVE_AFTER_MS = 600


@QmlElement
class FormController(QObject):
    """Answers are saved a moment after they change. A mistake is shown only once the person wants to go on."""

    changed = Signal()

    def __init__(self, visit: VisitController, known: KnownController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._on_hand = known
        self._sources: Mapping[str, Source] = {}
        self._passed = ""
        self._fields: dict[str, FormField] = {}
        self._answers: dict[str, Any] = {}
        self._typed: dict[str, Any] = {}
        self._unsent: dict[str, Any] = {}
        self._known: frozenset[str] = frozenset()
        self._problems: dict[str, FieldProblem] = {}
        self._told: set[str] = set()
        self._index = 0
        self._rows: Rows[QuestionRow] = Rows(QuestionRow, self)
        self._known_rows: Rows[QuestionRow] = Rows(QuestionRow, self)
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
        self._known, self._sources = frozenset(), {}
        self._index = 0
        self._show()

    def _on_entered(self, state: str) -> None:
        if state == VisitState.FORM:
            self._clear()
            self._on_hand.when_settled(self._open)

    def _open(self) -> None:
        if self._visit.visit.state is not VisitState.FORM:
            return
        session, desk = self._visit.session, self._visit.desk

        def opened() -> tuple[Draft, FormView, Mapping[str, Source]]:
            return desk.use_known(session), desk.form(session), desk.sources(session)

        self._visit.ask_case(opened, lambda answer: self._opened(*answer))

    def _opened(self, draft: Draft, view: FormView, sources: Mapping[str, Source]) -> None:
        self._known, self._sources = frozenset(view.answers), sources
        self._took(view)
        if draft.case_id != self._passed and _all_on_card(view, sources):
            # Nothing to ask: all of it is read back before it is handed in, and can be changed from there.
            self._passed = draft.case_id
            self._go_on()

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
            self._show()
            self._saving.start()

    @Slot()
    def finish(self) -> None:
        """Save; go on when nothing is wrong, else say what is."""
        self._check(set(self._fields), self._go_on)

    @Slot()
    def next(self) -> None:
        """The next view, when this one is answered well enough; after the last the visit goes on."""
        views = self._views()
        if self._index + 1 >= len(views):
            self.finish()
        else:
            self._check(set(views[self._index]), self._go_to_next)

    @Slot()
    def previous(self) -> None:
        """The view before."""
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
        self._index += 1
        self._show()

    def _views(self) -> list[list[str]]:
        """What stands together in 大字版: all that is known in one view, then one question each."""
        known = [name for name in self._fields if name in self._known]
        return ([known] if known else []) + [[name] for name in self._fields if name not in self._known]

    # ---- what the screen shows

    def _row(self, one: FormField) -> QuestionRow:
        typed = self._typed.get(one.name)
        value = typed if one.name in self._typed else self._answers.get(one.name)
        problem = self._problems.get(one.name) if one.name in self._told else None
        raw = typed if isinstance(typed, str) and not one.choices else None
        language = self._visit.preferences.language
        row = question_row(one, value, raw, problem, known=one.name in self._known, language=language)
        return replace(row, source=source_words(self._sources.get(one.name))) if row.known else row

    def _show(self) -> None:
        rows = [self._row(one) for one in self._fields.values()]
        self._known_rows.merge([row for row in rows if row.known], lambda row: row.field)
        self._rows.merge([row for row in rows if not row.known], lambda row: row.field)
        self._index = min(self._index, max(0, len(self._views()) - 1))
        self.changed.emit()

    @property
    def asked(self) -> QuestionRow | None:
        """The question that stands alone in 大字版; None where what is known does."""
        at = self._index - (1 if self._known_rows.rows else 0)
        return self._rows.rows[at] if 0 <= at < len(self._rows.rows) else None

    @Property(Rows, constant=True)
    def questions(self) -> Rows[QuestionRow]:
        """Every question these answers bring up that is not known yet."""
        return self._rows

    @Property(Rows, constant=True)
    def knownAnswers(self) -> Rows[QuestionRow]:
        """What was filled in already."""
        return self._known_rows

    @Property(int, notify=changed)
    def views(self) -> int:
        """How many views there are in 大字版."""
        return len(self._views())

    @Property(int, notify=changed)
    def index(self) -> int:
        """The view that is shown in 大字版."""
        return self._index

    @Property(int, notify=changed)
    def mistakes(self) -> int:
        """How many mistakes are being told."""
        return len(self._told & self._problems.keys())

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question that stands alone, empty where what is known does."""
        return self.asked.title if self.asked else ""

    @Property(str, notify=changed)
    def titleEn(self) -> str:
        """The same in English."""
        return self.asked.titleEn if self.asked else ""


def _all_on_card(view: FormView, sources: Mapping[str, Source]) -> bool:
    """Whether the card answers every question there is, and nothing speaks against an answer."""
    on_card = {name for name, source in sources.items() if source.kind == "card"}
    return not view.problems and all(one.name in on_card for one in view.fields)
