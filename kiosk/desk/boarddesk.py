"""The desk's verbs over what the platform posted: emergency notices, articles, what the point tells of itself."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import Department, ItemState
from kiosk.catalogue.search import SearchIndex, plain
from kiosk.config import PointConfig
from kiosk.desk.ground import DeskGround
from kiosk.failure import KioskError
from kiosk.model.board import Article, Notice, Posting, Topic, read_content

log = logging.getLogger(__name__)

_T = TypeVar("_T", Notice, Article)
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Named:
    """An article with the name it is posted under."""

    name: str
    article: Article


class BoardDesk(DeskGround):
    """What is told to everybody."""

    def notices(self) -> tuple[Notice, ...]:
        """Emergency notices that are not over, what begins first at the top.

        It is at least as late as the newest posting: a clock that runs behind brings nothing back that is over.
        """
        posted = self._kit.store.board.held(Topic.NOTICE)
        now = max([self._kit.now(), *(one.posted_at for one in posted)])
        standing = [notice for _, notice in _read(posted, Notice) if not notice.over(now)]
        return tuple(sorted(standing, key=lambda notice: notice.begins))

    def articles(self, query: str = "") -> tuple[Named, ...]:
        """Policies, questions and announcements, the newest first; for a query those it meets, best first.

        A query is Chinese, pinyin or initials of a title, a keyword, or words that stand in the text.
        """
        posted = self._kit.store.board.held(Topic.ARTICLE)
        found = {posting.name: Named(posting.name, article) for posting, article in _read(posted, Article)}
        if not plain(query):
            return tuple(sorted(found.values(), key=lambda one: (one.article.as_of, one.name), reverse=True))
        index = SearchIndex.build(_entry(one) for one in found.values())
        hits = [hit.code for hit in index.search(query, _MOST)]
        words = plain(query).split()
        inside = [name for name, one in found.items() if name not in hits and _holds(one.article, words)]
        return tuple(found[name] for name in (*hits, *inside))

    def point(self) -> PointConfig:
        """Whom to call and when somebody is here, as the technician wrote it or the platform posted it."""
        return self._kit.point()

    def board_as_of(self) -> datetime | None:
        """When the newest article was posted; None where there is none."""
        return max((one.posted_at for one in self._kit.store.board.held(Topic.ARTICLE)), default=None)


def _read(postings: tuple[Posting, ...], kind: type[_T]) -> Iterator[tuple[Posting, _T]]:
    """What can be read of them: one that a newer platform wrote in another form is in nobody's way."""
    for posting in postings:
        try:
            yield posting, read_content(posting.content, kind)
        except KioskError as error:
            log.warning("board: %s/%s left out: %s", posting.topic, posting.name, error)


def _entry(named: Named) -> Entry:
    """An article as the search index takes it: its title is found as names of items are, its keywords as themes."""
    article = named.article
    return Entry(
        named.name,
        article.title,
        article.kind,
        1,
        ItemState.LIVE,
        Department(article.source, ""),
        article.as_of,
        name_en=article.title_en,
        pinyin=article.pinyin,
        initials=article.initials,
        topics_person=article.keywords,
    )


def _holds(article: Article, words: list[str]) -> bool:
    text = plain(f"{article.text} {article.text_en} {article.source} {article.number}")
    return all(word in text for word in words)
