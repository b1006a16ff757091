import hashlib
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from central.ahead import MOST_PIECES
from central.blobs import PARTS_KEPT, BlobRoom
from central.intake.frames import MOST_UNKNOWN
from central.office import open_office
from central.routes.frames import MOST_BYTES
from central.serving import Housekeeping
from sync.wire.coding import FRAMES_TYPE, MEDIA_TYPE
from sync.wire.frames import FRAME_BYTES, Frame, frames_of
from sync.wire.messages import Ack, FrameState
from sync.wire.records import read_record
from tests.central.conftest import Platform
from tests.central.terminal import Filed, Page, RefusedError, Terminal, ask

SIZE = 3 * FRAME_BYTES + 100


def _filed(terminal: Terminal, *sizes: int) -> Filed:
    pages = [terminal.page(os.urandom(size), index=place) for place, size in enumerate(sizes or (SIZE,))]
    filed = terminal.file(pages)
    assert terminal.exchange(filed.event).answers[0].outcome == "taken"
    return filed


def _encoded(digest: bytes, data: bytes, have: int) -> list[bytes]:
    """Each frame whole."""
    pieces = list(frames_of(digest, data, have))
    return [b"".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]


def _frames(page: Page, have: int = 0) -> list[bytes]:
    return _encoded(page.entry.digest, page.sealed, have)


def _have(terminal: Terminal, filed: Filed) -> dict[bytes, int]:
    answer = terminal.exchange(filed.event).answers[0]
    return {one.digest: one.have for one in answer.missing}


def test_one_request_carries_frames_of_many_files(terminal: Terminal) -> None:
    filed = _filed(terminal, SIZE, 10, FRAME_BYTES)
    answer = terminal.upload(*filed.pages)
    assert [(one.digest, one.have, one.error) for one in answer.blobs] == [
        (page.entry.digest, page.entry.size, "") for page in filed.pages
    ]
    assert len(answer.acks) == 1
    ack = read_record(answer.acks[0], "ack", Ack, terminal.statement.record_key)
    assert (ack.event, ack.complete) == (filed.event.event, True)


def test_a_broken_line_costs_at_most_one_frame(platform: Platform, terminal: Terminal) -> None:
    filed = _filed(terminal)
    page = filed.pages[0]
    body = b"".join(_frames(page))
    cut = 2 * len(_frames(page)[0]) + 1000
    with _begin_post(platform, terminal, body) as line:
        line.sendall(body[:cut])
        _until(lambda: _have(terminal, filed) == {page.entry.digest: 2 * FRAME_BYTES})
    assert _have(terminal, filed) == {page.entry.digest: 2 * FRAME_BYTES}
    answer = terminal.frames(b"".join(_frames(page, 2 * FRAME_BYTES)))
    assert (answer.blobs[0].have, len(answer.acks)) == (page.entry.size, 1)


def test_a_stalled_sender_holds_nobody_up(platform: Platform, terminal: Terminal) -> None:
    filed = _filed(terminal)
    page = filed.pages[0]
    body = b"".join(_frames(page))
    with _begin_post(platform, terminal, body) as stalled:
        stalled.sendall(body[: len(body) - 10])
        _until(lambda: _have(terminal, filed) == {page.entry.digest: 3 * FRAME_BYTES})
        started = time.monotonic()
        answer = terminal.upload(page)
        assert answer.blobs == (FrameState(page.entry.digest, page.entry.size),)
        assert time.monotonic() - started < 5
        stalled.sendall(body[len(body) - 10 :])
        assert stalled.recv(100).startswith(b"HTTP/1.1 200")


def _begin_post(platform: Platform, terminal: Terminal, body: bytes) -> socket.socket:
    """The head of a frames request; the body is the caller's."""
    host, port = urlsplit(platform.url).netloc.split(":")
    headers = {
        "Host": host,
        "Content-Type": FRAMES_TYPE,
        "Content-Length": str(len(body)),
        **terminal.signed("/v1/frames", body),
    }
    line = socket.create_connection((host, int(port)), timeout=20)
    head = "POST /v1/frames HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line.sendall(head.encode() + b"\r\n")
    return line


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_damaged_frame_alone_is_repeated(terminal: Terminal) -> None:
    filed = _filed(terminal, SIZE, 50)
    page, other = filed.pages
    frames = _frames(page)
    frames[1] = frames[1][:-1] + bytes([frames[1][-1] ^ 1])
    answer = terminal.frames(b"".join(frames + _frames(other)))
    assert answer.blobs[0] == FrameState(page.entry.digest, FRAME_BYTES, "check", page.entry.size - 2 * FRAME_BYTES)
    assert answer.blobs[1] == FrameState(other.entry.digest, other.entry.size)
    assert len(terminal.frames(_frames(page)[1]).acks) == 1


