"""Asking the platform while somebody stands here. The question is sealed, the answer opens with this visit's key alone.

Nothing waits for the answer: the verb returns, and what came is taken over in the lane that owns the store. A visit
that has ended meanwhile cannot open it any more.
"""

import secrets
from collections.abc import Callable

from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.afterwards import Slot
from kiosk.model.inquiry import (
    LEAST_ASSURANCE,
    Inquiry,
    InquiryKind,
    InquiryReply,
    decode_reply,
    encode_inquiry,
    question_context,
    reply_context,
)
from kiosk.model.people import Agent, Applicant, Assurance, IdType, Person
from kiosk.seal import keys, records

OnTold = Callable[[Failure | None], None]
"""Called in the lane's thread or another one: None once the answer is taken over, else why there is none."""

_REFUSALS = {
    "identity_too_weak": Failure.IDENTITY_TOO_WEAK,
    "case_unknown": Failure.CASE_UNKNOWN,
    "no_paper": Failure.CASE_UNKNOWN,
    "code_unknown": Failure.LICENCE_CODE_UNKNOWN,
    "item_unknown": Failure.ITEM_WITHDRAWN,
    "nothing_to_book": Failure.CASE_CLOSED,
    "feedback_unknown": Failure.FEEDBACK_UNKNOWN,
}
_NOBODY = Person(IdType.RESIDENT_ID, "", "")


def ask(
    kit: Equipment,
    session: Session,
    kind: InquiryKind,
    about: Applicant | Agent | None,
    take: Callable[[InquiryReply], None],
    on_told: OnTold,
    *,
    item: str = "",
    subject: str = "",
    slot: Slot | None = None,
    code: str = "",
) -> None:
    """Ask about a person whose chip was read in this visit, or with a query code about nobody; `take` gets the answer.

    Whoever shows a licence's code agrees by showing it.

    Raises:
        KioskError: `LINK_DOWN` where this desk has no way to ask, `IDENTITY_TOO_WEAK` about anybody else.
    """
    if kit.exchange is None:
        raise KioskError(Failure.LINK_DOWN, reason="no_exchange")
    if about is not None and about.assurance < LEAST_ASSURANCE:
        raise KioskError(Failure.IDENTITY_TOO_WEAK)
    person = about.person if about is not None else _NOBODY
    identity, private = kit.store.settings.identity(), session.reply_key()
    inquiry = Inquiry(
        inquiry_id=secrets.token_hex(16),
        terminal=identity.terminal,
        kind=kind,
        visit_key=keys.sealing_public(private),
        id_type=person.id_type,
        id_no=person.id_no,
        name=person.name,
        assurance=about.assurance if about is not None else Assurance.STATED,
        asked_at=kit.now(),
        agreed_at=kit.now() if kind is InquiryKind.CODE else session.agreed_at,
        item=item,
        about=subject,
        slot=slot,
        code=code,
    )
    context = question_context(identity.terminal)
    sealed = records.seal_record(encode_inquiry(inquiry), identity.platform_key, context, kit.suite)

    def answered(answer: bytes | Failure) -> None:
        kit.in_lane(lambda: on_told(_taken(session, inquiry.inquiry_id, answer, take)))

    kit.exchange.ask(sealed, answered)


def _taken(
    session: Session, inquiry_id: str, answer: bytes | Failure, take: Callable[[InquiryReply], None]
) -> Failure | None:
    if isinstance(answer, Failure):
        return answer
    try:
        plain = records.open_record(answer, session.reply_key(), reply_context(inquiry_id))
        reply = decode_reply(plain)
        if reply.inquiry_id != inquiry_id:
            return Failure.RECORD_NOT_GENUINE
        if reply.refused:
            return _REFUSALS.get(reply.refused, Failure.INTAKE_REFUSED)
        take(reply)
    except KioskError as error:
        return error.failure
    return None
