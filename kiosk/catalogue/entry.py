"""The light record of one item: what lists and the search index need, without decoding the whole guide."""

from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.item import Department, ItemState


@dataclass(frozen=True, slots=True)
class Entry:
    """Fields of `ServiceItem` under the same names. `pinyin` has a space between syllables; `initials` has none."""

    code: str
    name: str
    type: str
    version: int
    state: ItemState
    dept: Department
    effective: date
    cancel: date | None = None
    short_name: str = ""
    name_en: str = ""
    summary: str = ""
    pinyin: str = ""
    initials: str = ""
    short_pinyin: str = ""
    short_initials: str = ""
    catalog_code: str = ""
    local_catalog_code: str = ""
    task_code: str = ""
    local_task_code: str = ""
    handle_item_code: str = ""
    service_object: tuple[str, ...] = ("1",)
    topics_person: tuple[str, ...] = ()
    topics_corp: tuple[str, ...] = ()
    verified: bool = False

    @property
    def live(self) -> bool:
        """在用: may be applied for."""
        return self.state is ItemState.LIVE
