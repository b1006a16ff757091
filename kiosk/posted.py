"""Settings the platform may set from afar: what changes words, hours and cost, never what reaches a device or a key.

Whatever the technician wrote into `config.toml` holds, because whoever stands before the machine knows its line; the
platform fills in what that file leaves open. What it posts for one terminal goes before what it posts for all.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec

from kiosk.config import FILE_NAME, HOTLINE, HOURS, Config
from kiosk.failure import Failure, KioskError
from kiosk.model.board import Posting, read_content

EVERYWHERE: Final = "all"


@dataclass(frozen=True, slots=True)
class PostedPoint:
    """Whom to call, and when somebody is here."""

    hotline: Annotated[str, msgspec.Meta(pattern=HOTLINE)] | None = None
    opening_hours: Annotated[str, msgspec.Meta(max_length=60)] | None = None


@dataclass(frozen=True, slots=True)
class PostedLine:
    """What scans may cost, as `kiosk.config.LineConfig`."""

    metered: bool | None = None
    budget_mb: Annotated[int, msgspec.Meta(ge=0)] | None = None
    budget_per: Literal["day", "month"] | None = None
    scans_between: Annotated[str, msgspec.Meta(pattern=HOURS)] | None = None


@dataclass(frozen=True, slots=True)
class PostedDesk:
    """What is promised: bounded, so that no posting makes a promise nobody could keep, or one that says nothing."""

    deliver_within_days: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    keep_draft_days: Annotated[int, msgspec.Meta(ge=1, le=60)] | None = None


@dataclass(frozen=True, slots=True)
class PostedScreen:
    """Whether the terminal speaks, as `kiosk.config.ScreenConfig`."""

    voice: Literal["off", "asked", "always"] | None = None


@dataclass(frozen=True, slots=True)
class PostedSettings:
    """Everything that may be posted. None leaves a setting as it is."""

    point: PostedPoint = field(default_factory=PostedPoint)
    line: PostedLine = field(default_factory=PostedLine)
    desk: PostedDesk = field(default_factory=PostedDesk)
    screen: PostedScreen = field(default_factory=PostedScreen)


_NONE: Final = PostedSettings()


def check_settings(raw: Mapping[str, Any]) -> PostedSettings:
    """Settings somebody wants to post.

    Raises:
        KioskError: `CONFIG_INVALID` naming the key that is wrong, or none that may be set from afar.
    """
    known = {one.name: {inner.name for inner in fields(getattr(_NONE, one.name))} for one in fields(_NONE)}
    for table, values in raw.items():
        if table not in known or not isinstance(values, Mapping):
            raise KioskError(Failure.CONFIG_INVALID, where=table)
        for name in values:
            if name not in known[table]:
                raise KioskError(Failure.CONFIG_INVALID, where=f"{table}.{name}")
    try:
        return msgspec.convert(dict(raw), type=PostedSettings)
    except msgspec.ValidationError as error:
        raise KioskError(Failure.CONFIG_INVALID, where=str(error).rpartition("`$.")[2].rstrip("`")) from error


def with_posted(config: Config, data: Path, postings: Iterable[Posting]) -> Config:
    """The settings in force: the file's, and where it says nothing what was posted.

    A posting this program cannot read changes nothing; another may still count.
    """
    written = _written(data)
    for posting in sorted(postings, key=lambda one: one.name != EVERYWHERE):
        try:
            posted = read_content(posting.content, PostedSettings)
        except KioskError:
            continue
        for table in fields(posted):
            own = {
                name: value for name, value in _given(getattr(posted, table.name)) if (table.name, name) not in written
            }
            if own:
                config = replace(config, **{table.name: replace(getattr(config, table.name), **own)})
    return config


def _given(posted: Any) -> list[tuple[str, Any]]:
    values = ((one.name, getattr(posted, one.name)) for one in fields(posted))
    return [(name, value) for name, value in values if value is not None]


def _written(data: Path) -> set[tuple[str, str]]:
    """Settings the file names; `read_config` has said already whether it can be read."""
    try:
        raw = tomllib.loads((data / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return set()
    return {(table, name) for table, values in raw.items() if isinstance(values, dict) for name in values}
