"""Settings of one data directory: one frozen dataclass read from one TOML file, `DATA/config.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

import msgspec

from kiosk.failure import Failure, KioskError

FILE_NAME = "config.toml"
# tomllib tells the place in its message alone (before Python 3.14).
_LINE = re.compile(r"at line (\d+)")
SPEAK_WITH = ("espeak-ng", "-v", "{voice}", "-a", "{volume}", "-s", "{speed}", "--stdin", "--stdout")

MixUp = Literal["z-zh", "c-ch", "s-sh", "n-l", "f-h", "an-ang", "en-eng", "in-ing"]
MIX_UPS: Final[tuple[MixUp, ...]] = get_args(MixUp)


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """Driver name per kind of device, empty where there is none; `options` go to the driver as they are."""

    idcard: str = "sim"
    scanner: str = "sim"
    camera: str = ""
    barcode: str = ""
    phone: str = ""
    stick: str = ""
    printer: str = "sim"
    options: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScreenConfig:
    """The screen. `size` is `full` or `WIDTHxHEIGHT`; `language` is `zh`, `en` or another of ui/i18n.

    `read_pages` reads the words on forms and cards with tesseract, where it is installed, and asks about a wrong paper.
    `voice` is `off`, `asked` (whoever wants it turns it on) or `always`. `speak_with` is the program that reads a
    sentence from its standard input and writes WAV; `{voice}`, `{volume}` (0 to 200) and `{speed}` (words a minute)
    in it are filled in. `audio_device` is where `aplay` plays it, such as the headphone socket; empty: the usual one.
    `mix_ups` are the sounds people of the place mix up when they type pinyin: each may stand for the other.
    `width_mm` is how wide the picture really is; 0: as wide as the panel says. Sizes for elders depend on it.
    `switches` are the keys of two switches (next, choose) or of one (choose); with one, the frame moves every
    `scan_seconds`.
    """

    size: str = "full"
    language: str = "zh"
    large_type: bool = False
    high_contrast: bool = False
    read_pages: bool = False
    voice: str = "asked"
    speak_with: tuple[str, ...] = SPEAK_WITH
    audio_device: str = ""
    mix_ups: tuple[MixUp, ...] = MIX_UPS
    width_mm: float = 0.0
    switches: tuple[str, ...] = ("F9", "F10")
    scan_seconds: float = 2.0


_ADDRESS: Final = r"^(https?://[^\s/]+(/\S*)?)?$"
HOURS: Final = r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$"
HOTLINE: Final = r"^\d[\d-]{2,17}$"
USUAL_HOTLINE: Final = "12345"
"""Whom people call where nobody has set another: the government service hotline of every place."""


@dataclass(frozen=True, slots=True)
class PointConfig:
    """The service point. `hotline` is whom people call, `opening_hours` says when staff are here, in words."""

    hotline: Annotated[str, msgspec.Meta(pattern=HOTLINE)] = USUAL_HOTLINE
    opening_hours: str = ""


@dataclass(frozen=True, slots=True)
class LineConfig:
    """The line. `connections` is how many uploads may run at once; how many do follows from what the line carries.

    The rest makes scans wait, never forms, acknowledgements or decisions. `metered`: every byte is paid for, so scans
    stay until it is off, and the platform is asked for news every quarter of an hour. `budget_mb`: million bytes a
    `budget_per`, both ways, after which they wait for the next; 0 is none. `scans_between`: hours of the day in
    Asia/Shanghai (`22:00-06:00`) in which they go; empty is any.

    `hub` is the address of the township's hub, asked while the platform is out of reach; empty where there is none.
    """

    connections: int = 8
    metered: bool = False
    budget_mb: Annotated[int, msgspec.Meta(ge=0)] = 0
    budget_per: Literal["day", "month"] = "month"
    scans_between: Annotated[str, msgspec.Meta(pattern=HOURS)] = ""
    hub: Annotated[str, msgspec.Meta(pattern=_ADDRESS)] = ""


@dataclass(frozen=True, slots=True)
class DeskConfig:
    """The desk. Days are working days for `deliver_within_days`, calendar days for the others."""

    deliver_within_days: int = 5
    keep_draft_days: int = 7
    unfinished_draft_days: int = 1
    largest_file_bytes: int = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SealConfig:
    """With which algorithms this terminal seals: `aes`, or `sm` (SM4, SM3), which the platform has to know too."""

    suite: Literal["aes", "sm"] = "aes"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a technician may set. Every default works."""

    devices: DeviceConfig = field(default_factory=DeviceConfig)
    screen: ScreenConfig = field(default_factory=ScreenConfig)
    line: LineConfig = field(default_factory=LineConfig)
    desk: DeskConfig = field(default_factory=DeskConfig)
    point: PointConfig = field(default_factory=PointConfig)
    seal: SealConfig = field(default_factory=SealConfig)


def read_config(data: Path) -> Config:
    """The settings of a data directory; all defaults when the file is not there.

    Raises:
        KioskError: `CONFIG_INVALID` when the file is no TOML, a value has the wrong type or a key is not one of ours;
            `where` names the key. A misspelt setting that silently did nothing would be found at the worst moment.
    """
    try:
        text = (data / FILE_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise KioskError(Failure.CONFIG_INVALID, where=FILE_NAME) from error
    try:
        raw = tomllib.loads(text)
        config = msgspec.convert(raw, type=Config)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise KioskError(Failure.CONFIG_INVALID, where=f"{FILE_NAME}:{line[1]}" if line else FILE_NAME) from error
    except msgspec.ValidationError as error:
        where = str(error).rpartition("`$.")[2].rstrip("`") or FILE_NAME
        raise KioskError(Failure.CONFIG_INVALID, where=where) from error
    for where in _unknown(raw, Config):
        raise KioskError(Failure.CONFIG_INVALID, where=where)
    return config


def _unknown(raw: dict[str, Any], kind: Any, path: str = "") -> Iterator[str]:
    known = {one.name: one.type for one in fields(kind)}
    for name, value in raw.items():
        if name not in known:
            yield f"{path}{name}"
        elif is_dataclass(known[name]):
            yield from _unknown(value, known[name], f"{path}{name}.")
