"""Files a resident brings on a phone or a stick: sealed on the way, opened in the sandbox, never kept as they came."""

import contextlib
import io
import os
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.host import DeviceHost
from devices.scanner.pages import find
from kiosk.failure import Failure
from kiosk.model.devices import (
    Event,
    FileRefused,
    FilesOffered,
    Finished,
    HandoverOpened,
    ListFiles,
    PageScanned,
    ReceiveFiles,
    TakeFiles,
    Ticket,
)
from tests.devices.device_bench import Seen, begin, pid_of, running, until
from tests.devices.phone_bench import Browser, Phone

Kind = TypeVar("Kind", bound=Event)


@pytest.fixture(scope="module")
def browser() -> Browser:
    return Browser()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[DeviceHost]:
    (tmp_path / "stick").mkdir()
    table = {
        "phone": {"driver": "lan", "address": "127.0.0.1", "largest_mb": "2"},
        "stick": {"driver": "folder", "roots": str(tmp_path / "stick"), "unmounted": "yes", "largest_mb": "2"},
    }
    with running(tmp_path, table) as opened:
        yield opened


def picture(data: Path) -> bytes:
    with Image.open(find(data, "household-register")) as image:
        out = io.BytesIO()
        image.convert("RGB").resize((1240, 1754)).save(out, "JPEG", quality=80, comment=b"GPS 31.2N 121.5E")
    return out.getvalue()


def waited(seen: Seen, kind: type[Kind], count: int = 1) -> list[Kind]:
    """Events of this kind, once so many have come."""
    until = time.monotonic() + 20
    found: list[Kind] = []
    while len(found) < count:
        assert time.monotonic() < until, seen.events
        time.sleep(0.02)
        found = [event for event in seen.events if isinstance(event, kind)]
    return found


def opened(host: DeviceHost, browser: Browser) -> tuple[Phone, Seen, Ticket]:
    seen, ticket = begin(host, ReceiveFiles())
    return Phone(waited(seen, HandoverOpened)[0].url, browser), seen, ticket


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=12, max_size=12), st.binary(max_size=40), st.binary())
def test_the_phones_script_seals_as_the_standard_says(
    browser: Browser, key: bytes, nonce: bytes, aad: bytes, plain: bytes
) -> None:
    for text in (plain, b"\xff" * len(plain)):
        assert browser.seal(key, nonce, aad, text) == ChaCha20Poly1305(key).encrypt(nonce, text, aad)


def test_a_photo_from_a_phone_arrives_as_a_page_made_anew(host: DeviceHost, browser: Browser, tmp_path: Path) -> None:
    phone, seen, ticket = opened(host, browser)
    sent = picture(tmp_path)
    status = phone.send(0, 0, sent)
    seen_pages = _pages(seen, 1)
    host.cancel(ticket)

    assert status == 200
    assert seen_pages[0].image != sent
    assert b"GPS" not in seen_pages[0].image
    assert seen.failure() is Failure.DEVICE_CANCELLED


def test_the_page_for_the_phone_and_its_scripts_are_served_and_nothing_else_is(
    host: DeviceHost, browser: Browser
) -> None:
    phone, _, ticket = opened(host, browser)
    name = phone.path.strip("/")
    pages = [phone.ask("GET", phone.path + rest) for rest in ("", "seal.js", "page.js")]
    strangers = [
        phone.ask(*request)[0]
        for request in (
            ("GET", "/"),
            ("GET", "/favicon.ico"),
            ("GET", "/AAAAAAAAAAAAAAAA/"),
            ("GET", phone.path + "../page.js"),
            ("GET", phone.path + "sealing.py"),
            ("GET", "/" + name),
            ("POST", "/AAAAAAAAAAAAAAAA/file/0", b"x"),
            ("POST", phone.path + "file/-1", b"x"),
            ("POST", phone.path + "file/99999", b"x"),
        )
    ]
    rebound = phone.ask("GET", phone.path, Host="evil.example")[0]
    host.cancel(ticket)

    assert [status for status, _ in pages] == [200, 200, 200]
    assert "把材料传给终端".encode() in pages[0][1]
    assert set(strangers) == {404}
    assert rebound == 404


def test_what_was_not_sealed_with_the_code_on_the_screen_is_refused(host: DeviceHost, browser: Browser) -> None:
    phone, seen, ticket = opened(host, browser)
    good = phone.sealed(0, 0, b"\xff\xd8\xff")
    flipped = bytes([*good[:-1], good[-1] ^ 1])
    path = f"{phone.path}file/"
    answers = [
        phone.ask("POST", path + "0", flipped)[0],
        phone.ask("POST", path + "1", good)[0],
        phone.ask("POST", path + "0", b"")[0],
    ]
    too_large = socket.create_connection((phone.host, phone.port), timeout=10)
    with too_large:
        head = f"POST {path}0 HTTP/1.1\r\nHost: {phone.host}:{phone.port}\r\nContent-Length: 9999999\r\n\r\n"
        too_large.sendall(head.encode())
        told = too_large.recv(100)
    host.cancel(ticket)

    assert answers == [403, 403, 403]
    assert b" 413 " in told
    assert not seen.pages()


