"""我能办什么: a few plain questions, then what one may be entitled to. The answers live here and go with the screen."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.entry import Entry
from kiosk.rules.entitlement import AGES, Chance, PlainQuestion, Suggestion, Told
from kiosk.visit import VisitState
from ui.controllers.catalogue import ItemRow, row_of
from ui.controllers.visit import VisitController
from ui.models import Rows

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer in the catalogue's words; `least` and `most` are years where an age is asked."""

    name: str
    nameEn: str = ""
    least: int = -1
    most: int = -1


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the desk said after an answer: the next question, or what was found."""

    question: PlainQuestion | None
    found: tuple[Suggestion, ...] = ()
    entries: tuple[Entry, ...] = ()


@QmlElement
class MayGetController(QObject):
    """The age first, then what the desk asks. `back` takes the last answer back."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._told: list[Told] = []
        self._question: PlainQuestion | None = None
        self._done = False
        self._answers: Rows[AnswerRow] = Rows(AnswerRow, self)
        self._likely: Rows[ItemRow] = Rows(ItemRow, self)
        self._possible: Rows[ItemRow] = Rows(ItemRow, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _on_entered(self, state: str) -> None:
        if state == VisitState.HOME or (state == VisitState.MAY_GET and not self._told):
            self._clear()

    def _clear(self) -> None:
        self._told = []
        self._likely.show(())
        self._possible.show(())
        self._show(_Shelf(None))

    def _go_on(self) -> None:
        told, desk = self._told[-1] if self._told else None, self._visit.desk

        def asked() -> _Shelf:
            if told is None:
                return _Shelf(None)
            question = desk.plain_question(told)
            return _Shelf(question) if question else _Shelf(None, desk.may_get(told), desk.entries())

        def answered(shelf: _Shelf) -> None:
            if told is (self._told[-1] if self._told else None):
                self._show(shelf)

        self._visit.ask(asked, answered)

    def _show(self, shelf: _Shelf) -> None:
        self._question = shelf.question
        self._done = shelf.question is None and bool(self._told)
        self._answers.show(self._choices())
        entries = {entry.code: entry for entry in shelf.entries}
        for chance, rows in ((Chance.LIKELY, self._likely), (Chance.POSSIBLE, self._possible)):
            rows.show(row_of(entries[one.code]) for one in shelf.found if one.chance is chance and one.code in entries)
        self.changed.emit()

    def _choices(self) -> list[AnswerRow]:
        if not self._told:
            return [AnswerRow("", least=ages[0], most=ages[-1]) for ages in AGES]
        question = self._question
        return [AnswerRow(one.title, one.title_en) for one in question.choices] if question else []

    @Slot(int)
    def choose(self, number: int) -> None:
        """Take the answer of that number, from 0; of a yes-or-no question 1 is yes, and -1 always 说不清."""
        if not self._told:
            self._told.append(Told(AGES[number]))
        elif self._question is not None:
            last = self._told[-1]
            answers = {**last.answers, self._question.id: self._value(self._question, number)}
            self._told.append(replace(last, answers=answers))
        self._go_on()

    @staticmethod
    def _value(question: PlainQuestion, number: int) -> Any:
        if number < 0:
            return None
        return question.choices[number].value if question.choices else bool(number)

    @Slot()
    def back(self) -> None:
        """The question before."""
        if self._told:
            self._told.pop()
            self._go_on()

    @Slot()
    def again(self) -> None:
        """From the beginning."""
        self._clear()

    @Slot(str)
    def open(self, code: str) -> None:
        """Open the guide of one item."""
        self._visit.ask(lambda: self._visit.desk.item(code), self._visit.choose_item)

    @Property(bool, notify=changed)
    def askingAge(self) -> bool:
        """Whether the age is asked now."""
        return not self._told

    @Property(bool, notify=changed)
    def yesNo(self) -> bool:
        """Whether yes or no is asked for."""
        return self._question is not None and not self._question.choices

    @Property(bool, notify=changed)
    def done(self) -> bool:
        """Whether everything was asked, and the lists stand."""
        return self._done

    @Property(int, notify=changed)
    def number(self) -> int:
        """Which question this is, from 1."""
        return len(self._told) + 1

    @Property(str, notify=changed)
    def question(self) -> str:
        """The question in the catalogue's words; empty where the age is asked."""
        return self._question.title if self._question else ""

    @Property(str, notify=changed)
    def questionEn(self) -> str:
        """The same in English, where the catalogue has it."""
        return self._question.title_en if self._question else ""

    @Property(Rows, constant=True)
    def answers(self) -> Rows[AnswerRow]:
        """The answers to choose from; none where yes or no is asked for."""
        return self._answers

    @Property(Rows, constant=True)
    def likely(self) -> Rows[ItemRow]:
        """Items whose conditions are met as far as a program can tell."""
        return self._likely

    @Property(Rows, constant=True)
    def possible(self) -> Rows[ItemRow]:
        """Items nothing speaks against."""
        return self._possible
