"""Automatic review for demonstration and tests: every complete case is accepted. An authority decides by command."""

import threading
import time
from typing import Final

from central.deciding import Verdict, decide
from central.office import Office
from central.store import cases
from central.store.cases import Case
from kiosk.failure import Failure, KioskError
from kiosk.model.state import CaseState

OFFICER: Final = "自动受理"
_LOOK_SECONDS: Final = 2.0
_PAGE: Final = 100
_LONGEST_PAUSE: Final = 600.0


class AutoReview(threading.Thread):
    """Accepts complete cases until it is told to stop. A case it stumbles over waits longer and delays no other."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="review", daemon=True)
        self._office = office
        self._stopping = threading.Event()
        self._trouble: dict[str, tuple[int, float]] = {}

    def run(self) -> None:
        """Work through what is there, then wait for more."""
        while not self._stopping.is_set():
            self._office.arrivals.clear()
            try:
                self._round()
            except Exception as error:  # noqa: BLE001 -- nobody restarts this thread; the next round may go well
                failure = error.failure.code if isinstance(error, KioskError) else type(error).__name__
                self._office.log.warning("review.failed", failure=failure)
            self._office.arrivals.wait(_LOOK_SECONDS)

    def stop(self) -> None:
        """End after the case at hand."""
        self._stopping.set()
        self._office.arrivals.set()
        self.join()

    def _round(self) -> None:
        last: Case | None = None
        while not self._stopping.is_set():
            with self._office.store.read() as connection:
                page = cases.for_review(connection, _PAGE, last)
            for case in page:
                if self._stopping.is_set():
                    return
                self._accept(case)
            if len(page) < _PAGE:
                return
            last = page[-1]

    def _accept(self, case: Case) -> None:
        tries, until = self._trouble.get(case.number, (0, 0.0))
        if time.monotonic() < until:
            return
        try:
            decide(self._office, case.number, Verdict(CaseState.ACCEPTED, OFFICER))
        except Exception as error:  # noqa: BLE001 -- one poisonous case must not stop the others; it is named
            if isinstance(error, KioskError) and error.failure is Failure.CASE_ILLEGAL_MOVE:
                return  # somebody else decided meanwhile
            pause = min(_LONGEST_PAUSE, 2.0**tries)
            self._trouble[case.number] = (tries + 1, time.monotonic() + pause)
            self._office.log.warning("review.case_failed", number=case.number, cause=type(error).__name__)
        else:
            self._trouble.pop(case.number, None)
