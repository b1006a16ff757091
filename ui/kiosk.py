"""Everything the screen reads, in one object: one controller per concern."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Property, QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

import ui.items.live
import ui.keyboard.ime  # noqa: F401 - they register the `LiveView` of GsCamera.qml and the `Ime` of GsKeyboard.qml
from kiosk.config import Config
from kiosk.desk.desk import Desk
from kiosk.ports import Devices
from kiosk.visit import VisitState
from ui.controllers.arranged import ArrangedController
from ui.controllers.arranging import ArrangingController
from ui.controllers.articles import ArticlesController
from ui.controllers.board import BoardController
from ui.controllers.card import CardController
from ui.controllers.cases import CasesController
from ui.controllers.catalogue import CatalogueController
from ui.controllers.codes import CodesController
from ui.controllers.feedback import FeedbackController
from ui.controllers.finish import FinishController
from ui.controllers.form import FormController
from ui.controllers.guide import GuideController
from ui.controllers.hands import Hands
from ui.controllers.idle import IdleWatch
from ui.controllers.known import KnownController
from ui.controllers.materials import MaterialsController
from ui.controllers.may_get import MayGetController
from ui.controllers.members import MembersController
from ui.controllers.notice import NoticeController
from ui.controllers.people import PeopleController
from ui.controllers.preferences import Preferences
from ui.controllers.prints import PrintsController
from ui.controllers.rebooking import RebookingController
from ui.controllers.scenario import ScenarioController
from ui.controllers.sheet import SheetController
from ui.controllers.specimens import SpecimensController
from ui.controllers.staff import StaffController
from ui.controllers.status import StatusController
from ui.controllers.supervisor import SupervisorController
from ui.controllers.verify import VerifyController
from ui.controllers.visit import VisitController
from ui.controllers.voice import VoiceController
from ui.items.pages import CodeProvider, PageProvider
from ui.lanes import Lanes
from ui.memory import give_back
from ui.panel import picture_width
from ui.sweep import Sweep
from ui.voice.happenings import Sources, tell_what_happens

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

_KEYBOARD = Path(__file__).parent / "keyboard" / "qml" / "GsKeyboard.qml"


@dataclass(frozen=True, slots=True)
class Providers:
    """Images that QML asks for by URL."""

    pages: PageProvider
    codes: CodeProvider


@QmlElement
class Kiosk(QObject):
    """The context of every screen. Made by `ui.app` alone."""

    def __init__(
        self,
        app: QGuiApplication,
        desk: Desk,
        devices: Devices,
        lanes: Lanes,
        preferences: Preferences,
        providers: Providers,
        config: Config,
    ) -> None:
        super().__init__()
        self._animate = True
        self._width_mm = picture_width(app, config.screen)
        self._mix_ups: list[str] = list(config.screen.mix_ups)
        self._preferences = preferences
        self._visit = VisitController(desk, lanes, preferences, self)
        self._catalogue = CatalogueController(self._visit, self)
        self._board = BoardController(self._visit, self)
        self._articles = ArticlesController(self._visit, self)
        self._may_get = MayGetController(self._visit, self)
        self._guide = GuideController(self._visit, self)
        self._feedback = FeedbackController(self._visit, self._guide, self)
        self._specimens = SpecimensController(self._visit, self)
        self._card = CardController(self._visit, devices, self)
        self._people = PeopleController(self._visit, self._card, self)
        self._scenario = ScenarioController(self._visit, self)
        self._members = MembersController(self._visit, self._card, self)
        self._known = KnownController(self._visit, self)
        self._form = FormController(self._visit, self._known, self)
        self._notice = NoticeController(self._visit, self)
        self._materials = MaterialsController(
            self._visit, devices, providers.pages, providers.codes, self, reading=config.screen.read_pages
        )
        self._finish = FinishController(self._visit, providers.codes, self)
        self._sheet = SheetController(self._visit, devices, providers.pages, self)
        self._what_follows(providers, config)
        self._verify = VerifyController(self._visit, devices, self)
        self._codes = CodesController(
            self._visit, devices, self._cases, self._materials.licence_code, self._verify, self
        )
        self._staff = StaffController(self._visit, self)
        self._prints = PrintsController(self._visit, self)
        self._supervisor = SupervisorController(self._visit, self._cases, self)
        self._status = StatusController(desk, lanes, preferences, self)
        self._idle = IdleWatch(app, self._visit, parent=self)
        self._voice = VoiceController(self._visit, config.screen, self)
        self._hands = Hands(self._visit, self._voice, config.screen, self)
        self._sweep = Sweep(self)
        self._join()

    def _what_follows(self, providers: Providers, config: Config) -> None:
        """Cases that were handed in, and what is arranged for after them."""
        self._cases = CasesController(self._visit, config.desk.keep_draft_days, self)
        self._arranging = ArrangingController(self._visit, self)
        self._arranged = ArrangedController(self._visit, self._finish, self._cases, providers.codes, self)
        self._rebooking = RebookingController(self._visit, self._cases, self)

    def _join(self) -> None:
        """What one controller does goes on in another, and is said."""
        self._say_what_happens()
        self._status.looked.connect(self._finish.look)
        self._voice.speakingChanged.connect(lambda: self._idle.speak(speaking=self._voice.property("speaking")))
        self._visit.entered.connect(self._rest)

    def _say_what_happens(self) -> None:
        self._voice.more = self._board.spoken
        with_paper = (
            self._finish,
            self._cases,
            self._notice,
            self._guide,
            self._specimens,
            self._sheet,
            self._prints,
            self._supervisor,
        )
        printing = [self._guide.printing_whole, self._feedback.printing, *(one.printing for one in with_paper)]
        scanning = (self._materials, self._sheet)
        tell_what_happens(self._voice, Sources(self._card, self._form, self._idle, printing, scanning))

    def _rest(self, state: str) -> None:
        if state == VisitState.ATTRACT:
            give_back()
            self._sweep.soon()

    def still(self) -> None:
        """No motion: for pictures and tests."""
        self._animate = False

    def watch(self, window: QQuickWindow) -> None:
        """Take codes that a gun types into this window."""
        self._sweep.watch(window)
        # The filter set last looks first: what a gun types is no wish to go on.
        self._hands.watch(window)
        self._codes.watch(window)

    def begin(self) -> None:
        """Begin to look at line and devices."""
        self._status.start()
        self._board.start()

    def wipe(self) -> None:
        """Destroy the visit's key, and let no scanner or camera run on."""
        self._sweep.stop()
        self._visit.session.wipe()
        self._materials.cancelScan()
        self._voice.close()

    def fail(self, incident: str) -> None:
        """Something unexpected happened: end the visit and say so."""
        self._visit.fail(incident)

    @Property("QStringList", constant=True)  # type: ignore[arg-type] # a name only Qt has
    def mixUps(self) -> list[str]:
        """Sounds that people of the place mix up."""
        return self._mix_ups

    @Property(VisitController, constant=True)
    def visit(self) -> VisitController:
        """Where the visit stands."""
        return self._visit

    @Property(CatalogueController, constant=True)
    def catalogue(self) -> CatalogueController:
        """Search and themes."""
        return self._catalogue

    @Property(BoardController, constant=True)
    def board(self) -> BoardController:
        """What everybody has to know."""
        return self._board

    @Property(FeedbackController, constant=True)
    def feedback(self) -> FeedbackController:
        """What somebody has to say."""
        return self._feedback

    @Property(ArticlesController, constant=True)
    def articles(self) -> ArticlesController:
        """Policies and questions."""
        return self._articles

    @Property(MayGetController, constant=True)
    def mayGet(self) -> MayGetController:
        """What one may be entitled to."""
        return self._may_get

    @Property(GuideController, constant=True)
    def guide(self) -> GuideController:
        """The chosen item."""
        return self._guide

    @Property(SpecimensController, constant=True)
    def specimens(self) -> SpecimensController:
        """Blank forms and samples of the chosen item."""
        return self._specimens

    @Property(CardController, constant=True)
    def card(self) -> CardController:
        """The card reader."""
        return self._card

    @Property(PeopleController, constant=True)
    def people(self) -> PeopleController:
        """Who stands here, and for whom."""
        return self._people

    @Property(ScenarioController, constant=True)
    def scenario(self) -> ScenarioController:
        """The plain questions before the form."""
        return self._scenario

    @Property(MembersController, constant=True)
    def members(self) -> MembersController:
        """The household."""
        return self._members

    @Property(KnownController, constant=True)
    def known(self) -> KnownController:
        """What is held of this person already."""
        return self._known

    @Property(FormController, constant=True)
    def form(self) -> FormController:
        """The form."""
        return self._form

    @Property(NoticeController, constant=True)
    def notice(self) -> NoticeController:
        """The one-time sheet."""
        return self._notice

    @Property(MaterialsController, constant=True)
    def materials(self) -> MaterialsController:
        """The materials."""
        return self._materials

    @Property(FinishController, constant=True)
    def finish(self) -> FinishController:
        """Signature to rating."""
        return self._finish

    @Property(ArrangingController, constant=True)
    def arranging(self) -> ArrangingController:
        """How the result comes, when the person comes."""
        return self._arranging

    @Property(ArrangedController, constant=True)
    def arranged(self) -> ArrangedController:
        """What became of it, and the fee."""
        return self._arranged

    @Property(RebookingController, constant=True)
    def rebooking(self) -> RebookingController:
        """Another time in place of a refused one."""
        return self._rebooking

    @Property(SheetController, constant=True)
    def sheet(self) -> SheetController:
        """The fingerprint sheet."""
        return self._sheet

    @Property(VerifyController, constant=True)
    def verify(self) -> VerifyController:
        """Whether a receipt is genuine."""
        return self._verify

    @Property(CodesController, constant=True)
    def codes(self) -> CodesController:
        """Codes held before a gun."""
        return self._codes

    @Property(CasesController, constant=True)
    def cases(self) -> CasesController:
        """One's own cases."""
        return self._cases

    @Property(StaffController, constant=True)
    def staff(self) -> StaffController:
        """Who of staff is here."""
        return self._staff

    @Property(PrintsController, constant=True)
    def prints(self) -> PrintsController:
        """Prints that are not over, for staff."""
        return self._prints

    @Property(SupervisorController, constant=True)
    def supervisor(self) -> SupervisorController:
        """The day and what was left, for supervisors."""
        return self._supervisor

    @Property(StatusController, constant=True)
    def status(self) -> StatusController:
        """The state of line and devices."""
        return self._status

    @Property(Preferences, constant=True)
    def preferences(self) -> Preferences:
        """How this person reads."""
        return self._preferences

    @Property(IdleWatch, constant=True)
    def idle(self) -> IdleWatch:
        """The idle clock."""
        return self._idle

    @Property(VoiceController, constant=True)
    def voice(self) -> VoiceController:
        """What is said aloud."""
        return self._voice

    @Property(Hands, constant=True)
    def hands(self) -> Hands:
        """The frame that keys move."""
        return self._hands

    @Property(float, constant=True)
    def widthMm(self) -> float:
        """How wide the picture is on the panel, 0 where nobody knows."""
        return self._width_mm

    @Property(bool, constant=True)
    def animate(self) -> bool:
        """Whether things may move."""
        return self._animate

    @Property(QUrl, constant=True)
    def keyboard(self) -> QUrl:
        """The on-screen keyboard, empty where there is none."""
        return QUrl.fromLocalFile(str(_KEYBOARD)) if _KEYBOARD.exists() else QUrl()
