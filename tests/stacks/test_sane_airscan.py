"""A4 through the real libsane and sane-airscan, which speak to the shipped eSCL scanner."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from devices.scanner.pages import a4_pixels
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages
from tests.stacks import sane
from tests.stacks.sane import Job, left_behind, opened, scan
from tests.stacks.simulators import Simulator


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    with sane.backend_airscan(tmp_path) as (configuration, played):
        monkeypatch.setenv("SANE_CONFIG_DIR", str(configuration))
        yield played


def failure_of(data: Path, job: Job | None = None, **options: str) -> Failure:
    with pytest.raises(KioskError) as caught, opened(data, **options) as scanner:
        scan(scanner, job)
    return caught.value.failure


def test_a_whole_a4_page_comes_through_libsane(tmp_path: Path, played: Simulator) -> None:
    played.do("place", page="household-register")
    with opened(tmp_path, source="flatbed") as scanner:
        (page,) = scan(scanner, dpi=300, colour=False)
    assert (page.width, page.height) == a4_pixels(300)
    with Image.open(io.BytesIO(page.image)) as image:
        assert abs(image.height - page.height) <= 2
        assert image.mode == "L"
        assert ImageStat.Stat(image).stddev[0] > 10


def test_a_stack_is_taken_sheet_by_sheet_whatever_the_backend_calls_its_feeder(
    tmp_path: Path, played: Simulator
) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    with opened(tmp_path, device="airscan:*") as scanner:
        pages = scan(scanner, dpi=100)
    assert [page.back for page in pages] == [False] * 3
    assert played.do("state")["feeder"] == []


def test_both_sides_come_in_their_order_and_the_backs_are_marked(tmp_path: Path, played: Simulator) -> None:
    played.do("load", pages=["id-card/lease", "mandate"])
    with opened(tmp_path, source="feeder", duplex="yes") as scanner:
        pages = scan(scanner, dpi=100)
    assert [page.back for page in pages] == [False, True, False, True]


def test_without_paper_in_the_feeder_the_glass_is_taken_unless_the_feeder_was_asked_for(
    tmp_path: Path, played: Simulator
) -> None:
    assert played.do("state")["feeder"] == []
    with opened(tmp_path) as scanner:
        assert len(scan(scanner, dpi=100)) == 1
    assert failure_of(tmp_path, source="feeder") is Failure.SCANNER_EMPTY


@pytest.mark.parametrize("after", [0, 1, 700, 20_000, 60_000])
def test_a_scanner_cut_off_in_the_middle_of_a_page_gives_no_page_and_the_next_one_is_whole(
    tmp_path: Path, played: Simulator, after: int
) -> None:
    played.do("cut", after=after)
    assert failure_of(tmp_path, source="flatbed") is Failure.DEVICE_DISTURBED
    with opened(tmp_path, source="flatbed") as scanner:
        assert len(scan(scanner, dpi=100)) == 1


def test_a_jam_after_two_pages_keeps_the_two(tmp_path: Path, played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    played.do("jam", after=2)
    taken = []
    with pytest.raises(KioskError) as caught, opened(tmp_path, source="feeder") as scanner:
        taken += list(scanner.scan(ScanPages(dpi=100), Job()))
    assert caught.value.failure is Failure.SCANNER_JAM
    played.do("reset")
    with opened(tmp_path, source="flatbed") as scanner:
        assert len(scan(scanner, dpi=100)) == 1


def test_a_scanner_switched_off_is_absent_and_back_at_once(tmp_path: Path, played: Simulator) -> None:
    with opened(tmp_path, source="flatbed") as scanner:
        played.do("gone")
        with pytest.raises(KioskError) as caught:
            scan(scanner)
        assert caught.value.failure in {Failure.DEVICE_ABSENT, Failure.DEVICE_DISTURBED}
        played.do("back")
        begun = time.monotonic()
        assert len(scan(scanner, dpi=100)) == 1
        assert time.monotonic() - begun < 3.0


def test_a_scan_stopped_half_way_stops_the_scanner_too(tmp_path: Path, played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    played.do("slow", seconds=1.0)
    failure = failure_of(tmp_path, Job(until=lambda fraction: fraction > 0.3), source="feeder")
    assert failure is Failure.DEVICE_CANCELLED
    assert left_behind(tmp_path) == []
    played.do("slow", seconds=0)
    deadline = time.monotonic() + 3.0
    while played.do("state")["running"] and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not played.do("state")["running"]
    with opened(tmp_path, source="flatbed") as scanner:
        assert len(scan(scanner, dpi=100)) == 1
