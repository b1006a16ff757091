"""Is this receipt genuine? Asked of its code alone, with no network, and of any terminal's receipt."""

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.failure import Failure, KioskError
from kiosk.model.devices import Event, Failed, Finished, PageScanned, ScanPages, Ticket
from kiosk.ports import Devices
from kiosk.receipts import ReceiptProof
from kiosk.visit import VisitState
from ui.controllers.visit import VisitController
from ui.times import local_minute

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

RECEIPT_MARK = "/r#"
"""What the text of every receipt's code holds (`kiosk.receipts`)."""


class Unread(StrEnum):
    """Why there is no verdict."""

    NO_CODE = "no_code"
    """The page holds no code at all."""
    NO_RECEIPT = "no_receipt"
    """There is a code, of something else."""


@QmlElement
class VerifyController(QObject):
    """Takes a code from a gun or from the scanner and says what it proves. The scanned page is never kept."""

    changed = Signal()

    def __init__(self, visit: VisitController, devices: Devices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._devices = devices
        self._ticket: Ticket | None = None
        self._outcome = ""
        self._proof: ReceiptProof | None = None
        self._item_name = ""
        visit.entered.connect(lambda _state: self._clear())
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            self._devices.cancel(ticket)
            self._visit.release()
        self._tell("", None)

    def _tell(self, outcome: str, proof: ReceiptProof | None, item_name: str = "") -> None:
        if (outcome, proof, item_name) != (self._outcome, self._proof, self._item_name):
            self._outcome, self._proof, self._item_name = outcome, proof, item_name
            self.changed.emit()

    def check(self, codes: Iterable[str]) -> None:
        """Judge the receipt's code among these."""
        found = tuple(codes)
        code = next((one for one in found if RECEIPT_MARK in one), "")
        if not code:
            self._tell(Unread.NO_RECEIPT if found else Unread.NO_CODE, None)
            return
        desk = self._visit.desk

        def judged() -> tuple[ReceiptProof, str]:
            proof = desk.verify_receipt(code)
            return proof, _name_of(proof)

        def _name_of(proof: ReceiptProof) -> str:
            try:
                return desk.item(proof.item_code).name if proof.item_code else ""
            except KioskError as error:
                if error.failure in {Failure.ITEM_UNKNOWN, Failure.CATALOGUE_ABSENT}:
                    return proof.item_code  # another county's item: the code still proves what it proves
                raise

        self._visit.ask(judged, lambda answer: self._judged(*answer))

    def _judged(self, proof: ReceiptProof, item_name: str) -> None:
        if self._visit.visit.state is VisitState.VERIFY:
            self._tell(proof.verdict, proof, item_name)

    def _on_event(self, event: Event) -> None:
        if event.ticket != self._ticket:
            return
        if isinstance(event, PageScanned):
            self.check(event.codes)
        elif isinstance(event, Finished | Failed):
            self._ticket = None
            self._visit.release()
            if isinstance(event, Failed):
                self._visit.show_problem(event.failure)
            self.changed.emit()

    @Slot()
    def scan(self) -> None:
        """Look for the code on the paper in the scanner."""
        if self._ticket is not None:
            return
        self._visit.show_problem(None)
        self._tell("", None)
        try:
            self._ticket = self._devices.start(ScanPages(max_pages=1), self._visit.lanes.posting(self._on_event))
        except KioskError as error:
            self._visit.refused(error)
            return
        self._visit.hold()
        self.changed.emit()

    @Property(bool, notify=changed)
    def scanning(self) -> bool:
        """Whether the scanner is at work."""
        return self._ticket is not None

    @Property(str, notify=changed)
    def outcome(self) -> str:
        """A `kiosk.receipts.Verdict`, an `Unread`, or empty while nothing was shown."""
        return str(self._outcome)

    @Property(str, notify=changed)
    def number(self) -> str:
        """The submission number it proves."""
        return self._proof.submission_no if self._proof else ""

    @Property(str, notify=changed)
    def itemName(self) -> str:
        """The item it was for; its code where this terminal does not know it."""
        return self._item_name

    @Property(str, notify=changed)
    def takenAt(self) -> str:
        """When it was taken, as local ISO minutes."""
        return local_minute(self._proof.submitted_at) if self._proof else ""

    @Property(str, notify=changed)
    def terminal(self) -> str:
        """The terminal that took it."""
        return self._proof.terminal if self._proof else ""
