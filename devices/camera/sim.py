"""A simulated document camera: a dark mat on which sample pages are laid down and taken away, 25 pictures a second.

Nobody at a demo has paper at hand, so each request lays one sample sheet down by itself, the next one each time, and
takes it away a while after; a request for an ID card lays down its front, then its back.

Options: `width`, `height` of its pictures (2048, 1536); `second` = `yes` (default) or `no`: whether it has a camera at
the face.

`simulate` actions beside those of `devices.switches`:

lay
    Lay a `page` down (a sample's name, `id-front`, `id-back`) and stop laying by itself; it comes in from the side.
take_away
    Take it away. `script` goes back to laying sheets by itself, with so many `sheets` per request (1).
hand
    A hand lies over the page (`on` true or false).
dark / blurred
    The lamp is off, the lens is out of focus (`on` true or false).
freeze
    No more pictures come (`on` true or false), as from a camera that hangs on a bus.
pages
    Names of everything that can be laid down.
"""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from devices.contract import Frame, Setup
from devices.switches import Switches
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CameraMode, CameraView, UseCamera

if TYPE_CHECKING:
    from devices.camera.scene import Scene

RATE = 25.0
_FIRST_SHEET, _SHEET_LIES, _MAT_EMPTY = 0.6, 4.0, 1.0
_ID_CARD = ("id-front", "id-back")


class SimulatedCamera:
    """Implements `devices.contract.CameraDriver`."""

    simulated = True

    def __init__(self, setup: Setup) -> None:
        self._data = setup.data
        self._size = (int(setup.options.get("width", "2048")), int(setup.options.get("height", "1536")))
        self._second = setup.options.get("second", "yes") == "yes"
        self._scene: Scene | None = None
        self._plan: tuple[tuple[float, str], ...] = ()
        self._next = self._began = 0.0
        self._switches = Switches(
            setup,
            0.0,
            {
                "lay": self._lay,
                "take_away": lambda: self._switches.set(by_hand=True, page=None),
                "script": lambda sheets=1: self._switches.set(by_hand=None, page=None, sheets=int(sheets)),
                "hand": lambda on=True: self._switches.set(hand=on or None),
                "dark": lambda on=True: self._switches.set(dark=on or None),
                "blurred": lambda on=True: self._switches.set(blurred=on or None),
                "freeze": lambda on=True: self._switches.set(frozen=on or None),
                "pages": lambda: {"pages": list(self._names())},
            },
        )

    def open(self) -> None:
        """Find the camera."""
        self._switches.pass_by("open")

    def check(self) -> str:
        """Say that it is a simulator."""
        self._switches.pass_by("idle")
        return "simulated camera"

    def close(self) -> None:
        """Nothing to let go."""

    def begin(self, request: UseCamera) -> None:
        """Light the mat, or the face."""
        if request.view is CameraView.FACE and not self._second:
            raise KioskError(Failure.CONFIG_INVALID, reason="second")
        from devices.camera.scene import Scene  # noqa: PLC0415 - OpenCV, which an idle camera need not hold in memory

        self._scene = Scene(self._data, self._size, face=request.view is CameraView.FACE)
        self._plan = self._script(request)
        self._next = self._began = time.monotonic()

    def frame(self, seconds: float) -> Frame | None:
        """The next picture, 25 times a second."""
        self._switches.pass_by("job")
        if self._scene is None or self._switches.get("frozen"):
            time.sleep(seconds)
            return None
        now = time.monotonic()
        if self._next > now:
            time.sleep(min(seconds, self._next - now))
        self._next = max(self._next + 1.0 / RATE, time.monotonic())
        now = time.monotonic()
        page = self._switches.get("page") if self._switches.get("by_hand") else self._due(now)
        pixels = self._scene.picture(
            page,
            now,
            hand=bool(self._switches.get("hand")),
            dark=bool(self._switches.get("dark")),
            blurred=bool(self._switches.get("blurred")),
        )
        return Frame(pixels=pixels)

    def end(self) -> None:
        """Put the light out."""
        self._scene = None

    def simulate(self, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Lay a sheet down and the rest of the actions above."""
        return self._switches.act(action, args)

    def _names(self) -> tuple[str, ...]:
        from devices.camera.scene import laid_names  # noqa: PLC0415 - as above

        return laid_names(self._data)

    def _lay(self, page: str) -> None:
        if page not in self._names():
            raise KioskError(Failure.CONFIG_INVALID, reason="unknown_page")
        self._switches.set(by_hand=True, page=page)

    def _script(self, request: UseCamera) -> tuple[tuple[float, str], ...]:
        """What lies on the mat from which second on; empty text is the bare mat."""
        if request.mode is CameraMode.ID_CARD:
            names = list(_ID_CARD)
        else:
            papers = [name for name in self._names() if name not in _ID_CARD]
            turn = int(self._switches.get("turn", 0))
            count = int(self._switches.get("sheets", 1))
            names = [papers[(turn + place) % len(papers)] for place in range(count)]
            self._switches.set(turn=turn + count)
        plan, at = [], _FIRST_SHEET
        for name in names:
            plan += [(at, name), (at + _SHEET_LIES, "")]
            at += _SHEET_LIES + _MAT_EMPTY
        return tuple(plan)

    def _due(self, now: float) -> str:
        passed = [name for at, name in self._plan if now - self._began >= at]
        return passed[-1] if passed else ""
