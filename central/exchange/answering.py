"""The door of the exchange: one sealed question, one answer sealed to the visit that asked.

Who asks is an enrolled terminal, about whom is a person whose chip it read in this visit. The platform cannot see the
card; it holds the terminal to its word by the signature on the request and writes down what was asked for which item.
"""

from typing import Final

from sqlalchemy import Connection

from central import feed, feedback
from central.arranging import arranged_of, bill_of, book_again, free_slots
from central.exchange import holders, known, library
from central.office import Office
from central.store import audit, cases, decisions
from central.store import exchange as rows
from central.store.cases import Case
from central.store.terminals import Terminal
from kiosk.catalogue.item import ServiceItem
from kiosk.failure import KioskError
from kiosk.model.inquiry import (
    LEAST_ASSURANCE,
    CaseWord,
    Inquiry,
    InquiryKind,
    InquiryReply,
    decode_inquiry,
    encode_reply,
    question_context,
    reply_context,
)
from kiosk.seal import records
from kiosk.seal.suite import opened
from sync.wire.messages import DecisionBody

_KEY_BYTES = 32
_CONSENTED = frozenset({InquiryKind.KNOWN, InquiryKind.CODE})


def answer(office: Office, terminal: Terminal, sealed: bytes) -> bytes:
    """The sealed answer to a sealed question, in the suite of the question.

    Raises:
        KioskError: `BLOB_DAMAGED` or `INTAKE_REFUSED` for bytes that are no question of this terminal.
    """
    inquiry = decode_inquiry(office.keys.open_record(sealed, question_context(terminal.id)))
    refused = _refused(inquiry, terminal)
    reply = InquiryReply(inquiry.inquiry_id, office.now(), refused=refused)
    if not refused:
        reply = _OF_THEIR_OWN.get(inquiry.kind, _told)(office, inquiry)
    with office.store.write() as connection:
        audit.note(
            connection,
            office.now(),
            f"exchange.{inquiry.kind}",
            inquiry.about if inquiry.kind in _NAMING_A_CASE else inquiry.inquiry_id,
            terminal.id,
            item=inquiry.item,
            refused=reply.refused,
            agreed="" if inquiry.agreed_at is None else inquiry.agreed_at.isoformat(),
        )
    suite, _ = opened(sealed)
    return records.seal_record(encode_reply(reply), inquiry.visit_key, reply_context(inquiry.inquiry_id), suite)


def _refused(inquiry: Inquiry, terminal: Terminal) -> str:
    """Why nothing is told; empty when it may be."""
    if inquiry.terminal != terminal.id or len(inquiry.visit_key) != _KEY_BYTES:
        return "another_terminal"
    if inquiry.assurance < LEAST_ASSURANCE and not _by_query_code(inquiry):
        return "identity_too_weak"
    if inquiry.kind in _CONSENTED and inquiry.agreed_at is None:
        return "not_agreed"
    return ""


def _by_query_code(inquiry: Inquiry) -> bool:
    """Whoever has a slip may ask without being anybody; nothing is told of any person."""
    return inquiry.kind is InquiryKind.FEEDBACK and inquiry.code != "" and inquiry.id_no == ""


def _told(office: Office, inquiry: Inquiry) -> InquiryReply:
    now = office.now()
    with office.store.read() as connection:
        holder = holders.tag_of(connection, inquiry.id_no)
        if inquiry.kind is InquiryKind.CASES:
            words = tuple(
                _word(office, connection, case)
                for number in rows.numbers_of(connection, holder)
                if (case := cases.find(connection, number)) is not None
            )
            return InquiryReply(inquiry.inquiry_id, now, cases=words)
        if inquiry.kind in _OF_CASE:
            return _OF_CASE[inquiry.kind](office, connection, inquiry, holder)
        if inquiry.kind is InquiryKind.CODE:
            licence = library.by_code(office, connection, holder, inquiry.about, now)
            if licence is None:
                return InquiryReply(inquiry.inquiry_id, now, refused="code_unknown")
            return InquiryReply(inquiry.inquiry_id, now, licences=(licence,))
        return _for_item(office, connection, inquiry, holder)


