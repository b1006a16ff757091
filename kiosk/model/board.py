"""What the platform posts for everybody: emergency notices, policies and questions, settings, the holiday table.

A posting is one signed record with a name within its topic; a later one (a higher sequence) takes its place, and one
that is `gone` takes it away. What it holds is JSON, read here on both sides: what the platform could not read it does
not post, and what a terminal cannot read it does not show.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, TypeVar

import msgspec

from kiosk.failure import Failure, KioskError

_T = TypeVar("_T")

Name = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z_-]{1,40}$")]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
"""What must fit on one or two lines of a banner."""
Passage = Annotated[str, msgspec.Meta(max_length=600)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Zoned = Annotated[datetime, msgspec.Meta(tz=True)]


class Topic(StrEnum):
    """What a posting is about. A terminal keeps those of topics it does not know for the program that will."""

    NOTICE = "notice"
    ARTICLE = "article"
    SETTINGS = "settings"
    HOLIDAYS = "holidays"
    KEYS = "keys"


PLATFORM_KEYS: Final = "platform"
"""The name under which the platform posts its newest statement of keys."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting as it was signed. `sequence` rises over all postings of a platform; `content` is JSON."""

    topic: str
    name: str
    sequence: int
    posted_at: datetime
    gone: bool = False
    content: bytes = field(default=b"", repr=False)


class NoticeKind(StrEnum):
    """Why people have to know now; chooses the picture beside the words."""

    POWER = "power"
    """停电."""
    WEATHER = "weather"
    """暴雨、台风、大雪."""
    MAINTENANCE = "maintenance"
    """系统维护."""
    CLOSED = "closed"
    """停办、窗口调整."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Notice:
    """紧急通知. It is shown from when it arrives until `ends`; `begins` is when what it tells of begins."""

    kind: NoticeKind
    title: Line
    begins: Zoned
    ends: Zoned
    text: Passage = ""
    title_en: Annotated[str, msgspec.Meta(max_length=160)] = ""
    text_en: Annotated[str, msgspec.Meta(max_length=1200)] = ""

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise ValueError("it ends before it begins")

    def over(self, now: datetime) -> bool:
        """Whether nobody needs to know any more."""
        return now >= self.ends


class ArticleKind(StrEnum):
    """What an article is."""

    POLICY = "policy"
    """政策."""
    QUESTION = "question"
    """常见问题."""
    NEWS = "news"
    """公告."""


@dataclass(frozen=True, slots=True)
class Article:
    """A policy, an answer to a question many ask, or an announcement that belongs to no single item.

    `source` says who says so, `number` is the document's number (文号), `as_of` the day until which it was checked
    (数据截至). Paragraphs of `text` are lines. `pinyin` and `initials` of the title are computed at the platform.
    """

    kind: ArticleKind
    title: Line
    text: Text
    source: Line
    as_of: date
    number: Annotated[str, msgspec.Meta(max_length=60)] = ""
    title_en: Annotated[str, msgspec.Meta(max_length=160)] = ""
    text_en: Annotated[str, msgspec.Meta(max_length=40_000)] = ""
    source_en: Annotated[str, msgspec.Meta(max_length=160)] = ""
    keywords: tuple[Line, ...] = ()
    items: tuple[Name, ...] = ()
    pinyin: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class PostedKeys:
    """The root's newest statement of the platform's keys, as `kiosk.seal.statements` reads it; base 64 in JSON."""

    statement: bytes


def write_keys(posted: PostedKeys) -> bytes:
    """As a posting holds it."""
    return msgspec.json.encode(posted)


def read_content(content: bytes, kind: type[_T]) -> _T:
    """What a posting holds.

    Raises:
        KioskError: `POSTING_UNREADABLE`, with the place (`where`) and never a value.
    """
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise KioskError(Failure.POSTING_UNREADABLE, where=str(error).rpartition("`$.")[2].rstrip("`")) from error
