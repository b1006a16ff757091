"""A language is one file: put beside the others, it is offered by its own name and spoken on every screen."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QRawFont

from kiosk.failure import Failure
from kiosk.words import Audience, failure_words
from tests.ui.conftest import Show
from ui.fonts import font_families
from ui.languages import FOLDER, tongues
from ui.pseudo import LONG, MIRRORED, from_the_right, longer
from ui.renew import compiled, renew, sentences

CODE = "ug"
OWN_NAME = "ئۇيغۇرچە"


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one more language, of which somebody has translated a little."""
    folder = tmp_path_factory.mktemp("one-file")
    left = renew(CODE, folder)
    source = folder / f"jinban_{CODE}.ts"
    tree = ET.parse(source)  # noqa: S314 -- just written by ourselves
    done = {"中文": OWN_NAME, "QT_LAYOUT_DIRECTION": "RTL", "点这里，开始办事": "BASHLASH"}
    done[failure_words(Failure.CARD_ABSENT, Audience.RESIDENT).cause] = "KARTA YOQ"
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and message.findtext("source") in done:
            translation.text = done[str(message.findtext("source"))]
            translation.attrib.pop("type", None)
    tree.write(source, encoding="utf-8", xml_declaration=True)
    compiled(source)
    assert left > 400
    return folder


def test_a_file_beside_the_others_is_a_language_by_its_own_name(one_file: Path) -> None:
    found = [(one.code, one.name) for one in tongues((FOLDER, one_file))]

    assert found == [("zh", "中文"), ("en", "English"), (CODE, OWN_NAME)]


def test_a_person_chooses_it_on_the_sheet_and_the_screen_turns_round(show: Show, one_file: Path) -> None:
    shown = show(languages=(FOLDER, one_file))
    shown.hand.touch("languageToggle")
    shown.hand.touch(f"tongue_{CODE}")
    start = shown.hand.find("startButton")
    words = str(start.property("text"))
    left_of_middle = start.mapToScene(start.boundingRect().center()).x() < shown.screen.window.width() / 2
    direction = QGuiApplication.layoutDirection()
    shown.part("preferences").reset()

    assert words == "BASHLASH"
    assert direction == Qt.LayoutDirection.RightToLeft
    assert not left_of_middle
    assert QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_the_sentences_of_failures_are_in_the_same_file(show: Show, one_file: Path) -> None:
    shown = show(languages=(FOLDER, one_file), language=CODE)
    shown.tour.to_card()
    shown.part("visit").show_problem(Failure.CARD_ABSENT)

    shown.hand.until(lambda: "KARTA YOQ" in shown.texts(), "the sentence in that language")


def test_of_two_languages_one_touch_takes_the_other(show: Show) -> None:
    shown = show()
    shown.hand.touch("languageToggle")
    english = shown.part("preferences").get_tongue()
    shown.hand.touch("languageToggle")

    assert (english, shown.part("preferences").get_tongue()) == ("en", "zh")


def test_a_terminal_whose_language_is_gone_speaks_chinese(show: Show) -> None:
    assert show(language="xx").part("preferences").get_tongue() == "zh"


def test_the_pseudo_languages_grow_and_turn_and_keep_the_places_for_values() -> None:
    texts = [english for _, english in sentences()]
    grown = sum(len(longer(text)) for text in texts) / sum(len(text) for text in texts)

    assert 1.35 < grown < 1.5
    assert "%1" in longer("%1 pages")
    assert "{limit}" in longer("at most {limit}")
    assert from_the_right("%1 pages").startswith("\u200f%1\u202e pages")


def test_the_pseudo_languages_are_never_shipped() -> None:
    shipped = {one.code for one in tongues()}

    assert shipped & {LONG, MIRRORED} == set()


def test_rare_characters_of_names_have_letters_and_no_boxes(app: QGuiApplication) -> None:
    """The names' own font has what the two of the screen have not, U+20BB7 beyond the first plane among them."""
    metrics = [QRawFont.fromFont(QFont(family)) for family in font_families()[:3]]

    assert app.font().families()[:3] == font_families()[:3]
    assert [sign for sign in "𠮷䶮㛃龦" if not any(font.supportsCharacter(ord(sign)) for font in metrics)] == []
