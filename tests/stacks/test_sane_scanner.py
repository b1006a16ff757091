"""The driver `sane` in this process on the real libsane: its backend `test`, which plays every fault by name."""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages
from tests.stacks import sane
from tests.stacks.sane import Job, left_behind, opened, scan

FAULTS = {
    "UNSUPPORTED": Failure.CONFIG_INVALID,
    "CANCELLED": Failure.DEVICE_CANCELLED,
    "DEVICE_BUSY": Failure.DEVICE_BUSY,
    "INVAL": Failure.CONFIG_INVALID,
    "EOF": Failure.SCANNER_SHORT_PAGE,
    "JAMMED": Failure.SCANNER_JAM,
    "NO_DOCS": Failure.SCANNER_EMPTY,
    "COVER_OPEN": Failure.SCANNER_COVER_OPEN,
    "IO_ERROR": Failure.DEVICE_DISTURBED,
    "NO_MEM": Failure.DEVICE_DISTURBED,
    "ACCESS_DENIED": Failure.DEVICE_FORBIDDEN,
}
SLOW = "--read-limit=yes --read-limit-size=4096 --read-delay=yes --read-delay-duration=50000"


@pytest.fixture(autouse=True)
def _configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANE_CONFIG_DIR", str(sane.backend_test(tmp_path)))


@contextmanager
def refused(failure: Failure) -> Iterator[None]:
    with pytest.raises(KioskError) as caught:
        yield
    assert caught.value.failure is failure, caught.value


def test_a_scanner_nobody_has_named_is_found_and_gives_a_whole_page(tmp_path: Path) -> None:
    with opened(tmp_path, source="flatbed", extra="--test-picture='Color pattern'", size="200x200") as scanner:
        assert scanner.check() == "Noname frontend-tester"
        job = Job()
        (page,) = scan(scanner, job, dpi=200)
    with Image.open(io.BytesIO(page.image)) as image:
        assert page.extension == "pnm"
        assert image.mode == "RGB"
        assert abs(image.width - page.width) <= 1
        assert abs(image.height - page.height) <= 1
        assert page.width == round(200 / 25.4 * 200)
        assert max(ImageStat.Stat(image).stddev) > 20
    assert job.fractions == sorted(job.fractions)
    assert job.fractions[-1] > 0.9


