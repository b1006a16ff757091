"""From the authoring folder to a signed package: checked, with pinyin, the same bytes for the same folder."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from central.authoring.pinyin import sound_of
from kiosk.catalogue.authored import AuthoredHead, read_folder
from kiosk.catalogue.check import check_items
from kiosk.catalogue.package import Head, write_package
from kiosk.catalogue.quality.violation import Violation
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject


class CatalogueViolationsError(KioskError):
    """`CATALOGUE_BROKEN` with everything an author has to mend; `where` names the first place."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(Failure.CATALOGUE_BROKEN, where=violations[0].path, violations=len(violations))
        self.violations = violations


def build_package(folder: Path, *, record_private: bytes, version: int, issued_at: datetime) -> bytes:
    """The folder as the given version of its catalogue, signed with the platform's record key.

    Args:
        folder: `catalogue.toml`, `holidays.json` and `items/*.json`.
        record_private: the platform's record key.
        version: 1 and up; terminals take only a higher one than they hold.
        issued_at: an aware instant.

    Raises:
        CatalogueViolationsError: anything the quality rules find; nothing is built.
        KioskError: `CATALOGUE_BROKEN` where the result would be beyond the format's bounds.
    """
    authored = read_folder(folder)
    demo = authored.head is not None and authored.head.demo
    violations = (*authored.violations, *check_items(authored.items, demo=demo))
    if violations or authored.head is None:
        raise CatalogueViolationsError(violations)
    items = [with_sound(item) for item in authored.items.values()]
    return write_package(_head(authored.head, version, issued_at), items, authored.holidays, record_private)


def with_sound(item: Mapping[str, object]) -> JsonObject:
    """An item with the pinyin and initials of its name and short name, whatever the author wrote there."""
    name, short = sound_of(str(item["name"])), sound_of(str(item.get("short_name", "")))
    return dict(item) | {
        "pinyin": name.pinyin,
        "initials": name.initials,
        "short_pinyin": short.pinyin,
        "short_initials": short.initials,
    }


def _head(authored: AuthoredHead, version: int, issued_at: datetime) -> Head:
    return Head(
        id=authored.id,
        title=authored.title,
        version=version,
        as_of=authored.as_of,
        issued_at=issued_at,
        region12=authored.region12,
        demo=authored.demo,
    )
