"""Whatever a device delivers, a page comes out or a named failure, never a crash."""

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.page.finished import Wish
from devices.page.pipeline import finish_picture
from kiosk.failure import Failure, KioskError

EXPECTED = {Failure.SCANNER_SHORT_PAGE, Failure.SCANNER_BLANK, Failure.PAGE_NOT_FOUND}


def any_picture(kind: str, width: int, height: int, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    if kind == "even":
        return np.full((height, width, 3), chance.integers(0, 256), np.uint8)
    if kind == "noise":
        return chance.integers(0, 256, (height, width, 3), dtype=np.uint8)
    picture = np.full((height, width, 3), 235, np.uint8)
    for _ in range(int(chance.integers(1, 9))):
        points = chance.integers(0, max(width, height), (4, 2)).astype(np.int32)
        cv2.fillPoly(picture, [points], [int(level) for level in chance.integers(0, 256, 3)])
    return picture


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["even", "noise", "shapes"]),
    width=st.integers(1, 700),
    height=st.integers(1, 700),
    seed=st.integers(0, 10**6),
    wish=st.builds(
        Wish,
        dpi=st.sampled_from([30, 75, 150, 200, 300, 600]),
        photo=st.booleans(),
        ready=st.booleans(),
        colour=st.booleans(),
    ),
)
def test_any_picture_becomes_a_page_or_a_named_failure(
    kind: str, width: int, height: int, seed: int, wish: Wish
) -> None:
    try:
        page = finish_picture(any_picture(kind, width, height, seed), wish)
    except KioskError as error:
        assert error.failure in EXPECTED  # noqa: PT017 - either end is right
    else:
        assert page is not None
        assert page.image
        assert page.width > 0
        assert page.height > 0
