"""The household's members: added by card or number, asked what the item asks of each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import ServiceItem
from kiosk.failure import KioskError
from kiosk.forms import CompiledForm, compile_form
from kiosk.identity.masking import mask_id_no, mask_name
from kiosk.model.case import Draft
from kiosk.model.people import IdCard, Member, Person, Relation
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.card import CardController
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.questions import QuestionRow, by_field, picked_value, question_row

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

RELATIONS = (
    Relation.SPOUSE,
    Relation.CHILD,
    Relation.PARENT,
    Relation.GRANDPARENT,
    Relation.GRANDCHILD,
    Relation.SIBLING,
    Relation.OTHER,
)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member, masked."""

    ref: str
    nameMasked: str
    idMasked: str
    relation: str


@QmlElement
class MembersController(QObject):
    """Phases: `list`, `relation`, `adding` (card or number), `asking` (the item's questions)."""

    changed = Signal()

    def __init__(self, visit: VisitController, card: CardController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._card = card
        self._phase = "list"
        self._members: tuple[Member, ...] = ()
        self._new: Member | None = None
        self._form: CompiledForm | None = None
        self._typed: dict[str, Any] = {}
        self._told = False
        self._relation = Relation.OTHER
        self._rows: Rows[MemberRow] = Rows(MemberRow, self)
        self._questions: Rows[QuestionRow] = Rows(QuestionRow, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)
        visit.preferences.languageChanged.connect(self._show)

    def _clear(self) -> None:
        self._members, self._new, self._form, self._typed = (), None, None, {}
        self._go("list")

    def _on_entered(self, state: str) -> None:
        if state == VisitState.MEMBERS:
            session = self._visit.session
            self._visit.ask_case(session.current, self._took)

    def _took(self, draft: Draft) -> None:
        self._members = draft.members
        self._new = None
        self._go("list")

    def _go(self, phase: str) -> None:
        self._phase = phase
        if phase != "adding":
            self._card.stop()
        self._show()

    def _show(self) -> None:
        self._rows.show(
            MemberRow(one.ref, mask_name(one.person.name), mask_id_no(one.person.id_no), str(one.relation))
            for one in self._members
        )
        self._questions.merge(self._question_rows(), lambda row: row.field)
        self.changed.emit()

    def _question_rows(self) -> list[QuestionRow]:
        form, language = self._form, self._visit.preferences.language
        if form is None or self._phase != "asking":
            return []
        problems = by_field(form.problems(self._typed)) if self._told else {}
        return [
            question_row(
                one,
                self._typed.get(one.name),
                self._typed[one.name] if isinstance(self._typed.get(one.name), str) and not one.choices else None,
                problems.get(one.name),
                known=False,
                language=language,
            )
            for one in form.shown(self._typed)
        ]

    def _item(self) -> ServiceItem | None:
        return self._visit.item

    # ---- adding

    @Slot()
    def add(self) -> None:
        """Begin with a further member."""
        self._visit.show_problem(None)
        self._go("relation")

    @Slot(str)
    def chooseRelation(self, relation: str) -> None:
        """What they are to the applicant."""
        self._relation = Relation(relation)
        self._go("adding")
        self._card.read(self._by_card, self._by_number)

    def _by_card(self, card: IdCard) -> None:
        self._begin(card.person())

    def _by_number(self, person: Person, _seen: bool) -> None:  # noqa: FBT001 - a callback of CardController
        self._begin(person)

    def _begin(self, person: Person) -> None:
        taken = {one.ref for one in self._members}
        ref = next(f"m{number}" for number in range(1, len(taken) + 2) if f"m{number}" not in taken)
        self._new = Member(ref, person, self._relation)
        item = self._item()
        form = next((form for form in item.forms if form.id == item.members.form_id), None) if item else None
        self._form = compile_form(form) if form else None
        self._typed, self._told = {}, False
        self._store((*self._members, self._new), self._added, self._card.refuse)

    def _added(self, draft: Draft) -> None:
        new = next((one for one in draft.members if self._new and one.ref == self._new.ref), None)
        self._members = draft.members
        if new is None or self._form is None:
            self._go("list")
            return
        self._new, self._typed = new, dict(new.answers)
        self._go("asking" if self._form.shown(self._typed) else "list")

    @Slot(str, str)
    def type(self, field: str, text: str) -> None:
        """Text is being typed."""
        self._typed[field] = text
        self._show()

    @Slot(str, list)
    def pick(self, field: str, places: list[int]) -> None:
        """Choices were made."""
        one = next((one for one in self._form.fields if one.name == field), None) if self._form else None
        if one is not None:
            self._typed[field] = picked_value(one, [int(place) for place in places])
            self._show()

    @Slot()
    def save(self) -> None:
        """Keep this member's answers, or say what is wrong with them."""
        new, form = self._new, self._form
        if new is None or form is None:
            return
        member = replace(new, answers=dict(self._typed))
        others = tuple(one for one in self._members if one.ref != new.ref)

        def stored(draft: Draft) -> None:
            kept = next((one for one in draft.members if one.ref == new.ref), member)
            self._members, self._told = draft.members, True
            if form.problems(kept.answers):
                self._show()
            else:
                self._go("list")

        self._store((*others, member), stored, self._visit.refused)

    @Slot()
    def cancel(self) -> None:
        """Back to the list; somebody only half added is taken out again."""
        new, self._new = self._new, None
        if self._phase == "asking" and new is not None:
            self.remove(new.ref)
        else:
            self._go("list")

    @Slot(str)
    def remove(self, ref: str) -> None:
        """Take one member out."""
        self._store(tuple(one for one in self._members if one.ref != ref), self._took, self._visit.refused)

    def _store(
        self, members: tuple[Member, ...], done: Callable[[Draft], None], failed: Callable[[KioskError], None]
    ) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.set_members(session, members), done, failed)

    @Slot()
    def finish(self) -> None:
        """These are all."""
        self._visit.step(VisitEvent.MEMBERS_DONE)

    # ---- for the screen

    @Property(str, notify=changed)
    def phase(self) -> str:
        """Which part of the screen is shown."""
        return self._phase

    @Property("QStringList", constant=True)  # type: ignore[arg-type] # a name only Qt has
    def relations(self) -> list[str]:
        """What members may be to the applicant."""
        return [str(relation) for relation in RELATIONS]

    @Property(Rows, constant=True)
    def rows(self) -> Rows[MemberRow]:
        """The members named so far."""
        return self._rows

    @Property(Rows, constant=True)
    def questions(self) -> Rows[QuestionRow]:
        """What is asked of the member being added."""
        return self._questions

    @Property(int, notify=changed)
    def least(self) -> int:
        """How many members the item needs."""
        item = self._item()
        return item.members.least if item else 0

    @Property(str, notify=changed)
    def note(self) -> str:
        """What the item says of members."""
        item = self._item()
        return item.members.note if item else ""

    @Property(bool, notify=changed)
    def enough(self) -> bool:
        """Whether enough members are named."""
        item = self._item()
        return item is not None and len(self._members) >= item.members.least

    @Property(bool, notify=changed)
    def room(self) -> bool:
        """Whether another member may be added."""
        item = self._item()
        return item is not None and len(self._members) < item.members.most
