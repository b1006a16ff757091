"""The end of an application: signature, read-back, submission, receipt and rating."""

from dataclasses import dataclass

import segno
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.telling import Line, ReadBack, Section
from kiosk.failure import KioskError
from kiosk.identity.masking import mask_name
from kiosk.model.afterwards import Arranged
from kiosk.model.case import Draft, Receipt, Signature
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.visit import VisitController
from ui.items.pages import CodeProvider
from ui.models import Rows
from ui.origins import origin_words
from ui.printing import PrintedPaper
from ui.roles import relation_words
from ui.times import local_day
from ui.ways import way_words

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One part of the read-back: labels, full texts, and what is shown until the person holds to see."""

    title: str
    labels: tuple[str, ...]
    values: tuple[str, ...]
    masked: tuple[str, ...]


@QmlElement
class FinishController(QObject):
    """Signs, reads back, hands in, prints, rates. "Printed" comes from the printer, never from the button."""

    changed = Signal()
    taken = Signal(str, object)
    """The number of a case that was just handed in, and what is arranged for it."""

    def __init__(self, visit: VisitController, provider: CodeProvider, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._provider = provider
        self._read_back: ReadBack | None = None
        self._receipt: Receipt | None = None
        self._delivered = False
        self._item = ""
        self._signer = ""
        self._qr = ""
        self._sections: Rows[SectionRow] = Rows(SectionRow, self)
        self.printing = PrintedPaper(visit, self)
        self.printing.changed.connect(self._printed)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)
        visit.preferences.languageChanged.connect(self._reread)

    def _clear(self) -> None:
        self._read_back = self._receipt = None
        self._delivered = False
        self._item = self._signer = self._qr = ""
        self._provider.clear()
        self._sections.show(())
        self.printing.forget()
        self.changed.emit()

    def _on_entered(self, state: str) -> None:
        if state in {VisitState.SIGNATURE, VisitState.READBACK}:
            self._look()
        elif state == VisitState.SUBMITTING:
            self._submit()

    def _look(self) -> None:
        session, desk, language = self._visit.session, self._visit.desk, self._visit.preferences.language
        self._visit.ask(
            lambda: (session.current(), desk.readback(session, language), desk.item(session.current().item_code).name),
            lambda seen: self._seen(*seen),
        )

    def _reread(self) -> None:
        if self._visit.visit.state is VisitState.READBACK:
            self._look()

    def _seen(self, draft: Draft, read_back: ReadBack, item_name: str) -> None:
        person = draft.agent.person if draft.agent else draft.applicant.person if draft.applicant else None
        self._signer = mask_name(person.name) if person else ""
        self._item, self._read_back = item_name, read_back
        self._sections.show([_section_row(section) for section in read_back.sections])
        self.changed.emit()

    def _submit(self) -> None:
        session, desk = self._visit.session, self._visit.desk

        def handed_in() -> tuple[Receipt, Arranged | None]:
            receipt = desk.submit(session)
            return receipt, desk.just_arranged(receipt.submission_no)

        self._visit.ask(handed_in, lambda done: self._taken(*done), self._not_taken)

    def _taken(self, receipt: Receipt, arranged: Arranged | None) -> None:
        self._receipt, self._item = receipt, receipt.item_name
        matrix = segno.make(receipt.qr_text, error="l", micro=False).matrix_iter(border=4)
        self._qr = self._provider.show([list(row) for row in matrix])
        self.changed.emit()
        self.taken.emit(receipt.submission_no, arranged)
        asks = frozenset({VisitState.PAYMENT} if arranged is not None and arranged.due else ())
        self._visit.step(VisitEvent.SUBMITTED, asks=asks)
        self.print()

    def look(self) -> None:
        """Ask whether the case has arrived: the screen says so as soon as it is true, and never before."""
        receipt, desk = self._receipt, self._visit.desk
        if receipt is not None and not self._delivered:
            self._visit.lanes.work(lambda: desk.delivered(receipt.submission_no), self._looked)

    def _looked(self, delivered: bool) -> None:  # noqa: FBT001 -- the answer of `Desk.delivered`
        if delivered and self._receipt is not None:
            self._delivered = True
            self.changed.emit()

    def _not_taken(self, error: KioskError) -> None:
        self._visit.step(VisitEvent.NOT_SUBMITTED)
        self._visit.refused(error)

    def _printed(self) -> None:
        self.changed.emit()
        if self.printing.outcome == "printed" and self._visit.visit.state is VisitState.RECEIPT:
            self._visit.step(VisitEvent.PRINT_DONE)

    # ---- for the screen

    @Slot(float, float, list)
    def sign(self, width: float, height: float, strokes: list[list[list[float]]]) -> None:
        """Take the signature as points and milliseconds."""
        session, desk = self._visit.session, self._visit.desk
        points = tuple(tuple((int(x), int(y), int(ms)) for x, y, ms in stroke) for stroke in strokes)
        self._visit.ask(
            lambda: desk.sign(session, Signature(int(width), int(height), points, desk.now())),
            lambda _: self._visit.step(VisitEvent.SIGNED),
        )

    @Slot()
    def confirm(self) -> None:
        """Everything is right: hand it in."""
        self._visit.step(VisitEvent.CONFIRMED)

    @Slot()
    def print(self) -> None:
        """Print the receipt; after the original every print says 补打 n."""
        receipt, desk, session = self._receipt, self._visit.desk, self._visit.session
        if receipt is not None:
            self.printing.start(lambda done: desk.print_receipt(session, receipt.submission_no, None, done))

    @Slot(int)
    def rate(self, satisfaction: int) -> None:
        """好差评 by the national code, 1 very satisfied to 5 very dissatisfied."""
        number, desk = self._receipt.submission_no if self._receipt else None, self._visit.desk
        self._visit.ask(lambda: desk.rate(number, satisfaction), lambda _: self._visit.step(VisitEvent.RATED))

    @Property(str, notify=changed)
    def signerMasked(self) -> str:
        """Masked name of the one who signs."""
        return self._signer

    @Property(str, notify=changed)
    def itemName(self) -> str:
        """Name of the item."""
        return self._item

    @Property(str, notify=changed)
    def itemNameEn(self) -> str:
        """Its English name, empty where the catalogue has none."""
        return self._visit.item.name_en if self._visit.item else ""

    @Property(Rows, constant=True)
    def sections(self) -> Rows[SectionRow]:
        """The read-back."""
        return self._sections

    @Property(str, notify=changed)
    def submissionNo(self) -> str:
        """The number, empty before the case is taken."""
        return self._receipt.submission_no if self._receipt else ""

    @Property(bool, notify=changed)
    def delivered(self) -> bool:
        """Whether the platform has acknowledged the case of this receipt."""
        return self._delivered

    @Property(str, notify=changed)
    def deliverBy(self) -> str:
        """ISO day by which it will have been delivered."""
        return local_day(self._receipt.deliver_by) if self._receipt else ""

    @Property(str, notify=changed)
    def qr(self) -> str:
        """URL of the receipt's code."""
        return self._qr

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """How the printing of its paper goes."""
        return self.printing


