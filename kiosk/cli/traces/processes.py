"""The living processes of one terminal: what they share in memory, and whether a crash would write them down."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.cli.traces.sought import Sought

_PROC: Final = Path("/proc")
_SHARED: Final = ("/memfd:", "/dev/shm/", "/SYSV", "/dev/zero")  # noqa: S108 -- how maps names them
_CHUNK: Final = 1 << 20


def processes_of(data: Path) -> tuple[int, ...]:
    """Process ids of whatever works on this data directory, and of what they started; ourselves not."""
    words = dict(_words())
    parents = {pid: _parent(pid) for pid in words}
    told = {str(data).encode(), f"--data={data}".encode(), f"KIOSK_DATA={data}".encode()}
    wanted = {pid for pid, said in words.items() if told & said}
    while more := {pid for pid, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return tuple(sorted(wanted - {os.getpid()}))


def leaves_an_image(pid: int) -> bool:
    """Whether a crash of this process may write its memory down, as far as can be told from outside.

    A process that is not dumped belongs to root in /proc (proc(5)); of root's own processes only the limit can be told.
    """
    limit = next((line for line in _text(pid, "limits").splitlines() if line.startswith("Max core file size")), "")
    if limit and limit.split()[4:6] != ["0", "0"]:
        return True
    try:
        folder = _PROC / str(pid)
        return (folder / "status").stat().st_uid != 0 != _user(pid)
    except OSError:
        return False


def _user(pid: int) -> int:
    """The user a process runs as, root where it is gone."""
    return next((int(line.split()[1]) for line in _text(pid, "status").splitlines() if line.startswith("Uid:")), 0)


def shares(pid: int, wanted: Sought) -> tuple[bool, bool]:
    """Whether anything sought lies in memory this process made to be shared, and whether all of it could be read."""
    whole, found = True, False
    for read in (_descriptors, _mappings):
        try:
            found = found or any(wanted.within(piece) for piece in read(pid))
        except ProcessLookupError:
            return found, whole
        except OSError:
            whole = False
    return found, whole


def _descriptors(pid: int) -> Iterator[bytes]:
    """Memory files it holds open, mapped or not."""
    for link in (_PROC / str(pid) / "fd").iterdir():
        try:
            if str(link.readlink()).startswith("/memfd:"):
                yield link.read_bytes()
        except FileNotFoundError:  # closed meanwhile
            continue


def _mappings(pid: int) -> Iterator[bytes]:
    """Shared memory it has mapped, whose descriptor may be closed already."""
    with (_PROC / str(pid) / "mem").open("rb", buffering=0) as memory:
        for line in _text(pid, "maps").splitlines():
            span, access, _, _, _, *name = line.split(maxsplit=5)
            if access[0] != "r" or access[3] != "s" or not name or not name[0].startswith(_SHARED):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            for place in range(start, end, _CHUNK):
                memory.seek(place)
                try:
                    yield memory.read(min(_CHUNK, end - place))
                except OSError:  # unmapped meanwhile, or a hole beyond the file's end
                    break


def _words() -> Iterator[tuple[int, set[bytes]]]:
    """What each process was started with: its command line and, where it may be read, its environment."""
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            yield int(folder.name), {word for name in ("cmdline", "environ") for word in _read(folder / name)}


def _read(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().split(b"\0")
    except OSError:
        return []


def _parent(pid: int) -> int:
    after_name = _text(pid, "stat").rpartition(")")[2].split()
    return int(after_name[1]) if len(after_name) > 1 else 0


def _text(pid: int, name: str) -> str:
    try:
        return (_PROC / str(pid) / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