def test_a_body_changed_on_its_way_harms_nothing(terminal: Terminal) -> None:
    filed = _filed(terminal)
    page = filed.pages[0]
    body = b"".join(_frames(page))
    headers = {"Content-Type": FRAMES_TYPE, **terminal.signed("/v1/frames", body)}
    changed = body[:-1] + bytes([body[-1] ^ 1])
    status, data = ask(terminal.url, "POST", "/v1/frames", changed, headers)
    assert status == 200
    assert terminal.framed(data).blobs == (FrameState(page.entry.digest, 3 * FRAME_BYTES, "check"),)


def test_a_whole_that_is_not_its_name_is_thrown_away_and_starts_over(platform: Platform, terminal: Terminal) -> None:
    filed = _filed(terminal)
    page = filed.pages[0]
    forged = bytearray(page.sealed)
    forged[5] ^= 1
    wrong = _encoded(page.entry.digest, bytes(forged), 0)
    answer = terminal.frames(b"".join(wrong))
    assert answer.blobs == (FrameState(page.entry.digest, 0, "content"),)
    assert answer.acks == ()
    assert _have(terminal, filed) == {page.entry.digest: 0}
    assert len(terminal.upload(page).acks) == 1
    assert platform.cases()[filed.event.number].waiting == 0


def test_frames_at_another_place_are_answered_with_ours(terminal: Terminal) -> None:
    filed = _filed(terminal)
    page = filed.pages[0]
    frames = _frames(page)
    assert terminal.frames(frames[2]).blobs == (FrameState(page.entry.digest, 0, "offset", FRAME_BYTES),)
    assert terminal.frames(frames[0] + frames[0]).blobs == (FrameState(page.entry.digest, FRAME_BYTES),)
    long = Frame(page.entry.digest, FRAME_BYTES, bytes(SIZE - FRAME_BYTES)[:FRAME_BYTES]).encode()
    beyond = Frame(page.entry.digest, page.entry.size - 10, bytes(100)).encode()
    assert terminal.frames(beyond).blobs[0].error == "size"
    assert terminal.frames(long).blobs[0].have == 3 * FRAME_BYTES, "the third had come before its turn"


def test_frames_that_come_in_any_order_make_the_same_file(platform: Platform, terminal: Terminal) -> None:
    filed = _filed(terminal)
    page = filed.pages[0]
    frames = _frames(page)
    assert [terminal.frames(frames[place]).blobs[0].have for place in (3, 1, 2)] == [0, 0, 0]
    done = terminal.frames(frames[0])
    assert done.blobs == (FrameState(page.entry.digest, page.entry.size),)
    assert len(done.acks) == 1
    assert not [path for path in (platform.data / "blobs" / terminal.name).rglob("*.*") if path.is_file()]


