"""The real libsane under test: its own configuration folder with one backend, `test` or `airscan`, and nothing else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.contract import Page, Setup
from devices.scanner.sane.driver import SaneScanner
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages
from tests.stacks import need
from tests.stacks.simulators import Simulator, simulator

_TEST_BACKEND = "/usr/lib/*/sane/libsane-test.so*"
_AIRSCAN_BACKEND = "/usr/lib/*/sane/libsane-airscan.so*"


class Job:
    """The job of one scan in this process; cancelled when `until` says so."""

    def __init__(self, until: Callable[[float], bool] = lambda _: False) -> None:
        self.fractions: list[float] = []
        self._until = until
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    @property
    def seconds_left(self) -> float:
        return 60.0

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)
        if self._cancelled:
            raise KioskError(Failure.DEVICE_CANCELLED)

    def progress(self, fraction: float) -> None:
        self.fractions.append(fraction)
        self._cancelled = self._cancelled or self._until(fraction)


def backend_test(folder: Path) -> Path:
    """A configuration with libsane's own `test` backend; the value of SANE_CONFIG_DIR."""
    need("sane", "scanimage", files=(_TEST_BACKEND,))
    return _configuration(folder / "sane", "test", "test.conf", "number_of_devices 1\n")


@contextmanager
def backend_airscan(folder: Path, *options: str) -> Iterator[tuple[Path, Simulator]]:
    """A configuration with sane-airscan, and the simulated scanner it leads to."""
    need("sane", "scanimage", files=(_AIRSCAN_BACKEND,))
    with simulator("escl", *options) as played:
        words = f'[devices]\n"Sim" = {played.address}, eSCL\n[options]\ndiscovery = disable\n'
        yield _configuration(folder / "sane", "airscan", "airscan.conf", words), played


@contextmanager
def opened(data: Path, **options: str) -> Iterator[SaneScanner]:
    """The driver in this process, ready to scan."""
    scanner = SaneScanner(Setup("scanner", data, options))
    try:
        scanner.open()
        yield scanner
    finally:
        scanner.close()
    assert left_behind(data) == []


def scan(
    scanner: SaneScanner, job: Job | None = None, dpi: int = 200, max_pages: int = 50, *, colour: bool = True
) -> list[Page]:
    """Every page of one scan."""
    return list(scanner.scan(ScanPages(dpi, colour, max_pages), job or Job()))


def left_behind(data: Path) -> list[str]:
    """Processes that still speak of this folder, and files in it that nobody cleared away."""
    found = [str(path) for path in (data / "run").glob("**/*")]
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if f"--batch={data}".encode() in words:
            found.append(path.parent.name)
    return found


def _configuration(folder: Path, backend: str, name: str, words: str) -> Path:
    (folder / "dll.d").mkdir(parents=True)
    (folder / "dll.conf").write_text(f"{backend}\n")
    (folder / name).write_text(words)
    return folder