def test_grey_is_asked_for_where_colour_is_not_wanted(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:0", source="flatbed") as scanner:
        (page,) = scan(scanner, dpi=75, colour=False)
    assert page.image.startswith(b"P5")


def test_a_feeder_gives_its_ten_sheets_and_then_there_are_no_more(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:*", source="feeder") as scanner:
        job = Job()
        assert len(scan(scanner, job, dpi=100)) == 10
        assert 0.0 <= job.fractions[0] <= 0.5 < job.fractions[-1] < 1.0
        assert len(scan(scanner, dpi=50)) == 10


def test_no_more_pages_are_taken_than_were_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:0", source="feeder") as scanner:
        assert len(scan(scanner, max_pages=3)) == 3


def test_small_pages_wait_for_their_reader_and_never_become_files(tmp_path: Path) -> None:
    """Pages that fit into a pipe could run ahead of whoever takes them, to names that are no pipes yet."""
    with opened(tmp_path, device="test:0", source="feeder", size="20x20") as scanner:
        pages = scanner.scan(ScanPages(dpi=50), Job())
        next(pages)
        time.sleep(0.3)
        assert all(path.is_fifo() for path in (tmp_path / "run/scanner.pages").iterdir())
        assert len(list(pages)) == 9


@pytest.mark.parametrize("source", ["flatbed", "feeder"])
@pytest.mark.parametrize("status", FAULTS)
def test_every_fault_of_a_scanner_has_its_name(tmp_path: Path, status: str, source: str) -> None:
    extra = f"--read-return-value=SANE_STATUS_{status}"
    with opened(tmp_path, device="test:0", source=source, extra=extra) as scanner, refused(FAULTS[status]):
        scan(scanner)
    with opened(tmp_path, device="test:0", source=source) as scanner:
        assert scan(scanner, dpi=50, max_pages=1)


def test_a_scan_can_be_stopped_in_the_middle_of_a_page_and_the_next_one_is_whole(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:0", source="feeder", extra=SLOW) as scanner:
        begun = time.monotonic()
        with refused(Failure.DEVICE_CANCELLED):
            scan(scanner, Job(until=lambda fraction: fraction > 0.1), dpi=150)
        assert time.monotonic() - begun < 5.0
        assert left_behind(tmp_path) == []
    with opened(tmp_path, device="test:0", source="flatbed") as scanner:
        assert len(scan(scanner, dpi=75)) == 1


def test_a_reader_that_loses_interest_between_two_pages_leaves_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:0", source="feeder") as scanner:
        pages = scanner.scan(ScanPages(dpi=150), Job())
        next(pages)
        pages.close()  # type: ignore[attr-defined]
        assert left_behind(tmp_path) == []
        assert len(scan(scanner, dpi=50)) == 10


def test_a_slow_scanner_is_waited_for_and_a_silent_one_is_not(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:0", source="flatbed", patience="1", extra=SLOW) as scanner:
        assert len(scan(scanner, dpi=50, colour=False)) == 1
    silent = "--read-delay=yes --read-delay-duration=200000 --read-limit=yes --read-limit-size=1"
    with opened(tmp_path, device="test:0", source="flatbed", patience="1", extra=silent) as scanner:
        begun = time.monotonic()
        with refused(Failure.DEVICE_CANCELLED):
            scan(scanner, _Later(0.5))
        assert time.monotonic() - begun < 2.5


class _Later(Job):
    """A job somebody gives up after some seconds, whatever has come by then."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._at = time.monotonic() + seconds

    @property
    def cancelled(self) -> bool:
        return time.monotonic() >= self._at


def test_a_scanner_that_does_not_know_its_page_s_height_beforehand_gives_a_whole_one(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:0", source="flatbed", extra="--hand-scanner=yes") as scanner:
        (page,) = scan(scanner, dpi=75)
    with Image.open(io.BytesIO(page.image)) as image:
        assert image.height >= page.height * 0.95


@pytest.mark.parametrize("device", ["test:7", "genesys:*", "nosuch:libusb:001:004"])
def test_a_scanner_that_is_not_there_is_absent(tmp_path: Path, device: str) -> None:
    with refused(Failure.DEVICE_ABSENT), opened(tmp_path, device=device):
        pass


def test_a_terminal_without_scanimage_says_which_package_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KioskError) as caught, opened(tmp_path):
        pass
    assert caught.value.failure is Failure.DEVICE_NEEDS_VENDOR
    assert caught.value.info == {"package": "sane-utils"}


@pytest.mark.parametrize(
    "options",
    [
        {"extra": "--output-file=/tmp/page"},
        {"extra": "--outp=/tmp/page"},
        {"extra": "-o/tmp/page"},
        {"extra": "--batch=/tmp/%d"},
        {"extra": "--no-such-option=yes"},
        {"extra": "'"},
        {"source": "roof"},
        {"size": "210"},
        {"patience": "soon"},
        {"duplex": "perhaps"},
    ],
    ids=lambda options: " ".join(options.values()),
)
def test_options_that_make_no_sense_are_said_and_never_write_a_file(tmp_path: Path, options: dict[str, str]) -> None:
    with refused(Failure.CONFIG_INVALID), opened(tmp_path, device="test:0", **options):
        pass
    assert not Path("/tmp/page").exists()  # noqa: S108 - what the words above would write


def test_the_device_is_felt_for_beside_the_driver_s_own_work(tmp_path: Path) -> None:
    with opened(tmp_path, device="test:0") as scanner:
        scanner._feel_at = 0.0
        for _ in range(100):
            begun = time.monotonic()
            assert scanner.check() == "SANE test"
            assert time.monotonic() - begun < 1.5
            if scanner._feeling is None:
                break
            time.sleep(0.02)
        scanner._device[1] = "test:7"
        scanner._feel_at = 0.0
        with refused(Failure.DEVICE_ABSENT):
            for _ in range(200):
                scanner.check()
                time.sleep(0.02)


def test_scans_that_end_well_and_badly_leak_no_descriptor(tmp_path: Path) -> None:
    counts = []
    for _ in range(5):
        with opened(tmp_path, device="test:0", source="feeder", size="50x50") as scanner:
            assert len(scan(scanner, dpi=50)) == 10
            scanner._feel_at = 0.0
            scanner.check()
        with opened(tmp_path, device="test:0", extra="--read-return-value=SANE_STATUS_JAMMED") as scanner:
            with refused(Failure.SCANNER_JAM):
                scan(scanner)
            with refused(Failure.DEVICE_CANCELLED):
                scan(scanner, _Later(0.0))
        counts.append(len(list(Path("/proc/self/fd").iterdir())))
    assert counts[-1] <= counts[0]


def test_a_program_whose_driver_is_killed_ends_with_it(tmp_path: Path) -> None:
    """Here without the host, which would kill the whole group: the kernel has to see to it."""
    words = f"""
from pathlib import Path
from tests.stacks.sane import opened, scan
with opened(Path({str(tmp_path)!r}), device="test:0", source="flatbed", extra={SLOW!r}) as scanner:
    scan(scanner, dpi=300)"""
    with subprocess.Popen([sys.executable, "-c", words], cwd=Path(__file__).parents[2]) as driver:
        _wait(lambda: any(word.isdigit() for word in left_behind(tmp_path)))
        driver.kill()
    _wait(lambda: not any(word.isdigit() for word in left_behind(tmp_path)))
    with opened(tmp_path, device="test:0", source="flatbed") as scanner:
        assert left_behind(tmp_path) == []
        assert len(scan(scanner, dpi=50)) == 1


def _wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 10.0
    while not holds():
        assert time.monotonic() < until, "it never became true"
        time.sleep(0.02)
