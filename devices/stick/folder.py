"""Driver `folder`: PDFs and pictures on sticks that the system has mounted below one of the roots.

Options:

`roots`
    Folders below which sticks appear, with commas; `/media, /run/media` when left out. Mount them read-only, `noexec`,
    `nosuid`, `nodev` (docs/devices.md has a rule): this driver only reads, but others might not.
`unmounted`
    `yes` takes the roots themselves for sticks, mounted or not: for tests and demonstrations.
`largest_mb`
    Largest file, 20.

Only what is mounted counts: a stick that was pulled leaves an empty folder, and nothing there is offered.
"""

import errno
import hashlib
import itertools
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from devices.contract import ForeignFile, Setup
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import OfferedFile

_KINDS = frozenset({"pdf", "jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp"})
_DEEPEST = 6
_MOST_FILES = 200
_MOST_LOOKED_AT = 20_000
_LONGEST_NAME = 80
_MB = 1024 * 1024
_GONE = frozenset({errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE})


class FolderStick:
    """Implements `devices.contract.StickDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        roots = setup.options.get("roots", "/media, /run/media")
        self._roots = tuple(Path(root.strip()) for root in roots.split(",") if root.strip())
        self._everything = setup.options.get("unmounted", "") == "yes"
        megabytes = setup.options.get("largest_mb", "20")
        if not megabytes.isascii() or not megabytes.isdecimal() or not self._roots:
            raise KioskError(Failure.CONFIG_INVALID, device=setup.name, reason="largest_mb")
        self._largest = int(megabytes) * _MB

    def open(self) -> None:
        """Nothing to open: sticks come and go."""

    def check(self) -> str:
        """How many sticks are in."""
        return f"sticks: {len(self._places())}"

    def close(self) -> None:
        """Nothing to let go."""

    def offered(self) -> tuple[OfferedFile, ...]:
        """The newest files that may be taken, at most 200, over all sticks.

        Raises:
            KioskError: `STICK_ABSENT` when no stick is in.
        """
        found = [_offer(path, status) for path, status in self._files()]
        return tuple(sorted(found, key=lambda one: one.changed_at, reverse=True)[:_MOST_FILES])

    def fetch(self, ident: str) -> ForeignFile:
        """The bytes of an offered file.

        Raises:
            KioskError: `FILE_MISSING` when it is not there any more, `FILE_TOO_LARGE`, `STICK_ABSENT`.
        """
        for path, _ in self._files():
            if _ident(path) == ident:
                return self._read(path)
        raise KioskError(Failure.FILE_MISSING)

    def _places(self) -> tuple[Path, ...]:
        if self._everything:
            return tuple(root for root in self._roots if root.is_dir())
        mounted = [Path(_unescaped(line.split()[1])) for line in _mounts()]
        return tuple(place for place in mounted if any(root in place.parents for root in self._roots))

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        places = self._places()
        if not places:
            raise KioskError(Failure.STICK_ABSENT)
        budget = [_MOST_LOOKED_AT]
        for place in places:
            yield from _below(place, _DEEPEST, budget)

    def _read(self, path: Path) -> ForeignFile:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            raise KioskError(Failure.FILE_MISSING) from None
        with os.fdopen(handle, "rb") as file:
            try:
                status = os.fstat(handle)
                if not stat.S_ISREG(status.st_mode):
                    raise KioskError(Failure.FILE_MISSING, reason="kind")
                data = file.read(self._largest + 1)
            except OSError as error:
                gone = error.errno in _GONE
                raise KioskError(Failure.STICK_ABSENT if gone else Failure.FILE_MISSING, reason="stick") from None
        if len(data) > self._largest:
            raise KioskError(Failure.FILE_TOO_LARGE, largest_mb=self._largest // _MB)
        return ForeignFile(data, path.suffix.lower().lstrip("."), photo=False)


def _below(folder: Path, depth: int, budget: list[int]) -> Iterator[tuple[Path, os.stat_result]]:
    """Files of kinds that can be taken; links, hidden things and whatever cannot be read are passed over."""
    try:
        with os.scandir(folder) as listing:
            entries: Sequence[os.DirEntry[str]] = list(itertools.islice(listing, max(0, budget[0])))
    except OSError:
        return
    budget[0] -= len(entries)
    for entry in sorted(entries, key=lambda one: one.name):
        if entry.name.startswith((".", "$")) or entry.is_symlink():
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if depth > 1:
                    yield from _below(Path(entry.path), depth - 1, budget)
            elif entry.is_file(follow_symlinks=False) and entry.name.lower().rpartition(".")[2] in _KINDS:
                yield Path(entry.path), entry.stat(follow_symlinks=False)
        except OSError:
            continue


def _offer(path: Path, status: os.stat_result) -> OfferedFile:
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return OfferedFile(_ident(path), _readable(name), status.st_size, _moment(status.st_mtime))


def _readable(name: str) -> str:
    """A name as it can be shown on one line: marks that turn or break text would make it read as another."""
    shown = "".join(
        mark if unicodedata.category(mark)[0] != "C" and mark not in "\u2028\u2029" else "?" for mark in name
    )
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 8]}…{shown[-7:]}"


def _moment(seconds: float) -> datetime:
    """When a file was changed; some file systems hold years nobody can print."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def _ident(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:24]


def _mounts() -> list[str]:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []


def _unescaped(text: str) -> str:
    """A mount point as fstab(5) writes it: spaces and tabs as octal digits."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text
