"""Ids: cases, decisions and the names of exported files go by them."""

import re
from collections.abc import Iterator

from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.quality.violation import Violation

# What the platform files a case by: with any other id it would take no case of this item.
_ID = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]{0,63}")


def id_violations(item: ServiceItem) -> Iterator[Violation]:
    """Every id that is not a plain word."""
    ids = [("materials", one.id) for one in item.materials]
    ids += [("conditions", one.id) for one in item.conditions]
    ids += [("forms", one.id) for one in item.forms]
    ids += [("refusals", one.id) for one in item.refusals]
    for kind, ident in ids:
        if not _ID.fullmatch(ident):
            yield Violation(f"{kind}/{ident}/id", "id", "标识只能用字母、数字、下划线、点和短横，最长 64 个字符")
