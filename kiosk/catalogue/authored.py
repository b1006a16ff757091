"""The authoring folder: `catalogue.toml`, `holidays.json`, `items/*.json`. Read by the check and by the platform."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.calendar import HolidayTable, parse_holidays
from kiosk.catalogue.quality.violation import Violation
from kiosk.failure import KioskError

MOST_FILE_BYTES = 16 * 1024 * 1024
_HEAD_KEYS = {"id", "title", "region", "region12", "as_of", "demo", "holidays", "holiday_years"}


class BrokenFileError(Exception):
    """A file of the folder cannot be read as what it should be; `violation` says where and why."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation.message)
        self.violation = violation


@dataclass(frozen=True, slots=True)
class AuthoredHead:
    """`catalogue.toml`: what an author decides about the catalogue as a whole."""

    id: str
    title: str
    region12: str
    as_of: date
    demo: bool
    holidays: str
    holiday_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Authored:
    """A folder as read. `items` are the raw items by file name; what could not be read stands in `violations`."""

    head: AuthoredHead | None
    holidays: HolidayTable
    items: Mapping[str, Any]
    violations: tuple[Violation, ...]


def read_folder(folder: Path) -> Authored:
    """Everything in the folder; broken files become violations, so that an author sees all of them at once."""
    violations: list[Violation] = []
    head: AuthoredHead | None = None
    holidays = HolidayTable()
    items: dict[str, Any] = {}
    try:
        head = _head(folder / "catalogue.toml")
        holidays = _holidays(folder, head)
    except BrokenFileError as error:
        violations.append(error.violation)
    for path in sorted((folder / "items").glob("*.json")):
        try:
            items[f"items/{path.name}"] = read_json(path, f"items/{path.name}")
        except BrokenFileError as error:
            violations.append(error.violation)
    if not items and not violations:
        violations.append(Violation("items", "empty", "items 文件夹里没有事项"))
    return Authored(head, holidays, items, tuple(violations))


def read_json(path: Path, label: str) -> Any:
    """The JSON in a file.

    Raises:
        BrokenFileError: it cannot be read, is too large, is no JSON, is not UTF-8, or has one key twice in one object.
    """
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise BrokenFileError(Violation(label, "file", "文件太大"))
        return json.loads(path.read_bytes(), object_pairs_hook=_once, parse_constant=_no_number)
    except OSError as error:
        raise BrokenFileError(Violation(label, "file", "文件读不出来")) from error
    except (ValueError, RecursionError) as error:
        raise BrokenFileError(Violation(label, "json", f"不是正确的 JSON:{error}")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} twice in one object")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _head(path: Path) -> AuthoredHead:
    label = path.name
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BrokenFileError(Violation(label, "file", "缺少 catalogue.toml 或者读不出来")) from error
    except ValueError as error:
        raise BrokenFileError(Violation(label, "toml", f"不是正确的 TOML:{error}")) from error
    unknown = sorted(raw.keys() - _HEAD_KEYS)
    if unknown:
        raise BrokenFileError(Violation(f"{label}#{unknown[0]}", "unknown-field", "没有这个字段，请检查拼写"))
    kinds: dict[str, type] = {"id": str, "title": str, "region12": str, "as_of": date, "demo": bool}
    for key, kind in kinds.items():
        if not isinstance(raw.get(key), kind):
            raise BrokenFileError(Violation(f"{label}#{key}", "type", "缺少这一项，或者类型不对"))
    file, years = raw.get("holidays", "holidays.json"), raw.get("holiday_years", [])
    if not isinstance(file, str) or Path(file).name != file:
        raise BrokenFileError(Violation(f"{label}#holidays", "file", "节假日文件要放在同一个文件夹里"))
    if not isinstance(years, list) or not all(isinstance(year, int) for year in years):
        raise BrokenFileError(Violation(f"{label}#holiday_years", "type", "年份要写成数字"))
    return AuthoredHead(raw["id"], raw["title"], raw["region12"], raw["as_of"], raw["demo"], file, tuple(years))


def _holidays(folder: Path, head: AuthoredHead) -> HolidayTable:
    raw = read_json(folder / head.holidays, head.holidays)
    try:
        table = parse_holidays(raw)
    except KioskError as error:
        raise BrokenFileError(Violation(head.holidays, "holidays", f"节假日表不对：{error.info['where']}")) from error
    for year in head.holiday_years:
        if not table.knows(year):
            raise BrokenFileError(Violation(head.holidays, "holidays", f"节假日表里没有 {year} 年"))
    return table
