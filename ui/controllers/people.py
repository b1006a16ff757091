"""Who stands here, and for whom: holder of the card, agent or guardian, and the person they act for."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import ServiceItem
from kiosk.desk.desk import Desk
from kiosk.desk.session import Session
from kiosk.identity.masking import mask_name
from kiosk.model.case import DraftSummary
from kiosk.model.people import AgentKind, Applicant, Assurance, IdCard, Person, Relation
from kiosk.visit import VisitEvent, VisitState
from ui.asking import asks_of
from ui.controllers.card import CardController
from ui.controllers.visit import VisitController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

RELATIONS: dict[AgentKind, tuple[Relation, ...]] = {
    AgentKind.AGENT: (
        Relation.PARENT,
        Relation.SPOUSE,
        Relation.CHILD,
        Relation.GRANDPARENT,
        Relation.SIBLING,
        Relation.NEIGHBOUR,
        Relation.VILLAGE_STAFF,
        Relation.OTHER,
    ),
    AgentKind.GUARDIAN: (
        Relation.CHILD,
        Relation.GRANDCHILD,
        Relation.PARENT,
        Relation.SPOUSE,
        Relation.SIBLING,
        Relation.OTHER,
    ),
}
"""What the applicant may be to the one standing here, most likely first."""

INVERSE: dict[Relation, Relation] = {
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
    Relation.GRANDPARENT: Relation.GRANDCHILD,
    Relation.GRANDCHILD: Relation.GRANDPARENT,
}
"""People say what the other is to them; the record says what the agent is to the applicant."""


@QmlElement
class PeopleController(QObject):
    """The roles of this visit. Names are shown masked."""

    changed = Signal()

    def __init__(self, visit: VisitController, card: CardController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._card = card
        self._holder = ""
        self._kind = AgentKind.AGENT
        self._relation: Relation | None = None
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._holder, self._relation = "", None
        self.changed.emit()

    def _on_entered(self, state: str) -> None:
        if state in {VisitState.CARD, VisitState.CASES_CARD, VisitState.FEEDBACK_CARD}:
            self._card.read(self._identify, self._state)
        elif state == VisitState.OTHER:
            self.chooseRelation("")

    # ---- the holder

    def _identify(self, card: IdCard) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(
            lambda: (desk.identify(session, card), desk.kept(session)),
            lambda known: self._known(VisitEvent.CARD_READ, *known),
            self._card.refuse,
        )

    def _state(self, person: Person, seen: bool) -> None:  # noqa: FBT001 - a callback of CardController
        session, desk = self._visit.session, self._visit.desk
        assurance = Assurance.PAPER_SEEN if seen else Assurance.STATED
        self._visit.ask(
            lambda: (desk.state_identity(session, person, assurance), desk.kept(session)),
            lambda known: self._known(VisitEvent.IDENTITY_STATED, *known),
            self._card.refuse,
        )

    def _known(self, event: VisitEvent, applicant: Applicant, kept: tuple[DraftSummary, ...]) -> None:
        self._holder = mask_name(applicant.person.name)
        self.changed.emit()
        item = self._visit.item
        if item is None:
            self._visit.step(event)
            return
        again = any(draft.item_code == item.code for draft in kept)
        self._visit.step(event, asks=asks_of(item, kept=again))

    # ---- for whom

    @Slot()
    def forMyself(self) -> None:
        """The holder applies for themselves."""
        session, desk = self._visit.session, self._visit.desk

        def myself() -> None:
            if session.agent is not None and session.card is not None:
                desk.identify(session, session.card)

        self._visit.ask(myself, lambda _: self._visit.step(VisitEvent.FOR_MYSELF))

    @Slot(str)
    def forOther(self, kind: str) -> None:
        """The holder acts for another: `agent` by mandate, `guardian` by law."""
        self._kind = AgentKind(kind)
        self._visit.step(VisitEvent.FOR_OTHER)

    @Slot(str)
    def chooseRelation(self, relation: str) -> None:
        """What the other is to the holder; empty to choose anew."""
        self._card.stop()
        self._visit.show_problem(None)
        self._relation = Relation(relation) if relation else None
        self.changed.emit()
        if self._relation is not None:
            self._card.read(self._identify_other, self._state_other)

    def _identify_other(self, card: IdCard) -> None:
        session, desk, kind, relation, powers = self._mandate()
        self._visit.ask(
            lambda: desk.identify_other(session, card, kind, relation, powers), self._other_known, self._card.refuse
        )

    def _state_other(self, person: Person, _seen: bool) -> None:  # noqa: FBT001 - a callback of CardController
        session, desk, kind, relation, powers = self._mandate()
        self._visit.ask(
            lambda: desk.state_other(session, person, kind, relation, powers), self._other_known, self._card.refuse
        )

    def _other_known(self, _applicant: Applicant) -> None:
        self._visit.step(VisitEvent.OTHER_IDENTIFIED)

    def _mandate(self) -> tuple[Session, Desk, AgentKind, Relation, tuple[str, ...]]:
        relation = self._relation or Relation.OTHER
        relation = Relation.GUARDIAN if self._kind is AgentKind.GUARDIAN else INVERSE.get(relation, relation)
        return self._visit.session, self._visit.desk, self._kind, relation, self._powers()

    def _powers(self) -> tuple[str, ...]:
        item = self._visit.item
        return item.agent.powers if item and self._kind is AgentKind.AGENT else ()

    def _item_allows(self, item: ServiceItem | None, kind: AgentKind) -> bool:
        if item is None:
            return False
        return item.agent.agent if kind is AgentKind.AGENT else item.agent.guardian

    @Property(str, notify=changed)
    def holderMasked(self) -> str:
        """Masked name of the one standing here."""
        return self._holder

    @Property(bool, notify=changed)
    def agentAllowed(self) -> bool:
        """Whether the item takes an agent."""
        return self._item_allows(self._visit.item, AgentKind.AGENT)

    @Property(bool, notify=changed)
    def guardianAllowed(self) -> bool:
        """Whether the item takes a guardian."""
        return self._item_allows(self._visit.item, AgentKind.GUARDIAN)

    @Property(str, notify=changed)
    def kind(self) -> str:
        """`agent` or `guardian`."""
        return str(self._kind)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def relations(self) -> list[str]:
        """What the other may be to the holder."""
        return [str(relation) for relation in RELATIONS[self._kind]]

    @Property(str, notify=changed)
    def relation(self) -> str:
        """What the other is, empty while not chosen."""
        return str(self._relation) if self._relation else ""

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def powers(self) -> list[str]:
        """What the mandate allows, item by item."""
        return list(self._powers())
