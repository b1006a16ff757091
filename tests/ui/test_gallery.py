"""The gallery shows every component there is, and stands up to the same measures as the screens."""

import re
from collections.abc import Iterator

import pytest

from kiosk.config import ScreenConfig
from tests.ui.measuring.contrast import too_pale
from tests.ui.measuring.controls import silent
from tests.ui.measuring.texts import look, placed_badly
from ui.app import HERE
from ui.gallery import open_gallery
from ui.pseudo import MIRRORED

COMPONENTS = HERE / "qml" / "components"
OF_A_CONTROLLER = re.compile(r"required property (Kiosk|Preferences|Periods|\w+Controller)\b")
NO_ITEM = re.compile(r"^(pragma Singleton|QtObject)", re.MULTILINE)


def _shown_in(name: str, seen: set[str]) -> Iterator[str]:
    path = COMPONENTS / f"{name}.qml"
    text = (path if path.exists() else HERE / "qml" / "screens" / f"{name}.qml").read_text(encoding="utf-8")
    for used in set(re.findall(r"\b(Gs\w+) \{", text)) - seen:
        if (COMPONENTS / f"{used}.qml").exists():
            seen.add(used)
            yield used
            yield from _shown_in(used, seen)


def test_every_component_that_needs_no_controller_stands_in_the_gallery() -> None:
    every = {path.stem: path.read_text(encoding="utf-8") for path in COMPONENTS.glob("*.qml")}
    wanted = {name for name, text in every.items() if not OF_A_CONTROLLER.search(text) and not NO_ITEM.search(text)}

    assert len(wanted) > 30
    assert wanted - set(_shown_in("GsGallery", set())) == set()


@pytest.mark.parametrize(
    "view",
    [
        ScreenConfig(size="1920x1080"),
        ScreenConfig(size="1080x1920", large_type=True),
        ScreenConfig(size="1280x800", high_contrast=True),
        ScreenConfig(size="1080x1920", language=MIRRORED),
    ],
    ids=["normal", "elder", "contrast", "mirrored"],
)
@pytest.mark.usefixtures("app")
def test_every_component_is_whole_clear_and_named(view: ScreenConfig) -> None:
    gallery = open_gallery(view)
    looked = look(gallery.window)
    found = [*placed_badly(looked), *too_pale(gallery.window, looked), *silent(gallery.window)]
    gallery.close()

    assert len(looked.texts) > 100
    assert found == []
