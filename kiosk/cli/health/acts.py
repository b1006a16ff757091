"""What one round with each kind of device is, and what must have come out of it."""

import queue
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from kiosk.cli.health.finding import Finding, Health, Phrase
from kiosk.cli.health.rounds import Bench
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import (
    CardRead,
    CodeRead,
    DeviceKind,
    Event,
    FilesOffered,
    Finished,
    HandoverOpened,
    ListFiles,
    PageScanned,
    PageSize,
    PreviewOpened,
    PrintPaper,
    ReadCard,
    ReceiveFiles,
    ScanPages,
    Ticket,
    UseCamera,
)
from kiosk.model.people import CardMedium, IdType
from kiosk.papers.content import TrialPaper

_PICTURES = 10
_PICTURE_SECONDS = 8.0
_POLL_SECONDS = 0.02
_LOOK_SECONDS = 0.5
_SMALLEST_PAGE = 400
_CARDS = {
    IdType.RESIDENT_ID: "居民身份证",
    IdType.RESIDENCE_PERMIT: "港澳台居民居住证",
    IdType.FOREIGNER_ID: "外国人永久居留身份证",
    IdType.FOREIGNER_ID_2017: "外国人永久居留身份证（2017 版）",
}


def read_a_card(bench: Bench) -> Finding:
    """A card is read whole. Nothing of it is told but its kind."""
    cards = bench.act("cards")
    try:
        if cards:
            bench.act("tap", name=next(iter(cards)))
        bench.please("请把身份证（社保卡读卡器放社保卡）平放在读卡区", "Lay a card on the reader")
        event = bench.ask(ReadCard(bench.seconds))
    finally:
        bench.act("lift")
    if not isinstance(event, CardRead):
        raise KioskError(Failure.CARD_UNREADABLE)
    if event.card.medium is CardMedium.SOCIAL_SECURITY:
        return _well(bench, "读到一张社会保障卡", "read a social-security card")
    kind = event.card.id_type
    return _well(bench, f"读到一张{_CARDS[kind]}", f"read a card ({kind.value})")


def scan_a_page(bench: Bench) -> Finding:
    """What lies in the scanner comes as a page of the size asked for."""
    pages: list[PageScanned] = []

    def keep(_ticket: Ticket, event: Event) -> None:
        if isinstance(event, PageScanned):
            pages.append(event)

    bench.please("请在扫描仪里放一张有字的纸", "Lay a written sheet into the scanner")
    bench.ask(ScanPages(max_pages=1), keep)
    if not pages or min(pages[0].width, pages[0].height) < _SMALLEST_PAGE:
        raise KioskError(Failure.SCANNER_SHORT_PAGE)
    page = pages[0]
    size = f"{page.width}×{page.height}, {len(page.image) // 1024} kB"
    return _well(bench, f"扫到一页（{size}）", f"scanned a page ({size})")


def watch_a_camera(bench: Bench) -> Finding:
    """Pictures come, each newer than the last."""
    seen: list[float] = []

    def watch(ticket: Ticket, event: Event) -> None:
        if not isinstance(event, PreviewOpened):
            return
        turn, until = 0, time.monotonic() + _PICTURE_SECONDS
        while len(seen) < _PICTURES and time.monotonic() < until:
            picture = event.frames.newest(turn)
            if picture is None:
                time.sleep(_POLL_SECONDS)
            else:
                turn = picture.turn
                seen.append(time.monotonic())
        event.frames.close()
        bench.host.cancel(ticket)

    try:
        bench.ask(UseCamera(automatic=False), watch)
    except KioskError as error:
        if error.failure is not Failure.DEVICE_CANCELLED:
            raise
    if len(seen) < _PICTURES:
        raise KioskError(Failure.DEVICE_HUNG, pictures=len(seen))
    rate = (len(seen) - 1) / max(seen[-1] - seen[0], 0.001)
    return _well(bench, f"画面每秒 {rate:.0f} 幅", f"{rate:.0f} pictures a second")


