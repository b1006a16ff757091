"""Finding an item: by words, by theme, from the most used."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.entry import Entry
from kiosk.catalogue.search import Hit
from kiosk.desk.browsing import Topic
from kiosk.desk.desk import Desk
from kiosk.visit import VisitState
from ui.controllers.visit import VisitController
from ui.models import Rows

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

HITS = 30
SHOWN_FIRST = 6


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item in a list."""

    code: str
    name: str
    nameEn: str
    summary: str
    summaryEn: str
    dept: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One theme and how many items it has."""

    topic: str
    items: int


@QmlElement
class CatalogueController(QObject):
    """What can be done here. Answers to a query that is no longer asked are dropped."""

    queryChanged = Signal()
    topicChanged = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._desk: Desk = visit.desk
        self._query = ""
        self._topic = ""
        self._topics: Rows[TopicRow] = Rows(TopicRow, self)
        self._popular: Rows[ItemRow] = Rows(ItemRow, self)
        self._hits: Rows[ItemRow] = Rows(ItemRow, self)
        self._entries: dict[str, Entry] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _on_entered(self, state: str) -> None:
        if state == VisitState.HOME:
            self._clear()
            self._visit.lanes.work(
                lambda: (self._desk.topics(), self._desk.entries(), self._desk.popular()),
                self._show_shelf,
                self._visit.refused,
                lasting=True,
            )

    def _show_shelf(self, shelf: tuple[tuple[Topic, ...], tuple[Entry, ...], tuple[str, ...]]) -> None:
        topics, entries, popular = shelf
        self._entries = {entry.code: entry for entry in entries}
        self._members = {topic.name: topic.codes for topic in topics}
        self._topics.show(TopicRow(topic.name, len(topic.codes)) for topic in topics)
        self._popular.show(row_of(self._entries[code]) for code in popular[:SHOWN_FIRST])

    def _clear(self) -> None:
        self._hits.show(())
        self._set_query("")
        self._set_topic("")

    @Slot(str)
    def search(self, text: str) -> None:
        """Find items by Chinese words, pinyin, initials or code."""
        query = text.strip()
        if query == self._query:
            return
        self._set_query(query)
        if query:
            self._visit.lanes.work(
                lambda: self._desk.search(query, HITS), lambda hits: self._found(query, hits), self._visit.refused
            )
        else:
            self._show_topic()

    def _found(self, query: str, hits: tuple[Hit, ...]) -> None:
        if query == self._query:
            self._hits.show(row_of(self._entries[hit.code]) for hit in hits if hit.code in self._entries)

    @Slot(str)
    def openTopic(self, topic: str) -> None:
        """Show the items of a theme; an empty name shows all themes again."""
        self._set_topic(topic)
        self._show_topic()

    def _show_topic(self) -> None:
        codes = self._members.get(self._topic, ())
        self._hits.show(row_of(self._entries[code]) for code in codes if code in self._entries)

    @Slot(str)
    def choose(self, code: str) -> None:
        """Open the guide of one item."""
        self._visit.ask(lambda: self._desk.item(code), self._visit.choose_item)

    def _set_query(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.queryChanged.emit()

    def _set_topic(self, topic: str) -> None:
        if topic != self._topic:
            self._topic = topic
            self.topicChanged.emit()

    @Property(str, notify=queryChanged)
    def query(self) -> str:
        """What is searched for now."""
        return self._query

    @Property(str, notify=topicChanged)
    def topic(self) -> str:
        """The theme that is open, empty for none."""
        return self._topic

    @Property(Rows, constant=True)
    def topics(self) -> Rows[TopicRow]:
        """All themes."""
        return self._topics

    @Property(Rows, constant=True)
    def popular(self) -> Rows[ItemRow]:
        """Items done most here."""
        return self._popular

    @Property(Rows, constant=True)
    def hits(self) -> Rows[ItemRow]:
        """What was found, or the items of the open theme."""
        return self._hits


def row_of(entry: Entry) -> ItemRow:
    """An item as lists show it."""
    return ItemRow(
        code=entry.code,
        name=entry.short_name or entry.name,
        nameEn=entry.name_en,
        summary=entry.summary,
        summaryEn="",
        dept=entry.dept.name,
    )
