"""一次性告知: everything that is missing, told once, with reason, substitutes and legal basis."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    """A rule's three-valued answer, plus what is not asked in this case."""

    SATISFIED = "satisfied"
    MAY_FOLLOW = "may_follow"
    BLOCKS = "blocks"
    NOT_NEEDED = "not_needed"


class Subject(StrEnum):
    """What a line of the notice is about."""

    CONDITION = "condition"
    MATERIAL = "material"
    FIELD = "field"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the sheet. `unknown` names the form fields still missing to decide a condition.

    `reason_code` is a key of `kiosk/words/notice.toml`; `reason` is catalogue text where the catalogue has one.
    `title_en` is the catalogue's English for the title, empty where it gives none.
    """

    subject: Subject
    ref: str
    title: str
    answer: Answer
    member: str | None = None
    reason_code: str = ""
    reason: str = ""
    basis: str = ""
    substitutes: tuple[str, ...] = ()
    obtain: str = ""
    follow_by: date | None = None
    unknown: tuple[str, ...] = ()
    originals: int = 0
    copies: int = 0
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole sheet, in the catalogue's order, satisfied lines included."""

    item_code: str
    catalogue_version: int
    lines: tuple[NoticeLine, ...]

    @property
    def blocking(self) -> tuple[NoticeLine, ...]:
        """Lines that must be mended before the case may be submitted."""
        return tuple(line for line in self.lines if line.answer is Answer.BLOCKS)

    @property
    def following(self) -> tuple[NoticeLine, ...]:
        """Lines whose material may follow by a date with a pledge."""
        return tuple(line for line in self.lines if line.answer is Answer.MAY_FOLLOW)