def read_a_code(bench: Bench) -> Finding:
    """A code arrives. What it says is not told."""
    codes: queue.SimpleQueue[CodeRead] = queue.SimpleQueue()
    bench.host.watch_codes(codes.put)
    bench.please("请用扫码枪扫任意一个条码或二维码", "Hold any code before the reader")
    until = time.monotonic() + bench.seconds
    while (left := until - time.monotonic()) > 0:
        bench.act("scan", text="JINBAN-TRIAL")
        try:
            length = len(codes.get(timeout=min(left, _LOOK_SECONDS)).text)
        except queue.Empty:
            (status,) = bench.host.status()
            if status.failure:
                raise KioskError(Failure.of(status.failure)) from None
            continue
        return _well(bench, f"扫到一个码（{length} 个字符）", f"read a code ({length} characters)")
    raise KioskError(Failure.CODE_ABSENT)


def open_a_counter(bench: Bench) -> Finding:
    """The counter for phones opens, and closes again. Whether a phone reaches it shows only with a phone."""
    opened: list[str] = []

    def close(ticket: Ticket, event: Event) -> None:
        if isinstance(event, HandoverOpened):
            opened.append(event.url)
            bench.host.cancel(ticket)

    try:
        bench.ask(ReceiveFiles(), close)
    except KioskError as error:
        if error.failure is not Failure.DEVICE_CANCELLED:
            raise
    if not opened:
        raise KioskError(Failure.HANDOVER_UNREACHABLE)
    place = urlsplit(opened[0]).netloc
    return _well(bench, f"手机可以传到 {place}，请用手机扫一次码", f"phones may send to {place}; try with one")


def list_a_stick(bench: Bench) -> Finding:
    """What lies on the stick can be listed. Names are not told."""
    found: list[int] = []

    def count(_ticket: Ticket, event: Event) -> None:
        if isinstance(event, FilesOffered):
            found.append(len(event.files))

    bench.please("请插一个 U 盘", "Insert a USB stick")
    until = time.monotonic() + bench.seconds
    while True:
        try:
            bench.ask(ListFiles(), count)
        except KioskError as error:
            if error.failure is not Failure.STICK_ABSENT or time.monotonic() > until:
                raise
            time.sleep(_LOOK_SECONDS)
            continue
        return _well(bench, f"U 盘上有 {sum(found)} 个可用的文件", f"{sum(found)} usable files on the stick")


def print_a_trial(bench: Bench) -> Finding:
    """A trial paper, and its end as the printer reports it."""
    from kiosk.cli.wiring import new_press  # noqa: PLC0415 -- fonts and reportlab only for who prints
    from kiosk.papers.trial_roll import trial_roll  # noqa: PLC0415

    (offer,) = bench.host.papers()
    size = next(size for size in PageSize if size in offer.sizes)
    trial = TrialPaper(f"{bench.name} ({bench.driver})", datetime.now(UTC), size)
    if offer.lines and size.on_roll:
        paper = PrintPaper(b"", "trial", size, trial_roll(trial))
    else:
        paper = PrintPaper(new_press().draw(trial), "trial", size)
    event = bench.ask(paper)
    if not isinstance(event, Finished) or event.pages < 1:
        raise KioskError(Failure.PRINT_UNCERTAIN)
    return _well(bench, f"打出一张测试页（{size}），请看字迹", f"printed a trial page ({size}); look at it")


def _well(bench: Bench, zh: str, en: str) -> Finding:
    return Finding(bench.name, Health.WELL, Phrase(zh, en))


ACTS: Final[dict[DeviceKind, Callable[[Bench], Finding]]] = {
    DeviceKind.ID_CARD: read_a_card,
    DeviceKind.SCANNER: scan_a_page,
    DeviceKind.CAMERA: watch_a_camera,
    DeviceKind.BARCODE: read_a_code,
    DeviceKind.PHONE: open_a_counter,
    DeviceKind.STICK: list_a_stick,
    DeviceKind.PRINTER: print_a_trial,
}
