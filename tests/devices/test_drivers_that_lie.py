"""Drivers that give back what their contract does not know, or say more than they may: named, and not believed."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import structlog

from devices.channel import BrokenChannelError, Channel
from devices.messages import Begun, ToHost
from kiosk.failure import Failure
from kiosk.model.devices import Failed, Finished, PageScanned, ReadCard, ScanPages
from tests.devices.device_bench import ask, begin, paper, pid_of, running, small_pdf, until

pytestmark = pytest.mark.expects_logs

LIAR = """
import io, itertools
from PIL import Image
from devices.contract import Condition, Page
from kiosk.failure import Failure, KioskError

class Liar:
    simulated = False
    def __init__(self, setup):
        self.lie, self.data = setup.options.get("lie", ""), setup.data
    def open(self): pass
    def close(self): pass
    def check(self):
        return {"check": 7, "escape": "Acme \\x1b[2J\\n9"}.get(self.lie, "Acme 9")
    def present(self):
        return 1 if self.lie == "present" else False
    def next_code(self):
        return b"6901234567892" if self.lie == "code" else None
    def read(self, job):
        if self.lie == "told":
            raise KioskError(Failure.CARD_UNREADABLE, why="演示·张小凤", no="00000019500101001X", reason="worn", page=2,
                             at="192.0.2.7", file="/home/demo", status="9303")
        return {"card": "no card"}
    def print_paper(self, paper, job):
        with open(self.data / "printed", "a") as tray:
            tray.write("x")
        return {"nothing": None, "none": 0, "yes": True}[self.lie]
    def scan(self, request, job):
        sheet = io.BytesIO()
        image = Image.effect_noise((827, 1169), 90)
        image.save(sheet, "JPEG")
        pdf = (self.data / "whole.pdf").read_bytes() if (self.data / "whole.pdf").exists() else b""
        yield from {
            "no-page": [b"bytes"],
            "text": [Page("text", "jpg", 827, 1169)],
            "sizeless": [Page(sheet.getvalue(), "jpg", 0, 0)],
            "cut-pdf": [Page(pdf[:-9], "pdf", 0, 0)],
            "no-pdf": [Page(b"x" * 100, "pdf", 0, 0)],
            "huge-pdf": [Page(b"%PDF-1.4" + bytes(65 << 20) + b"%%EOF", "pdf", 0, 0)],
            "whole-pdf": [Page(pdf, "pdf", 0, 0)],
            "empty": [],
        }[self.lie]
"""


@pytest.fixture
def liar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], dict[str, object]]:
    """A package of somebody else's whose driver lies as its option says."""
    site = tmp_path / "site"
    info = site / "liar-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "liar.py").write_text(LIAR, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: liar\nVersion: 1.0\n")
    kinds = ("idcard", "scanner", "barcode", "printer")
    (info / "entry_points.txt").write_text("".join(f"[jinban.{kind}]\nliar = liar:Liar\n" for kind in kinds))
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    return lambda kind, lie: {kind: {"driver": "liar", "lie": lie}}


@pytest.mark.parametrize("lie", ["nothing", "none", "yes"])
def test_a_printer_that_does_not_say_how_many_pages_it_printed_prints_once_and_leaves_the_paper_uncertain(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]], lie: str
) -> None:
    with running(tmp_path, liar("printer", lie)) as host:
        event = ask(host, paper())
        assert isinstance(event, Failed)
        assert (event.failure, event.detail) == (Failure.PRINT_UNCERTAIN, Failure.DEVICE_CRASHED.code)
        assert host.status()[0].detail.startswith("print_paper returned")
        until(lambda: host.status()[0].ready)
    assert (tmp_path / "printed").read_text() == "x"


@pytest.mark.parametrize(
    ("lie", "named"),
    [
        ("no-page", "scan yielded bytes"),
        ("text", "scan yielded a Page of str"),
        ("sizeless", "scan yielded a Page without the size asked for"),
    ],
)
def test_a_scanner_that_brings_no_page_is_told_by_what_it_did(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]], lie: str, named: str
) -> None:
    with running(tmp_path, liar("scanner", lie)) as host:
        event = ask(host, ScanPages(dpi=100))
        assert isinstance(event, Failed)
        assert (event.failure, event.detail) == (Failure.DEVICE_CRASHED, named)


