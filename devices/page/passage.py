"""A driver's raw page on its way out: finished in the worker, or only looked at where the request wants it so."""

from collections.abc import Callable

from devices.channel import LARGEST_MEMORY
from devices.contract import Page
from devices.page.finished import FinishedPage, Wish
from devices.page.workshop import Workshop
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages

_AS_IT_CAME = frozenset({"jpg", "png"})
_HEAD, _TAIL = b"%PDF-", b"%%EOF"
_AT_EITHER_END = 1024


def through(
    page: Page, request: ScanPages, number: int, workshop: Workshop, alive: Callable[[], object] = bool
) -> FinishedPage | None:
    """The page as it is handed on; None for a blank back side. `number` counts from 1; `alive` see `Workshop`.

    Raises:
        KioskError: `SCANNER_SHORT_PAGE`, `SCANNER_BLANK`, `PAGE_NOT_FOUND`; `DEVICE_CRASHED`, `DEVICE_HUNG` with the
            detail `part=page` when the worker failed; what `alive` raises.
    """
    if not 0 < len(page.image) <= LARGEST_MEMORY:
        raise KioskError(Failure.SCANNER_SHORT_PAGE, page=number, reason="size" if page.image else "broken")
    if page.extension == "pdf":
        _whole_pdf(page.image, number)
        return FinishedPage(page.image, page.extension, page.width, page.height)
    if not request.finish and page.extension in _AS_IT_CAME:
        from devices.scanner.inspect import inspect  # noqa: PLC0415 - Pillow, which the worker has otherwise

        inspect(page, number)
        return FinishedPage(page.image, page.extension, page.width, page.height)
    wish = Wish(
        dpi=request.dpi,
        colour=request.colour,
        width=page.width,
        height=page.height,
        photo=page.photo,
        back=page.back,
        ready=page.ready,
        number=number,
        read=request.read,
    )
    return workshop.finish(page.image, wish, alive)


def _whole_pdf(data: bytes, number: int) -> None:
    """Refuse a PDF that was cut off: unlike a picture it is measured nowhere else, and its end says that it is one."""
    if _HEAD not in data[:_AT_EITHER_END] or _TAIL not in data[-_AT_EITHER_END:]:
        raise KioskError(Failure.SCANNER_SHORT_PAGE, page=number, reason="broken")