def _booked(office: Office, inquiry: Inquiry) -> InquiryReply:
    """The one question that changes something; asked again, its answer is the same."""
    with office.store.write() as connection:
        holder = holders.tag_of(connection, inquiry.id_no)
        if inquiry.slot is None or inquiry.about not in rows.numbers_of(connection, holder):
            return InquiryReply(inquiry.inquiry_id, office.now(), refused="case_unknown")
        told = book_again(office, connection, inquiry.about, inquiry.slot)
    return InquiryReply(inquiry.inquiry_id, office.now(), arranged=told, refused="" if told else "nothing_to_book")


def _feedback(office: Office, inquiry: Inquiry) -> InquiryReply:
    found = feedback.told(office, inquiry.about, inquiry.code, inquiry.id_no)
    return InquiryReply(inquiry.inquiry_id, office.now(), feedback=found, refused="" if found else "feedback_unknown")


def _for_item(office: Office, connection: Connection, inquiry: Inquiry, holder: bytes) -> InquiryReply:
    now, item = office.now(), _item(office, inquiry.item)
    if item is None:
        return InquiryReply(inquiry.inquiry_id, now, refused="item_unknown")
    if inquiry.kind is InquiryKind.SLOTS:
        return InquiryReply(inquiry.inquiry_id, now, slots=free_slots(office, connection, item))
    licences = known.licences_for(office, connection, holder, item)
    facts = known.facts_for(office, connection, holder, item)
    return InquiryReply(inquiry.inquiry_id, now, licences=licences, facts=facts)


def _item(office: Office, code: str) -> ServiceItem | None:
    try:
        return office.catalogues.newest(code)
    except KioskError:
        return None


def _word(office: Office, connection: Connection, case: Case) -> CaseWord:
    body = _newest(office, connection, case.number)
    return CaseWord(
        submission_no=case.number,
        item_code=case.item,
        item_name=case.item_name,
        state=case.state,
        submitted_at=case.taken_at,
        sequence=case.sequence,
        acceptance_no=case.acceptance,
        reason=body.reason if body else "",
        correct=body.correct if body else (),
        arranged=arranged_of(connection, case.number),
        has_paper=_with_paper(office, connection, case.number) is not None,
    )


def _bill(office: Office, connection: Connection, inquiry: Inquiry, holder: bytes) -> InquiryReply:
    if inquiry.about not in rows.numbers_of(connection, holder):
        return InquiryReply(inquiry.inquiry_id, office.now(), refused="case_unknown")
    return InquiryReply(inquiry.inquiry_id, office.now(), bill=bill_of(office, connection, inquiry.about))


def _paper(office: Office, connection: Connection, inquiry: Inquiry, holder: bytes) -> InquiryReply:
    if inquiry.about not in rows.numbers_of(connection, holder):
        return InquiryReply(inquiry.inquiry_id, office.now(), refused="case_unknown")
    body = _with_paper(office, connection, inquiry.about)
    if body is None or body.paper is None:
        return InquiryReply(inquiry.inquiry_id, office.now(), refused="no_paper")
    return InquiryReply(inquiry.inquiry_id, office.now(), paper=body.paper, paper_signature=body.paper_signature)


_OF_CASE: Final = {InquiryKind.BILL: _bill, InquiryKind.PAPER: _paper}
"""Questions about one case of the person."""
_OF_THEIR_OWN: Final = {InquiryKind.BOOK: _booked, InquiryKind.FEEDBACK: _feedback}
"""Questions that write something down."""
_NAMING_A_CASE: Final = _OF_CASE.keys() | _OF_THEIR_OWN.keys()


def _newest(office: Office, connection: Connection, number: str) -> DecisionBody | None:
    said = decisions.of_case(connection, number)
    return feed.opened(office, number, said[-1].sequence, said[-1].sealed_body) if said else None


def _with_paper(office: Office, connection: Connection, number: str) -> DecisionBody | None:
    """The newest decision that brought a paper."""
    for said in reversed(decisions.of_case(connection, number)):
        body = feed.opened(office, number, said.sequence, said.sealed_body)
        if body.paper is not None:
            return body
    return None
