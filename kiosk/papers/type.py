"""Type: the embedded fonts, and text that never turns into boxes.

A character the main font lacks is set in the names font (rare characters of names such as 𠮷 䶮 㛃); one that neither
has is written as 〔U+30EDE〕, so that a reader sees that something stands there and what.
"""

from functools import cache
from html import escape
from itertools import groupby
from typing import Final

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.lib import textsplit
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.platypus import Paragraph
from reportlab.platypus import paragraph as paragraph_module

from kiosk.linebreak import by_clauses, wrap
from kiosk.papers.fonts import BOLD, NAMES, REGULAR, font_path

_BMP: Final = 0x10000


def _utf16_cmap(fontname: str, subset: list[int]) -> str:
    """ToUnicode with characters beyond the BMP as UTF-16 pairs.

    reportlab 5.1 writes their code points as five digits, which no reader understands: 𠮷 would copy as another sign.
    """
    rows = "\n".join(
        f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper() if code >= _BMP else f'{code:04X}'}>"
        for place, code in enumerate(subset)
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        f"<< /Registry ({fontname})\n/Ordering ({fontname})\n/Supplement 0\n>> def\n/CMapName /{fontname} def\n"
        f"/CMapType 2 def\n1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n"
        f"{len(subset)} beginbfchar\n{rows}\nendbfchar\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def load_fonts() -> None:
    """Register the shipped fonts, once, and keep reportlab from ever falling back to one that is not embedded."""
    ttfonts.makeToUnicodeCMap = _utf16_cmap
    for name in (REGULAR, BOLD, NAMES):
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(font_path(name))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    # reportlab lacks these among the characters that may not begin a line: its list is Japanese.
    paragraph_module.ALL_CANNOT_START = textsplit.ALL_CANNOT_START = textsplit.ALL_CANNOT_START + "，；：！？”’》〉…～"
    rl_config.canvas_basefontname = REGULAR
    shapes.STATE_DEFAULTS["fontName"] = REGULAR


def covered(text: str) -> bool:
    """Whether every character of a text has a glyph in one of the shipped fonts."""
    return all(_font_of(character, REGULAR) for character in text if not character.isspace())


def marked(text: str, font: str = REGULAR) -> str:
    """A text as paragraph markup: escaped, each run in a font that has it, line breaks and wide spaces kept."""
    parts = []
    for name, run in groupby(text, lambda character: _font_of(character, font)):
        characters = "".join(run)
        if name is None:
            parts.append("".join(f"〔U+{ord(character):X}〕" for character in characters))
        elif name == font:
            parts.append(escape(characters))
        else:
            parts.append(f'<font name="{name}">{escape(characters)}</font>')
    return "".join(parts).replace("\n", "<br/>").replace("\u3000", "\u00a0\u00a0\u00a0")


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """A text set in a style. Wide spaces before the first character indent the first line, however long the text is.

    reportlab drops leading spaces of a paragraph that wraps, and keeps them in one that does not.
    """
    indent = len(text) - len(text.lstrip("\u3000"))
    set_in = _indented(style, indent) if indent else style
    return Paragraph(marked(text[indent:], style.fontName), set_in)


def paragraphs(text: str, style: ParagraphStyle) -> list[Paragraph]:
    """A text of several lines, each a paragraph: a full line before a line break would leave an empty one behind it."""
    return [paragraph(line, style) for line in text.split("\n")]


def width_of(text: str, style: ParagraphStyle) -> float:
    """How wide a text stands in one line, in points."""
    return sum(
        float(pdfmetrics.stringWidth("".join(run).replace("\u3000", "\u00a0" * 3), name or REGULAR, style.fontSize))
        for name, run in groupby(text, lambda character: _font_of(character, style.fontName))
    )


def broken(text: str, style: ParagraphStyle, width: float, then: float | None = None) -> list[str]:
    """A text in lines of at most `width` points, `then` after the first: reportlab breaks numbers in two."""
    return wrap(text, width, lambda part: width_of(part, style), then)


def in_clauses(text: str, style: ParagraphStyle, width: float) -> list[str]:
    """As `broken`, with lines that end where a clause does if that takes no more of them."""
    return by_clauses(text, width, lambda part: width_of(part, style)) or broken(text, style, width)


@cache
def style(
    size: float, *, bold: bool = False, centre: bool = False, grey: float = 0.0, lead: float = 1.5, indent: float = 0.0
) -> ParagraphStyle:
    """A style by its size and its left indent in points; `grey` 0 is black."""
    load_fonts()
    made = ParagraphStyle(
        name=f"{size}-{bold}-{centre}-{grey}-{lead}-{indent}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * lead,
        leftIndent=indent,
        wordWrap="CJK",
        textColor=(grey, grey, grey),
        splitLongWords=1,
    )
    if centre:
        made.alignment = TA_CENTER
    return made


@cache
def _indented(style: ParagraphStyle, characters: int) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}+{characters}", style, firstLineIndent=characters * style.fontSize)


def _font_of(character: str, wanted: str) -> str | None:
    code = ord(character)
    for name in dict.fromkeys((wanted, REGULAR, NAMES)):
        if code in _glyphs(name) or character in "\n\t ":
            return name
    return None


@cache
def _glyphs(name: str) -> frozenset[int]:
    load_fonts()
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)
