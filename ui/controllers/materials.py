"""Materials on the screen: what is asked for, what is here, and the pages of the one being worked on."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.telling import MaterialView
from kiosk.failure import Failure, KioskError
from kiosk.model.case import MaterialSource
from kiosk.model.devices import Event, Failed, Finished, PageScanned, ScanPages, Ticket
from kiosk.ports import Devices
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.camera import CameraController
from ui.controllers.handover import HandoverController
from ui.controllers.material_list import MaterialList
from ui.controllers.visit import VisitController
from ui.doubts import ID_CARD, doubt_of, worth_reading
from ui.items.pages import CodeProvider, PageProvider
from ui.licence import LicenceCode
from ui.material_rows import MaterialRow, PageRow, row_of
from ui.models import Rows
from ui.wording import said

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MaterialsController(QObject):
    """Scan, look, retake, reorder, promise. Pages are sealed by the desk as they come; nothing is kept here."""

    changed = Signal()

    def __init__(
        self,
        visit: VisitController,
        devices: Devices,
        provider: PageProvider,
        codes: CodeProvider,
        parent: QObject | None = None,
        *,
        reading: bool = False,
    ) -> None:
        super().__init__(parent)
        self._visit = visit
        self._list = MaterialList(visit, self._look, self)
        self._reading = reading
        self._devices = devices
        self._provider = provider
        self._pages: Rows[PageRow] = Rows(PageRow, self)
        self._licence = LicenceCode(visit, self._list.place, self._licence_taken)
        self._licence.changed.connect(self.changed)
        self._page = 0
        self._preview = ""
        self._ticket: Ticket | None = None
        self._replaces: int | None = None
        self._source = MaterialSource.SCAN
        self._doubt: Failure | None = None
        self._doubted = 0
        self._camera = CameraController(visit, devices, lambda page: self._arrived(page, MaterialSource.CAMERA), self)
        self._handover = HandoverController(
            visit, devices, codes, lambda page: self._arrived(page, MaterialSource.FILE), self
        )
        visit.preferences.languageChanged.connect(self.changed)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._stop()
        self._page = 0
        self._list.clear()
        self._forget_preview()
        self._pages.show(())
        self._licence.close()
        self.changed.emit()

    def _on_entered(self, state: str) -> None:
        self._stop()
        if state == VisitState.MATERIALS:
            self._list.open("")
            session, desk = self._visit.session, self._visit.desk
            self._visit.ask_case(lambda: (desk.use_known(session), desk.materials(session))[1], self._entered)
        elif not self._list.empty:
            self._clear()

    def _look(self, then: Callable[[], None] | None = None) -> None:
        session, desk = self._visit.session, self._visit.desk

        def seen(views: tuple[MaterialView, ...]) -> None:
            self._show(views)
            if then is not None:
                then()

        self._visit.ask_case(lambda: desk.materials(session), seen)

    def _entered(self, views: tuple[MaterialView, ...]) -> None:
        self._show(views)
        if self._list.nothing_asked:
            self.finish()

    def _show(self, views: tuple[MaterialView, ...]) -> None:
        self._list.show(views)
        self._count_pages()

    def _count_pages(self) -> None:
        view = self._list.view()
        count = len(view.material.files) if view and view.material and row_of(view).standing == "here" else 0
        self._pages.show([PageRow(number) for number in range(count)])
        self._page = min(self._page, max(0, count - 1))
        self.changed.emit()

    @Property(MaterialList, constant=True)
    def asked(self) -> MaterialList:
        """What is asked for, and the head of the opened one."""
        return self._list

    @property
    def rows(self) -> Rows[MaterialRow]:
        """The list's rows, for whoever walks the screen."""
        return self._list.rows  # type: ignore[return-value] # a Qt property

    @property
    def openKey(self) -> str:
        """The material being worked on."""
        return str(self._list.openKey)

    @Slot()
    def finish(self) -> None:
        """All there: on to the signature."""
        self._visit.step(VisitEvent.MATERIALS_DONE)

    @Slot(str)
    def scanNow(self, key: str) -> None:
        """The paper lies there: scan it at once."""
        self.open(key)
        self.scan()

    @Slot()
    def goOn(self) -> None:
        """This one is done: scan the next that is missing, or go on when there is none."""
        following = self._list.next()
        self._stop()
        if following:
            self.scanNow(following)
        else:
            self._doubt = None
            self._list.open("")
            self._forget_preview()
            self.finish()

    @Slot(str)
    def open(self, key: str) -> None:
        """Work on one material."""
        self._replaces = None
        self._page, self._doubt = 0, None
        self._list.open(key)
        self._visit.show_problem(None)
        self._count_pages()
        self._turn_to(0)

    @Slot()
    def close(self) -> None:
        """Back to the list."""
        self._stop()
        self._doubt = None
        self._list.open("")
        self._forget_preview()
        self._look()

    # ---- the pages of one

    @Property(LicenceCode, constant=True)
    def licence(self) -> LicenceCode:
        """The licence's code on a telephone."""
        return self._licence

    @property
    def licence_code(self) -> LicenceCode:
        """The same, for whoever takes codes."""
        return self._licence

    def _licence_taken(self) -> None:
        self.close()

    @Property(Rows, constant=True)
    def pages(self) -> Rows[PageRow]:
        """Its pages."""
        return self._pages

    @Property(int, notify=changed)
    def page(self) -> int:
        """The page looked at, from 0."""
        return self._page

    @Property(str, notify=changed)
    def preview(self) -> str:
        """URL of the page looked at."""
        return self._preview

    @Property(bool, notify=changed)
    def scanning(self) -> bool:
        """Whether the scanner is at work."""
        return self._ticket is not None

    @Slot()
    def scan(self) -> None:
        """Scan what lies in the scanner, behind the pages there are."""
        self._scan(None)

    @Property(CameraController, constant=True)
    def camera(self) -> CameraController:
        """The document camera."""
        return self._camera

    @Property(HandoverController, constant=True)
    def handover(self) -> HandoverController:
        """Files from a phone or a stick."""
        return self._handover

    @Property(bool, notify=changed)
    def byCamera(self) -> bool:
        """Whether the newest page came from the camera, so that it is taken again there."""
        return self._source is MaterialSource.CAMERA

    @Property(str, notify=changed)
    def doubt(self) -> str:
        """What speaks against the page looked at, in words; empty while nothing does."""
        if self._doubt is None or self._doubted != self._page:
            return ""
        return said(self._doubt, self._visit.preferences.language, staff=self._visit.visit.staff).cause

    @Property(bool, notify=changed)
    def doubtsPaper(self) -> bool:
        """Whether it may be a wrong paper, rather than a bad picture of the right one."""
        return self._doubt in {Failure.PAGE_OTHER_FORM, Failure.PAGE_OTHER_NUMBER}

    @Slot()
    def accept(self) -> None:
        """The person takes the page as it is."""
        self._doubt = None
        self.changed.emit()

    @Slot()
    def photograph(self) -> None:
        """Take pages with the camera, behind the pages there are; an ID card is taken with both its sides."""
        if self._ticket is None:
            self._replaces = self._doubt = None
            view = self._list.view()
            self._camera.start(id_card=view is not None and ID_CARD in view.rule.name)
            self.changed.emit()

    @Slot()
    def retake(self) -> None:
        """Take this page again; the old one goes when the new one is safe."""
        if self._source is MaterialSource.CAMERA and self._camera.property("available"):
            self._replaces = self._page
            # It lies there still: taken by itself, it would come out the same.
            self._camera.start(id_card=self._camera.by_card, automatic=False, single=True)
            self._doubt = None
            self.changed.emit()
        else:
            self._scan(self._page)

    @Slot()
    def cancelScan(self) -> None:
        """Stop the scanner."""
        self._stop()

    @Slot(int)
    def show(self, page: int) -> None:
        """Look at a page."""
        self._turn_to(page)

    @Slot(int)
    def move(self, by: int) -> None:
        """Put this page elsewhere."""
        (material, member), session, desk = self._list.place(), self._visit.session, self._visit.desk
        old, new = self._page, self._page + by
        self._visit.ask(
            lambda: desk.move_page(session, material, member, old, new),
            lambda _: self._look(lambda: self._turn_to(new)),
        )

    @Slot()
    def remove(self) -> None:
        """Throw this page away."""
        (material, member), session, desk, page = self._list.place(), self._visit.session, self._visit.desk, self._page
        self._visit.ask(
            lambda: desk.remove_page(session, material, member, page),
            lambda _: self._look(lambda: self._turn_to(max(0, page - 1))),
        )

    def _scan(self, replaces: int | None) -> None:
        if self._ticket is not None:
            return
        self._visit.show_problem(None)
        self._replaces, self._doubt = replaces, None
        most = 1 if replaces is not None else 50
        view = self._list.view()
        request = ScanPages(max_pages=most, read=self._reading and view is not None and worth_reading(view.rule))
        try:
            self._ticket = self._devices.start(request, self._visit.lanes.posting(self._on_event))
        except KioskError as error:
            self._visit.refused(error)
            return
        self._visit.hold()
        self.changed.emit()

    def _stop(self) -> None:
        self._replaces = None
        self._camera.stop()
        self._handover.close_all()
        self._licence.close()
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            self._devices.cancel(ticket)
            self._visit.release()
            self.changed.emit()

    def _on_event(self, event: Event) -> None:
        if event.ticket != self._ticket:
            return
        if isinstance(event, PageScanned):
            self._arrived(event, MaterialSource.SCAN)
        elif isinstance(event, Finished | Failed):
            self._ticket = self._replaces = None
            self._visit.release()
            if isinstance(event, Failed):
                self._visit.show_problem(event.failure)
            self.changed.emit()

    def _arrived(self, scanned: PageScanned, source: MaterialSource) -> None:
        """Keep the page, and ask about it where something speaks against it: the camera stops, a feeder runs on."""
        self._source = source
        if source is MaterialSource.FILE:
            self._replaces = None  # what is brought along never takes the place of a page that was to be taken again
        if self._licence.active:
            self._camera.stop()
            self._licence.seen(scanned.codes)
            return
        if scanned.findings and source is MaterialSource.CAMERA:
            self._camera.stop()
        self._keep(scanned, source)

    def _keep(self, scanned: PageScanned, source: MaterialSource) -> None:
        (material, member), session, desk = self._list.place(), self._visit.session, self._visit.desk
        replaces, self._replaces = self._replaces, None
        view = self._list.view()

        def kept() -> tuple[int, Failure | None]:
            doubt = doubt_of(scanned, view.rule, session.current(), member) if view else None
            return put(), doubt

        def put() -> int:
            held = desk.add_pages(session, material, member, [(scanned.image, scanned.extension)], source)
            last = len(held.files) - 1
            if replaces is None:
                return last
            desk.remove_page(session, material, member, replaces)
            desk.move_page(session, material, member, last - 1, replaces)
            return replaces

        def look(kept: tuple[int, Failure | None]) -> None:
            page, doubt = kept
            if doubt is not None:
                self._doubt, self._doubted = doubt, page
            self._look(lambda: self._turn_to(page))

        self._visit.ask(kept, look)

    def _turn_to(self, page: int) -> None:
        self._page = page
        if not 0 <= page < len(self._pages.rows):
            self._forget_preview()
            self.changed.emit()
            return
        (material, member), session, desk = self._list.place(), self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.page(session, material, member, page)[0], self._preview_of)

    def _preview_of(self, data: bytes) -> None:
        self._preview = self._provider.show(data)
        self.changed.emit()

    def _forget_preview(self) -> None:
        self._provider.clear()
        self._preview = ""
