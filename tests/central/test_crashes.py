import http.client
import json
import os
import random
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from central.office import open_office
from central.serving import listen
from kiosk.failure import KioskError
from sync.wire.coding import FRAMES_TYPE
from sync.wire.frames import FRAME_BYTES, frames_of
from sync.wire.messages import Ack, Begun
from sync.wire.records import read_record
from tests.central.conftest import Platform
from tests.central.terminal import Filed, Terminal

Founded = Callable[..., Platform]


def test_a_platform_killed_while_it_takes_forms_holds_each_case_exactly_once(founded: Founded) -> None:
    platform = founded("killed").start()
    terminal = platform.enrolled()
    filed = [terminal.file() for _ in range(120)]
    for _ in range(3):
        _kill_amid(platform, terminal, filed)
        terminal.url = platform.start().url
    answers = terminal.exchange(*(one.event for one in filed)).answers
    assert {answer.outcome for answer in answers} == {"taken"}
    found = platform.cases()
    assert sorted(found) == sorted(one.event.number for one in filed)
    assert {(case.state, case.waiting) for case in found.values()} == {("submitted", 0)}
    taken = [one.subject for one in platform.audit() if one.act == "intake.case"]
    assert sorted(taken) == sorted(found)
    platform.stop()


def _kill_amid(platform: Platform, terminal: Terminal, filed: list[Filed]) -> None:
    """Post from four sides until the process is gone."""

    def post(events: list[Filed]) -> None:
        with suppress(OSError, http.client.HTTPException):
            for start in range(0, len(events), 5):
                terminal.exchange(*(one.event for one in events[start : start + 5]))

    threads = [threading.Thread(target=post, args=(filed[side::4],)) for side in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.02, 0.1))
    platform.kill()
    for thread in threads:
        thread.join()


def test_a_platform_killed_amid_an_upload_goes_on_from_its_last_byte(founded: Founded) -> None:
    platform = founded("killed-upload").start()
    terminal = platform.enrolled()
    page = terminal.page(os.urandom(5 * FRAME_BYTES))
    filed = terminal.file([page])
    terminal.exchange(filed.event)
    body = b"".join(frames_of(page.entry.digest, page.sealed, 0))
    with _half_sent(platform, terminal, body, 3 * (FRAME_BYTES + 76) + 500):
        _until(lambda: _have(terminal, filed) == 3 * FRAME_BYTES)
        platform.kill()
    terminal.url = platform.start().url
    assert _have(terminal, filed) == 3 * FRAME_BYTES
    rest = b"".join(frames_of(page.entry.digest, page.sealed, 3 * FRAME_BYTES))
    (ack,) = terminal.frames(rest).acks
    assert read_record(ack, "ack", Ack, terminal.statement.record_key).complete
    assert [(case.number, case.waiting) for case in platform.cases().values()] == [(filed.event.number, 0)]
    platform.stop()


def _have(terminal: Terminal, filed: Filed) -> int:
    asked = Begun(filed.event.event, filed.event.payload_digest())
    return terminal.exchange(begun=[asked]).answers[0].missing[0].have


def _half_sent(platform: Platform, terminal: Terminal, body: bytes, cut: int) -> socket.socket:
    host, port = urlsplit(platform.url).netloc.split(":")
    headers = {"Host": host, "Content-Type": FRAMES_TYPE, "Content-Length": str(len(body))}
    headers |= terminal.signed("/v1/frames", body)
    line = socket.create_connection((host, int(port)), timeout=20)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line.sendall(f"POST /v1/frames HTTP/1.1\r\n{head}\r\n".encode() + body[:cut])
    return line


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_file_renamed_before_the_process_ended_completes_its_case(founded: Founded) -> None:
    platform = founded("between").start()
    terminal = platform.enrolled()
    page = terminal.page(b"whole")
    filed = terminal.file([page])
    terminal.exchange(filed.event)
    platform.kill()
    office = platform.office()
    office.blobs.append(terminal.name, page.entry.digest, page.entry.size, 0, page.sealed)
    office.close()
    terminal.url = platform.start().url
    answer = terminal.exchange(filed.event).answers[0]
    assert answer.ack is not None
    assert read_record(answer.ack, "ack", Ack, terminal.statement.record_key).complete
    assert platform.cases()[filed.event.number].waiting == 0
    platform.stop()


def test_a_taken_port_is_told_and_another_is_chosen(founded: Founded) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        platform = founded("port").start(port=port)
        said = json.loads(platform.lines[0])
        assert said["port_taken"] == port
        assert urlsplit(said["url"]).port not in {port, None}
        assert platform.enrolled().exchange().answers == ()
        assert str(port) in platform.log.read_text()
        platform.stop()


def test_what_cannot_be_listened_on_or_written_to_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert Platform(file / "central").command("serve", "--port", "0", status=2) == ""
    for host in ("256.1.1.1", "192.0.2.1"):
        with pytest.raises(KioskError) as refused:
            listen(host, 0)
        assert (refused.value.failure.code, refused.value.info["where"]) == ("terminal.config_invalid", "host")


def test_a_directory_is_served_by_one_process(founded: Founded) -> None:
    platform = founded("twice").start()
    said = platform.command_apart("serve", "--port", "0", status=2)
    assert said == ""
    platform.stop()


def test_commands_name_what_is_not_there(tmp_path: Path) -> None:
    nowhere = Platform(tmp_path / "nowhere")
    for arguments in (("enroll",), ("cases", "list"), ("export", str(tmp_path / "out")), ("courier", "import", "x")):
        assert nowhere.ask(*arguments, status=2)["failure"] == "key.absent"
    assert not nowhere.data.exists()


def test_another_database_than_sqlite_is_refused_for_now(tmp_path: Path) -> None:
    with pytest.raises(KioskError) as refused:
        open_office(tmp_path / "central", "postgresql://db.invalid/central", found=True)
    assert refused.value.failure.code == "command.not_yet"


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    open_office(tmp_path / "central", found=True).close()
    file = sqlite3.connect(tmp_path / "central" / "central.db")
    file.execute("PRAGMA user_version = 999")
    file.close()
    with pytest.raises(KioskError) as refused:
        open_office(tmp_path / "central")
    assert refused.value.failure.code == "store.newer"


def test_a_platform_never_takes_over_another_ones_database(tmp_path: Path) -> None:
    open_office(tmp_path / "one", found=True).close()
    open_office(tmp_path / "two", found=True).close()
    (tmp_path / "two" / "central.db").replace(tmp_path / "one" / "central.db")
    for leftover in (tmp_path / "one").glob("central.db-*"):
        leftover.unlink()
    with pytest.raises(KioskError):
        open_office(tmp_path / "one")
