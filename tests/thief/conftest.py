"""One filled terminal for all that is tried on it: nobody here changes it."""

import pytest

from tests.thief.scene import Scene, filled
from tests.thief.thief import Thief


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return filled(tmp_path_factory.mktemp("stolen") / "data")


@pytest.fixture(scope="package")
def thief(scene: Scene) -> Thief:
    return Thief(scene.data)
