"""Why the figures of a day differ, in the words of a service point."""

from collections.abc import Iterator
from typing import Final

import msgspec

from kiosk.failure import Failure
from kiosk.model.dayreport import Cause, DayReport, Difference
from kiosk.model.values import JsonObject
from kiosk.words import Audience, Language, failure_words

_CAUSES: Final[dict[Cause, tuple[str, str]]] = {
    Cause.RECEIPT_UNASKED: ("没有打过回执", "no receipt was asked for"),
    Cause.RECEIPT_RUNNING: ("回执正在打", "the receipt is being printed"),
    Cause.RECEIPT_WAITING: ("回执没打出来，等纸或等打印机", "the receipt waits for paper or a printer"),
    Cause.RECEIPT_UNCERTAIN: ("不知道回执打出来没有，请看出纸口", "nobody knows whether the receipt came out: look"),
    Cause.RECEIPT_GIVEN_UP: ("回执没打成，已不再打", "the receipt failed and was given up"),
    Cause.SENDING_QUEUED: ("在本机，还没送", "here, not sent yet"),
    Cause.SENDING_TRYING: ("在本机，送过，没送到", "here, tried and not delivered"),
    Cause.SENDING_SCANS: ("县里已收到申请，材料还在送", "the form has arrived, its files are on their way"),
    Cause.SENDING_PARKED: ("先放着，没有送", "put aside, not sent"),
    Cause.PLATFORM_REFUSED: ("县里没有收下", "the platform did not take it"),
    Cause.PLATFORM_LACKS: (
        "本机记着已收到，县里没有：请马上报告",
        "acknowledged here, absent at the platform: report it",
    ),
    Cause.PLATFORM_INCOMPLETE: (
        "本机记着已收齐，县里材料不全：请马上报告",
        "acknowledged here, incomplete at the platform: report it",
    ),
    Cause.TERMINAL_LACKS: ("县里有，本机没有：请马上报告", "at the platform, unknown here: report it"),
    Cause.ACKNOWLEDGEMENT_ON_ITS_WAY: (
        "县里已收齐，回音还没到本机",
        "at the platform whole, its answer has not come back yet",
    ),
    Cause.NUMBER_DIFFERS: ("两边编号不一样：请马上报告", "another number at the platform: report it"),
}

_TAKEN: Final = ("收件", "taken")
_PRINTED: Final = ("已出回执", "receipts")
_ACKNOWLEDGED: Final = ("县里已收到", "acknowledged")
_REPRINTS: Final = ("补打", "reprints")
_EARLIER: Final = ("以前的", "earlier")
_UNDATED: Final = ("收件时本机时间未核对", "taken under a clock that was not trusted")
_NOTHING: Final = ("没有差异", "no difference")


def cause_words(found: Difference, language: Language = "zh") -> str:
    """Why one case differs, with what a failure behind it says to staff."""
    chinese = language == "zh"
    said = _CAUSES[found.cause][0 if chinese else 1]
    reason = found.reason and (f"（{found.reason}）" if chinese else f" ({found.reason})")
    return said + reason + _failure_words(found.failure, language)


def answer_of(report: DayReport, language: Language) -> JsonObject:
    """A report as commands answer it in JSON; `msgspec.json.decode(…, type=DayReport)` reads it again."""
    counted = {
        "submitted": report.submitted,
        "printed": report.printed,
        "acknowledged": report.acknowledged,
        "reprints": report.reprints,
        "agrees": report.agrees,
        "differences": [difference_row(one, language) for one in report.differences],
    }
    kept: JsonObject = msgspec.to_builtins(report)
    return kept | counted


def difference_row(found: Difference, language: Language) -> JsonObject:
    """One difference with its words."""
    row: JsonObject = msgspec.to_builtins(found)
    return row | {"words": cause_words(found, language)}


def report_lines(report: DayReport, language: Language) -> Iterator[str]:
    """A report as text for a terminal window."""
    place = 0 if language == "zh" else 1
    yield f"{report.day}  {report.terminal}  {report.point_name}"
    yield f"{_TAKEN[place]} {report.submitted}"
    if report.of_terminal:
        yield f"{_PRINTED[place]} {report.printed}"
    yield f"{_ACKNOWLEDGED[place]} {report.acknowledged}"
    if report.reprints:
        yield f"{_REPRINTS[place]} {report.reprints}"
    for found in report.differences:
        yield f"  {found.number or found.event}  {cause_words(found, language)}"
    for label, events in ((_EARLIER, report.earlier), (_UNDATED, report.open_undated)):
        for one in events:
            yield f"  {one.number}  {label[place]}: {cause_words(one.waits, language)}"
    if report.agrees:
        yield _NOTHING[place]


def _failure_words(code: str, language: Language) -> str:
    try:
        words = failure_words(Failure.of(code), Audience.STAFF, language)
    except KeyError:
        return f": {code}" if code else ""
    return f"：{words.cause}{words.action}" if language == "zh" else f": {words.cause} {words.action}"
