"""Everywhere a program of the terminal's user can write without being asked."""

import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.cli.stage import PLATFORM

STANDS_FOR_OTHERS: Final = ("papers", "sim", PLATFORM)
"""In a demonstration's folder: paper, cards and the other side, which do not belong to a terminal's own disk."""

_DATABASE: Final = "jinban.db"
_XDG: Final = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}
_SYSTEM: Final = ("/tmp", "/var/tmp", "/dev/shm", "/var/spool/cups", "/var/lib/systemd/coredump", "/var/crash")  # noqa: S108


@dataclass(frozen=True, slots=True)
class Place:
    """One folder to look through. `own` is the terminal's: there every file counts, elsewhere those of `user` alone."""

    name: str
    path: Path
    own: bool = False
    user: int = field(default_factory=os.getuid)


def places(data: Path) -> tuple[Place, ...]:
    """The data directory first, then temporary, spool, cache, runtime and shared-memory folders, each once.

    They are those of the user the directory belongs to: root may look for them, and then has others of its own.
    """
    user = data.stat().st_uid
    told = os.environ if user == os.getuid() else {}
    home = _home(user)
    found = [Place("data", data, own=True, user=user), Place("temporary", Path(tempfile.gettempdir()), user=user)]
    found += [Place(name, Path(told.get(name) or home / usual), user=user) for name, usual in _XDG.items()]
    found.append(Place("XDG_RUNTIME_DIR", Path(told.get("XDG_RUNTIME_DIR") or f"/run/user/{user}"), user=user))
    found += [Place(path, Path(path), user=user) for path in _SYSTEM]
    return tuple({place.path.resolve(): place for place in reversed(found)}.values())[::-1]


def _home(user: int) -> Path:
    if user == os.getuid():
        return Path.home()
    try:
        return Path(pwd.getpwuid(user).pw_dir)
    except KeyError:  # a user without a name has no home either
        return Path("/nonexistent")


def files_of(place: Place, *, demo: bool, since: float = 0.0) -> Iterator[Path]:
    """Files below a place; no links are followed, no other terminal's folder is entered.

    `since` (seconds since 1970): elsewhere than in the data directory, what was not changed after it is nobody's trace.
    """
    for folder, folders, names in os.walk(place.path):
        here = Path(folder)
        if not place.own and _DATABASE in names:  # several terminals may live on one machine
            folders.clear()
            continue
        if place.own and demo and here == place.path:
            folders[:] = [name for name in folders if name not in STANDS_FOR_OTHERS]
        for name in names:
            path = here / name
            if _counts(path, place, since):
                yield path


def _counts(path: Path, place: Place, since: float) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    regular = stat.S_ISREG(status.st_mode)
    return regular and (place.own or (status.st_uid == place.user and status.st_mtime >= since))
