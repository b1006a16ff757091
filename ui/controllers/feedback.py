"""A guide is wrong, a complaint, a suggestion: written, numbered at once; and what was answered to it."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.feedbackdesk import MOST_CONTACT, Slip
from kiosk.failure import Failure
from kiosk.model.feedback import FeedbackKind, FeedbackSummary
from kiosk.visit import Mark, VisitEvent, VisitState
from ui.controllers.guide import GuideController
from ui.controllers.known import PATIENCE_MS
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.printing import PrintedPaper
from ui.times import local_minute

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

MOST_TYPED = 500
"""Characters that can be written here; the platform takes more."""


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One that was handed in after the card was tapped; `made` and `answered` as local ISO minutes."""

    number: str
    kind: str
    itemName: str
    standing: str
    made: str
    answer: str
    answered: str


@QmlElement
class FeedbackController(QObject):
    """`phase` is `choose`, `write`, `sent`, `ask` or `answer`. What was typed is gone with the step."""

    changed = Signal()

    def __init__(self, visit: VisitController, guide: GuideController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit, self._guide = visit, guide
        self._phase = "choose"
        self._kind = FeedbackKind.SUGGESTION
        self._slip: Slip | None = None
        self._answer: FeedbackSummary | None = None
        self._before_card = ""
        self._looking = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._found_elsewhere(Failure.LINK_STALLED))
        self._mine: Rows[FeedbackRow] = Rows(FeedbackRow, self)
        self.printing = PrintedPaper(visit, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _on_entered(self, state: str) -> None:
        if state == VisitState.FEEDBACK:
            before, self._before_card = self._before_card, ""
            self._clear()
            if before or self._visit.visit.item:
                self._kind = self._kind if before else FeedbackKind.GUIDE
                self._show(before or "write")
            self._look_for_mine()
        elif state == VisitState.MY_CASES:
            self._look_for_mine()
        elif state == VisitState.HOME:
            self._clear()

    def _look_for_mine(self) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.my_feedback(session), lambda mine: self._mine.show(_row(one) for one in mine))

    def _clear(self) -> None:
        self._slip = self._answer = None
        self._looking = False
        self._patience.stop()
        self._mine.show(())
        self.printing.forget()
        self._show("choose")

    def _show(self, phase: str) -> None:
        self._phase = phase
        self._visit.show_problem(None)
        self.changed.emit()

    @Slot(str)
    def choose(self, kind: str) -> None:
        """Write one of this kind."""
        self._kind = FeedbackKind(kind)
        self._show("write")

    @Slot()
    def look(self) -> None:
        """Ask what was answered."""
        self._show("ask")

    @Slot()
    def back(self) -> None:
        """One view back; from the first, and from a guide's, a step back."""
        before = {"write": "choose", "ask": "choose", "answer": "ask"}.get(self._phase, "")
        if not before or (self._phase == "write" and self._visit.visit.item):
            self._visit.step(VisitEvent.BACK)
        else:
            self._show(before)

    @Slot(str, str)
    def send(self, text: str, contact: str) -> None:
        """Hand it in; the slip is printed at once."""
        session, desk, kind = self._visit.session, self._visit.desk, self._kind
        guide = kind is FeedbackKind.GUIDE
        item, section = (self._visit.visit.item, self._guide.property("section")) if guide else ("", "")
        self._visit.ask(
            lambda: desk.give_feedback(session, kind, text, item_code=item, section=section, contact=contact),
            self._sent,
        )

    def _sent(self, slip: Slip) -> None:
        self._slip = slip
        self._show("sent")
        self.print()

    @Slot()
    def print(self) -> None:
        """Print the slip."""
        slip, desk = self._slip, self._visit.desk
        if slip is not None:
            self.printing.start(lambda on_outcome: desk.print_slip(slip, on_outcome))

    @Slot()
    def showCard(self) -> None:
        """Tap the card, so that it finds what is said and its answer; then go on where one was."""
        self._before_card = self._phase
        self._visit.step(VisitEvent.SHOW_CARD)

    @Slot(str, str)
    def ask(self, number: str, code: str) -> None:
        """What became of the one with this number and query code; elsewhere the card tapped will do for a code."""
        desk = self._visit.desk

        def here() -> FeedbackSummary | None:
            return desk.ask_feedback(number, code) if desk.is_from_here(number) else None

        self._visit.ask(here, lambda found: self._told(found) if found else self._look_elsewhere(number, code))

    def _look_elsewhere(self, number: str, code: str) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._looking = True
        self._patience.start()
        self.changed.emit()
        told = self._visit.lanes.posting(self._found_elsewhere)
        self._visit.lanes.work(
            lambda: desk.look_for_feedback(session, number, code, told),
            lambda _: None,
            lambda error: self._found_elsewhere(error.failure),
        )

    def _found_elsewhere(self, failure: Failure | None) -> None:
        if not self._looking:
            return
        self._looking = False
        self._patience.stop()
        self.changed.emit()
        session, desk = self._visit.session, self._visit.desk
        if failure is not None:
            self._visit.show_problem(failure)
        else:
            self._visit.ask(lambda: desk.told_feedback(session), lambda found: self._told(found) if found else None)

    def _told(self, found: FeedbackSummary) -> None:
        self._answer = found
        self._show("answer")

    @Property(str, notify=changed)
    def phase(self) -> str:
        """Which view is shown."""
        return self._phase

    @Property(str, notify=changed)
    def kind(self) -> str:
        """`guide`, `complaint` or `suggestion`."""
        return str(self._kind)

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        """Whether the platform is being asked about one that was handed in elsewhere."""
        return self._looking

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether a card was tapped in this visit."""
        return Mark.BY_CHIP in self._visit.visit.marks

    @Property(int, constant=True)
    def mostText(self) -> int:
        """Characters that can be written."""
        return MOST_TYPED

    @Property(int, constant=True)
    def mostContact(self) -> int:
        """Characters of a contact."""
        return MOST_CONTACT

    @Property(bool, notify=changed)
    def ofGuide(self) -> bool:
        """Whether it is about the guide that was just read."""
        return bool(self._visit.visit.item)

    @Property(str, notify=changed)
    def number(self) -> str:
        """The number it got."""
        return self._slip.number if self._slip else ""

    @Property(str, notify=changed)
    def code(self) -> str:
        """Its query code, in two groups."""
        return f"{self._slip.code[:3]} {self._slip.code[3:]}" if self._slip else ""

    @Property(bool, notify=changed)
    def byCard(self) -> bool:
        """Whether the card tapped in this visit finds it, too."""
        return self._slip is not None and self._slip.by_card

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """The slip."""
        return self.printing

    def _told_row(self) -> FeedbackRow:
        return _row(self._answer) if self._answer else FeedbackRow("", "", "", "", "", "", "")

    @Property(str, notify=changed)
    def askedNumber(self) -> str:
        """The number that was asked about."""
        return self._told_row().number

    @Property(str, notify=changed)
    def askedKind(self) -> str:
        """Its kind."""
        return self._told_row().kind

    @Property(str, notify=changed)
    def askedItem(self) -> str:
        """The item whose guide it is about."""
        return self._told_row().itemName

    @Property(str, notify=changed)
    def askedMade(self) -> str:
        """When it was handed in."""
        return self._told_row().made

    @Property(str, notify=changed)
    def standing(self) -> str:
        """`kept`, `taken` or `answered`."""
        return self._told_row().standing

    @Property(str, notify=changed)
    def answer(self) -> str:
        """What the authority said."""
        return self._told_row().answer

    @Property(str, notify=changed)
    def answered(self) -> str:
        """When it said so."""
        return self._told_row().answered

    @Property(Rows, constant=True)
    def mine(self) -> Rows[FeedbackRow]:
        """Those of the card that was tapped."""
        return self._mine


def _row(one: FeedbackSummary) -> FeedbackRow:
    return FeedbackRow(
        number=one.number,
        kind=str(one.kind),
        itemName=one.item_name,
        standing=str(one.state),
        made=local_minute(one.made_at),
        answer=one.answer,
        answered=local_minute(one.answered_at),
    )
