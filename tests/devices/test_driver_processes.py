import gc
import os
import sys
import textwrap
from pathlib import Path

import pytest
import structlog

from devices.config import SIMULATED
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CardRead, Failed, Finished, PageScanned, ReadCard, ScanPages
from tests.devices.device_bench import ask, begin, paper, pid_of, running, until

pytestmark = pytest.mark.expects_logs

SECRET = "correct-horse-battery"


def test_a_driver_is_nice_and_knows_nothing_of_the_secrets_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", SECRET)
    monkeypatch.setenv("KIOSK_TOKEN", SECRET)
    with running(tmp_path, {"idcard": {"driver": "sim", "password": SECRET}}) as host:
        pid = pid_of(host, "idcard")
        assert os.getpriority(os.PRIO_PROCESS, pid) == 19
        assert SECRET.encode() not in Path(f"/proc/{pid}/environ").read_bytes()
        assert SECRET.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
        assert os.getpgid(pid) == pid
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="utf-8")
        assert next(line for line in limits.splitlines() if "core file" in line).split()[4:6] == ["0", "0"]
        assert [Path(f"/proc/{pid}/fd/{number}").readlink() for number in (0, 1, 2)] == [Path("/dev/null")] * 3


def test_two_hundred_requests_leak_no_descriptor_on_either_side(tmp_path: Path) -> None:
    with running(tmp_path, SIMULATED) as host:
        for kind in SIMULATED:
            host.simulate(kind, "slow", seconds=0)
        host.simulate("idcard", "tap", name="li-xiaofang")
        pids = [os.getpid(), *(pid_of(host, kind) for kind in SIMULATED)]
        counts = []
        for turn in range(68):
            for request, end in ((ReadCard(), CardRead), (ScanPages(dpi=40), Finished), (paper(), Finished)):
                assert isinstance(ask(host, request), end)
            if turn in {3, 67}:
                gc.collect()
                counts.append([_descriptors(pid) for pid in pids])
        # Fewer is no leak: what an earlier test left to the collector may go in between.
        assert all(after <= before for before, after in zip(*counts, strict=True)), counts


def test_restarts_leak_no_descriptor_and_leave_no_zombie(tmp_path: Path) -> None:
    with running(tmp_path, {"idcard": "sim"}) as host:
        host.simulate("idcard", "tap", name="li-xiaofang")
        pids, counts = [], []
        for _ in range(6):
            assert isinstance(ask(host, ReadCard()), CardRead)
            pids.append(pid_of(host, "idcard"))
            counts.append(_descriptors(os.getpid()))
            host.simulate("idcard", "crash")
            assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_CRASHED
        assert len(set(pids)) == 6
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
        assert max(counts) - counts[0] <= 1