def test_a_file_sent_twice_because_the_answer_was_lost_comes_once(
    host: DeviceHost, browser: Browser, tmp_path: Path
) -> None:
    phone, seen, ticket = opened(host, browser)
    sent = picture(tmp_path)
    statuses = [phone.send(0, 0, sent), phone.send(0, 0, sent)]
    _pages(seen, 1)
    with Image.open(find(tmp_path, "mandate")) as image:
        other = io.BytesIO()
        image.save(other, "JPEG")
    phone.send(1, 0, other.getvalue(), nonce=b"m" * 12)
    _pages(seen, 2)
    host.cancel(ticket)

    assert statuses == [200, 200]
    assert seen.failure() is Failure.DEVICE_CANCELLED
    assert len(seen.pages()) == 2


def test_a_file_that_cannot_be_opened_is_told_and_the_next_one_still_comes(
    host: DeviceHost, browser: Browser, tmp_path: Path
) -> None:
    phone, seen, ticket = opened(host, browser)
    phone.send(0, 1, b"%PDF-1.7 broken")
    refused = waited(seen, FileRefused)[0]
    phone.send(1, 0, picture(tmp_path))
    pages = _pages(seen, 1)
    host.cancel(ticket)

    assert refused.failure is Failure.FILE_UNSAFE
    assert len(pages) == 1


def test_when_the_person_is_done_the_address_answers_nobody_any_more(host: DeviceHost, browser: Browser) -> None:
    phone, seen, ticket = opened(host, browser)
    host.cancel(ticket)
    seen.last()
    with pytest.raises(OSError, match=r"refused|reset"):
        phone.ask("GET", phone.path)
    second, again, other = opened(host, browser)
    host.cancel(other)

    assert second.path != phone.path
    assert second.key != phone.key
    assert again.failure() is Failure.DEVICE_CANCELLED


def test_a_guest_who_says_nothing_keeps_nobody_else_waiting(host: DeviceHost, browser: Browser, tmp_path: Path) -> None:
    phone, seen, ticket = opened(host, browser)
    idle = [socket.create_connection((phone.host, phone.port), timeout=10) for _ in range(6)]
    half = socket.create_connection((phone.host, phone.port), timeout=10)
    half.sendall(f"POST {phone.path}file/7 HTTP/1.1\r\nHost: x\r\nContent-Le".encode())
    try:
        began = time.monotonic()
        status = phone.send(0, 0, picture(tmp_path))
        took = time.monotonic() - began
    finally:
        for connection in (*idle, half):
            connection.close()
    _pages(seen, 1)
    host.cancel(ticket)

    assert status == 200
    assert took < 5


def test_a_line_kept_open_is_answered_nothing_once_the_person_is_done(host: DeviceHost, browser: Browser) -> None:
    phone, seen, ticket = opened(host, browser)
    kept = HTTPConnection(phone.host, phone.port, timeout=10)
    kept.request("GET", phone.path)
    first = kept.getresponse()
    first.read()
    host.cancel(ticket)
    seen.last()
    with contextlib.suppress(OSError):
        kept.request("POST", f"{phone.path}file/0", phone.sealed(0, 0, b"\xff\xd8\xff"))
    with pytest.raises((OSError, HTTPException)):
        kept.getresponse()
    kept.close()

    assert first.status == 200


def test_two_hundred_silent_guests_get_no_two_hundred_threads(host: DeviceHost, browser: Browser) -> None:
    phone, _, ticket = opened(host, browser)
    pid = pid_of(host, "phone")
    guests = [socket.create_connection((phone.host, phone.port), timeout=10) for _ in range(200)]
    time.sleep(1.0)
    threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
    for guest in guests:
        guest.close()
    until(lambda: phone.ask("GET", phone.path)[0] == 200)
    host.cancel(ticket)

    assert threads < 40


def test_only_what_became_a_page_is_called_sent(host: DeviceHost, browser: Browser, tmp_path: Path) -> None:
    phone, seen, ticket = opened(host, browser)
    names = ("household-register", "mandate", "lease", "id-card", "bank-card")
    bodies = [phone.sealed(turn, 0, find(tmp_path, name).read_bytes()) for turn, name in enumerate(names)]
    statuses: list[int] = []

    def send(turn: int) -> None:
        with contextlib.suppress(OSError, HTTPException):
            statuses.append(phone.ask("POST", f"{phone.path}file/{turn}", bodies[turn])[0])

    senders = [threading.Thread(target=send, args=(turn,)) for turn in range(len(names))]
    for sender in senders:
        sender.start()
    _pages(seen, 1)
    host.cancel(ticket)
    for sender in senders:
        sender.join(20)
    seen.last()

    assert statuses.count(200) <= len(seen.pages()) < len(names)


