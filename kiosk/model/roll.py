"""What stands on a roll paper, line by line: for receipt printers that set their own type instead of taking a PDF.

A `Roll` says what is there and how it stands out, never dots or bytes: a driver wraps it to the width of its paper.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Align(StrEnum):
    """Where a line stands between the edges."""

    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped to the paper's width.

    `size` 2 is twice as wide and high; `indent` counts half-width cells, `hang` those by which the lines after the
    first stand further in. `keep` asks for one line where that can be had: a printer sets a narrower size before it
    breaks a number in two.
    """

    text: str
    align: Align = Align.LEFT
    size: int = 1
    bold: bool = False
    indent: int = 0
    keep: bool = False
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; the value's further lines stand under its first."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Boxed:
    """The one sentence nobody may miss."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, as large as the paper lets it be read easily."""

    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines, in half line heights."""

    halves: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed to the blade and cut; printers without one feed far enough to tear."""


RollLine: TypeAlias = Text | Pair | Rule | Boxed | Code | Feed | Cut
Roll: TypeAlias = tuple[RollLine, ...]
