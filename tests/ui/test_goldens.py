"""Pictures of the key screens as they should be; `./dev goldens` draws them anew.

Compared half as large and with room for other builds of FreeType: a pixel is other where a colour differs by more than
`STEP` of 255, and a picture is other where more than `ROOM` of its pixels are. What changes by itself (times, numbers,
the state of the machine, codes) is left out by name or because it holds digits.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem

from kiosk.cli.stage import Stage, open_stage
from kiosk.config import ScreenConfig
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.contrast import pixels
from ui.gallery import draw_gallery

FOLDER = Path(__file__).parent / "goldens"
KEY_SCREENS = [
    "attract",
    "home",
    "guide",
    "purpose",
    "card",
    "who",
    "scenario",
    "form",
    "notice",
    "materials",
    "signature",
    "readback",
    "receipt",
    "rating",
    "goodbye",
]
MOVING = {"statusCorner", "pagePreview", "countdown"}
DIGITS = re.compile(r"\d{2}|\d年|\d:")
STEP = 48
ROOM = 0.004
WHOLE = 3 * 1024 * 1024


def _still(shown: Shown) -> Image.Image:
    """The screen below the top bar, which changes with line and machine, and without what else changes by itself."""
    window = shown.screen.window
    hidden: list[tuple[QQuickItem, float]] = []
    for item in list(shown.hand.visible()):
        digits = DIGITS.search(str(item.property("text") or "")) and item.inherits("QQuickText")
        code = item.inherits("QQuickImage") and "image://code" in item.property("source").toString()
        if digits or code or item.objectName() in MOVING:
            hidden.append((item, item.opacity()))
            item.setOpacity(0)
    top = int(shown.hand.find("stage").mapToScene(QPointF(0, 0)).y())
    picture = _half(window.grabWindow().copy(QRect(0, top, window.width(), window.height() - top)))
    for item, opacity in hidden:
        item.setOpacity(opacity)
    return picture


def _half(image: QImage) -> Image.Image:
    return Image.fromarray(pixels(image)[:, :, ::-1].astype(np.uint8)).reduce(2)


def _compare(name: str, picture: Image.Image, *, renew: bool) -> str:
    """What is wrong with a picture; nothing where it is as it should be."""
    path = FOLDER / f"{name}.png"
    if renew:
        FOLDER.mkdir(exist_ok=True)
        picture.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
        return ""
    if not path.exists():
        return f"{name}: no picture to compare with"
    wanted = np.asarray(Image.open(path).convert("RGB"), dtype=int)
    shown = np.asarray(picture, dtype=int)
    if wanted.shape != shown.shape:
        return f"{name}: {shown.shape} instead of {wanted.shape}"
    other = float((np.abs(wanted - shown).max(axis=2) > STEP).mean())
    return f"{name}: {other:.2%} of it is other" if other > ROOM else ""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage on which nothing has been done yet: screens show what is done most, and what is known of a person."""
    with open_stage(tmp_path_factory.mktemp("goldens")) as opened:
        yield opened


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew-goldens"))


def test_the_key_screens_look_as_they_should(show: Show, *, renew: bool) -> None:
    seen: dict[str, str] = {}

    def look(state: str) -> None:
        if state in KEY_SCREENS and state not in seen:
            seen[state] = _compare(state, _still(shown), renew=renew)

    shown = show(look, size="1280x800")
    shown.hand.until(lambda: bool(shown.part("status").property("terminalNo")), "what this terminal is")
    shown.stage.link.cut()  # or the receipt would change while it is looked at
    shown.tour.whole()

    assert [state for state in KEY_SCREENS if state not in seen] == []
    assert [fault for fault in seen.values() if fault] == []


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("gallery", ScreenConfig(size="1280x800")),
        ("gallery-elder", ScreenConfig(size="1280x800", large_type=True)),
        ("gallery-contrast", ScreenConfig(size="1280x800", high_contrast=True)),
    ],
)
def test_every_component_looks_as_it_should(name: str, view: ScreenConfig, *, renew: bool) -> None:
    assert _compare(name, _half(draw_gallery(view)), renew=renew) == ""


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < WHOLE


def test_a_missing_button_would_be_seen(show: Show) -> None:
    shown = show(size="1280x800")
    start = shown.hand.find("startButton")
    start.setOpacity(0)
    changed = _compare("attract", _still(shown), renew=False)
    start.setOpacity(1)

    assert changed
