"""One word list over everything a resident can read, and every text in both languages."""

import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from ui.app import HERE
from ui.renew import sources

ROOT = HERE.parent
TS = HERE / "i18n" / "jinban_en.ts"
ROOMS = ("central", "devices", "kiosk", "local_db", "sync", "ui")
HAN = re.compile(r"[一-鿿]")
LIST = tomllib.loads((HERE / "i18n" / "words.toml").read_text(encoding="utf-8"))


def _messages(path: Path) -> Iterator[tuple[str, str, str]]:
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 -- our own file
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None
            yield (
                name,
                message.findtext("source", ""),
                (translation.text or "") if done and translation is not None else "",
            )


def _resident_texts() -> Iterator[tuple[str, str]]:
    for name, source, _ in _messages(TS):
        if name != "DemoPanel":
            yield f"screen {name}", source
    failures = tomllib.loads((ROOT / "kiosk" / "words" / "failures.toml").read_text(encoding="utf-8"))
    for code, words in failures.items():
        yield from ((f"failure {code}", text) for text in words["resident"]["zh"])
    for page in ("forms.toml", "notice.toml"):
        texts = tomllib.loads((ROOT / "kiosk" / "words" / page).read_text(encoding="utf-8"))
        yield from ((f"{page} {code}", text["zh"]) for code, text in texts.items())


@pytest.mark.parametrize("word", LIST["forbidden"])
def test_residents_never_read_the_language_of_programs(word: str) -> None:
    assert [where for where, text in _resident_texts() if word in text] == []


@pytest.mark.parametrize("name", LIST["required"])
def test_what_must_be_said_is_said_exactly_so(name: str) -> None:
    sources = [source for _, source, _ in _messages(TS)]

    assert any(LIST["required"][name] in source for source in sources)


def test_whom_to_call_stands_in_the_settings_alone() -> None:
    """One default; everything people read, hear or take home has it from the settings."""
    literal = re.compile(r"(?<!\d)12345(?!\d)")
    said = [path for kind in ("qml", "py", "toml", "ts") for room in ROOMS for path in (ROOT / room).rglob(f"*.{kind}")]
    found = [str(path.relative_to(ROOT)) for path in said if literal.search(path.read_text(encoding="utf-8"))]

    assert len(said) > 400
    assert found == ["kiosk/config.py"]


def test_every_text_is_translated_and_no_translation_is_chinese() -> None:
    messages = list(_messages(TS))
    missing = [source for _, source, english in messages if source.strip() and not english.strip()]
    chinese = [english for _, _, english in messages if HAN.search(english)]

    assert len(messages) > 300
    assert missing == []
    assert chinese == []


def test_a_translation_keeps_every_place_for_a_value() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"%\d|\{\}", text))

    assert [source for _, source, english in _messages(TS) if places(source) != places(english)] == []


def test_the_translations_are_in_step_with_the_sources(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    subprocess.run([tool, *sources(), "-ts", fresh], cwd=ROOT, check=True, capture_output=True, timeout=120)
    known = {(name, source) for name, source, _ in _messages(TS)}
    wanted = {(name, source) for name, source, _ in _messages(fresh)}

    assert wanted - known == set()
    assert known - wanted == set()


def test_the_compiled_translation_holds_what_its_source_says() -> None:
    translator = QTranslator()
    assert translator.load(str(HERE / "i18n" / "jinban_en.qm"))

    assert [
        source for name, source, english in _messages(TS) if english != (translator.translate(name, source) or "")
    ] == []


def test_no_chinese_stands_in_a_screen_outside_of_translation() -> None:
    """Beside the mark, the names of themes, which are data, and the button that leads back to Chinese."""
    loose = re.compile(r'"[^"\n]*[一-鿿][^"\n]*"')
    found = []
    for path in sorted((HERE / "qml").rglob("*.qml")):
        if path.name in {"GsGallery.qml", "GsMark.qml", "GsTopics.qml"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            bare = re.sub(r'qsTr\("[^"]*"\)|"中文"', "", line.partition("//")[0])
            if loose.search(bare):
                found.append(f"{path.name}:{number}: {line.strip()}")

    assert found == []
