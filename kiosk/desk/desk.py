"""The desk (柜台): every verb of a visit. Read `docs/architecture.md` first, then this.

All verbs are synchronous, run in the lane that owns the store, and raise `KioskError`. The visit's own memory is the
`Session` each of them takes; the desk itself remembers nobody.
"""

from collections.abc import Sequence
from datetime import date, datetime

from kiosk.calendar import add_working_days, deliver_by
from kiosk.catalogue.item import ServiceItem
from kiosk.desk import collecting, drafting, following, identifying, keeping, submitting, telling
from kiosk.desk.arrangingdesk import ArrangingDesk
from kiosk.desk.boarddesk import BoardDesk
from kiosk.desk.collecting import File
from kiosk.desk.drafting import FormView
from kiosk.desk.feedbackdesk import FeedbackDesk
from kiosk.desk.knowingdesk import KnowingDesk
from kiosk.desk.paperdesk import PaperDesk
from kiosk.desk.session import Session
from kiosk.desk.staffdesk import StaffDesk
from kiosk.desk.telling import MaterialView, ReadBack
from kiosk.failure import Failure, KioskError
from kiosk.forms import FieldProblem
from kiosk.model.case import (
    Channel,
    Draft,
    DraftSummary,
    Material,
    MaterialSource,
    Receipt,
    Signature,
)
from kiosk.model.people import AgentKind, Applicant, Assurance, IdCard, Member, Person, Relation
from kiosk.model.terminal import DeviceStatus, LineStatus
from kiosk.model.values import JsonObject
from kiosk.receipts import ReceiptProof, verify_receipt
from kiosk.staffing import Right, demand
from kiosk.words import Language


