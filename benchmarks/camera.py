"""What a live picture costs the screen, and how soon a sheet laid down is a page.

`python -m benchmarks.camera [SECONDS] [ROUNDS]` (default 5 s, 3 rounds) prints, on the software backend,

- handing over one 1280 x 720 picture: written into shared memory and read out again, ms;
- a sheet laid down: from lying still on the mat to the page kept, ms, without the 700 ms it must lie still;
- frame cost of the camera's screen, p50 and p99, and pictures a second: paired rounds of the page shown before (`at
  rest`), of the live picture, and of the live picture while pages are scanned and the agent delivers; medians of the
  rounds. The last row shows pictures larger than 1280 x 720, on a screen of 2560 x 1440.

Bars: frame cost p99 8 ms, 20 pictures a second.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.screen import Frames, a_screen, rank
from benchmarks.table import print_table
from kiosk.cli.stage import Stage, open_stage
from kiosk.cli.tour import Tour
from kiosk.cli.wiring import open_terminal, quiet_logs
from kiosk.frames import FrameReader, FrameWriter, Picture, Sight
from kiosk.model.devices import Event, Failed, Finished, ScanPages
from kiosk.ports import Store
from ui.app import make_application
from ui.hand import Hand

COST_BAR, RATE_BAR = 8.0, 20.0
LARGE = "2560x1440"
_STILL_MS = 700.0
_CONFIG = '[devices]\ncamera = "sim"\n[devices.options.camera]\nwidth = "2592"\nheight = "1458"\n'


def handing_over() -> float:
    """Milliseconds for one picture through the ring."""
    writer = FrameWriter(1280 * 720)
    reader = FrameReader(os.dup(writer.memory), writer.length)
    pixels, into = bytes(1280 * 720 * 4), bytearray(1280 * 720 * 4)
    took = []
    for turn in range(200):
        began = time.perf_counter()
        writer.show(pixels, Picture(0, 1280, 720, Sight.LIVE))
        newest = reader.newest(turn)
        assert newest is not None
        assert reader.read(newest, into)
        took.append((time.perf_counter() - began) * 1000)
    reader.close()
    writer.close()
    return statistics.median(took)


class Filming:
    """One window with the camera's screen open."""

    def __init__(self, stage: Stage, hand: Hand, tour: Tour, frames: Frames) -> None:
        self.stage, self.hand, self.frames = stage, hand, frames
        self.materials: Any = tour.screen.kiosk.materials
        self._tour = tour
        self._scanning = False

    def open(self) -> None:
        """Up to the live picture."""
        self._tour.to_card()
        self._tour.to_notice()
        self.hand.touch("primaryButton")
        self._tour.at("materials", show=False)
        key = next(row.key for row in self.materials.rows.rows if row.standing == "missing")
        self.hand.touch(f"open_{key}")
        self.film()

    def film(self) -> None:
        """Open the camera."""
        self.hand.touch("photograph")
        self.hand.until(lambda: bool(self.materials.camera.showing), "a picture")

    def close(self) -> None:
        """Back to the pages."""
        self.hand.touch("primaryButton")
        self.hand.until(lambda: not self.materials.camera.active, "closed")

    def lie(self) -> float:
        """Milliseconds from a sheet lying still to its page being kept."""
        camera, seen = self.materials.camera, len(self.materials.pages.rows)
        self.stage.devices.simulate("camera", "lay", page="lease")
        self.hand.until(lambda: camera.picture is not None and camera.picture.sight is Sight.STILL, "still")
        began = time.perf_counter()
        self.hand.until(lambda: len(self.materials.pages.rows) > seen, "kept")
        return (time.perf_counter() - began) * 1000 - _STILL_MS

    def watch(self, seconds: float) -> tuple[float, float, float]:
        """Frame cost p50 and p99 in ms, and new pictures a second."""
        shown: list[float] = []

        def note() -> None:
            shown.append(time.monotonic())

        self.materials.camera.pictured.connect(note)
        self.frames.forget()
        self.hand.settle(seconds)
        self.materials.camera.pictured.disconnect(note)
        costs = self.frames.costs or [0.0]
        rate = (len(shown) - 1) / (shown[-1] - shown[0]) if len(shown) > 1 else 0.0
        return statistics.median(costs), rank(costs, 0.99), rate

    def keep_scanning(self, event: Event | None = None) -> None:
        """Scan page after page from here on, until told to stop."""
        if event is None or (self._scanning and isinstance(event, Finished | Failed)):
            self._scanning = True
            self.stage.devices.start(ScanPages(), self.keep_scanning)

    def stop_scanning(self) -> None:
        """Let the running page be the last."""
        self._scanning = False


@contextmanager
def filming(stage: Stage, store: Store, size: str) -> Iterator[Filming]:
    """A window with a live picture."""
    stage.devices.simulate("camera", "take_away")
    with a_screen(stage, store, size) as screen:
        hand = Hand(make_application(), screen.window, patience=30.0)
        hand.settle(0.5)
        one = Filming(stage, hand, Tour(screen, hand, stage.devices, lambda _: None), Frames(screen))
        one.open()
        yield one
        one.stop_scanning()


def rounds(stage: Stage, store: Store, seconds: float, count: int) -> list[list[str]]:
    """The paired rows, medians over the rounds."""
    with filming(stage, store, "1920x1080") as one:
        print(f"a sheet laid down: {one.lie():.0f} ms until its page is kept")
        found: dict[str, list[tuple[float, float, float]]] = {}
        for _ in range(count):
            found.setdefault("live picture", []).append(one.watch(seconds))
            stage.link.restore()
            one.keep_scanning()
            found.setdefault("live picture, scanning, delivering", []).append(one.watch(seconds))
            one.stop_scanning()
            one.close()
            found.setdefault("at rest, its page", []).append(one.watch(seconds / 2))
            one.film()
    with filming(stage, store, LARGE) as one:
        name = f"live picture of {one.materials.camera.image.width()} x {one.materials.camera.image.height()}"
        found[name] = [one.watch(seconds) for _ in range(count)]
    return [_row(name, figures) for name, figures in found.items()]


def _row(name: str, figures: list[tuple[float, float, float]]) -> list[str]:
    middle, worst, rate = (statistics.median(column) for column in zip(*figures, strict=True))
    return [name, f"{middle:.1f}", f"{worst:.1f}", f"{rate:.1f}" if rate else "-"]


def main(seconds: float = 5.0, count: float = 3) -> int:
    quiet_logs()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"handing over one picture of 1280 x 720: {handing_over():.2f} ms")
    with tempfile.TemporaryDirectory(prefix="jinban-camera-") as folder:
        (Path(folder) / "config.toml").write_text(_CONFIG, encoding="utf-8")
        with open_stage(Path(folder)) as stage, closing(open_terminal(stage.data)) as store:
            rows = rounds(stage, store, seconds, int(count))
    print_table(("ms", "cost p50", "cost p99", "pictures a second"), rows)
    live = [row for row in rows if row[3] != "-"]
    return 0 if all(float(row[2]) <= COST_BAR and float(row[3]) >= RATE_BAR for row in live) else 1


if __name__ == "__main__":
    sys.exit(main(*(float(word) for word in sys.argv[1:])))
