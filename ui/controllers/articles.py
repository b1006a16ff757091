"""Policies, questions many ask, announcements: found, opened, read. With no network as well."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.boarddesk import Named
from kiosk.failure import Failure, KioskError
from kiosk.visit import VisitState
from ui.controllers.catalogue import ItemRow, row_of
from ui.controllers.visit import VisitController
from ui.models import Rows

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

HITS = 40


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article in the list; `kind` is `policy`, `question` or `news`."""

    name: str
    kind: str
    title: str
    titleEn: str
    source: str
    sourceEn: str
    asOf: str


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One paragraph of the opened article."""

    body: str


@QmlElement
class ArticlesController(QObject):
    """The list, or the one that is open. Answers to a query that is no longer asked are dropped."""

    changed = Signal()
    queryChanged = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._query = ""
        self._found: dict[str, Named] = {}
        self._open: Named | None = None
        self._rows: Rows[ArticleRow] = Rows(ArticleRow, self)
        self._paragraphs: Rows[ParagraphRow] = Rows(ParagraphRow, self)
        self._items: Rows[ItemRow] = Rows(ItemRow, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)
        visit.preferences.languageChanged.connect(self._show)

    def _on_entered(self, state: str) -> None:
        if state == VisitState.ARTICLES:
            self._look()
        elif state == VisitState.HOME:
            self._clear()

    def _clear(self) -> None:
        self._set_query("")
        self._found, self._open = {}, None
        self._rows.show(())
        self._show()

    @Slot(str)
    def search(self, text: str) -> None:
        """Find articles by Chinese words, pinyin, initials, or what stands in them."""
        query = text.strip()
        if query != self._query:
            self._set_query(query)
            self._look()

    def _look(self) -> None:
        desk, query = self._visit.desk, self._query
        self._visit.lanes.work(
            lambda: desk.articles(query)[:HITS], lambda found: self._seen(query, found), self._visit.refused
        )

    def _seen(self, query: str, found: tuple[Named, ...]) -> None:
        if query == self._query and self._visit.visit.state is VisitState.ARTICLES:
            self._found = {one.name: one for one in found}
            self._rows.show(_row(one) for one in found)
            self.changed.emit()

    @Slot(str)
    def open(self, name: str) -> None:
        """Show one article; an empty name goes back to the list."""
        self._open = self._found.get(name)
        self._items.show(())
        self._show()
        if self._open is not None and self._open.article.items:
            desk, codes, opened = self._visit.desk, self._open.article.items, self._open
            self._visit.lanes.work(
                lambda: [row_of(entry) for entry in desk.entries() if entry.code in codes],
                lambda rows: self._items.show(rows) if self._open is opened else None,
                self._no_items,
            )

    def _no_items(self, error: KioskError) -> None:
        if error.failure is not Failure.CATALOGUE_ABSENT:
            self._visit.refused(error)

    @Slot(str)
    def choose(self, code: str) -> None:
        """Open the guide of an item the article speaks of."""
        self._visit.ask(lambda: self._visit.desk.item(code), self._visit.choose_item)

    def _show(self) -> None:
        text = ""
        if self._open is not None:
            article = self._open.article
            english = self._visit.preferences.language == "en"
            text = (article.text_en if english else "") or article.text
        self._paragraphs.show(ParagraphRow(line.strip()) for line in text.splitlines() if line.strip())
        self.changed.emit()

    def _set_query(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.queryChanged.emit()

    @Property(str, notify=queryChanged)
    def query(self) -> str:
        """What is searched for now."""
        return self._query

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        """Whether one is open."""
        return self._open is not None

    @Property(bool, notify=changed)
    def chineseOnly(self) -> bool:
        """Whether the open one has no English text."""
        return self._open is not None and self._open.article.text_en == ""

    def _shown(self) -> ArticleRow:
        return _row(self._open) if self._open else ArticleRow("", "", "", "", "", "", "")

    @Property(str, notify=changed)
    def title(self) -> str:
        """Title of the open one."""
        return self._shown().title

    @Property(str, notify=changed)
    def titleEn(self) -> str:
        """The same in English, where there is one."""
        return self._shown().titleEn

    @Property(str, notify=changed)
    def source(self) -> str:
        """Who says so."""
        return self._shown().source

    @Property(str, notify=changed)
    def sourceEn(self) -> str:
        """The same in English."""
        return self._shown().sourceEn

    @Property(str, notify=changed)
    def number(self) -> str:
        """The document's number, empty where it has none."""
        return self._open.article.number if self._open else ""

    @Property(str, notify=changed)
    def asOf(self) -> str:
        """ISO day until which it was checked."""
        return self._shown().asOf

    @Property(Rows, constant=True)
    def rows(self) -> Rows[ArticleRow]:
        """What was found, or all there is, the newest first."""
        return self._rows

    @Property(Rows, constant=True)
    def paragraphs(self) -> Rows[ParagraphRow]:
        """What the open one says."""
        return self._paragraphs

    @Property(Rows, constant=True)
    def items(self) -> Rows[ItemRow]:
        """Items it speaks of that may be applied for here."""
        return self._items


def _row(named: Named) -> ArticleRow:
    article = named.article
    return ArticleRow(
        name=named.name,
        kind=str(article.kind),
        title=article.title,
        titleEn=article.title_en,
        source=article.source,
        sourceEn=article.source_en,
        asOf=article.as_of.isoformat(),
    )