def test_the_same_file_under_another_seal_is_the_same_file(host: DeviceHost, browser: Browser, tmp_path: Path) -> None:
    phone, seen, ticket = opened(host, browser)
    sent = picture(tmp_path)
    statuses = [phone.send(0, 0, sent, nonce=bytes([turn]) * 12) for turn in range(3)]
    _pages(seen, 1)
    host.cancel(ticket)
    seen.last()

    assert statuses == [200, 200, 200]
    assert len(seen.pages()) == 1


def test_a_phone_hears_that_its_file_is_too_large(host: DeviceHost, browser: Browser) -> None:
    phone, seen, ticket = opened(host, browser)
    status, _ = phone.ask("POST", f"{phone.path}file/0", b"x" * (8 * 1024 * 1024))
    host.cancel(ticket)
    seen.last()

    assert status == 413


def test_hostile_names_and_dates_on_a_stick_are_shown_harmlessly(host: DeviceHost, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for name in ("a\u202egpj.exe.pdf", "two\nlines.pdf", "长" * 80 + ".pdf"):
        (stick / name).write_bytes(b"%PDF-")
    (stick / "future.pdf").write_bytes(b"%PDF-")
    os.utime(stick / "future.pdf", (400_000_000_000, 400_000_000_000))
    with contextlib.suppress(OSError):
        (Path(os.fsdecode(os.fsencode(stick) + b"/\xff\xfe.pdf"))).write_bytes(b"%PDF-")
    seen, _ = begin(host, ListFiles())
    names = [file.name for file in waited(seen, FilesOffered)[0].files]
    ended = seen.last()

    assert isinstance(ended, Finished)
    assert len(names) >= 4
    assert all(name.isprintable() and len(name) <= 80 for name in names), names


def test_files_on_a_stick_are_listed_newest_first_and_the_chosen_one_is_taken(host: DeviceHost, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "照片").mkdir()
    (stick / "照片" / "户口本.JPG").write_bytes(picture(tmp_path))
    (stick / "run.exe").write_bytes(b"MZ")
    (stick / ".hidden.jpg").write_bytes(b"x")
    (stick / "etc.jpg").symlink_to("/etc/passwd")
    (stick / "old.pdf").write_bytes(b"%PDF-")
    os.utime(stick / "old.pdf", (1_000_000_000, 1_000_000_000))
    seen, _ = begin(host, ListFiles())
    files = waited(seen, FilesOffered)[0].files
    ended = seen.last()
    taking, _ = begin(host, TakeFiles((files[0].ident,)))

    assert [file.name for file in files] == ["户口本.JPG", "old.pdf"]
    assert isinstance(ended, Finished)
    assert taking.last() == Finished(taking.events[-1].ticket, 1)
    assert len(taking.pages()) == 1


def test_a_stick_that_is_not_in_or_was_pulled_is_told_kindly(tmp_path: Path) -> None:
    table = {"stick": {"driver": "folder", "roots": str(tmp_path / "gone"), "unmounted": "yes"}}
    with running(tmp_path, table) as host:
        seen, _ = begin(host, ListFiles())
        absent = seen.failure()
        (tmp_path / "gone").mkdir()
        later, _ = begin(host, TakeFiles(("0" * 24,)))
        missing = later.last()
        (status,) = host.probe(10)

    assert absent is Failure.STICK_ABSENT
    assert isinstance(missing, Finished)
    assert [event.failure for event in later.events if isinstance(event, FileRefused)] == [Failure.FILE_MISSING]
    assert status.ready


def test_a_file_larger_than_allowed_or_of_another_kind_is_refused_by_name(host: DeviceHost, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with (stick / "a-large.pdf").open("wb") as file:
        file.truncate(3 * 1024 * 1024)
    (stick / "b-word.pdf").write_bytes(b"PK\x03\x04 a word file under another name")
    seen, _ = begin(host, ListFiles())
    files = sorted(waited(seen, FilesOffered)[0].files, key=lambda one: one.name)
    seen.last()
    taking, _ = begin(host, TakeFiles(tuple(file.ident for file in files)))
    taking.last()

    failures = [event.failure for event in taking.events if isinstance(event, FileRefused)]
    assert failures == [Failure.FILE_TOO_LARGE, Failure.FILE_KIND_UNKNOWN]


def _pages(seen: Seen, count: int) -> list[PageScanned]:
    until = time.monotonic() + 30
    while len(seen.pages()) < count:
        assert time.monotonic() < until, seen.events
        time.sleep(0.02)
    return seen.pages()