def _section_row(section: Section) -> SectionRow:
    titles = {
        "people": translate("ReadBack", "谁来办"),
        "materials": translate("ReadBack", "交的材料"),
        "afterwards": translate("ReadBack", "办好以后"),
    }
    title = section.title or titles.get(section.kind, "")
    if section.kind == "member":
        title = translate("ReadBack", "家庭成员：%1").replace("%1", mask_name(section.title))
    return SectionRow(
        title=title,
        labels=tuple(_label(line) for line in section.lines),
        values=tuple(_text(line) for line in section.lines),
        masked=tuple(line.masked or _text(line) for line in section.lines),
    )


def _label(line: Line) -> str:
    return {
        "applicant": translate("ReadBack", "申请人"),
        "agent": translate("ReadBack", "代办人"),
        "relation": translate("ReadBack", "关系"),
        "id_no": translate("ReadBack", "证件号码"),
        "portrait": translate("ReadBack", "照片"),
        "delivery": translate("ReadBack", "结果怎么拿"),
        "recipient": translate("ReadBack", "谁来收"),
        "phone": translate("ReadBack", "电话"),
        "address": translate("ReadBack", "寄到"),
        "appointment": translate("ReadBack", "想来的时间"),
        "fee": translate("ReadBack", "要缴的费用"),
    }.get(line.label, line.label)


def _text(line: Line) -> str:
    if line.label in {"relation", "portrait"}:
        return relation_words(line.text) if line.label == "relation" else translate("ReadBack", "用身份证里的照片")
    if line.origin is not None:
        return origin_words(line.origin)
    kind, _, rest = line.text.partition(":")
    if kind == "pages" and rest.isdigit():
        return translate("ReadBack", "已扫描 %1 页").replace("%1", rest)
    if kind == "way":
        return way_words(rest)
    if kind == "pledge":
        return (
            translate("ReadBack", "已承诺，%1 前补上").replace("%1", rest)
            if rest
            else translate("ReadBack", "已写承诺")
        )
    return line.text