@pytest.mark.parametrize("lie", ["cut-pdf", "no-pdf", "huge-pdf"])
def test_half_a_pdf_of_a_scanner_is_never_taken_for_a_page(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]], lie: str
) -> None:
    (tmp_path / "whole.pdf").write_bytes(small_pdf())
    with running(tmp_path, liar("scanner", lie)) as host:
        seen, _ = begin(host, ScanPages(dpi=100))
        assert seen.failure() is Failure.SCANNER_SHORT_PAGE
        assert seen.pages() == []
        assert host.status()[0].ready


def test_a_whole_pdf_of_a_scanner_passes_byte_for_byte(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]]
) -> None:
    (tmp_path / "whole.pdf").write_bytes(small_pdf())
    with running(tmp_path, liar("scanner", "whole-pdf")) as host:
        seen, ticket = begin(host, ScanPages())
        assert seen.last() == Finished(ticket, 1)
        assert [event.image for event in seen.events if isinstance(event, PageScanned)] == [small_pdf()]


def test_a_scan_that_brought_nothing_says_that_nothing_lay_there(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]]
) -> None:
    with running(tmp_path, liar("scanner", "empty")) as host:
        assert begin(host, ScanPages())[0].failure() is Failure.SCANNER_EMPTY


@pytest.mark.parametrize(
    ("kind", "lie", "named"),
    [
        ("idcard", "card", "read returned dict"),
        ("idcard", "present", "present returned int"),
        ("idcard", "check", "check returned int"),
        ("barcode", "code", "next_code returned bytes"),
    ],
)
def test_what_a_method_may_not_return_is_told_with_its_name(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]], kind: str, lie: str, named: str
) -> None:
    with running(tmp_path, liar(kind, lie)) as host:
        if lie == "card":
            assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_CRASHED
        host.watch_card(lambda _: None)
        host.watch_codes(lambda _: None)
        until(lambda: host.status()[0].detail == named)
        assert host.status()[0].failure == Failure.DEVICE_CRASHED.code


def test_a_failure_passes_on_plain_words_and_keeps_whatever_may_be_somebodys(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]]
) -> None:
    with structlog.testing.capture_logs() as lines, running(tmp_path, liar("idcard", "told")) as host:
        event = ask(host, ReadCard())
        assert isinstance(event, Failed)
        assert event.detail == "why=…, no=…, reason=worn, page=2, at=…, file=…, status=9303"
    assert "演示" not in repr((lines, event))


def test_a_device_cannot_move_the_cursor_of_whoever_reads_its_name(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]]
) -> None:
    with running(tmp_path, liar("idcard", "escape")) as host:
        until(lambda: host.status()[0].ready)
        assert host.status()[0].detail == "Acme  [2J 9"


def test_where_memory_runs_out_a_driver_goes_before_the_screen(
    tmp_path: Path, liar: Callable[[str, str], dict[str, object]]
) -> None:
    with running(tmp_path, liar("idcard", "")) as host:
        driver = int(Path(f"/proc/{pid_of(host, 'idcard')}/oom_score_adj").read_text())
        ours = int(Path(f"/proc/{os.getpid()}/oom_score_adj").read_text())
        assert driver > ours


def test_a_word_that_is_none_takes_nothing_with_it_that_was_said_before() -> None:
    ours, theirs = socket.socketpair()
    channel: Channel[ToHost] = Channel(ours, msgspec.json.Decoder(ToHost))
    with theirs:
        theirs.sendall(msgspec.json.encode(Begun(7)) + b'\n{"type":"Done","job":7,"pages":null}\n')
        assert channel.receive() == [(Begun(7), None)]
        assert channel.broken is not None
        with pytest.raises(BrokenChannelError):
            channel.receive()
    channel.close()
