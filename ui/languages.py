"""The languages of the screen: Chinese, which stands in the sources, and one for every `jinban_*.qm` of a folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QTranslator

FOLDER: Final = Path(__file__).parent / "i18n"
CHINESE: Final = "zh"
ENGLISH: Final = "en"
_PREFIX: Final = "jinban_"


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language by its own name. `translator` is None for Chinese."""

    code: str
    name: str
    translator: QTranslator | None = None


def tongues(folders: Iterable[Path] = (FOLDER,)) -> tuple[Tongue, ...]:
    """Chinese first, then English, then the others by their code. A file Qt cannot read is no language."""
    found = [Tongue(CHINESE, "中文")]
    for folder in folders:
        for path in sorted(folder.glob(f"{_PREFIX}*.qm")):
            translator = QTranslator()
            if translator.load(str(path)):
                code = path.stem.removeprefix(_PREFIX)
                found.append(Tongue(code, translator.translate("Language", "中文") or code, translator))
    return tuple(sorted(found, key=lambda one: (one.code != CHINESE, one.code != ENGLISH, one.code)))


def in_words(text: str) -> str:
    """A sentence of `kiosk/words` as the language of the screen has it; itself where that is Chinese or English."""
    return QCoreApplication.translate("Words", text) if text else text


def for_lupdate() -> tuple[str, str]:
    """What every translation says about itself: its own name, and `RTL` if it is written from right to left."""
    translate = QCoreApplication.translate
    return translate("Language", "中文"), translate("QGuiApplication", "QT_LAYOUT_DIRECTION")
