"""A sheet is found to a pixel or so on any mat, and nothing is found where there is none."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.page.corners import clockwise, find_sheet
from tests.devices.page_pictures import MATS, form, photo

SIZE = (1296, 1728)


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return form(seal=True)


def error(picture: np.ndarray, corners: np.ndarray) -> float:
    sheet = find_sheet(picture)
    assert sheet is not None
    assert sheet.whole
    return float(np.linalg.norm(clockwise(corners) - sheet.corners, axis=1).max())


@pytest.mark.parametrize("mat", MATS)
def test_the_corners_are_exact_on_every_mat(page: Image.Image, mat: str) -> None:
    assert error(*photo(page, mat=mat, size=SIZE)) < 2.0


@pytest.mark.parametrize("mat", ["dark", "light"])
def test_the_corners_are_exact_in_a_picture_out_of_focus_and_in_dim_light(page: Image.Image, mat: str) -> None:
    assert error(*photo(page, mat=mat, size=SIZE, blur=2.0)) < 3.5
    assert error(*photo(page, mat=mat, size=SIZE, exposure=0.35, light=0.5)) < 2.5


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mat=st.sampled_from(sorted(MATS)),
    tilt=st.floats(-18, 18),
    lean=st.floats(0, 0.10),
    light=st.floats(0, 0.5),
    fill=st.floats(0.55, 0.80),
    seed=st.integers(0, 1000),
)
def test_however_a_sheet_lies_its_corners_are_found(
    page: Image.Image, mat: str, tilt: float, lean: float, light: float, fill: float, seed: int
) -> None:
    picture, corners = photo(page, mat=mat, tilt=tilt, lean=lean, light=light, fill=fill, seed=seed, size=(972, 1296))
    assert error(picture, corners) < 3.0


@pytest.mark.parametrize("mat", MATS)
def test_an_empty_mat_holds_no_sheet(page: Image.Image, mat: str) -> None:
    assert find_sheet(photo(page, mat=mat, shift=(3, 3), size=SIZE)[0]) is None


def test_a_sheet_partly_outside_the_picture_is_found_and_not_whole(page: Image.Image) -> None:
    for shift in ((0.3, 0.0), (0.0, 0.25), (-0.25, 0.0)):
        sheet = find_sheet(photo(page, shift=shift, size=SIZE)[0])
        assert sheet is not None
        assert not sheet.whole


def test_the_frame_of_a_table_is_no_sheet_when_paper_fills_the_picture(page: Image.Image) -> None:
    assert find_sheet(photo(page, fill=1.3, size=SIZE)[0]) is None
