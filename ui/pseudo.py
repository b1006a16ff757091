"""Two languages nobody speaks, made from the English one: they show which texts have no room and what is not mirrored.

`qps-long` writes every text about 40 % longer, with marks on its letters and brackets around it, so that a cut end or a
text outside of translation is seen. `qps-mirrored` writes it from right to left.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from ui.languages import FOLDER
from ui.renew import compiled, sentences

LONG: Final = "qps-long"
MIRRORED: Final = "qps-mirrored"
_MARKED: Final = str.maketrans("AEIOUaeiounsc", "ÀÉÎÖÛàéîöûñšç")
_PLACE: Final = re.compile(r"(%\d|\{[^}]*\}|\n)")
_RIGHT_TO_LEFT_MARK, _OVERRIDE, _POP = "\u200f", "\u202e", "\u202c"
_GROWTH: Final = 0.4


def longer(text: str) -> str:
    """The text with marks on its letters, in brackets, and 40 % longer; places for values stay as they are."""
    if not text.strip():
        return text
    marked = "".join(part if _PLACE.fullmatch(part) else part.translate(_MARKED) for part in _PLACE.split(text))
    filling = "one two three four five six seven eight nine ten ".translate(_MARKED)
    wanted = max(1, round(len(text) * _GROWTH) - 3)
    more = (filling * (wanted // len(filling) + 1))[:wanted].strip()
    return f"[{marked} {more}]"


def from_the_right(text: str) -> str:
    """The text written from right to left, word for word; places for values stay as they are."""
    parts = (part if _PLACE.fullmatch(part) else _turned(part) for part in _PLACE.split(text))
    return _RIGHT_TO_LEFT_MARK + "".join(parts) if text.strip() else text


def _turned(part: str) -> str:
    return f"{_OVERRIDE}{part}{_POP}" if part.strip() else part


KINDS: Final[Mapping[str, Callable[[str], str]]] = {LONG: longer, MIRRORED: from_the_right}


def write_pseudo(folder: Path) -> Path:
    """Write both as `jinban_*.ts` and compile them into the folder, which a screen can be given; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, changed in KINDS.items():
        root = ET.Element("TS", version="2.1", language=code, sourcelanguage="zh_CN")
        english = ET.parse(FOLDER / "jinban_en.ts").getroot()  # noqa: S314 -- our own file
        for context in english.iter("context"):
            name = context.findtext("name", "")
            if name == "QGuiApplication":
                continue
            texts = ((one.findtext("source", ""), one.findtext("translation", "")) for one in context.iter("message"))
            _add(root, name, ((source, changed(text)) for source, text in texts))
        _add(root, "Words", ((source, changed(text)) for source, text in sentences()))
        _add(root, "QGuiApplication", [("QT_LAYOUT_DIRECTION", "RTL" if code == MIRRORED else "LTR")])
        target = folder / f"jinban_{code}.ts"
        ET.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)
        compiled(target)
    return folder


def _add(root: ET.Element, name: str, messages: Iterable[tuple[str, str]]) -> None:
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = name
    for source, text in messages:
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        ET.SubElement(message, "translation").text = text
