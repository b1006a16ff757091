"""The shipped network camera in its own process, with what can go wrong on its line."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.failure import Failure
from kiosk.frames import Sight
from kiosk.model.devices import Finished, UseCamera
from tests.devices.camera_bench import BOX, film
from tests.devices.device_bench import running
from tests.stacks.simulators import simulator

SMALL = UseCamera(width=BOX[0], height=BOX[1], max_pages=1)


def test_a_sheet_laid_below_the_shipped_network_camera_becomes_a_page(tmp_path: Path) -> None:
    with simulator("camera") as camera, running(tmp_path, camera.first["settings"]) as host:
        watched = film(host, SMALL)
        watched.until_sight(Sight.NOTHING)
        camera.do("lay", page="household-register")
        end = watched.seen.last()

    assert end == Finished(watched.ticket, 1)
    assert [page.findings for page in watched.seen.pages()] == [()]


@pytest.mark.parametrize(
    ("trouble", "failure"),
    [
        ("cut", Failure.DEVICE_ABSENT),
        ("torn", Failure.DEVICE_ABSENT),
        ("garbage", Failure.DEVICE_DISTURBED),
        ("freeze", Failure.DEVICE_HUNG),
        ("gone", Failure.DEVICE_ABSENT),
    ],
)
def test_what_goes_wrong_is_named_and_over_within_three_seconds(tmp_path: Path, trouble: str, failure: Failure) -> None:
    with simulator("camera", "--page", "lease") as camera, running(tmp_path, camera.first["settings"]) as host:
        watched = film(host, replace(SMALL, automatic=False))
        watched.until_sight(Sight.STILL)
        camera.do(trouble)
        told = watched.seen.failure(5.0)
        camera.do("back")
        for lasting in ("garbage", "freeze"):
            camera.do(lasting, on=False)
        began = time.monotonic()
        film(host, SMALL).until_sight(Sight.STILL)
        back = time.monotonic() - began

    assert told is failure
    assert back < 3.0
