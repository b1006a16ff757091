"""The desk's verbs for what is known already, and for one's own cases wherever they were handed in.

Verbs with an `on_told` return at once. It is called when the answer was taken over, with None, or with why there is
none; a visit that ended meanwhile has nothing to take it over into.
"""

from collections.abc import Mapping

from kiosk.desk import collecting, following, knowing
from kiosk.desk.asking import OnTold, ask
from kiosk.desk.ground import DeskGround
from kiosk.desk.knowing import Source
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.case import CaseSummary, Draft
from kiosk.model.inquiry import InquiryKind, InquiryReply


class KnowingDesk(DeskGround):
    """免提交 and 异地查询."""

    def agree(self, session: Session, *, reuse: bool) -> None:
        """The person agreed that what is held of them be looked up and used, or agreed to the matter alone."""
        knowing.agree(self._kit, session, yes=reuse)

    def look_up(self, session: Session, item_code: str, on_told: OnTold) -> bool:
        """Ask the platform for licences and facts this item may use; False where there is nothing to wait for.

        Raises:
            KioskError: `LINK_DOWN` without a way to ask, `IDENTITY_TOO_WEAK` where the applicant's chip was not read.
        """
        return knowing.look_up(self._kit, session, item_code, on_told)

    def use_known(self, session: Session) -> Draft:
        """Put to use what is held already: answers not given yet, materials not handed in yet."""
        draft = session.current()
        if draft.replaces is not None:
            return draft
        rules = self._rules(draft)
        known = knowing.filled(self._kit, session, draft, rules)
        if known is not draft:
            draft = self._save(session, known)
        with_materials = knowing.attached(self._kit, session, draft, rules, self.notice(session))
        return draft if with_materials is draft else self._save(session, with_materials)

    def sources(self, session: Session) -> Mapping[str, Source]:
        """Where answers that stand as they were filled in came from, by field."""
        draft = session.current()
        return knowing.sources(self._kit, session, draft, self._rules(draft))

    def show_licence(self, session: Session, material_id: str, member: str | None, code: str, on_told: OnTold) -> None:
        """Take a licence by the code a telephone shows: confirmed where there is a line, else kept as a claim.

        A code the platform does not know is refused; one nobody could be asked about stands as a claim, and says so.

        Raises:
            KioskError: `MATERIAL_UNKNOWN` where no licence is taken, `LICENCE_CODE_UNKNOWN` for text that is no code.
        """
        draft, place = session.current(), (material_id, member)
        rules = self._rules(draft)
        claimed = knowing.claim(self._kit, draft, rules, place, _licence_code(code))

        def take(reply: InquiryReply) -> None:
            now = session.current()
            self._save(session, knowing.proven(self._kit, now, rules, place, reply.licences[0]))

        def told(failure: Failure | None) -> None:
            if failure in _NO_LINE and not session.wiped:
                self._save(session, claimed)
                failure = None
            on_told(failure)

        if draft.applicant is None:
            raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")
        try:
            ask(
                self._kit,
                session,
                InquiryKind.CODE,
                draft.applicant,
                take,
                told,
                item=draft.item_code,
                subject=_licence_code(code),
            )
        except KioskError as error:
            if error.failure not in _NO_LINE | {Failure.IDENTITY_TOO_WEAK}:
                raise
            told(Failure.LINK_DOWN)

    def bring_myself(self, session: Session, material_id: str, member: str | None) -> Draft:
        """The person would rather hand in a material themselves than have the one that is held used."""
        draft = session.current()
        if collecting.find(draft, material_id, member) is None:
            raise KioskError(Failure.MATERIAL_UNKNOWN)
        knowing.decline(session, material_id, member)
        return self._save(session, collecting.without(draft, material_id, member))

    # One's own cases

    def my_cases(self, session: Session) -> tuple[CaseSummary, ...]:
        """Cases of the people identified in this visit, here and as far as the platform told of them."""
        return following.my_cases(self._kit, session)

    def look_for_cases(self, session: Session, on_told: OnTold) -> None:
        """Ask the platform for the cases of the person standing here, wherever they were handed in.

        Raises:
            KioskError: `LINK_DOWN`, `IDENTITY_TOO_WEAK`.
        """
        following.look_for_cases(self._kit, session, on_told)

    def fetch_paper(self, session: Session, submission_no: str, on_told: OnTold) -> bool:
        """Have the authority's paper of one's own case at hand; False where it is here already.

        Raises:
            KioskError: `CASE_UNKNOWN` for another's case, `LINK_DOWN`, `IDENTITY_TOO_WEAK`.
        """
        return following.fetch_paper(self._kit, session, submission_no, on_told)


_NO_LINE = frozenset(
    {
        Failure.LINK_DOWN,
        Failure.LINK_STALLED,
        Failure.LINK_BUSY,
        Failure.LINK_NOT_PLATFORM,
        Failure.LINK_REFUSED,
    }
)
"""Nobody could be asked; nothing speaks against the code."""

_MOST_CODE = 200


def _licence_code(text: str) -> str:
    """What a licence's code may look like: one short line without spaces.

    Raises:
        KioskError: `LICENCE_CODE_UNKNOWN`.
    """
    code = text.strip()
    if not code.startswith(knowing.CODE_MARK) or len(code) > _MOST_CODE or not code.isprintable() or " " in code:
        raise KioskError(Failure.LICENCE_CODE_UNKNOWN, reason="shape")
    return code
