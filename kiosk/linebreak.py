"""Where a line of Chinese may end: for receipt printers, which count cells, and for our own type, in points."""

import re
from collections.abc import Callable, Iterator
from typing import Final

# They may not begin a line, and these may not end one.
_NOT_FIRST: Final = frozenset("，。、；：！？）》」』”’】〉…～％,.;:!?)%*")
_NOT_LAST: Final = frozenset("（《「『“‘【〈(")
_SPACES: Final = " \u3000"
_KEPT: Final = r"□ [^\s□]+|[0-9]+ ?[^\x00-\x7f\s，。、；：！？）》」』”’】〉…～％（《「『“‘【〈]|[!-~]+"
"""What stays whole if it can: a box to tick and its words, a number and what it counts, a run of ASCII."""
_PIECE: Final = re.compile(f"{_KEPT}|.", re.DOTALL)
_WORD: Final = re.compile(f"(?:{_KEPT})$")
_HYPHENED: Final = re.compile(r"[^-]*-|[^-]+")
_CLAUSE: Final = re.compile(r"[^，。；！？]*[，。；！？]+[”’》）]*|[^，。；！？]+$")


def wrap(text: str, width: float, measure: Callable[[str], float], then: float | None = None) -> list[str]:
    """A text in lines of at most `width`, `then` after the first, as `measure` has it.

    What is kept stays whole if it can, no line begins with a comma or ends with an opening bracket if it can; spaces at
    an end are dropped.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, min(width, then or width), measure):
        if measure(line + piece) <= width:
            line += piece
            continue
        line, piece = _broken(line, piece, width, measure)  # noqa: PLW2901 -- what moves down joins the piece
        lines.append(line.rstrip(_SPACES))
        line, width = piece.lstrip(_SPACES), then or width
    if line or not lines:
        lines.append(line.rstrip(_SPACES))
    return lines


def by_clauses(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """A text in lines that end where a clause does, if that takes no more lines than `wrap`; else none."""
    lines: list[str] = []
    for clause in (found.group().strip(_SPACES) for found in _CLAUSE.finditer(text)):
        if measure(clause) > width:
            return []
        if lines and measure(lines[-1] + clause) <= width:
            lines[-1] += clause
        else:
            lines.append(clause)
    return lines if len(lines) <= len(wrap(text, width, measure)) else []


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """What may not be broken. What is longer than a line is: after a hyphen if there is one, else anywhere."""
    for piece in (part for found in _PIECE.finditer(text) for part in _parted(found.group(), width, measure)):
        if measure(piece) <= width:
            yield piece
            continue
        run = ""
        for sign in piece:
            if run and (sign > "~" or run > "~" or measure(run + sign) > width):
                yield run
                run = ""
            run += sign
        yield run


def _parted(piece: str, width: float, measure: Callable[[str], float]) -> list[str]:
    return [piece] if measure(piece) <= width else _HYPHENED.findall(piece)


def _broken(line: str, piece: str, width: float, measure: Callable[[str], float]) -> tuple[str, str]:
    """Where a full line breaks, and what goes down to the next."""
    rest, moved = line, piece
    while len(rest) > 1 and (moved[0] in _NOT_FIRST or rest[-1] in _NOT_LAST):
        word = _WORD.search(rest)
        cut = word.start() if word else len(rest) - 1
        rest, moved = rest[:cut], rest[cut:] + moved
        if not rest or measure(moved) > width:
            return line, piece
    return rest, moved
