"""A document camera through the real host: it shows, it waits until the sheet lies still, it takes it once."""

import io
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from kiosk.failure import Failure
from kiosk.frames import Sight
from kiosk.model.devices import CameraMode, CameraView, Failed, Finished, UseCamera
from tests.devices.camera_bench import BOX, film
from tests.devices.device_bench import QUICK, pid_of, running, until

SIM = {"camera": "sim"}
SMALL = UseCamera(width=BOX[0], height=BOX[1])


def test_a_sheet_that_lies_still_is_taken_once_by_itself(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "take_away")
        watched = film(host)
        empty = watched.until_sight(Sight.NOTHING)
        host.simulate("camera", "lay", page="household-register")
        there = watched.until_sight(Sight.STILL)
        watched.until_sight(Sight.TAKEN)
        watched.for_a_while(2.5)
        pages = watched.seen.pages()
        host.cancel(watched.ticket)
        end = watched.seen.last()

    assert empty.corners == ()
    assert len(there.corners) == 4
    assert len(pages) == 1
    assert pages[0].findings == ()
    assert watched.last is not None
    assert watched.last.taken == 1
    assert end == Failed(watched.ticket, Failure.DEVICE_CANCELLED)


def test_a_hand_that_passes_over_a_sheet_taken_does_not_make_it_a_new_one(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "lay", page="lease")
        watched = film(host)
        watched.until_sight(Sight.TAKEN)
        host.simulate("camera", "hand")
        watched.for_a_while(0.8)
        host.simulate("camera", "hand", on=False)
        watched.until_sight(Sight.TAKEN)
        watched.for_a_while(1.5)
        pages = watched.seen.pages()

    assert len(pages) == 1


def test_the_next_sheet_is_taken_when_it_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "lay", page="lease")
        watched = film(host, replace(SMALL, max_pages=2))
        watched.until_sight(Sight.TAKEN)
        host.simulate("camera", "lay", page="birth-certificate")
        end = watched.seen.last()

    assert end == Finished(watched.ticket, 2)
    assert len({page.image for page in watched.seen.pages()}) == 2


def test_the_same_sheet_taken_away_and_laid_down_again_counts_as_a_new_one(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "lay", page="lease")
        watched = film(host, replace(SMALL, max_pages=2))
        watched.until_sight(Sight.TAKEN)
        host.simulate("camera", "take_away")
        watched.until_sight(Sight.NOTHING)
        watched.for_a_while(0.5)
        host.simulate("camera", "lay", page="lease")
        end = watched.seen.last()

    assert end == Finished(watched.ticket, 2)


def test_without_automatic_only_the_shutter_takes_a_page(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "lay", page="mandate")
        watched = film(host, replace(SMALL, automatic=False, max_pages=1))
        watched.until_sight(Sight.STILL)
        watched.for_a_while(1.5)
        before = len(watched.seen.pages())
        host.trigger(watched.ticket)
        end = watched.seen.last()

    assert before == 0
    assert end == Finished(watched.ticket, 1)


def test_a_shutter_over_an_empty_mat_takes_nothing_and_the_camera_waits_on(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "take_away")
        watched = film(host, replace(SMALL, max_pages=1))
        watched.until_sight(Sight.NOTHING)
        host.trigger(watched.ticket)
        watched.until_sight(Sight.TAKING)
        watched.until_sight(Sight.NOTHING)
        before = len(watched.seen.pages())
        host.simulate("camera", "lay", page="lease")
        end = watched.seen.last()

    assert before == 0
    assert end == Finished(watched.ticket, 1)


def test_the_blank_side_of_a_sheet_is_told_and_not_kept(tmp_path: Path) -> None:
    own = tmp_path / "sim" / "pages"
    own.mkdir(parents=True)
    Image.new("RGB", (992, 1403), (246, 245, 242)).save(own / "back.jpg")
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "lay", page="back")
        watched = film(host)
        watched.until_sight(Sight.BLANK)
        watched.for_a_while(1.2)
        pages = watched.seen.pages()

    assert pages == []


def test_a_blurred_page_comes_with_its_finding_and_a_dark_mat_is_told(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "dark")
        host.simulate("camera", "lay", page="household-register")
        watched = film(host, replace(SMALL, max_pages=1))
        watched.until_sight(Sight.DARK)
        host.simulate("camera", "blurred")
        host.simulate("camera", "dark", on=False)
        watched.seen.last()

    assert [page.findings for page in watched.seen.pages()] == [(Failure.PAGE_BLURRED,)]


def test_nobody_lays_anything_down_and_the_camera_says_so_in_time(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "take_away")
        watched = film(host, replace(SMALL, seconds=1.0))

        assert watched.seen.failure() is Failure.PAGE_NOT_FOUND


