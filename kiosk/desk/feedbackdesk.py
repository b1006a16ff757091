"""The desk's verbs for whoever has something to say: a guide is wrong, a complaint, a suggestion."""

import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import msgspec

from kiosk import numbers
from kiosk.desk import following, printing
from kiosk.desk.asking import OnTold, ask
from kiosk.desk.ground import DeskGround
from kiosk.desk.printing import OnOutcome
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.feedback import CODE_DIGITS, Feedback, FeedbackKind, FeedbackSummary, NewFeedback, code_tag
from kiosk.model.inquiry import InquiryKind, InquiryReply
from kiosk.papers.content import SlipPaper
from kiosk.seal import records

MOST_TEXT: Final = 1000
MOST_CONTACT: Final = 80
_TRIES: Final = 5
_TO_DAY, _TO_COUNTER = 7, 15
"""Where day and counter of a number begin, dashes aside: an old hand need not look for the dash among the signs."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What the person takes home. `by_card` says that the card tapped in this visit finds it, too."""

    number: str
    code: str = field(repr=False)
    kind: FeedbackKind
    item_name: str
    made_at: datetime
    clock_trusted: bool
    by_card: bool


class FeedbackDesk(DeskGround):
    """Taking feedback, and telling what was answered. The desk remembers wrong tries until it is made anew."""

    def give_feedback(
        self,
        session: Session,
        kind: FeedbackKind,
        text: str,
        *,
        item_code: str = "",
        section: str = "",
        contact: str = "",
    ) -> Slip:
        """Take it: number and query code at once, sealed to the platform, durable when this returns.

        Raises:
            KioskError: `ANSWERS_INVALID` for no text or too long a text; `STORE_FULL`, `NOT_PROVISIONED`.
        """
        text, contact = text.strip(), contact.strip()
        if not 0 < len(text) <= MOST_TEXT or len(contact) > MOST_CONTACT:
            raise KioskError(Failure.ANSWERS_INVALID, first="text")
        kit, identity = self._kit, self._kit.store.settings.identity()
        item = self.item(item_code) if item_code else None
        event_id, code = secrets.token_hex(16), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        now, trusted = kit.now(), kit.clock.trusted()
        owners = following.proven(kit, session)[:1]
        holder = next((one.person.id_no for one in following.proven_people(session)), "")

        def build(counter: int) -> NewFeedback:
            number = numbers.submission_no(identity.terminal, identity.epoch, kit.trusted_today(), counter)
            version = item.version if item else 0
            said = Feedback(number, kind, text, now, item_code, version, section, contact, code, holder)
            payload = records.seal_record(
                msgspec.json.encode(said), identity.platform_key, f"form/{event_id}", kit.suite
            )
            return NewFeedback(
                event_id,
                number,
                kind,
                payload,
                now,
                trusted,
                code_tag(kit.store.provider_secret, number, code),
                item_code,
                version,
                item.name if item else "",
                owners[0] if owners else None,
            )

        new = kit.store.feedback.submit(build)
        kit.line.wake()
        return Slip(new.number, code, kind, new.item_name, now, trusted, bool(owners))

    def ask_feedback(self, number: str, code: str) -> FeedbackSummary:
        """What became of it, for whoever knows number and query code.

        Raises:
            KioskError: `FEEDBACK_UNKNOWN` for a wrong number or code, and for any code after five wrong ones: a
                number is soon guessed, and nobody may guess the code besides.
        """
        found = self._kit.store.feedback.show(_parsed(number))
        tries = self._wrong_codes.get(found.number, 0)
        tag = code_tag(self._kit.store.provider_secret, found.number, "".join(code.split()))
        if tries >= _TRIES or not hmac.compare_digest(tag, found.code_tag):
            self._wrong_codes[found.number] = tries + 1
            raise KioskError(Failure.FEEDBACK_UNKNOWN, reason="code")
        return replace(found, code_tag=b"")

    def is_from_here(self, number: str) -> bool:
        """Whether a number is of this terminal, however it was typed; a counter alone always is.

        Raises:
            KioskError: `FEEDBACK_UNKNOWN` for what is no number.
        """
        counter = number.strip().isdecimal()
        return counter or numbers.parse(_parsed(number)).terminal == self._kit.store.settings.identity().terminal

    def look_for_feedback(self, session: Session, number: str, code: str, on_told: OnTold) -> None:
        """Ask the platform about one that was handed in elsewhere, by query code or, with none, by the card tapped.

        Raises:
            KioskError: `FEEDBACK_UNKNOWN` for what is no number; `IDENTITY_INVALID` with neither code nor card;
                `LINK_DOWN`, `IDENTITY_TOO_WEAK`.
        """
        whole, code = _parsed(number), "".join(code.split())
        here = None if code else next(iter(following.proven_people(session)), session.agent or session.applicant)
        if not code and here is None:
            raise KioskError(Failure.IDENTITY_INVALID, reason="nobody")

        def take(reply: InquiryReply) -> None:
            session.feedback = reply.feedback

        ask(self._kit, session, InquiryKind.FEEDBACK, here, take, on_told, subject=whole, code=code)

    def told_feedback(self, session: Session) -> FeedbackSummary | None:
        """What the platform told this visit of it."""
        return session.feedback

    def my_feedback(self, session: Session) -> tuple[FeedbackSummary, ...]:
        """What was handed in here after this person's card was tapped, newest first; nothing without a chip."""
        owners = following.proven(self._kit, session)
        return tuple(one for owner in owners for one in self._kit.store.feedback.owned_by(owner))

    def print_slip(self, slip: Slip, on_outcome: OnOutcome) -> None:
        """Print the slip; every print after the original says 补打 n."""
        way = printing.way_of(self._kit, short=True)

        def make(copy: int) -> SlipPaper:
            head = printing.paper_head(self._kit, None, copy)
            what = (slip.number, slip.code, slip.kind, slip.item_name, slip.made_at, slip.clock_trusted)
            return SlipPaper(head, way.size, *what)

        printing.print_paper(self._kit, "slip", slip.number, make, on_outcome, way)


def _parsed(number: str) -> str:
    """The number as it stands in the book, however it was typed; its counter alone will do."""
    if number.strip().isdecimal():
        return number.strip()
    bare = "".join(number.split()).replace("-", "")
    try:
        parts = numbers.parse(f"{bare[:_TO_DAY]}-{bare[_TO_DAY:_TO_COUNTER]}-{bare[_TO_COUNTER:-1]}-{bare[-1:]}")
    except KioskError as error:
        raise KioskError(Failure.FEEDBACK_UNKNOWN, reason="number") from error
    return numbers.submission_no(parts.terminal, parts.epoch, parts.day, parts.counter)
