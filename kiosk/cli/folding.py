"""Text for a terminal's columns, where a Chinese character is as wide as two letters."""

import re
import unicodedata

_LEAST = 20
# What may not be torn: a word with the space behind it, or one wide character with the punctuation that closes it.
_PIECES = re.compile(r"[\u2e80-\uffff\U00020000-\U0003ffff](?:[，。；：、）？！”]+ ?| ?)|[^\s\u2e80-\uffff]+ ?|\s")


def width(text: str) -> int:
    """Columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, columns: int) -> str:
    """A text and the space up to a column."""
    return text + " " * (columns - width(text))


def folded(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns (20 at least); only a word that is longer reaches beyond. Empty for no text."""
    lines: list[str] = []
    line = ""
    for piece in _PIECES.findall(text):
        if line and width(line + piece.rstrip()) > max(columns, _LEAST):
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines
