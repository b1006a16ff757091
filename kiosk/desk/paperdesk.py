"""The desk's verbs that print. Every paper has one original; every print after it says 补打 n."""

from datetime import date

import msgspec

from kiosk.desk import daysheet, following, openpapers, printing, telling
from kiosk.desk.ground import DeskGround
from kiosk.desk.printing import OnOutcome
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.forms.specimens import Specimen, specimens
from kiosk.guide.paper import guide_paper
from kiosk.identity.masking import mask_name
from kiosk.model.dayreport import DayReport
from kiosk.model.devices import PageSize
from kiosk.model.printing import OpenPaper, OpenPrint, edition_of
from kiosk.papers.content import MaterialListPaper, NoticePaper, SpecimenPaper
from kiosk.staffing import Right, demand


class PaperDesk(DeskGround):
    """Receipts, sheets and the authority's papers."""

    def print_receipt(self, session: Session, submission_no: str, size: PageSize | None, on_outcome: OnOutcome) -> None:
        """Print the newest receipt of a case; every print after the original says 补打 n.

        `size` None is whatever this terminal's printers take, here and below.

        Raises:
            KioskError: `CASE_UNKNOWN` for a case that is nobody's of this visit, also when the receipt was kept
                without its paper.
        """
        receipt = following.demand_receipt(self._kit, session, submission_no)
        printing.print_receipt(self._kit, receipt, size, on_outcome)

    def print_notice(self, session: Session, size: PageSize | None, on_outcome: OnOutcome) -> None:
        """Print the one-time sheet as it stands now."""
        draft, told = session.current(), self.notice(session)
        item = self.item(draft.item_code)
        masked = mask_name(draft.applicant.person.name) if draft.applicant else ""
        way = printing.way_of(self._kit, size)

        def make(copy: int) -> NoticePaper:
            head = printing.paper_head(self._kit, draft.operator, copy)
            return telling.notice_paper(head, draft, item, told, masked, way.size)

        edition = edition_of(msgspec.json.encode(told))
        printing.print_paper(self._kit, "notice", draft.case_id, make, on_outcome, way, edition)

    def print_signature_sheet(self, session: Session, on_outcome: OnOutcome) -> None:
        """Print the sheet for whoever cannot write: a fingerprint and a witness instead of a signature."""
        draft = session.current()
        item = self.item(draft.item_code)

        def draw(copy: int) -> bytes:
            return self._kit.press.draw(
                telling.sign_paper(printing.paper_head(self._kit, draft.operator, copy), draft, item)
            )

        printing.print_paper(self._kit, "signature", draft.case_id, draw, on_outcome)

    def print_material_list(self, item_code: str, on_outcome: OnOutcome) -> None:
        """Print what an item asks for. Everybody's copy is an original: nothing on it is anybody's."""
        item, way = self.item(item_code), printing.way_of(self._kit)

        def make(_copy: int) -> MaterialListPaper:
            return telling.list_paper(printing.paper_head(self._kit, None), item, way.size)

        printing.print_paper(self._kit, "list", item.code, make, on_outcome, way)

    def print_guide(self, item_code: str, on_outcome: OnOutcome) -> None:
        """Print the whole guide of an item. Nothing on it is anybody's, so no print of it is a copy."""
        item, way = self.item(item_code), printing.way_of(self._kit)
        paper = guide_paper(printing.paper_head(self._kit, None), item, way.size)
        printing.print_paper(self._kit, "guide", item.code, lambda _copy: paper, on_outcome, way)

    def specimens(self, item_code: str) -> tuple[Specimen, ...]:
        """Blank forms, filled samples and samples of results of an item."""
        return specimens(self.item(item_code))

    def print_specimen(self, item_code: str, specimen_id: str, on_outcome: OnOutcome) -> None:
        """Print one of an item's specimens. Nothing on it is anybody's, so no print of it is a copy.

        Raises:
            KioskError: `MATERIAL_UNKNOWN` when the item has no such specimen.
        """
        item, way = self.item(item_code), printing.way_of(self._kit)
        one = next((one for one in specimens(item) if one.id == specimen_id), None)
        if one is None:
            raise KioskError(Failure.MATERIAL_UNKNOWN)
        head = printing.paper_head(self._kit, None)
        paper = SpecimenPaper(head, item.name, one.title, one.kind, one.lines, one.text, way.size)
        printing.print_paper(self._kit, "specimen", f"{item.code}-{one.id}", lambda _copy: paper, on_outcome, way)

    def print_decision(self, session: Session, submission_no: str, on_outcome: OnOutcome) -> None:
        """Print the authority's paper exactly as it signed it, on A4."""
        paper = following.decision_paper(self._kit, session, submission_no)
        edition = edition_of(paper)
        printing.print_paper(self._kit, "decision", submission_no, lambda _: paper, on_outcome, edition=edition)

    def open_prints(self, session: Session, submission_no: str) -> tuple[OpenPrint, ...]:
        """Prints of a case that somebody has to look at: nothing of them is ever printed unasked.

        Raises:
            KioskError: `CASE_UNKNOWN` for a case that is nobody's of this visit.
        """
        following.demand_case(self._kit, session, submission_no)
        return self._kit.store.papers.open_ends(submission_no)

    # What staff see to

    def day_report(self, session: Session, day: date) -> DayReport:
        """The report of a day as things stand now.

        Raises:
            KioskError: `STAFF_FORBIDDEN` for who may not see it.
        """
        demand(session.operator, Right.REPORT_DAY)
        return daysheet.reckon(self._kit, day)

    def print_day_report(
        self, session: Session, report: DayReport, size: PageSize | None, on_outcome: OnOutcome
    ) -> None:
        """Print 日终核对单, with who asked for it.

        Raises:
            KioskError: `STAFF_FORBIDDEN` for who may not.
        """
        daysheet.print_sheet(self._kit, report, demand(session.operator, Right.REPORT_DAY), size, on_outcome)

    def open_papers(self, session: Session) -> tuple[OpenPaper, ...]:
        """Every print of this terminal that waits for a printer or whose end nobody knows, for staff alone."""
        return openpapers.listed(self._kit, session)

    def print_open(self, session: Session, entry: int, on_outcome: OnOutcome) -> None:
        """Print the receipt of an open print: as the original where none can have come out, else as 补打 n.

        One that staff did not find in the tray is settled so when the other has come out.
        """
        paper = openpapers.demand_again(self._kit, session, entry)
        ended = openpapers.settling(self._kit, session, paper, on_outcome)
        printing.print_receipt(self._kit, self._kit.store.cases.receipt(paper.submission_no), None, ended)

    def settle_print(self, session: Session, entry: int, *, printed: bool) -> None:
        """Staff looked into the tray: it came out, or it did not and need not any more."""
        openpapers.settle(self._kit, session, entry, printed=printed)
