"""The list of materials: what is asked for, what is here or held already, what need not be handed in."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.telling import MaterialView
from ui.controllers.visit import VisitController
from ui.material_rows import MaterialRow, SettledRow, key_of, needs_nothing, row_of, settled_of
from ui.models import Rows
from ui.wording import catalogue_name

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MaterialList(QObject):
    """What the list and the head of an opened material say. `MaterialsController` fills it and works on the pages.

    `look` has the desk asked anew after something was changed here.
    """

    changed = Signal()

    def __init__(self, visit: VisitController, look: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._look = look
        self._all: tuple[MaterialView, ...] = ()
        self._views: tuple[MaterialView, ...] = ()
        self._rows: Rows[MaterialRow] = Rows(MaterialRow, self)
        self._settled: Rows[SettledRow] = Rows(SettledRow, self)
        self._open = ""
        visit.preferences.languageChanged.connect(lambda: self.show(self._all))

    def show(self, views: tuple[MaterialView, ...]) -> None:
        """Show these: what is asked for, and below it what nobody need hand in."""
        self._all = views
        self._views = tuple(view for view in views if not needs_nothing(view))
        language = self._visit.preferences.language
        self._rows.merge([row_of(view, language) for view in self._views], lambda row: row.key)
        self._settled.show(settled_of(view, language) for view in views if needs_nothing(view))
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything."""
        self._open = ""
        self.show(())

    @property
    def nothing_asked(self) -> bool:
        """Whether nothing has to be handed in, may be, or was."""
        return not self._rows.rows

    @property
    def empty(self) -> bool:
        """Whether there is nothing to forget."""
        return not (self._rows.rows or self._settled.rows)

    def open(self, key: str) -> None:
        """This one is worked on; empty for none."""
        self._open = key
        self.changed.emit()

    def view(self) -> MaterialView | None:
        """The material being worked on."""
        return self._named(self._open)

    def _named(self, key: str) -> MaterialView | None:
        return next((view for view in self._views if key_of(view) == key), None)

    def place(self) -> tuple[str, str | None]:
        """Its id and its member."""
        material, _, member = self._open.partition("/")
        return material, member or None

    @Property(Rows, constant=True)
    def rows(self) -> Rows[MaterialRow]:
        """Everything asked for."""
        return self._rows

    @Property(int, notify=changed)
    def missing(self) -> int:
        """How many still stop the case."""
        return sum(1 for row in self._rows.rows if row.standing == "missing" and not row.optional)

    @Property(Rows, constant=True)
    def settled(self) -> Rows[SettledRow]:
        """What nobody need hand in, and why."""
        return self._settled

    def next(self) -> str:
        """The next material that is missing, behind the open one."""
        rows = [row for row in self._rows.rows if row.standing == "missing" and not row.optional]
        return next((row.key for row in rows if row.key != self._open), "")

    @Property(str, notify=changed)
    def nextName(self) -> str:
        """Name of the next material that is missing; empty when the open one was the last."""
        view = self._named(self.next())
        return self._name(view) if view else ""

    def _name(self, view: MaterialView) -> str:
        return catalogue_name(view.rule.name, view.rule.name_en, self._visit.preferences.language)

    @Slot(str)
    def bringMyself(self, key: str) -> None:
        """Rather hand it in than have the one that is held used."""
        material, _, member = key.partition("/")
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.bring_myself(session, material, member or None), lambda _: self._look())

    @Slot(str)
    def pledge(self, key: str) -> None:
        """Promise it for later."""
        material, _, member = key.partition("/")
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.pledge(session, material, member or None), lambda _: self._look())

    @Slot(str)
    def takeBack(self, key: str) -> None:
        """Take a promise back."""
        material, _, member = key.partition("/")
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.take_back(session, material, member or None), lambda _: self._look())

    @Property(str, notify=changed)
    def openKey(self) -> str:
        """The material being worked on, empty in the list."""
        return self._open

    @Property(str, notify=changed)
    def openName(self) -> str:
        """Its name, with the member's where it is asked of each."""
        view = self.view()
        if view is None:
            return ""
        name = self._name(view)
        return f"{name}（{view.member_name}）" if view.member_name else name

    @Property(bool, notify=changed)
    def openLicensed(self) -> bool:
        """Whether a licence on a telephone does instead of it."""
        view = self.view()
        return view is not None and view.rule.elicence_type != ""

    def _paper(self, name: str) -> str:
        item = self._visit.item
        return item.papers.get(name, "") if item and name else ""

    @Property(str, notify=changed)
    def openSample(self) -> str:
        """How it looks when it is filled in, empty where the catalogue shows nothing."""
        view = self.view()
        return self._paper(view.rule.sample) if view else ""

    @Property(str, notify=changed)
    def openBlank(self) -> str:
        """What stands on it before it is filled in, to be written off by hand; empty where there is nothing."""
        view = self.view()
        return self._paper(view.rule.blank) if view else ""

    @Property(str, notify=changed)
    def openNote(self) -> str:
        """What it must look like."""
        view = self.view()
        return (view.rule.accept_standard or view.rule.fill_note) if view else ""
