"""What every part of the desk stands on: the ports, the catalogue, and the draft as the rules see it."""

from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.package import Head
from kiosk.catalogue.search import Hit
from kiosk.desk import drafting, keeping, telling
from kiosk.desk.browsing import Browser, Topic
from kiosk.desk.equipment import Equipment
from kiosk.desk.renewing import renewed
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.forms import CompiledForm
from kiosk.model.case import Draft
from kiosk.model.guide import GuideChange
from kiosk.model.notice import Notice
from kiosk.model.terminal import TerminalIdentity
from kiosk.rules import ItemRules
from kiosk.rules.entitlement import PlainQuestion, Suggestion, Told, next_question, suggestions


class DeskGround:
    """The catalogue's verbs, and what the others share."""

    def __init__(self, kit: Equipment) -> None:
        self._kit = kit
        self._browser = Browser(kit.store.shelf)
        self._wrong_codes: dict[str, int] = {}

    # The catalogue

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Items for a query in Chinese, pinyin, initials or by code, best first."""
        return self._browser.search(query, limit)

    def entries(self) -> tuple[Entry, ...]:
        """Every item that may be applied for, as light records."""
        return self._browser.entries()

    def popular(self) -> tuple[str, ...]:
        """Codes of the items that may be applied for, those done most often at this terminal first."""
        done = self._kit.store.cases.most_done()
        live = [entry.code for entry in self._browser.entries()]
        return (*(code for code in done if code in live), *(code for code in live if code not in done))

    def topics(self) -> tuple[Topic, ...]:
        """Themes with their items."""
        return self._browser.topics()

    def item(self, code: str) -> ServiceItem:
        """The whole guide of one item."""
        return self._browser.item(code)

    def rules(self, code: str) -> ItemRules:
        """The item with its expressions and forms compiled."""
        return self._browser.rules(code)

    def plain_question(self, told: Told) -> PlainQuestion | None:
        """What to ask next of somebody who wants to know what there is for them; None when enough was asked."""
        return next_question(self._browser.for_people(), told, self._kit.today())

    def may_get(self, told: Told) -> tuple[Suggestion, ...]:
        """What somebody may be entitled to after what they told, by the catalogue's own conditions. Nothing is kept."""
        return suggestions(self._browser.for_people(), told, self._kit.today())

    def catalogue(self) -> Head:
        """Version, date and title of the catalogue in use."""
        return self._kit.store.shelf.head()

    def identity(self) -> TerminalIdentity:
        """Which terminal this is."""
        return self._kit.store.settings.identity()

    @property
    def largest_file_bytes(self) -> int:
        """The largest file that may be handed in."""
        return self._kit.config.largest_file_bytes

    def notice(self, session: Session) -> Notice:
        """Everything that is missing, once."""
        draft = self._as_asked_now(session)
        return telling.sheet(self._kit, draft, self._rules(draft), self._to_correct(draft))

    def changes(self, session: Session) -> tuple[GuideChange, ...]:
        """What the guide asks otherwise since this draft was made by it; told until the draft is handed in."""
        return session.changes

    def _as_asked_now(self, session: Session) -> Draft:
        draft = session.current()
        now = renewed(self._kit, session, draft, self._rules(draft))
        return draft if now is draft else self._save(session, now)

    def _asked(self, draft: Draft) -> tuple[CompiledForm, ...]:
        return drafting.asked(self._kit, draft, self._rules(draft))

    def _rules(self, draft: Draft) -> ItemRules:
        return self._browser.rules(draft.item_code)

    def _to_correct(self, draft: Draft) -> tuple[str, ...] | None:
        if draft.replaces is None:
            return None
        try:
            return self._kit.store.cases.show(draft.replaces).correct
        except KioskError as error:
            if error.failure is not Failure.CASE_UNKNOWN:
                raise
            return draft.correct  # a case of another terminal: what the platform wanted when this was begun

    def _save(self, session: Session, draft: Draft) -> Draft:
        return keeping.save(self._kit, session, self.item(draft.item_code), draft)