def test_what_is_held_beyond_a_gap_is_named_when_it_is_asked_what_is_missing(terminal: Terminal) -> None:
    filed = _filed(terminal)
    page = filed.pages[0]
    frames = _frames(page)
    for place in (3, 1):
        terminal.frames(frames[place])
    size = page.entry.size
    (missing,) = terminal.exchange(filed.event).answers[0].missing
    assert (missing.have, missing.beyond) == (0, ((FRAME_BYTES, 2 * FRAME_BYTES), (3 * FRAME_BYTES, size)))
    terminal.frames(frames[2])
    (missing,) = terminal.exchange(filed.event).answers[0].missing
    assert missing.beyond == ((FRAME_BYTES, size),), "what touches is one stretch"
    terminal.frames(frames[0][: len(frames[0]) // 2])
    assert terminal.exchange(filed.event).answers[0].missing == (missing,), "half a frame changes nothing"
    assert len(terminal.frames(frames[0]).acks) == 1


def test_what_comes_before_its_turn_is_bounded_and_a_power_cut_costs_the_torn_piece_alone(tmp_path: Path) -> None:
    data = os.urandom(200_000)
    digest = hashlib.sha256(data).digest()
    room = BlobRoom(tmp_path)
    step = 1000
    for place in range(2 * MOST_PIECES, 0, -1):
        held = room.append("T1", digest, len(data), place * step, data[place * step : (place + 1) * step])
    assert (held.have, held.ahead) == (0, MOST_PIECES * step)
    (ahead,) = tmp_path.rglob("*.ahead")
    os.truncate(ahead, ahead.stat().st_size - 10)
    again = BlobRoom(tmp_path)
    held = again.append("T1", digest, len(data), 0, data[: (MOST_PIECES + 1) * step])
    assert held.have == (MOST_PIECES + 1) * step
    assert held.ahead == (MOST_PIECES - 1) * step, "all but the torn one, behind the gap the torn one left"
    held = again.append("T1", digest, len(data), held.have, data[held.have : held.have + step])
    assert held.have == (2 * MOST_PIECES + 1) * step
    assert again.append("T1", digest, len(data), held.have, data[held.have :]).whole
    assert again.read("T1", digest) == data


def test_only_announced_files_are_taken(platform: Platform, terminal: Terminal) -> None:
    filed = _filed(terminal)
    stranger = terminal.page(b"never announced")
    assert terminal.upload(stranger).blobs == (FrameState(stranger.entry.digest, 0, "unknown"),)
    other = platform.enrolled()
    assert other.upload(filed.pages[0]).blobs == (FrameState(filed.pages[0].entry.digest, 0, "unknown"),)
    assert not (platform.data / "blobs" / other.name).exists()


def test_a_flood_of_names_nobody_announced_is_not_looked_up(terminal: Terminal) -> None:
    flood = b"".join(Frame(os.urandom(32), 0, b"").encode() for _ in range(50_000))
    states = terminal.frames(flood).blobs
    assert [one.error for one in states] == ["unknown"] * MOST_UNKNOWN + ["frame"]


def test_bytes_that_are_no_frames_are_said_to_be_none(terminal: Terminal) -> None:
    filed = _filed(terminal)
    good = _frames(filed.pages[0])[0]
    for rest in (b"\xff" * 200, good[:-1], good[:40]):
        answer = terminal.frames(good + rest)
        assert answer.blobs[0].have == FRAME_BYTES
        assert answer.blobs[-1] == FrameState(b"", 0, "frame")


def test_a_request_beyond_measure_is_turned_away(terminal: Terminal) -> None:
    with pytest.raises(RefusedError) as refused:
        terminal.frames(bytes(MOST_BYTES + 1))
    assert refused.value.status == 413


def test_frames_need_a_signature(terminal: Terminal) -> None:
    filed = _filed(terminal)
    body = b"".join(_frames(filed.pages[0]))
    status, data = ask(terminal.url, "POST", "/v1/frames", body, {"Content-Type": MEDIA_TYPE})
    assert (status, b"link.refused" in data) == (401, True)
    assert _have(terminal, filed) == {filed.pages[0].entry.digest: 0}


def test_unfinished_files_wait_for_weeks_and_no_longer(tmp_path: Path) -> None:
    assert PARTS_KEPT.days >= 14
    room = BlobRoom(tmp_path / "blobs")
    data = os.urandom(1000)
    digest = hashlib.sha256(data).digest()
    other = hashlib.sha256(b"other").digest()
    assert room.append("T00001", digest, 1000, 0, data[:500]).have == 500
    assert room.append("T00001", other, 5, 0, b"other").whole
    assert room.sweep(time.time() - PARTS_KEPT.total_seconds()) == 0
    assert room.have("T00001", digest, 1000) == 500
    assert room.sweep(time.time() + 1) == 1
    assert room.have("T00001", digest, 1000) == 0
    assert room.read("T00001", other) == b"other"


def test_housekeeping_goes_on_whatever_lies_in_the_room(tmp_path: Path) -> None:
    with open_office(tmp_path / "central", found=True) as office:
        folder = office.data / "blobs" / "T00001" / "ab"
        (folder / f"{'ab' * 32}.part").mkdir(parents=True)
        (folder / "notes.part").write_text("somebody's notes")
        old = folder / f"{'cd' * 32}.part"
        old.write_bytes(b"old")
        for path in folder.iterdir():
            os.utime(path, (0, 0))
        housekeeping = Housekeeping(office)
        housekeeping.start()
        housekeeping.join(0.3)
        assert housekeeping.is_alive()
        housekeeping.stop()
        assert (folder / "notes.part").exists()
        assert not old.exists()


def test_a_file_whose_check_was_interrupted_is_checked_later(tmp_path: Path) -> None:
    room = BlobRoom(tmp_path / "blobs")
    data = os.urandom(1000)
    digest = hashlib.sha256(data).digest()
    room.append("T00001", digest, 1000, 0, data[:999])
    (part,) = (tmp_path / "blobs").rglob("*.part")
    part.write_bytes(data)
    assert room.have("T00001", digest, 1000) == 1000
    assert room.read("T00001", digest) == data
    wrong = hashlib.sha256(b"wrong").digest()
    room.append("T00001", wrong, 1000, 0, data[:999])
    (part,) = (tmp_path / "blobs").rglob("*.part")
    part.write_bytes(data)
    assert room.have("T00001", wrong, 1000) == 0


def test_two_processes_may_take_the_same_file_at_once(tmp_path: Path) -> None:
    for _ in range(5):
        sealed = os.urandom(40 * 1024)
        digest = hashlib.sha256(sealed).digest()
        start = threading.Barrier(3)

        def carry(room: BlobRoom, sealed: bytes, digest: bytes, start: threading.Barrier) -> None:
            start.wait()
            have = 0
            while have < len(sealed):
                have = room.append("T00001", digest, len(sealed), have, sealed[have : have + 512]).have

        rooms = [BlobRoom(tmp_path / "blobs") for _ in range(3)]
        carriers = [threading.Thread(target=carry, args=(room, sealed, digest, start)) for room in rooms]
        for one in carriers:
            one.start()
        for one in carriers:
            one.join(20)
        assert not any(one.is_alive() for one in carriers)
        assert rooms[0].read("T00001", digest) == sealed
        assert not list((tmp_path / "blobs").rglob("*.part"))
