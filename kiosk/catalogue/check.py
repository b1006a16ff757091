"""`kiosk catalogue check`: every quality rule over an item, a folder of items or a finished package."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from kiosk.catalogue.authored import BrokenFileError, read_folder, read_json
from kiosk.catalogue.item import ItemState, ServiceItem
from kiosk.catalogue.package import MAGIC, MOST_PACKAGE_BYTES, inspect_package
from kiosk.catalogue.quality.afterwards import afterwards_violations
from kiosk.catalogue.quality.codes import code_violations
from kiosk.catalogue.quality.guide import guide_violations
from kiosk.catalogue.quality.ids import id_violations
from kiosk.catalogue.quality.materials import material_violations
from kiosk.catalogue.quality.shape import shape_violations
from kiosk.catalogue.quality.violation import Violation
from kiosk.failure import Failure, KioskError

__all__ = ["Violation", "check_catalogue", "check_item", "check_items"]


def check_item(raw: object, *, demo: bool = False) -> list[Violation]:
    """Everything wrong in one item as authored. An item that is not even of the right shape is not judged further.

    `demo`: it belongs to a catalogue of demonstration data, in which nothing may call itself verified.
    """
    found = shape_violations(raw)
    if found:
        return found
    item = msgspec.convert(raw, ServiceItem)
    found = [*code_violations(item), *id_violations(item), *guide_violations(item), *afterwards_violations(item)]
    found += [*material_violations(item), *_rules(item)]
    if demo and item.verified:
        found.append(Violation("verified", "verified", "演示数据不能写成已核实"))
    if isinstance(raw, dict) and item.fee.charged and "pay_online" not in raw["fee"]:
        found.append(Violation("fee/pay_online", "fee", "收费的要写明能不能网上支付"))
    return found


def check_items(items: Mapping[str, Any], *, demo: bool = False) -> list[Violation]:
    """Every item by the name of its file, and what only shows in all of them together."""
    found = [one.within(place) for place, raw in items.items() for one in check_item(raw, demo=demo)]
    return found + list(_together(items))


def check_catalogue(path: Path) -> list[Violation]:
    """Everything wrong in a file (one item, a list of items, or a package) or in an authoring folder.

    Raises:
        KioskError: `FILE_MISSING` or `FILE_TOO_LARGE`.
    """
    if path.is_dir():
        authored = read_folder(path)
        demo = authored.head is not None and authored.head.demo
        return [*authored.violations, *check_items(authored.items, demo=demo)]
    if not path.is_file():
        raise KioskError(Failure.FILE_MISSING)
    with path.open("rb") as file:
        if file.read(len(MAGIC)) == MAGIC:
            return _package(path)
    try:
        raw = read_json(path, path.name)
    except BrokenFileError as error:
        return [error.violation]
    if raw == []:
        return [Violation(path.name, "empty", "文件里没有事项")]
    rows = raw if isinstance(raw, list) else [raw]
    return check_items({path.name if rows is not raw else f"{path.name}/{n}": one for n, one in enumerate(rows)})


def _package(path: Path) -> list[Violation]:
    if path.stat().st_size > MOST_PACKAGE_BYTES:
        raise KioskError(Failure.FILE_TOO_LARGE)
    try:
        catalogue = inspect_package(path.read_bytes())
    except KioskError as error:
        return [Violation(path.name, "package", f"目录包不完整：{error.info.get('where', '')}")]
    items = {
        f"{line.entry.code}@{line.entry.version}": msgspec.json.decode(catalogue.raw(line)) for line in catalogue.lines
    }
    return check_items(items, demo=catalogue.head.demo)


def _rules(item: ServiceItem) -> Iterator[Violation]:
    """Expressions, forms and references, as those judge them who use them."""
    from kiosk.rules import problems  # noqa: PLC0415 - brings CEL and JSON Schema, needed by authors only

    for path, message in problems(item):
        yield Violation(path, "form" if path.startswith("forms/") else "rule", message)


def _together(items: Mapping[str, Any]) -> Iterator[Violation]:
    """No version twice, no two live versions of one item, no national code on two live items."""
    versions: dict[tuple[str, str], str] = {}
    live: dict[tuple[str, str], str] = {}
    for place, raw in items.items():
        if not isinstance(raw, dict) or not isinstance(raw.get("code"), str):
            continue
        version = (raw["code"], str(raw.get("version")))
        if version in versions:
            yield Violation(f"{place}#version", "repeated", f"和 {versions[version]} 是同一个版本")
        versions.setdefault(version, place)
        if raw.get("state") != ItemState.LIVE:
            continue
        for field in ("code", "handle_item_code"):
            key = (field, str(raw.get(field) or ""))
            if key[1] and key in live:
                yield Violation(f"{place}#{field}", "two-live", f"和 {live[key]} 同时在用")
            live.setdefault(key, place)
