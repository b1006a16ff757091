"""Reading feedback and answering it: the answer goes into the feed of the terminal that took it, sealed to it."""

import hmac
from datetime import timedelta
from typing import Final

from central import feed
from central.office import Office
from central.store import audit, events, feedback
from central.store.feedback import StoredFeedback
from kiosk.failure import Failure, KioskError
from kiosk.model.feedback import Feedback, FeedbackState, FeedbackSummary, read_feedback
from sync.wire.messages import ReplyBody

MOST_ANSWER: Final = 2000
_WRONG_TRY: Final = "feedback.wrong_try"
_MOST_TRIES: Final = 5
_TRIES_COUNT_FOR: Final = timedelta(days=1)


def listed(office: Office, *, unanswered: bool = False) -> tuple[StoredFeedback, ...]:
    """What was taken, those first that wait longest."""
    with office.store.read() as connection:
        return feedback.every(connection, unanswered=unanswered)


def opened(office: Office, number: str) -> tuple[StoredFeedback, Feedback]:
    """One with what it says.

    Raises:
        KioskError: `FEEDBACK_UNKNOWN`; `BLOB_DAMAGED` or `INTAKE_REFUSED` when it is no longer what was taken.
    """
    with office.store.read() as connection:
        found = feedback.find(connection, number)
        event = events.find(connection, found.terminal, found.event) if found else None
    if found is None or event is None:
        raise KioskError(Failure.FEEDBACK_UNKNOWN)
    return found, read_feedback(office.keys.open_record(event.payload, f"form/{event.event}"))


def told(office: Office, number: str, code: str, id_no: str) -> FeedbackSummary | None:
    """What became of one, for whoever knows its query code or tapped the card it was handed in with; else None.

    A code is soon guessed: after five wrong tries within a day it tells nobody for the rest of it. The card still does.
    """
    try:
        found, said = opened(office, number)
    except KioskError as error:
        if error.failure is Failure.FEEDBACK_UNKNOWN:
            return None
        raise
    by_card, by_code = _same(said.holder, id_no), _same(said.code, code)
    with office.store.write() as connection:
        since = office.now() - _TRIES_COUNT_FOR
        wrong = [one for one in audit.of_subject(connection, _WRONG_TRY, number) if one.at > since]
        if not (by_card or by_code):
            audit.note(connection, office.now(), _WRONG_TRY, number, audit.PLATFORM)
            return None
        if not by_card and len(wrong) >= _MOST_TRIES:
            return None
        reply = feed.newest_reply(office, connection, number)
    return FeedbackSummary(
        number=found.number,
        kind=said.kind,
        state=FeedbackState.ANSWERED if reply else FeedbackState.TAKEN,
        made_at=said.made_at,
        answer=reply.text if reply else "",
        answered_at=reply.at if reply else None,
    )


def _same(known: str, shown: str) -> bool:
    return known != "" and hmac.compare_digest(known.encode(), shown.encode())


def answer(office: Office, number: str, text: str, *, officer: str) -> int:
    """Answer; an answer given before is replaced at the terminal. How many answers that were.

    Raises:
        KioskError: `FEEDBACK_UNKNOWN`; `ANSWERS_INVALID` for nothing, or more than 2,000 characters.
    """
    said = text.strip()
    if not said or len(said) > MOST_ANSWER:
        raise KioskError(Failure.ANSWERS_INVALID, reason="length")
    now = office.now()
    with office.store.write() as connection:
        found = feedback.find(connection, number)
        if found is None:
            raise KioskError(Failure.FEEDBACK_UNKNOWN)
        sequence = found.sequence + 1
        feedback.answered(connection, number, sequence, now)
        feed.record_reply(office, connection, ReplyBody(found.terminal, number, sequence, now, said), officer=officer)
        audit.note(connection, now, "feedback.answered", number, officer, sequence=str(sequence))
    office.log.info("feedback.answered", number=number)
    return sequence