class Desk(PaperDesk, KnowingDesk, BoardDesk, FeedbackDesk, ArrangingDesk, StaffDesk):
    """The verbs of one terminal's desk."""

    # Who stands here

    def open_session(self) -> Session:
        """A fresh visit."""
        return Session()

    def identify(self, session: Session, card: IdCard) -> Applicant:
        """The holder of this card stands here."""
        return identifying.identify(self._kit, session, card)

    def identify_other(
        self, session: Session, card: IdCard, kind: AgentKind, relation: Relation, powers: tuple[str, ...] = ()
    ) -> Applicant:
        """Who stands here acts for the holder of this card."""
        return identifying.identify_other(self._kit, session, card, kind, relation, powers)

    def state_identity(self, session: Session, person: Person, assurance: Assurance) -> Applicant:
        """A person without a chip."""
        return identifying.state_identity(self._kit, session, person, assurance)

    def state_other(
        self, session: Session, person: Person, kind: AgentKind, relation: Relation, powers: tuple[str, ...] = ()
    ) -> Applicant:
        """Who stands here acts for somebody whose card is not here."""
        return identifying.state_other(self._kit, session, person, kind, relation, powers)

    # The draft

    def open_case(self, session: Session, item_code: str, channel: Channel | None = None) -> Draft:
        """Begin an application; what is known is filled in. The channel follows from who stands here.

        Raises:
            KioskError: `STAFF_FORBIDDEN` for a role that takes no cases; `TERMINAL_STOPPED`; `ITEM_UNKNOWN` and others
                of the item.
        """
        demand_taker(session)
        if (why := self._kit.store.settings.stopped()) is not None:
            raise KioskError(Failure.TERMINAL_STOPPED, reason=why)
        rules = self._browser.rules(item_code)
        channel = channel or (Channel.STAFF if session.operator else Channel.TERMINAL)
        return self._save(session, drafting.open_draft(self._kit, session, rules, channel))

    def choose(self, session: Session, scenario_id: str, choice_id: str) -> Draft:
        """Answer one scenario question."""
        draft = session.current()
        return self._save(session, drafting.choose(draft, self.item(draft.item_code), scenario_id, choice_id))

    def set_members(self, session: Session, members: Sequence[Member]) -> Draft:
        """Name the household's members."""
        draft = session.current()
        return self._save(session, drafting.set_members(self._kit, draft, self._rules(draft), members))

    def form(self, session: Session) -> FormView:
        """The form as far as it is filled; of a correction, what the authority wants corrected."""
        draft = session.current()
        view, wanted = drafting.form_view(draft, self._asked(draft)), self._to_correct(draft)
        return view if wanted is None else drafting.part_view(view, wanted)

    def answer(self, session: Session, answers: JsonObject) -> tuple[FieldProblem, ...]:
        """Take answers; everything still wrong comes back."""
        draft, problems = drafting.answer(self._kit, session.current(), self._rules(session.current()), answers)
        self._save(session, draft)
        session.declined |= {("answer", name) for name in answers if name not in draft.answers}
        if draft.replaces is None:
            return problems
        unreadable = tuple(problem for problem in problems if problem.field not in draft.answers)
        wanted = {one.name for one in self.form(session).fields}
        return tuple(problem for problem in unreadable if problem.field in wanted)

    def confirm_condition(self, session: Session, condition_id: str, *, yes: bool = True) -> Draft:
        """The person read a condition and says it is so."""
        draft = session.current()
        return self._save(session, drafting.confirm(draft, self.item(draft.item_code), condition_id, yes=yes))

    def keep(self, session: Session) -> DraftSummary:
        """Keep the draft for some days: the same card or login brings it back."""
        return keeping.keep(self._kit, session, self.item(session.current().item_code))

    def kept(self, session: Session) -> tuple[DraftSummary, ...]:
        """What this card or login may go on with."""
        return keeping.kept(self._kit, session)

    def resume(self, session: Session, case_id: str) -> Draft:
        """Go on with a kept draft, as the guide in force asks it; one that was withdrawn meanwhile stays kept.

        Raises:
            KioskError: `ITEM_WITHDRAWN`, `ITEM_UNKNOWN`, and what opening it raises.
        """
        demand_taker(session)
        draft = keeping.resume(self._kit, session, case_id)
        try:
            drafting.demand_open(self._kit, self.item(draft.item_code))
        except KioskError:
            session.lay_aside()
            raise
        return self._as_asked_now(session)

    def cancel(self, session: Session) -> None:
        """Throw the draft away for good."""
        keeping.discard(self._kit, session)

    # Materials

    def materials(self, session: Session) -> tuple[MaterialView, ...]:
        """Every material asked for, with what is at hand."""
        draft = session.current()
        return telling.material_views(draft, self._rules(draft), self.notice(session))

    def add_pages(
        self,
        session: Session,
        material_id: str,
        member: str | None,
        files: Sequence[File],
        source: MaterialSource = MaterialSource.SCAN,
        *,
        original_seen: bool = False,
    ) -> Material:
        """Add pages; they are sealed and durable when this returns."""
        item = self.item(session.current().item_code)
        draft = collecting.add_files(
            self._kit, session, item, material_id, member, files, source, original_seen=original_seen
        )
        self._save(session, draft)
        return _found(draft, material_id, member)

    def page(self, session: Session, material_id: str, member: str | None, index: int) -> File:
        """Look at one page again while it is a draft."""
        return collecting.page(self._kit, session, material_id, member, index)

    def remove_page(self, session: Session, material_id: str, member: str | None, index: int) -> Draft:
        """Take one page out."""
        return self._save(session, collecting.remove_page(session, material_id, member, index))

    def move_page(self, session: Session, material_id: str, member: str | None, index: int, to: int) -> Draft:
        """Put one page elsewhere."""
        return self._save(session, collecting.move_page(session, material_id, member, index, to))

    def pledge(self, session: Session, material_id: str, member: str | None) -> Material:
        """Promise a material that may follow."""
        item = self.item(session.current().item_code)
        draft = collecting.pledge(self._kit, session, item, material_id, member)
        self._save(session, draft)
        return _found(draft, material_id, member)

    def take_back(self, session: Session, material_id: str, member: str | None) -> Draft:
        """Take a material or a promise back."""
        return self._save(session, collecting.take_back(session, material_id, member))

    # Handing in

    def sign(self, session: Session, signature: Signature) -> Draft:
        """Sign by hand."""
        return self._save(session, submitting.sign(session, signature))

    def sign_on_paper(self, session: Session, files: Sequence[File]) -> Draft:
        """Sign with a fingerprint and a witness on the printed sheet, scanned."""
        return self._save(session, collecting.sign_on_paper(self._kit, session, files))

    def readback(self, session: Session, language: Language = "zh") -> ReadBack:
        """Everything once more, before it is handed in."""
        draft = session.current()
        rules, shown = self._rules(draft), submitting.handed_in(self._kit, draft, self._rules(draft))
        due = telling.due_lines(self.charges(session))
        return telling.read_back(shown, rules, self.notice(session), self._asked(draft), language, due)

    def submit(self, session: Session, ref: tuple[str, bytes] | None = None) -> Receipt:
        """Take the case: after this nothing can be lost.

        Raises:
            KioskError: `ITEM_CHANGED` where a newer guide came since the sheet was read, and what stands in the way.
        """
        demand_taker(session)
        draft = session.current()
        if self._as_asked_now(session) is not draft:
            raise KioskError(Failure.ITEM_CHANGED)
        rules = self._rules(draft)
        handover = submitting.Handover(rules, self.notice(session), self.must_arrive_by(rules.item), ref)
        return submitting.submit(self._kit, session, handover)

    def must_arrive_by(self, item: ServiceItem) -> date:
        """The last day on which the platform must have a case of this item taken now."""
        holidays = self._kit.store.shelf.holidays()
        legal = deliver_by(self._kit.now(), item.receipt_rule, holidays)
        own = add_working_days(self._kit.today(), self._kit.config.deliver_within_days, holidays).day
        return min(legal.day, own) if legal else own

    # Afterwards

    def delivered(self, submission_no: str) -> bool:
        """Whether the platform has acknowledged the whole case.

        Raises:
            KioskError: `CASE_UNKNOWN`.
        """
        return not self._kit.store.cases.show(submission_no).pending

    def open_amendment(self, session: Session, submission_no: str) -> Draft:
        """Begin a correction under the same number."""
        demand_taker(session)
        summary = following.demand_case(self._kit, session, submission_no)
        rules = self._browser.rules(summary.item_code)
        return self._save(session, following.open_amendment(self._kit, session, summary, rules))

    def rate(self, submission_no: str | None, satisfaction: int, tags: tuple[str, ...] = ()) -> None:
        """Rate the contact (好差评)."""
        following.rate(self._kit, submission_no, satisfaction, tags)

    def verify_receipt(self, text: str) -> ReceiptProof:
        """Check a receipt's code with no network."""
        return verify_receipt(text, [self.identity().root_key])

    # The state of things

    def now(self) -> datetime:
        """This instant in UTC, by the terminal's clock."""
        return self._kit.now()

    def line_status(self) -> LineStatus:
        """The truth about what is still here."""
        return self._kit.line.status()

    def device_status(self) -> tuple[DeviceStatus, ...]:
        """Every device as its host last saw it."""
        return self._kit.devices.status() if self._kit.devices else ()


def demand_taker(session: Session) -> None:
    """Staff at the keyboard must be of a role that takes cases; a resident needs none.

    Raises:
        KioskError: `STAFF_FORBIDDEN`.
    """
    if session.operator is not None:
        demand(session.operator, Right.TAKE_CASES)


def _found(draft: Draft, material_id: str, member: str | None) -> Material:
    material = collecting.find(draft, material_id, member)
    if material is None:
        raise KioskError(Failure.MATERIAL_UNKNOWN)
    return material
