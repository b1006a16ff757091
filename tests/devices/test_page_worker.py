"""Pages on their way from a driver's process through the page worker to whoever asked for them."""

import os
import signal
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from devices.page.finished import FinishedPage, Wish
from devices.page.workshop import Workshop
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import Failed, Finished, ScanPages
from tests.devices.device_bench import begin, running, until
from tests.devices.page_pictures import A4, CODE_TEXT, blank, form, jpeg, photo

pytestmark = pytest.mark.expects_logs

# A driver that delivers the files of its folder: `front.jpg`, `back.jpg`; `photo` in a name makes it a photo.
OUTSIDE = """
from pathlib import Path
from devices.contract import Page

class Scanner:
    simulated = False
    def __init__(self, setup):
        self.folder = Path(setup.options["folder"])
    def open(self):
        pass
    def check(self):
        return ""
    def close(self):
        pass
    def scan(self, request, job):
        for file in sorted(self.folder.iterdir()):
            name = file.name
            yield Page(file.read_bytes(), file.suffix[1:], 100, 100, photo="photo" in name, back="back" in name)
"""


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose pictures the driver delivers."""
    site, folder = tmp_path / "site", tmp_path / "stack"
    info = site / "acme-1.0.dist-info"
    info.mkdir(parents=True)
    folder.mkdir()
    (site / "acme_pages.py").write_text(textwrap.dedent(OUTSIDE), encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[jinban.scanner]\npages = acme_pages:Scanner\n", encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    return folder


@pytest.fixture
def shop() -> Iterator[Workshop]:
    shop = Workshop()
    yield shop
    shop.close()


def config(stack: Path) -> dict[str, object]:
    return {"scanner": {"driver": "pages", "folder": str(stack)}}


def pid(shop: Workshop) -> int:
    assert shop._process is not None
    return shop._process.pid


def test_pages_arrive_finished_with_what_was_found_on_them(stack: Path, tmp_path: Path) -> None:
    (stack / "1-front.jpg").write_bytes(jpeg(form(seal=True)))
    (stack / "2-back.jpg").write_bytes(jpeg(blank()))
    (stack / "3-photo.jpg").write_bytes(jpeg(photo(form(), blur=3.0)[0]))
    with running(tmp_path, config(stack)) as host:
        seen, ticket = begin(host, ScanPages())
        assert seen.last() == Finished(ticket, 2)
        sealed, blurred = seen.pages()
    assert (sealed.extension, sealed.findings, sealed.codes) == ("jpg", (), (CODE_TEXT,))
    assert Failure.PAGE_BLURRED in blurred.findings
    assert CODE_TEXT not in repr(seen.events)


def test_raw_pictures_of_a_scanner_program_are_taken_too(stack: Path, tmp_path: Path) -> None:
    grey = np.asarray(form().convert("L"))
    (stack / "1.pnm").write_bytes(b"P5\n%d %d\n255\n" % A4 + grey.tobytes())
    with running(tmp_path, config(stack)) as host:
        seen, ticket = begin(host, ScanPages(colour=False))
        assert seen.last() == Finished(ticket, 1)
        (page,) = seen.pages()
    assert (page.extension, page.width, page.height) == ("pdf", *A4)


def test_a_page_that_cannot_be_read_ends_the_request_and_the_pages_before_it_stay(stack: Path, tmp_path: Path) -> None:
    (stack / "1.jpg").write_bytes(jpeg(form()))
    (stack / "2.jpg").write_bytes(jpeg(form())[:9000])
    with running(tmp_path, config(stack)) as host:
        seen, ticket = begin(host, ScanPages())
        event = seen.last()
        assert isinstance(event, Failed)
        assert event.failure is Failure.SCANNER_SHORT_PAGE
        assert len(seen.pages()) == 1
        (stack / "2.jpg").unlink()
        again, ticket = begin(host, ScanPages())
        assert again.last() == Finished(ticket, 1)


def test_a_killed_worker_costs_nothing_but_a_moment(shop: Workshop) -> None:
    first = shop.finish(jpeg(form()), Wish())
    os.kill(pid(shop), signal.SIGKILL)
    assert shop.finish(jpeg(form()), Wish()) == first


def test_a_picture_that_kills_the_worker_twice_is_refused_and_the_next_page_is_finished(shop: Workshop) -> None:
    shop.warm()

    def kill() -> None:
        os.kill(pid(shop), signal.SIGKILL)

    os.kill(pid(shop), signal.SIGSTOP)
    with pytest.raises(KioskError) as crashed:
        shop.finish(jpeg(form()), Wish(), alive=kill)
    assert (crashed.value.failure, crashed.value.info) == (Failure.DEVICE_CRASHED, {"part": "page"})
    assert isinstance(shop.finish(jpeg(form()), Wish()), FinishedPage)


def test_a_worker_that_stands_still_is_replaced_in_its_time(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.page.workshop.PAGE_SECONDS", 0.6)
    shop.warm()
    stuck = pid(shop)
    os.kill(stuck, signal.SIGSTOP)
    with pytest.raises(KioskError) as hung:
        shop.finish(jpeg(form()), Wish())
    assert hung.value.failure is Failure.DEVICE_HUNG
    assert not Path(f"/proc/{stuck}").exists()
    monkeypatch.setattr("devices.page.workshop.PAGE_SECONDS", 20.0)
    assert shop.finish(jpeg(form()), Wish()) is not None


def test_who_gives_up_waiting_leaves_at_once_and_no_answer_reaches_the_next_page(shop: Workshop) -> None:
    shop.warm()
    os.kill(pid(shop), signal.SIGSTOP)

    def give_up() -> None:
        raise KioskError(Failure.DEVICE_CANCELLED)

    began = time.monotonic()
    with pytest.raises(KioskError) as cancelled:
        shop.finish(jpeg(form(seal=True)), Wish(), alive=give_up)
    assert cancelled.value.failure is Failure.DEVICE_CANCELLED
    assert time.monotonic() - began < 5.0
    page = shop.finish(jpeg(form()), Wish())
    assert page is not None
    assert page.extension == "pdf"


def test_a_refused_page_leaves_the_worker_alive(shop: Workshop) -> None:
    shop.finish(jpeg(form()), Wish())
    worker = pid(shop)
    for broken in (b"no picture", b"", jpeg(blank())):
        with pytest.raises(KioskError):
            shop.finish(broken, Wish())
    assert shop.finish(jpeg(form()), Wish()) is not None
    assert pid(shop) == worker


def test_the_worker_gives_its_memory_back_after_a_rest(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.finish(jpeg(form()), Wish())
    worker = pid(shop)
    shop.rest()
    assert pid(shop) == worker
    monkeypatch.setattr("devices.page.workshop.REST_AFTER", 0.0)
    shop.rest()
    assert not Path(f"/proc/{worker}").exists()


def test_a_driver_takes_its_worker_along_when_it_dies(stack: Path, tmp_path: Path) -> None:
    (stack / "1.jpg").write_bytes(jpeg(form()))
    with running(tmp_path, config(stack)) as host:
        assert isinstance(begin(host, ScanPages())[0].last(), Finished)
        driver = host._seats[0].child
        assert driver is not None
        workers = Path(f"/proc/{driver.pid}/task/{driver.pid}/children").read_text().split()
        assert len(workers) == 1
        os.kill(driver.pid, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{workers[0]}").exists())


def test_the_worker_stays_below_its_memory_with_a_large_photo(shop: Workshop) -> None:
    assert shop.finish(jpeg(photo(form(seal=True), size=(3120, 4160))[0]), Wish(photo=True)) is not None
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid(shop)}/status").read_text().splitlines())
    assert int(status["VmHWM"].split()[0]) < 400_000
