"""The driver `sane` keeps the contract of `devices.contract`, on the real libsane and sane-airscan."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

import pytest

from devices.conformance import DriverConformance
from tests.stacks import sane
from tests.stacks.simulators import Simulator


class TestSaneScanner(DriverConformance):
    kind, driver = "scanner", "sane"
    played: ClassVar[Simulator]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _playing(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
        folder = tmp_path_factory.mktemp("conformance")
        with sane.backend_airscan(folder) as (configuration, cls.played), pytest.MonkeyPatch.context() as patch:
            patch.setenv("SANE_CONFIG_DIR", str(configuration))
            yield

    def options(self) -> Mapping[str, str]:
        return {"device": "airscan:*", "source": "flatbed"}

    def lay(self) -> None:
        self.played.do("reset")

    def unplug(self) -> None:
        self.played.do("gone")

    def plug(self) -> None:
        self.played.do("back")