def test_the_camera_at_the_face_only_shows(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        host.simulate("camera", "lay", page="lease")
        watched = film(host, replace(SMALL, view=CameraView.FACE, seconds=2.0))
        watched.until_sight(Sight.LIVE)
        host.trigger(watched.ticket)
        end = watched.seen.last()

    assert end == Finished(watched.ticket, 0)
    assert watched.told == [Sight.LIVE]


def test_a_model_with_one_camera_refuses_the_other(tmp_path: Path) -> None:
    with running(tmp_path, {"camera": {"driver": "sim", "second": "no"}}) as host:
        watched = film(host, replace(SMALL, view=CameraView.FACE))

        assert watched.seen.failure() is Failure.CONFIG_INVALID


def test_both_sides_of_an_id_card_become_one_page_at_true_size_with_a_mark(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        request = replace(SMALL, mode=CameraMode.ID_CARD, purpose="高龄津贴", max_pages=1)
        watched = film(host, request)
        sides = []
        while not watched.seen.pages():
            picture = watched.look()
            if picture and picture.taken not in sides:
                sides.append(picture.taken)
            time.sleep(0.005)
        end = watched.seen.last()
    page = watched.seen.pages()[0]
    with Image.open(io.BytesIO(page.image)) as opened:
        sheet = opened.convert("RGB")
    cards = [_card_on(sheet, top) for top in (62.0, 160.0)]

    assert end == Finished(watched.ticket, 1)
    assert sides[:2] == [0, 1]
    assert sheet.size == (1654, 2339)
    for card in cards:
        assert card.size == (674, 425)
        assert _bluish(card) > 0.004, "the mark lies across the card"
    assert ImageStat.Stat(sheet.crop((0, 0, 1654, 470)).convert("L")).mean[0] > 250


def _card_on(sheet: Image.Image, top: float) -> Image.Image:
    left, width = round((210 - 85.6) / 2 / 25.4 * 200), round(85.6 / 25.4 * 200)
    upper = round(top / 25.4 * 200)
    card = sheet.crop((left, upper, left + width, upper + round(54 / 25.4 * 200)))
    assert ImageStat.Stat(card.convert("L")).mean[0] < 245
    assert ImageStat.Stat(sheet.crop((left - 40, upper, left - 10, upper + 400)).convert("L")).mean[0] > 250
    return card


def _bluish(card: Image.Image) -> float:
    """Share of the card in the mark's ink."""
    red, _, blue = card.split()
    pixels = zip(red.tobytes(), blue.tobytes(), strict=True)
    return sum(1 for r, b in pixels if b - r > 48 and b > 120) / (card.width * card.height)


def test_the_live_picture_is_gone_when_the_request_is(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        watched = film(host)
        watched.until_sight(Sight.STILL)
        frames = watched.frames()
        memory = os.dup(frames._memory)
        shown = any(os.pread(memory, 4096 * 64, 4096))
        host.cancel(watched.ticket)
        watched.seen.last()
        try:
            left = any(os.pread(memory, frames._pixels * 12, 0))
        finally:
            os.close(memory)

    assert shown
    assert not left
    assert frames.newest() is None
    assert not frames.read(watched.last, watched.pixels) if watched.last else False


def test_nothing_of_a_page_or_a_picture_is_ever_a_file(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        watched = film(host, replace(SMALL, max_pages=1))
        watched.seen.last()
        pid = pid_of(host, "camera")
        opened = [str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir() if one.exists()]

    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()] == [Path("sim/camera.json")]
    assert [name for name in opened if name.startswith("/") and not name.startswith(("/dev/", "/memfd:"))] == []


def test_a_camera_unplugged_in_the_middle_is_named_and_back_within_three_seconds(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        watched = film(host)
        watched.until_sight(Sight.MOVING, Sight.STILL)
        host.simulate("camera", "unplug")
        gone = watched.seen.failure()
        told = [status.failure for status in host.status()]
        host.simulate("camera", "plug")
        began = time.monotonic()
        again = film(host)
        again.until_sight(Sight.NOTHING, Sight.MOVING, Sight.STILL)
        back = time.monotonic() - began
        until(lambda: all(status.ready for status in host.status()), 3.0)
        host.cancel(again.ticket)

    assert gone is Failure.DEVICE_ABSENT
    assert told == [Failure.DEVICE_ABSENT.code]
    assert back < 3.0


def test_a_camera_whose_picture_freezes_is_named_in_time(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        watched = film(host)
        watched.until_sight(Sight.MOVING, Sight.STILL)
        host.simulate("camera", "freeze")
        began = time.monotonic()
        failure = watched.seen.failure()
        took = time.monotonic() - began
        host.simulate("camera", "freeze", on=False)
        film(host).until_sight(Sight.NOTHING, Sight.MOVING, Sight.STILL)

    assert failure is Failure.DEVICE_HUNG
    assert 2.5 < took < 4.5


@pytest.mark.expects_logs
def test_a_camera_process_that_is_stopped_is_replaced_alone(tmp_path: Path) -> None:
    # Long enough for a busy machine to load the camera's libraries in.
    limits = replace(QUICK, camera_silence=5.0)
    with running(tmp_path, {**SIM, "idcard": "sim"}, limits) as host:
        watched = film(host)
        watched.until_sight(Sight.MOVING, Sight.STILL)
        frames = watched.frames()
        reader = pid_of(host, "idcard")
        os.kill(pid_of(host, "camera"), signal.SIGSTOP)
        failure = watched.seen.failure()
        after = film(host)
        after.until_sight(Sight.NOTHING, Sight.MOVING, Sight.STILL, seconds=10.0)
        same = pid_of(host, "idcard") == reader

    assert failure is Failure.DEVICE_HUNG
    assert frames.newest() is None
    assert same


def test_an_idle_camera_holds_no_image_library_in_memory(tmp_path: Path) -> None:
    with running(tmp_path, SIM) as host:
        pid = pid_of(host, "camera")
        idle = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
        film(host).until_sight(Sight.NOTHING, Sight.MOVING)
        used = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")

    assert "cv2" not in idle
    assert "cv2" in used
