"""The one-time sheet (一次性告知) on the screen."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.telling import member_labels
from kiosk.model.case import Draft, Origin
from kiosk.model.guide import Change, GuideChange, Part
from kiosk.model.notice import Answer, Notice, NoticeLine, Subject
from kiosk.rules import reason_codes, reason_words
from kiosk.visit import VisitState
from ui.controllers.visit import VisitController
from ui.languages import in_words
from ui.models import Rows
from ui.origins import origin_words
from ui.printing import PrintedPaper
from ui.times import local_day
from ui.wording import Language, catalogue_name

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate

Told = tuple[Draft, Notice, tuple[GuideChange, ...]]
"""A look at the draft: it, its sheet, and what the guide asks otherwise since it was begun."""

CONFIRMED_BY_PERSON = frozenset({"to_confirm"})
"""Reason codes of conditions that a person reads and confirms."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line in words. `mood`: bad blocks, ask wants a word, warn may follow, info is brought next, good is there."""

    subject: str
    ref: str
    title: str
    answer: str
    member: str
    reason: str
    basis: str
    substitutes: str
    obtain: str
    followBy: str
    originals: int
    copies: int
    askable: bool
    tag: str
    mood: str


@QmlElement
class NoticeController(QObject):
    """The sheet as the desk draws it up; nothing is left out, what is to be mended stands first."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._notice: Notice | None = None
        self._changes: tuple[GuideChange, ...] = ()
        self._members: dict[str, str] = {}
        self._origins: dict[tuple[str, str | None], Origin] = {}
        self._lines: Rows[NoticeRow] = Rows(NoticeRow, self)
        self.printing = PrintedPaper(visit, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)
        visit.preferences.languageChanged.connect(self._show)

    def _clear(self) -> None:
        self._notice, self._members, self._origins, self._changes = None, {}, {}, ()
        self.printing.forget()
        self._show()

    def _on_entered(self, state: str) -> None:
        if state == VisitState.NOTICE:
            self._clear()
            session, desk = self._visit.session, self._visit.desk
            self._visit.ask_case(lambda: (desk.use_known(session), self._look())[1], self._told)

    def _look(self) -> Told:
        session, desk = self._visit.session, self._visit.desk
        notice = desk.notice(session)
        return session.current(), notice, desk.changes(session)

    def _told(self, told: Told) -> None:
        draft, self._notice, self._changes = told
        self._members = member_labels(draft)
        self._origins = {(one.material_id, one.member): one.origin for one in draft.materials if one.origin}
        self._show()

    def _show(self) -> None:
        lines = self._notice.lines if self._notice else ()
        rows = [self._row(line) for line in lines if line.answer is not Answer.NOT_NEEDED]
        order = {"bad": 0, "ask": 1, "info": 2, "warn": 3, "good": 4}
        self._lines.show(sorted(rows, key=lambda row: order[row.mood]))
        self.changed.emit()

    def _row(self, line: NoticeLine) -> NoticeRow:
        language = self._visit.preferences.language
        askable = _askable(line)
        tag, mood = (translate("Notice", "请您确认"), "ask") if askable else _verdict(line)
        return NoticeRow(
            subject=str(line.subject),
            ref=line.ref,
            title=_title(line, language),
            answer=str(line.answer),
            member=self._member_name(line.member),
            reason=origin_words(self._origins.get((line.ref, line.member)))
            or line.reason
            or (in_words(reason_words(line.reason_code, language)) if line.reason_code else ""),
            basis=line.basis,
            substitutes="；".join(line.substitutes) if line.answer is not Answer.SATISFIED else "",
            obtain=line.obtain if line.answer is not Answer.SATISFIED else "",
            followBy=local_day(line.follow_by) if line.answer is Answer.MAY_FOLLOW else "",
            originals=line.originals,
            copies=line.copies,
            askable=askable,
            tag=tag,
            mood=mood,
        )

    def _member_name(self, ref: str | None) -> str:
        return self._members.get(ref or "", "")

    @Slot(str)
    def confirm(self, condition: str) -> None:
        """The person read this condition and says it is so."""
        session, desk = self._visit.session, self._visit.desk

        def confirmed() -> Told:
            desk.confirm_condition(session, condition)
            return self._look()

        self._visit.ask(confirmed, self._told)

    @Slot()
    def print(self) -> None:
        """Print the sheet as it stands."""
        session, desk = self._visit.session, self._visit.desk
        self.printing.start(lambda on_outcome: desk.print_notice(session, None, on_outcome))

    def _count(self, mood: str) -> int:
        return sum(1 for row in self._lines.rows if row.mood == mood)

    @Property(Rows, constant=True)
    def lines(self) -> Rows[NoticeRow]:
        """Every line that concerns this case."""
        return self._lines

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the sheet is still being drawn up."""
        return self._notice is None

    @Property(str, notify=changed)
    def guideChanges(self) -> str:
        """What the guide asks otherwise since this was begun, a line each; empty where nothing changed."""
        return "\n".join(_change_words(change) for change in self._changes)

    @Property(int, notify=changed)
    def toMend(self) -> int:
        """Lines that stop the case and are no missing papers."""
        return self._count("bad")

    @Property(int, notify=changed)
    def toConfirm(self) -> int:
        """Conditions the person has to read and confirm."""
        return self._count("ask")

    @Property(int, notify=changed)
    def toBring(self) -> int:
        """Materials to hand in in the next step."""
        return self._count("info") + self._count("warn")

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """How the printing of its paper goes."""
        return self.printing


def _change_words(change: GuideChange) -> str:
    words = {
        (Part.MATERIAL, Change.ADDED): translate("Notice", "多要一样材料：%1"),
        (Part.MATERIAL, Change.ALTERED): translate("Notice", "这样材料的要求改了：%1"),
        (Part.MATERIAL, Change.GONE): translate("Notice", "不用再交：%1"),
        (Part.CONDITION, Change.ADDED): translate("Notice", "多了一条条件：%1"),
        (Part.CONDITION, Change.ALTERED): translate("Notice", "这条条件改了：%1"),
        (Part.CONDITION, Change.GONE): translate("Notice", "不再要求：%1"),
        (Part.FIELD, Change.ADDED): translate("Notice", "多了一项要填的：%1"),
        (Part.FIELD, Change.ALTERED): translate("Notice", "这一项的填法改了：%1"),
        (Part.FIELD, Change.GONE): translate("Notice", "不用再填：%1"),
    }
    return words[change.part, change.change].replace("%1", change.name)


def _askable(line: NoticeLine) -> bool:
    blocks = line.subject is Subject.CONDITION and line.answer is Answer.BLOCKS
    return blocks and line.reason_code in CONFIRMED_BY_PERSON


def _verdict(line: NoticeLine) -> tuple[str, str]:
    if line.answer is Answer.SATISFIED:
        return translate("Notice", "齐了"), "good"
    if line.answer is Answer.MAY_FOLLOW:
        return translate("Notice", "可以后补"), "warn"
    if line.subject is Subject.MATERIAL:
        return translate("Notice", "下一步交"), "info"
    return translate("Notice", "现在办不了"), "bad"


def _title(line: NoticeLine, language: Language) -> str:
    code = f"role_{line.ref}"
    if line.subject is Subject.ROLE and code in reason_codes():
        return in_words(reason_words(code, language))
    return catalogue_name(line.title, line.title_en, language)
