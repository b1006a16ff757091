"""The checks as tests: one class to derive from. pytest is imported only where a test cannot be tried."""
# ruff: noqa: D102 - the name of a test is its sentence

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from devices.conformance.bench import Bench
from devices.conformance.checks import CHECKS, is_made_without_its_device
from devices.conformance.verdict import NotMeantError, NotTriedError
from kiosk.model.devices import DeviceKind

_SAID: "dict[type[DriverConformance], bool | None]" = {}
_HANDS = ("lay", "take_away", "unplug", "plug")


class DriverConformance:
    """Derive `class TestMine(DriverConformance)`, name `kind` and `driver`, and override what your device needs.

    `lay` and `take_away` lay down and lift what the device works on, `unplug` and `plug` pull its plug; checks that
    need one you do not override are skipped. `self.data` is an empty data directory of each test's own.
    """

    kind: ClassVar[str]
    driver: ClassVar[str]
    data: Path

    def options(self) -> Mapping[str, str]:
        """The driver's settings."""
        return {}

    def lay(self) -> None:
        """Have something there to work on."""

    def take_away(self) -> None:
        """Lift it."""

    def unplug(self) -> None:
        """Pull the plug."""

    def plug(self) -> None:
        """Put it back."""

    def test_it_is_made_without_its_device(self) -> None:
        self._run("made")

    def test_it_opens_feels_and_closes_in_time(self) -> None:
        self._run("times")

    def test_settings_that_make_no_sense_end_in_a_named_failure(self) -> None:
        self._run("settings")

    def test_a_cancelled_request_ends_in_time(self) -> None:
        self._run("cancel")

    def test_it_waits_no_longer_than_asked(self) -> None:
        self._run("wait")

    def test_it_does_its_work(self) -> None:
        self._run("work")

    def test_it_lets_go_of_pages_nobody_wants(self) -> None:
        self._run("let-go")

    def test_it_writes_and_prints_nothing(self) -> None:
        self._run("quiet")

    def test_it_leaves_nothing_running_behind(self) -> None:
        self._run("leaves")

    def test_its_failures_tell_no_secrets(self) -> None:
        self._run("secrets")

    def test_unplugged_it_says_so_and_comes_back(self) -> None:
        self._run("unplug")

    def _run(self, check: str) -> None:
        with tempfile.TemporaryDirectory(prefix="driver-") as folder:
            self.data = Path(folder)
            bench = Bench(DeviceKind(self.kind), self.driver, self.data, self.options(), self._hands())
            if check != "made":
                bench.simulated = self._is_simulated(bench)
            try:
                CHECKS[check](bench)
            except NotMeantError:
                return
            except NotTriedError as reason:
                import pytest  # noqa: PLC0415 - the terminal has no pytest

                pytest.skip(str(reason))

    def _is_simulated(self, bench: Bench) -> bool | None:
        """What the driver says of itself, asked once for all checks: each question is a process."""
        if type(self) not in _SAID:
            is_made_without_its_device(bench)
            _SAID[type(self)] = bench.simulated
        return _SAID[type(self)]

    def _hands(self) -> dict[str, Callable[[], None]]:
        """Only those a class has overridden: the others nobody does."""
        overridden = [name for name in _HANDS if getattr(type(self), name) is not getattr(DriverConformance, name)]
        return {name: getattr(self, name) for name in overridden}
