"""The README's first command, as a newcomer runs it."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pypdfium2

from kiosk.channel import AGENT, Channel


def headless(data: Path) -> tuple[int, list[str], str]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "demo", "--headless", "--data", str(data)],
        capture_output=True,
        env={name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")},
        check=False,
        timeout=240,
    )
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


def text_of(pdf: str) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def marks(platform: Path) -> list[bytes]:
    """With which suites the platform holds what came up, and what goes down."""
    with closing(sqlite3.connect(platform / "central.db")) as db:
        rows = db.execute("SELECT payload FROM event WHERE kind = 'case' UNION ALL SELECT sealed_body FROM decision")
        return sorted(row[0][:1] for row in rows)


def test_a_visit_with_the_line_down_ends_accepted_in_either_suite_on_the_same_directory(tmp_path: Path) -> None:
    numbers = []
    for suite in ("aes", "sm"):
        (tmp_path / "demo").mkdir(exist_ok=True)
        (tmp_path / "demo" / "config.toml").write_text(f'[seal]\nsuite = "{suite}"\n')
        status, lines, told = headless(tmp_path / "demo")
        assert status == 0, told
        assert len(lines) == 1
        summary = json.loads(lines[0])
        assert set(summary) == {
            "ok", "submission_no", "acceptance_no", "state", "item", "receipt_pdf", "acceptance_pdf", "seconds",
        }  # fmt: skip
        assert (summary["ok"], summary["state"]) == (True, "accepted")
        receipt, notice = text_of(summary["receipt_pdf"]), text_of(summary["acceptance_pdf"])
        assert summary["submission_no"] in receipt
        assert "不代表受理" in receipt
        assert "受理通知书" in notice
        assert summary["acceptance_no"] in notice
        assert "000000194305120029" not in told + lines[0]
        assert "张秀英" not in told + lines[0] + receipt
        numbers.append(summary["submission_no"])

    assert len(set(numbers)) == 2
    assert marks(tmp_path / "demo" / "platform") == [b"\1", b"\1", b"\2", b"\2"]


def processes_of(data: Path) -> list[str]:
    """Command lines of the processes that work on this directory."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [line for line in found if str(data) in line]


def test_a_demo_that_is_killed_leaves_nothing_running(tmp_path: Path) -> None:
    data, deadline = tmp_path / "demo", time.monotonic() + 60
    demo = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli", "demo", "--headless", "--data", str(data)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while Channel(data, AGENT).ask({"do": "status"}) is None:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert len(processes_of(data)) >= 3
    demo.kill()
    demo.wait()

    while processes_of(data):
        assert time.monotonic() < deadline, processes_of(data)
        time.sleep(0.1)


def test_a_demo_that_cannot_start_says_why_in_one_line(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    data.mkdir()
    (data / "config.toml").write_text("[devices]\nprinter = 7\n")
    status, lines, _ = headless(data)

    assert status == 1
    answer = json.loads(lines[-1])
    assert (answer["ok"], answer["failure"]) == (False, "terminal.config_invalid")
    assert answer["message"]
