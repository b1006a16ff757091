"""The options of an ESC/POS printer, parsed at the edge; the package's docstring says what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from devices.printer.escpos.address import Address, address_of
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import PageSize

_DOTS: Final = {PageSize.ROLL_80: 576, PageSize.ROLL_58: 384}
_FEWEST_DOTS: Final = 192
_MOST_DOTS: Final = 1024
_LONGEST_PATIENCE: Final = 30.0
_LONGEST_FINISH: Final = 50.0
_KNOWN: Final = frozenset(
    {"port", "paper", "dots", "charset", "qr", "cutter", "status", "end", "patience", "finish", "baud", "flow"}
)
_Word = TypeVar("_Word", bound=StrEnum)


class Charset(StrEnum):
    """What the printer's own Chinese type holds."""

    GBK = "gbk"
    GB18030 = "gb18030"
    RASTER = "raster"


class Qr(StrEnum):
    """Who draws a QR code."""

    NATIVE = "native"
    RASTER = "raster"


class Answers(StrEnum):
    """Whether the printer answers questions."""

    FULL = "full"
    NONE = "none"


class End(StrEnum):
    """What proves that a paper is out."""

    STATUS = "status"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Settings:
    """One printer. `dots` is its width in dots and a multiple of 8; seconds everywhere."""

    address: Address
    dots: int
    charset: Charset = Charset.GBK
    qr: Qr = Qr.NATIVE
    cutter: bool = True
    answers: Answers = Answers.FULL
    end: End = End.STATUS
    patience: float = 8.0
    finish: float = 20.0


def settings_of(options: Mapping[str, str]) -> Settings:
    """The settings these options describe.

    Raises:
        KioskError: `CONFIG_INVALID` with the option's name.
    """
    for name in options:
        if name not in _KNOWN:
            raise wrong(name)
    paper = _word(options, "paper", PageSize.ROLL_80)
    if not paper.on_roll:
        raise wrong("paper")
    return Settings(
        address=address_of(options),
        dots=_dots(options.get("dots", ""), _DOTS[paper]),
        charset=_word(options, "charset", Charset.GBK),
        qr=_word(options, "qr", Qr.NATIVE),
        cutter=_yes(options, "cutter"),
        answers=_word(options, "status", Answers.FULL),
        end=_word(options, "end", End.STATUS),
        patience=_seconds(options, "patience", 8.0, _LONGEST_PATIENCE),
        finish=_seconds(options, "finish", 20.0, _LONGEST_FINISH),
    )


def wrong(option: str) -> KioskError:
    """An option nobody can use; only its name is told."""
    return KioskError(Failure.CONFIG_INVALID, device="printer", option=option)


def _word(options: Mapping[str, str], name: str, otherwise: _Word) -> _Word:
    try:
        return type(otherwise)(options.get(name, otherwise.value))
    except ValueError:
        raise wrong(name) from None


def _yes(options: Mapping[str, str], name: str) -> bool:
    word = options.get(name, "yes")
    if word not in {"yes", "no"}:
        raise wrong(name)
    return word == "yes"


def _dots(word: str, otherwise: int) -> int:
    if not word:
        return otherwise
    if not word.isdecimal() or not _FEWEST_DOTS <= int(word) <= _MOST_DOTS or int(word) % 8:
        raise wrong("dots")
    return int(word)


def _seconds(options: Mapping[str, str], name: str, otherwise: float, longest: float) -> float:
    try:
        seconds = float(options.get(name, otherwise))
    except ValueError:
        raise wrong(name) from None
    if not 0 <= seconds <= longest:
        raise wrong(name)
    return seconds
