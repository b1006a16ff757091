"""What the screen says of one paper: it is printed when the device says so, not when the button was touched."""

from collections.abc import Callable

from kiosk.desk.printing import OnOutcome, PrintOutcome
from kiosk.failure import Failure, KioskError
from ui.controllers.visit import VisitController
from ui.wording import said


class PrintWatch:
    """One printing at a time. States: `idle`, `printing`, `printed`, `failed`."""

    def __init__(self, visit: VisitController, changed: Callable[[], None]) -> None:
        self._visit = visit
        self._changed = changed
        self._failure: Failure | None = None
        self.state = "idle"

    def start(self, send: Callable[[OnOutcome], None]) -> None:
        """Send a paper in the work lane; the outcome comes later from the device."""
        if self.state == "printing":
            return
        self._set("printing", None)
        self._visit.hold()
        on_outcome = self._visit.lanes.posting(self._ended)
        self._visit.ask(lambda: send(on_outcome), lambda _: None, self._refused)

    def forget(self) -> None:
        """Nothing is being printed any more, as far as this visit knows."""
        self._set("idle", None)

    def _ended(self, outcome: PrintOutcome) -> None:
        self._visit.release()
        self._set("failed" if outcome.failure else "printed", outcome.failure)

    def _refused(self, error: KioskError) -> None:
        self._visit.release()
        self._set("failed", error.failure)

    def _set(self, state: str, failure: Failure | None) -> None:
        self.state, self._failure = state, failure
        self._changed()

    @property
    def cause(self) -> str:
        """Why it was not printed, in words."""
        return said(self._failure, self._visit.preferences.language).cause

    @property
    def action(self) -> str:
        """What to do about it."""
        return said(self._failure, self._visit.preferences.language).action
