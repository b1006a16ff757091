"""One A4 page through the page worker, and a foreign file through the sandbox.

`python -m benchmarks.page [TIMES]` (default 15) draws a form, a form with a red seal and pictures a 5-megapixel camera
would take of them, and sends each through the worker as a driver does: decode, corners, crop, deskew, light, scores,
code search, encoding. Median wall time, the worker's peak memory, and bytes kept.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import print_table
from devices.page.finished import FinishedPage, Wish
from devices.page.sandbox import decode
from devices.page.workshop import Workshop
from tests.devices.foreign_files import pdf
from tests.devices.page_pictures import form, jpeg, photo, photo_page

TIMES = 15
BAR_SECONDS = 0.5
BAR_MB = 400.0
BAR_TEXT_BYTES = 30_000


def main() -> int:
    """Print the figures; 1 when a bar is missed."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    taken = Wish(photo=True)
    pages = {
        "scan, text": (jpeg(form()), Wish()),
        "scan, red seal": (jpeg(form(seal=True)), Wish()),
        "scan, photograph": (jpeg(photo_page()), Wish()),
        "photo on a dark mat, text": (jpeg(photo(form())[0]), taken),
        "photo on a light mat, text": (jpeg(photo(form(), mat="light", light=0.5, tilt=-8)[0]), taken),
        "photo on wood, red seal": (jpeg(photo(form(seal=True), mat="wood")[0]), taken),
    }
    shop = Workshop()
    began = time.perf_counter()
    try:
        shop.finish(*pages["scan, text"])
        cold = time.perf_counter() - began
        rows, missed = [], False
        for name, (raw, wish) in pages.items():
            seconds, page = measured(lambda raw=raw, wish=wish: shop.finish(raw, wish), times)  # type: ignore[misc]
            rows.append((name, f"{seconds * 1000:.0f}", page.extension, f"{len(page.image) / 1000:.1f}"))
            missed |= seconds > BAR_SECONDS or ("text" in name and len(page.image) > BAR_TEXT_BYTES)
        peak = memory(shop)
        seconds, page = measured(lambda: decode(pdf(), "pdf", workshop=shop)[0], times)
        rows.append(("foreign PDF, one page", f"{seconds * 1000:.0f}", page.extension, f"{len(page.image) / 1000:.1f}"))
    finally:
        shop.close()
    print_table(("one page, median", "ms", "kept as", "kB"), rows)
    print(f"cold start with the first page: {cold * 1000:.0f} ms; worker's peak memory: {peak:.0f} MB")
    print(f"bars: {BAR_SECONDS * 1000:.0f} ms, {BAR_MB:.0f} MB, text {BAR_TEXT_BYTES / 1000:.0f} kB")
    return int(missed or peak > BAR_MB)


def measured(work: Callable[[], FinishedPage | None], times: int) -> tuple[float, FinishedPage]:
    """Median seconds and the last page."""
    taken = []
    page: FinishedPage | None = None
    for _ in range(times):
        began = time.perf_counter()
        page = work()
        taken.append(time.perf_counter() - began)
    assert page is not None
    return statistics.median(taken), page


def memory(shop: Workshop) -> float:
    """The worker's peak resident memory in MB."""
    process = shop._process  # noqa: SLF001 - the benchmark looks where nobody else has to
    assert process is not None
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines()
    return int(dict(line.split(":", 1) for line in lines)["VmHWM"].split()[0]) / 1000


if __name__ == "__main__":
    sys.exit(main())
