"""Codes held before a gun: an item's opens its guide, a receipt's the way to its case. Data, never trusted."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CodeRead
from kiosk.ports import Devices
from kiosk.receipts import ReceiptProof, Verdict
from kiosk.visit import VisitState
from ui.controllers.cases import CasesController
from ui.controllers.verify import RECEIPT_MARK, VerifyController
from ui.controllers.visit import VisitController
from ui.licence import LicenceCode
from ui.wedge import Wedge

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

EXPECTED = frozenset({VisitState.HOME, VisitState.MY_CASES, VisitState.VERIFY})
_LONGEST_QUERY = 40
_REFUSED = {
    Verdict.NOT_GENUINE: Failure.PAPER_NOT_GENUINE,
    Verdict.UNKNOWN_SIGNER: Failure.PAPER_SIGNER_UNKNOWN,
}


@QmlElement
class CodesController(QObject):
    """Codes from a serial gun (`watch_codes`) and from one that types. On other screens a code means nothing.

    A receipt names no person, so it opens nothing by itself: it leads to the card, and there to its own case.
    """

    searched = Signal(str)

    def __init__(
        self,
        visit: VisitController,
        devices: Devices,
        cases: CasesController,
        licence: LicenceCode,
        verify: VerifyController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visit = visit
        self._cases = cases
        self._licence = licence
        self._verify = verify
        self._wanted = ""
        self._wedge: Wedge | None = None
        visit.wiped.connect(self._forget)
        cases.found.connect(self._open_wanted)
        devices.watch_codes(lambda code: visit.lanes.post(lambda: self.take(code)))

    def watch(self, window: QQuickWindow) -> None:
        """Take codes typed into this window, too."""
        self._wedge = Wedge(window, self._expected, lambda text: self.take(CodeRead(text)))

    def take(self, code: CodeRead) -> None:
        """Do what this code means on this screen."""
        if not self._expected():
            return
        text = code.text.strip()
        if self._licence.active:
            self._licence.take(text)
            return
        if self._visit.visit.state == VisitState.VERIFY:
            self._verify.check((text,))
        elif RECEIPT_MARK in text:
            self._visit.ask(lambda: self._visit.desk.verify_receipt(text), self._verified)
        elif self._visit.visit.state == VisitState.HOME and len(text) <= _LONGEST_QUERY:
            self._visit.ask(
                lambda: self._visit.desk.item(text), self._visit.choose_item, lambda error: self._no_item(text, error)
            )

    def _expected(self) -> bool:
        return self._licence.active or self._visit.visit.state in EXPECTED

    def _no_item(self, text: str, error: KioskError) -> None:
        if error.failure is Failure.ITEM_UNKNOWN and self._visit.visit.state == VisitState.HOME:
            self.searched.emit(text)
        else:
            self._visit.refused(error)

    def _verified(self, proof: ReceiptProof) -> None:
        if proof.verdict is not Verdict.GENUINE:
            self._visit.show_problem(_REFUSED[proof.verdict])
        elif self._visit.visit.state == VisitState.MY_CASES:
            self._cases.open(proof.submission_no)
        elif self._visit.visit.state == VisitState.HOME:
            self._visit.go("my_cases")
            self._wanted = proof.submission_no

    def _open_wanted(self) -> None:
        """The list of whoever laid down the card is there; a receipt of somebody else is not in it."""
        number = self._wanted
        if not number or self._visit.visit.state != VisitState.MY_CASES:
            return
        if self._cases.holds(number) or not self._cases.asking:
            self._wanted = ""
            self._cases.open(number)

    def _forget(self) -> None:
        self._wanted = ""
