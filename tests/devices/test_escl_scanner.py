"""The driver `escl` against the shipped scanner, which is a process of its own on loopback."""

import io
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from devices.contract import Page, Setup
from devices.scanner.escl.driver import EsclScanner
from devices.scanner.escl.line import Call, Line
from devices.scanner.pages import a4_pixels
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages
from tests.stacks.sane import Job
from tests.stacks.simulators import Simulator, simulator


@pytest.fixture(scope="module")
def one_scanner() -> Iterator[Simulator]:
    with simulator("escl") as played:
        yield played


@pytest.fixture
def played(one_scanner: Simulator) -> Simulator:
    one_scanner.do("reset")
    return one_scanner


@contextmanager
def opened(played: Simulator, **options: str) -> Iterator[EsclScanner]:
    scanner = EsclScanner(Setup("scanner", Path(), {"url": played.address, **options}))
    try:
        scanner.open()
        yield scanner
    finally:
        scanner.close()
    deadline = time.monotonic() + 3.0
    while any(thread.name == "escl" for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [thread for thread in threading.enumerate() if thread.name == "escl"]


def scan(
    scanner: EsclScanner, job: Job | None = None, dpi: int = 100, max_pages: int = 50, *, colour: bool = True
) -> list[Page]:
    return list(scanner.scan(ScanPages(dpi, colour, max_pages), job or Job()))


def refusal(scanner: EsclScanner, job: Job | None = None) -> KioskError:
    with pytest.raises(KioskError) as caught:
        scan(scanner, job)
    return caught.value


def test_an_emptied_feeder_has_nothing_to_scan(played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease"])
    played.do("empty")
    assert played.do("state")["feeder"] == []
    with opened(played, source="feeder") as scanner:
        assert refusal(scanner).failure is Failure.SCANNER_EMPTY


# what it does


@pytest.mark.parametrize(("dpi", "colour"), [(200, True), (300, False), (600, False)])
def test_a_whole_a4_page_comes_as_it_was_asked_for(played: Simulator, dpi: int, *, colour: bool) -> None:
    with opened(played, source="flatbed") as scanner:
        assert scanner.check() == "Jinban Simulated Scanner, flatbed+feeder+duplex"
        job = Job()
        (page,) = scan(scanner, job, dpi, colour=colour)
    with Image.open(io.BytesIO(page.image)) as image:
        assert image.size == (page.width, page.height)
        assert abs(page.width - a4_pixels(dpi)[0]) + abs(page.height - a4_pixels(dpi)[1]) <= 2
        assert image.mode == ("RGB" if colour else "L")
    assert job.fractions == sorted(job.fractions)
    assert not played.do("state")["running"]


def test_a_resolution_the_scanner_does_not_have_becomes_the_next_finer_one(played: Simulator) -> None:
    with opened(played) as scanner:
        assert scan(scanner, dpi=160)[0].height == a4_pixels(200)[1]
        assert scan(scanner, dpi=1200)[0].height == a4_pixels(600)[1]


def test_only_the_area_of_the_sheet_is_scanned(played: Simulator) -> None:
    with opened(played, size="148x210") as scanner:
        (page,) = scan(scanner)
    with Image.open(io.BytesIO(page.image)) as image:
        assert image.size == (page.width, page.height) == (583, 827)


def test_a_stack_is_taken_first_and_the_glass_when_there_is_none(played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    with opened(played) as scanner:
        job = Job()
        assert len(scan(scanner, job)) == 3
        assert job.fractions == sorted(job.fractions)
        assert played.do("state")["feeder"] == []
        assert len(scan(scanner)) == 1
    with opened(played, source="feeder") as scanner:
        assert refusal(scanner).failure is Failure.SCANNER_EMPTY


def test_both_sides_come_in_their_order_and_the_backs_are_marked(played: Simulator) -> None:
    played.do("load", pages=["id-card/lease", "mandate"])
    with opened(played, duplex="yes") as scanner:
        assert [page.back for page in scan(scanner)] == [False, True, False, True]


def test_pages_nobody_wants_stay_in_the_feeder(played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    with opened(played) as scanner:
        assert len(scan(scanner, max_pages=2)) == 2
    assert played.do("state") == {**played.do("state"), "feeder": ["mandate"], "running": False, "deleted": 1}


def test_a_scanner_with_a_certificate_of_its_own_is_believed_and_a_named_one_alone_where_one_is_named() -> None:
    with simulator("escl", "--https") as played:
        right = str(played.first["fingerprint"])
        for options in ({}, {"fingerprint": right}, {"fingerprint": right.upper()}):
            with opened(played, **options) as scanner:
                assert len(scan(scanner)) == 1
        with pytest.raises(KioskError) as caught, opened(played, fingerprint="ab" * 32):
            pass
        assert caught.value.failure is Failure.DEVICE_FORBIDDEN


@pytest.mark.parametrize(
    "options",
    [
        {"url": ""},
        {"url": "ftp://127.0.0.1/eSCL"},
        {"url": "http://"},
        {"url": "http://[::1/eSCL"},
        {"url": "http://name:word@127.0.0.1/eSCL"},
        {"url": "http://127.0.0.1:99999/eSCL"},
        {"fingerprint": "ab" * 32},
        {"source": "roof"},
    ],
    ids=str,
)
def test_options_that_make_no_sense_are_said(played: Simulator, options: dict[str, str]) -> None:
    with pytest.raises(KioskError) as caught:
        EsclScanner(Setup("scanner", Path(), {"url": played.address, **options})).open()
    assert caught.value.failure is Failure.CONFIG_INVALID


# what goes wrong


@pytest.mark.parametrize("after", [0, 1, 2, 100, 5_000, 40_000])
def test_a_page_cut_off_on_its_way_is_never_a_page_and_the_next_one_is_whole(played: Simulator, after: int) -> None:
    with opened(played) as scanner:
        played.do("cut", after=after)
        expected = Failure.SCANNER_SHORT_PAGE if after else Failure.DEVICE_DISTURBED
        assert refusal(scanner).failure is expected
        begun = time.monotonic()
        assert len(scan(scanner)) == 1
        assert time.monotonic() - begun < 3.0


def test_a_jam_keeps_the_pages_before_it_and_stands_until_it_is_cleared(played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    played.do("jam", after=2)
    with opened(played) as scanner:
        pages = scanner.scan(ScanPages(dpi=100), Job())
        assert [bool(next(pages)), bool(next(pages))] == [True, True]
        with pytest.raises(KioskError) as caught:
            next(pages)
        assert caught.value.failure is Failure.SCANNER_JAM
        with pytest.raises(KioskError) as caught:
            scanner.check()
        assert caught.value.failure is Failure.SCANNER_JAM
        assert refusal(scanner).failure is Failure.SCANNER_JAM
        played.do("clear")
        assert "Simulated" in scanner.check()
        assert len(scan(scanner)) == 1


def test_an_open_cover_is_said_before_anything_is_fed(played: Simulator) -> None:
    played.do("load", pages=["id-card"])
    played.do("open_cover")
    with opened(played) as scanner:
        assert refusal(scanner).failure is Failure.SCANNER_COVER_OPEN
        assert played.do("state")["started"] == 0
        played.do("close_cover")
        assert len(scan(scanner)) == 1
    played.do("open_cover")
    with opened(played, source="flatbed") as scanner:
        assert refusal(scanner).failure is Failure.SCANNER_COVER_OPEN


def test_a_busy_scanner_is_waited_for_a_little_and_then_busy(
    played: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(played) as scanner:
        played.do("busy", times=1)
        assert len(scan(scanner)) == 1
        monkeypatch.setattr("devices.scanner.escl.scanjob._BUSY_SECONDS", 1.0)
        played.do("busy", times=100)
        assert refusal(scanner).failure is Failure.DEVICE_BUSY
        played.do("busy", times=0)
        assert len(scan(scanner)) == 1


@pytest.mark.parametrize("way", ["gone", "hang"])
def test_a_scanner_that_has_gone_or_says_nothing_is_told_so_and_found_again(played: Simulator, way: str) -> None:
    with opened(played, patience="1") as scanner:
        played.do(way)
        begun = time.monotonic()
        with pytest.raises(KioskError) as caught:
            scanner.check()
        assert time.monotonic() - begun < 1.5
        assert caught.value.failure is (Failure.DEVICE_ABSENT if way == "gone" else Failure.DEVICE_HUNG)
        played.do("back" if way == "gone" else "reset")
        begun = time.monotonic()
        assert "Simulated" in scanner.check()
        assert len(scan(scanner)) == 1
        assert time.monotonic() - begun < 3.0


def test_a_scanner_that_falls_silent_in_the_middle_of_a_page_is_not_waited_for_for_ever(played: Simulator) -> None:
    with opened(played, patience="1", source="flatbed") as scanner:
        played.do("slow", seconds=400)
        begun = time.monotonic()
        assert refusal(scanner).failure in {Failure.DEVICE_HUNG, Failure.SCANNER_SHORT_PAGE}
        assert time.monotonic() - begun < 6.0
        played.do("slow", seconds=0)


def test_a_scanner_that_dies_in_the_middle_of_a_page_gives_none() -> None:
    with simulator("escl") as played, opened(played) as scanner:
        played.do("die")
        assert refusal(scanner).failure is Failure.SCANNER_SHORT_PAGE
        assert refusal(scanner).failure is Failure.DEVICE_ABSENT


def test_a_scan_stopped_in_the_middle_of_a_page_stops_the_scanner_and_the_next_one_works(played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    played.do("slow", seconds=5)
    with opened(played) as scanner:
        begun = time.monotonic()
        assert refusal(scanner, Job(until=lambda fraction: fraction > 0.05)).failure is Failure.DEVICE_CANCELLED
        assert time.monotonic() - begun < 3.0
        state = played.do("state")
        assert (state["deleted"], state["running"], state["feeder"]) == (1, False, ["lease", "mandate"])
        played.do("slow", seconds=0)
        assert len(scan(scanner)) == 2


def test_a_job_cancelled_before_the_scanner_has_given_it_a_number_is_deleted_all_the_same(played: Simulator) -> None:
    with opened(played, source="flatbed") as scanner:
        assert refusal(scanner, _Cancelled()).failure is Failure.DEVICE_CANCELLED
        assert not played.do("state")["running"]


class _Cancelled(Job):
    @property
    def cancelled(self) -> bool:
        return True


# what is no answer


@pytest.mark.parametrize("what", ["capabilities", "status", "page", "html"])
def test_nonsense_is_no_answer_and_never_a_page(played: Simulator, what: str) -> None:
    with opened(played) as scanner:
        played.do("garbage", what=what)
        if what in {"capabilities", "html"}:
            with pytest.raises(KioskError) as caught:
                scanner.open()
            assert caught.value.failure is Failure.DEVICE_DISTURBED
        if what in {"page", "html"}:
            assert refusal(scanner).failure is Failure.DEVICE_DISTURBED
        if what == "status":
            assert len(scan(scanner)) == 1
        played.do("reset")
        scanner.open()
        assert len(scan(scanner)) == 1


@pytest.mark.parametrize("what", ["huge", "bomb"])
def test_answers_without_end_are_left_early(played: Simulator, what: str) -> None:
    with opened(played) as scanner:
        played.do(what)
        begun = time.monotonic()
        with pytest.raises(KioskError) as caught:
            scanner.open()
        assert caught.value.failure is Failure.DEVICE_DISTURBED
        assert time.monotonic() - begun < 2.0


def test_a_redirect_is_followed_on_the_same_host_only(played: Simulator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        port = elsewhere.getsockname()[1]
        with opened(played) as scanner:
            for target in (f"http://localhost:{port}/x", "ftp://127.0.0.1/x", "http://[::1/", "http:///x"):
                played.do("redirect", to=target)
                assert refusal(scanner).failure is Failure.DEVICE_DISTURBED
            played.do("redirect", to="/eSCL/ScannerStatus")
            assert refusal(scanner).failure is Failure.DEVICE_DISTURBED
        elsewhere.settimeout(0.1)
        with pytest.raises(TimeoutError):
            elsewhere.accept()


def test_an_answer_that_drips_byte_by_byte_does_not_hold_anybody() -> None:
    with _dripping() as port:
        line = Line(f"http://127.0.0.1:{port}/eSCL")
        begun = time.monotonic()
        with pytest.raises(KioskError) as caught:
            line.ask(Call("GET", line.at("ScannerStatus"), seconds=0.8))
    assert time.monotonic() - begun < 4.0
    assert caught.value.failure is Failure.DEVICE_HUNG


@contextmanager
def _dripping() -> Iterator[int]:
    """A server whose headers never end, a byte at a time."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _drip(server: socket.socket) -> None:
    try:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
            while True:
                connection.sendall(b"a")
                time.sleep(0.05)
    except OSError:
        return


# the simulator itself


def test_the_simulator_ends_with_its_input_and_with_sigterm() -> None:
    with simulator("escl") as played:
        played.process.terminate()
        assert played.process.wait(5) == 0


def test_the_simulator_refuses_commands_that_make_no_sense(played: Simulator) -> None:
    assert played.process.stdin is not None
    assert played.process.stdout is not None
    for words in ('{"do": "fly"}', '{"do": "jam", "after": "soon"}', '{"do": "load", "pages": "nobody"}', "[]", "{"):
        played.process.stdin.write(words + "\n")
        played.process.stdin.flush()
        assert json.loads(played.process.stdout.readline())["ok"] is False
    assert "blank" in played.do("pages")["pages"]


def test_the_simulator_ends_with_its_parent() -> None:
    words = f"""
import subprocess, time
quiet = {{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}}
played = subprocess.Popen([{sys.executable!r}, "-m", "devices.scanner.simulated.escl"], **quiet)
played.stdout.readline()
print(played.pid, flush=True)
time.sleep(60)"""
    with subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 5.0
    while Path(f"/proc/{pid}/cmdline").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes()


def test_scans_that_end_well_and_badly_leak_no_descriptor(played: Simulator) -> None:
    counts = []
    for _ in range(4):
        with opened(played, source="flatbed") as scanner:
            assert len(scan(scanner)) == 1
            played.do("cut", after=5000)
            assert refusal(scanner).failure is Failure.SCANNER_SHORT_PAGE
            assert refusal(scanner, _Cancelled()).failure is Failure.DEVICE_CANCELLED
            played.do("gone")
            assert refusal(scanner).failure is Failure.DEVICE_ABSENT
            played.do("back")
        counts.append(len(list(Path("/proc/self/fd").iterdir())))
    assert counts[-1] <= counts[0]
