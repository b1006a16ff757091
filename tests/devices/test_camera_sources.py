"""Pictures from a real HTTP server, from files and from a film; the ways such a source can fail."""

import io
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.camera.mjpeg import LARGEST_PICTURE, MjpegCamera, pictures_in
from devices.camera.scene import Scene
from devices.contract import Setup
from kiosk.failure import Failure, KioskError
from kiosk.frames import SLOTS, FrameReader, FrameWriter, Picture, Sight, ring_size
from kiosk.model.devices import CameraView, Finished, UseCamera
from tests.devices.camera_bench import BOX, MjpegServer, film, mjpeg
from tests.devices.device_bench import QUICK, pid_of, running, until

SMALL = UseCamera(width=BOX[0], height=BOX[1], max_pages=1)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A sheet below a camera of two megapixels, as JPEGs with the noise of a sensor."""
    scene = Scene(tmp_path_factory.mktemp("scene"), (1600, 1200), face=False)
    taken = [scene.picture("lease", 10.0 + turn, hand=False, dark=False, blurred=False) for turn in range(4)]
    return [cv2.imencode(".jpg", one, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes() for one in taken[1:]]


@pytest.mark.parametrize("named", [True, False], ids=["with lengths", "without lengths"])
def test_a_network_camera_is_shown_and_its_sheet_taken(tmp_path: Path, pictures: list[bytes], *, named: bool) -> None:
    with mjpeg(pictures, named=named) as server, running(tmp_path, _camera(server)) as host:
        watched = film(host, SMALL)
        watched.until_sight(Sight.STILL)
        end = watched.seen.last()
        page = watched.seen.pages()[0]

    assert end == Finished(watched.ticket, 1)
    assert page.findings == ()
    assert (watched.last.width, watched.last.height) == (640, 480) if watched.last else False
    assert page.height > page.width


def test_a_network_camera_that_falls_silent_is_named_and_taken_up_again(tmp_path: Path, pictures: list[bytes]) -> None:
    with mjpeg(pictures) as server, running(tmp_path, _camera(server, seconds="1.5")) as host:
        watched = film(host, replace(SMALL, automatic=False))
        watched.until_sight(Sight.STILL)
        server.mute.set()
        began = time.monotonic()
        failure = watched.seen.failure()
        took = time.monotonic() - began
        server.mute.clear()
        began = time.monotonic()
        film(host, SMALL).until_sight(Sight.STILL)
        back = time.monotonic() - began

    assert failure is Failure.DEVICE_HUNG
    assert took < 4.0
    assert back < 3.0


def test_a_network_camera_that_loses_its_power_is_absent_and_back_within_three_seconds(
    tmp_path: Path, pictures: list[bytes]
) -> None:
    with mjpeg(pictures) as server, running(tmp_path, _camera(server)) as host:
        watched = film(host, replace(SMALL, automatic=False))
        watched.until_sight(Sight.STILL)
        server.cut()
        failure = watched.seen.failure()
        refused = film(host, SMALL).seen.failure()
        again = MjpegServer(pictures, port=server.server_address[1])
        try:
            began = time.monotonic()
            film(host, SMALL).until_sight(Sight.STILL)
            back = time.monotonic() - began
        finally:
            again.cut()

    assert (failure, refused) == (Failure.DEVICE_ABSENT, Failure.DEVICE_ABSENT)
    assert back < 3.0


@pytest.mark.parametrize(
    ("status", "failure"),
    [(401, Failure.DEVICE_FORBIDDEN), (503, Failure.DEVICE_BUSY), (404, Failure.DEVICE_DISTURBED)],
)
def test_what_a_network_camera_answers_is_told_apart(
    tmp_path: Path, pictures: list[bytes], status: int, failure: Failure
) -> None:
    with mjpeg(pictures) as server:
        server.status = status
        with running(tmp_path, _camera(server)) as host:
            until(lambda: host.status()[0].failure == failure.code)

            assert film(host, SMALL).seen.failure() is failure


def test_giving_up_a_silent_network_camera_takes_no_time(tmp_path: Path, pictures: list[bytes]) -> None:
    # Neither the camera's patience nor the host's ends it: that would take longer than the moment allowed below.
    patient = replace(QUICK, cancel=8.0)
    with mjpeg(pictures) as server, running(tmp_path, _camera(server, seconds="20"), patient) as host:
        watched = film(host, replace(SMALL, automatic=False))
        watched.until_sight(Sight.STILL)
        server.mute.set()
        time.sleep(0.3)
        began = time.monotonic()
        host.cancel(watched.ticket)
        failure = watched.seen.failure()
        took = time.monotonic() - began

    assert failure is Failure.DEVICE_CANCELLED
    assert took < 4.0


def test_a_stream_of_what_is_no_picture_is_named(tmp_path: Path) -> None:
    with mjpeg([b"\xff\xd8 this is no picture \xff\xd9"]) as server, running(tmp_path, _camera(server)) as host:
        assert film(host, SMALL).seen.failure() is Failure.DEVICE_DISTURBED


def test_a_picture_on_disk_is_taken_like_a_sheet(tmp_path: Path, pictures: list[bytes]) -> None:
    (tmp_path / "sheet.jpg").write_bytes(pictures[0])
    with running(tmp_path, {"camera": {"driver": "file", "path": "sheet.jpg"}}) as host:
        watched = film(host, SMALL)
        end = watched.seen.last()
        page = watched.seen.pages()[0]

    assert end == Finished(watched.ticket, 1)
    assert page.height > page.width


def test_a_film_is_played_over_and_over(tmp_path: Path, pictures: list[bytes]) -> None:
    writer = cv2.VideoWriter(str(tmp_path / "sheet.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (1600, 1200))
    for picture in pictures * 2:
        writer.write(np.asarray(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)))
    writer.release()
    with running(tmp_path, {"camera": {"driver": "file", "path": "sheet.avi"}}) as host:
        watched = film(host, SMALL)

        assert watched.seen.last() == Finished(watched.ticket, 1)


def test_a_file_that_is_not_there_is_an_absent_camera(tmp_path: Path) -> None:
    with running(tmp_path, {"camera": {"driver": "file", "path": "nothing.jpg"}}) as host:
        assert film(host, SMALL).seen.failure() is Failure.DEVICE_ABSENT


def test_a_usb_camera_that_is_not_there_is_absent_and_a_second_one_not_configured(tmp_path: Path) -> None:
    with running(tmp_path, {"camera": {"driver": "uvc", "device": str(tmp_path / "video7")}}) as host:
        assert film(host, SMALL).seen.failure() is Failure.DEVICE_ABSENT
        assert film(host, replace(SMALL, view=CameraView.FACE)).seen.failure() is Failure.DEVICE_ABSENT


def _camera(server: MjpegServer, **options: str) -> dict[str, dict[str, str]]:
    return {"camera": {"driver": "mjpeg", "url": server.url, **options}}


# the parser and the ring themselves


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), (200, 30, 30)).save(out, "JPEG")
    return out.getvalue()


JPEG = _jpeg()


def _chunks(data: bytes, cuts: list[int]) -> Iterator[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return iter(data[start:end] for start, end in pairwise(places))


@given(cuts=st.lists(st.integers(0, 10_000), max_size=12), named=st.booleans(), count=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_stream_cut_anywhere_gives_the_same_pictures(cuts: list[int], named: bool, count: int) -> None:  # noqa: FBT001 - drawn by hypothesis
    head = (
        f"--frame\r\nContent-Type: image/jpeg\r\n{f'Content-Length: {len(JPEG)}' if named else 'X: y'}\r\n\r\n".encode()
    )

    assert list(pictures_in(_chunks((head + JPEG + b"\r\n") * count, cuts))) == [JPEG] * count


@given(data=st.binary(max_size=4000), cuts=st.lists(st.integers(0, 4000), max_size=5))
@settings(max_examples=60, deadline=None)
def test_noise_on_a_stream_neither_crashes_nor_piles_up(data: bytes, cuts: list[int]) -> None:
    for picture in pictures_in(_chunks(data, cuts)):
        assert len(picture) <= len(data)


def test_a_preview_inside_a_picture_is_not_taken_for_its_end(pictures: list[bytes]) -> None:
    preview = b"Exif\0\0" + b"\xff\xd8small\xff\xd9"
    picture = pictures[0][:2] + b"\xff\xe1" + (len(preview) + 2).to_bytes(2, "big") + preview + pictures[0][2:]
    stream = b"--frame\r\n\r\n" + picture + b"\r\n--frame\r\n\r\n" + picture

    assert list(pictures_in(iter([stream[:500], stream[500:]]))) == [picture, picture]


def test_a_part_that_says_it_is_empty_is_read_by_its_marks(pictures: list[bytes]) -> None:
    stream = b"--frame\r\nContent-Length: 0\r\n\r\n" + pictures[0]

    assert list(pictures_in(iter([stream]))) == [pictures[0]]


@pytest.mark.parametrize("seconds", ["soon", "nan", "-1", "900"])
def test_a_patience_that_makes_no_sense_is_a_matter_of_configuration(seconds: str, tmp_path: Path) -> None:
    with pytest.raises(KioskError) as refused:
        MjpegCamera(Setup("camera", tmp_path, {"url": "http://192.0.2.1/", "seconds": seconds}))
    assert refused.value.failure is Failure.CONFIG_INVALID


def test_a_picture_that_claims_to_be_as_large_as_a_wall_costs_the_driver_no_memory(
    tmp_path: Path, pictures: list[bytes]
) -> None:
    at = pictures[0].index(b"\xff\xc0")
    wall = pictures[0][: at + 5] + (25_000).to_bytes(2, "big") * 2 + pictures[0][at + 9 :]
    with mjpeg([wall]) as server, running(tmp_path, _camera(server)) as host:
        pid = pid_of(host, "camera")
        assert film(host, SMALL).seen.failure() is Failure.DEVICE_DISTURBED
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        assert int(status.partition("VmHWM:")[2].split()[0]) < 400_000, "kilobytes"


def test_a_stream_that_promises_an_endless_picture_is_refused() -> None:
    head = f"Content-Length: {LARGEST_PICTURE * 4}\r\n\r\n".encode()

    with pytest.raises(ValueError, match="no picture"):
        list(pictures_in(iter([head + JPEG])))


def test_a_slow_screen_sees_the_newest_picture_and_nothing_waits_for_it() -> None:
    writer = FrameWriter(64 * 48)
    with_memory = FrameReader(_dup(writer.memory), writer.length)
    for turn in range(1, 41):
        writer.show(bytes([turn]) * (64 * 48 * 4), Picture(0, 64, 48, Sight.MOVING))
    newest = with_memory.newest()
    into = bytearray(64 * 48 * 4)

    assert newest is not None
    assert newest.turn == 40
    assert with_memory.read(newest, into)
    assert set(into) == {40}
    assert with_memory.newest(after=40) is None
    with_memory.close()
    writer.close()


def test_a_picture_overwritten_while_it_is_read_is_not_shown() -> None:
    writer = FrameWriter(64 * 48)
    reader = FrameReader(_dup(writer.memory), writer.length)
    writer.show(bytes(64 * 48 * 4), Picture(0, 64, 48, Sight.LIVE))
    old = reader.newest()
    for _ in range(SLOTS):
        writer.show(bytes(64 * 48 * 4), Picture(0, 64, 48, Sight.LIVE))

    assert old is not None
    assert not reader.read(old, bytearray(64 * 48 * 4))
    reader.close()
    writer.close()


@given(noise=st.binary(min_size=192, max_size=192))
@settings(max_examples=80, deadline=None)
def test_a_driver_that_writes_nonsense_beside_its_pictures_shows_nothing_wrong(noise: bytes) -> None:
    writer = FrameWriter(64 * 48)
    reader = FrameReader(_dup(writer.memory), writer.length)
    os.pwrite(writer.memory, noise, 0)
    picture = reader.newest()

    assert picture is None or (picture.width * picture.height <= 64 * 48 and len(picture.corners) in (0, 4))
    reader.close()
    writer.close()


def test_memory_that_could_shrink_under_the_screen_is_refused() -> None:
    memory = os.memfd_create("frames", os.MFD_ALLOW_SEALING)
    os.ftruncate(memory, ring_size(64 * 48))

    with pytest.raises(ValueError, match="ring"):
        FrameReader(memory, ring_size(64 * 48))


def _dup(descriptor: int) -> int:
    return os.dup(descriptor)