def test_no_log_line_names_the_person_whose_card_or_paper_it_was(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as lines, running(tmp_path, SIMULATED) as host:
        host.simulate("idcard", "tap", name="zhang-xiuying")
        event = ask(host, ReadCard())
        assert isinstance(event, CardRead)
        for trouble in ("unreadable", "crash", "hang"):
            host.simulate("idcard", trouble)
            assert isinstance(ask(host, ReadCard()), Failed)
        for kind, request in (("scanner", ScanPages(dpi=75)), ("printer", paper())):
            host.simulate(kind, "crash")
            assert isinstance(ask(host, request), Failed)

        def broken(event: object) -> None:
            raise ValueError(repr(event), getattr(event, "card", None) and event.card.name)  # type: ignore[attr-defined]

        until(lambda: host.status()[0].ready)
        host.start(ReadCard(), broken)
        until(lambda: any(line["event"] == "listener_failed" for line in lines))
    assert {line["event"] for line in lines} >= {"driver_started", "driver_lost", "driver_ended", "listener_failed"}
    text = repr(lines)
    card = event.card
    for private in (card.name, card.name[3:], card.id_no, card.id_no[6:14], card.address, card.issuer, str(tmp_path)):
        assert private not in text
    assert card.id_no not in repr(event)
    assert card.name not in repr(event)


OUTSIDE = """
import os, subprocess, sys, time
from devices.contract import Page
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard, IdType

class Reader:
    simulated = False
    def __init__(self, setup):
        self.options = setup.options
    def open(self):
        if self.options.get("port") != "/dev/ttyACME0":
            raise KioskError(Failure.DEVICE_ABSENT)
    def check(self):
        return "Acme 9"
    def close(self):
        pass
    def present(self):
        return None
    def read(self, job):
        print("演示·张小凤 on standard output")
        job.progress(0.5)
        match self.options["does"]:
            case "well":
                return IdCard(IdType.RESIDENT_ID, "00000019500101001X", "演示·张小凤")
            case "bug":
                raise ValueError("演示·张小凤 00000019500101001X")
            case "exit":
                sys.exit(3)
            case "segfault":
                import ctypes
                ctypes.string_at(0)
            case "grandchild":
                subprocess.Popen(["sleep", "4711"])
                time.sleep(60)
            case "unknown":
                return "no card"

class Scanner:
    simulated = False
    def __init__(self, setup):
        pass
    def open(self):
        pass
    def check(self):
        return ""
    def close(self):
        pass
    def scan(self, request, job):
        try:
            while True:
                yield Page(b"%PDF-1.4 page %%EOF", "pdf", 0, 0)
        finally:
            open("closed", "w").close()
"""


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of somebody else's, installed as pip would."""
    site = tmp_path / "site"
    info = site / "acme-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "acme_jinban.py").write_text(textwrap.dedent(OUTSIDE), encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[jinban.idcard]\nacme = acme_jinban:Reader\n[jinban.scanner]\nacme = acme_jinban:Scanner\n"
        "[jinban.printer]\nacme = acme_jinban:NoSuchClass\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    return tmp_path


def acme(does: str) -> dict[str, object]:
    return {"idcard": {"driver": "acme", "port": "/dev/ttyACME0", "does": does}}


def test_a_driver_of_somebody_else_is_found_by_its_name_and_never_imported_here(outside: Path) -> None:
    with running(outside, acme("well")) as host:
        event = ask(host, ReadCard())
        assert isinstance(event, CardRead)
        assert event.card.name == "演示·张小凤"
        (status,) = host.status()
        assert (status.driver, status.detail, status.simulated) == ("acme", "Acme 9", False)
        assert "acme_jinban" not in sys.modules
        with pytest.raises(KioskError) as refused:
            host.simulate("idcard", "tap", name="li-xiaofang")
        assert refused.value.failure is Failure.CONFIG_INVALID


@pytest.mark.parametrize("does", ["bug", "exit", "segfault", "unknown"])
def test_a_bug_in_a_driver_costs_its_request_and_never_shows_what_it_had_read(outside: Path, does: str) -> None:
    with structlog.testing.capture_logs() as lines, running(outside, acme(does)) as host:
        event = ask(host, ReadCard())
        assert isinstance(event, Failed)
        assert event.failure is Failure.DEVICE_CRASHED
        until(lambda: host.status()[0].ready)
    assert "演示" not in repr((lines, event, host.status()))
    assert "00000019500101001X" not in repr((lines, event, host.status()))
    if does == "bug":
        assert any(line.get("where", "").startswith("ValueError at acme_jinban.py:") for line in lines)


def test_what_a_driver_has_started_dies_with_it(outside: Path) -> None:
    with running(outside, acme("grandchild")) as host:
        assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_HUNG
        until(lambda: not _commands("sleep\x004711"))


def test_a_device_that_is_not_there_is_told_and_its_driver_lives_on(outside: Path) -> None:
    with running(outside, {"idcard": {"driver": "acme", "port": "/dev/null"}}) as host:
        assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_ABSENT
        (status,) = host.probe(5)
        assert (status.ready, status.failure) == (False, Failure.DEVICE_ABSENT.code)


def test_a_driver_that_cannot_be_loaded_is_a_driver_that_crashes(outside: Path) -> None:
    with running(outside, {"printer": "acme"}) as host:
        assert begin(host, paper())[0].failure() is Failure.DEVICE_CRASHED


def test_a_scanner_that_never_stops_is_stopped_and_closed(outside: Path) -> None:
    with running(outside, {"scanner": "acme"}) as host:
        seen, ticket = begin(host, ScanPages(max_pages=300))
        assert seen.last() == Finished(ticket, 300)
        assert [event.image for event in seen.events if isinstance(event, PageScanned)] == [
            b"%PDF-1.4 page %%EOF"
        ] * 300
        assert (outside / "closed").exists()


def _descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _commands(wanted: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if wanted in path.read_text(encoding="utf-8"):
                found.append(path.parent.name)
        except OSError:
            continue
    return found
