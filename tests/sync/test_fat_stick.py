"""Memory sticks with a real FAT file system.

Every byte of it as on a stick out of a shop, below a driver in user space.
"""

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from central.courier.taking import take_folder
from kiosk.failure import KioskError
from sync.courier import giving
from sync.wire.stick.medium import Stick
from tests.stacks.needing import need, program
from tests.sync.courier import Courier
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal

MIB = 1024 * 1024


class FatStick:
    """An image with a FAT file system.

    `plug` mounts it, `pull` tears it out, `check` looks at it as a computer would.
    """

    def __init__(self, folder: Path, size: int, fat: int) -> None:
        self.image, self.mounted = folder / "stick.img", folder / "mounted"
        with self.image.open("wb") as file:
            file.truncate(size)
        self.mounted.mkdir()
        self._run("mkfs.vfat", "-F", str(fat), "-n", "CARRIER", str(self.image))
        self._driver: subprocess.Popen[bytes] | None = None

    def plug(self) -> Path:
        fusefat = program("fusefat")
        assert fusefat
        self._driver = subprocess.Popen(
            [fusefat, "-f", "-o", "rw+", str(self.image), str(self.mounted)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 10
        while not self.mounted.is_mount():
            assert time.monotonic() < until
            time.sleep(0.02)
        return self.mounted

    def pull(self) -> None:
        """Without a word: what the driver had not written is lost."""
        assert self._driver is not None
        self._driver.kill()
        self._driver.wait()
        self._driver = None
        subprocess.run(["fusermount", "-uz", str(self.mounted)], check=True)

    def eject(self) -> None:
        if self._driver is not None:
            subprocess.run(["fusermount", "-u", str(self.mounted)], check=True)
            self._driver.terminate()  # it stays where nobody waits for it
            self._driver.wait(10)
            self._driver = None

    def copied(self) -> Path:
        """What lies on it, read by mtools."""
        folder = self.image.with_name("copied")
        folder.mkdir()
        self._run("mcopy", "-s", "-n", "-i", str(self.image), "::/jinban", str(folder))
        return folder

    def check(self) -> str:
        """What `fsck.vfat` says, repairing what it can."""
        done = subprocess.run(
            [program("fsck.vfat") or "", "-a", "-w", str(self.image)], capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1), done.stdout
        return done.stdout

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run([program(name) or "", *arguments], check=True, capture_output=True)


@pytest.fixture
def formatted(tmp_path: Path) -> Iterator[Callable[[int, int], FatStick]]:
    """Makes sticks of so many bytes with FAT12, 16 or 32."""
    need("fat", "mkfs.vfat", "fsck.vfat", "fusefat", "fusermount", "mcopy", files=["/dev/fuse"], root=True)
    made: list[FatStick] = []

    def make(size: int, fat: int) -> FatStick:
        made.append(FatStick(tmp_path, size, fat))
        return made[-1]

    yield make
    for one in made:
        one.eject()


@pytest.fixture
def courier(platform: Platform, tmp_path: Path) -> Courier:
    return Courier(platform, tmp_path)


@pytest.mark.parametrize(("size", "fat"), [(64 * MIB, 32), (24 * MIB, 16)])
def test_a_stick_out_of_a_shop_carries_cases_there_and_the_answers_back(
    terminal: Terminal,
    data: Path,
    platform: Platform,
    courier: Courier,
    formatted: Callable[[int, int], FatStick],
    size: int,
    fat: int,
) -> None:
    stick = formatted(size, fat)
    cases = [take(terminal.store, 150_000, 3_000, index=index) for index in range(3)]
    courier.register(stick.plug())
    assert courier.export(data, stick.mounted)["whole"] == 3
    stick.eject()
    stick.check()
    stick.plug()
    assert (stick.mounted / "JINBAN" / "LABEL.JBL").exists(), "its names are found in any case"
    (brought,) = courier.central("import", stick.mounted)["terminals"]
    assert (brought["complete"], brought["torn"]) == (3, 0)
    platform.decide(cases[0].number, 1, "accepted", b"paper")
    courier.central("export", stick.mounted)
    stick.eject()
    stick.check()
    back = courier.take(data, stick.plug())
    assert (back["settled"], back["pending"], back["decisions"], back["failure"]) == (3, 0, 1, None)
    assert courier.export(data, stick.mounted)["ok"], "the next journey replaces this one"
    for case in cases:
        held = sorted(terminal.store.blobs.read(digest) for digest in case.digests)
        assert sorted(platform.files(terminal.name, case.event)) == held


@pytest.mark.parametrize("seconds", [0.005, 0.02, 0.06, 0.15, 0.4])
def test_a_fat_stick_pulled_out_in_the_middle_loses_nothing(
    terminal: Terminal,
    data: Path,
    platform: Platform,
    courier: Courier,
    formatted: Callable[[int, int], FatStick],
    seconds: float,
) -> None:
    stick = formatted(64 * MIB, 32)
    first = take(terminal.store, 60_000)
    courier.register(stick.plug())
    courier.export(data, stick.mounted)
    second = take(terminal.store, 400_000, 300_000, index=2)
    with ThreadPoolExecutor(1) as lane:
        writing = lane.submit(giving.export, terminal.store, terminal.clock, Stick(stick.mounted))
        time.sleep(seconds)
        stick.pull()
        with contextlib.suppress(KioskError):
            writing.result()
    stick.check()
    elsewhere = stick.copied()  # by other programs than those that wrote it
    with platform.office() as office:
        for folder in Stick(elsewhere).terminals():
            assert take_folder(office, Stick(elsewhere), folder).refused == 0
    there = platform.numbers(terminal.name)
    assert first.number in there, "the earlier export stands until this one does"
    assert set(there) <= {first.number, second.number}
    assert terminal.store.outbox.counts()[0] == 2, "nothing goes for having been on a stick"
    back = courier.there_and_back(data, elsewhere)
    assert (back["pending"], back["failure"]) == (0, None)
    assert sorted(platform.numbers(terminal.name)) == sorted([first.number, second.number])
