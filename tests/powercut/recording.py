"""Runs a program with the recorder preloaded, and reads what it did to the disk, in order."""

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Final

_SOURCE: Final = Path(__file__).with_name("recorder.c")
_HEAD: Final = struct.Struct("=4I2Q")
_HERE: Final = Path(__file__).parents[2]


class Kind(IntEnum):
    """What was done; the numbers are those of `recorder.c`."""

    CREATE = 1
    WRITE = 2
    SYNC = 3
    RENAME = 4
    LINK = 5
    UNLINK = 6
    MKDIR = 7
    RMDIR = 8
    RESIZE = 9
    MAPPED = 10
    MARK = 11
    UNKNOWN = 12


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to the disk, or one thing somebody was told (`MARK`, in `data`)."""

    kind: Kind
    inode: int
    at: int
    path: str
    to: str
    data: bytes


class StrangeCallError(Exception):
    """A file was changed by a call the recorder knows no effect of."""


@cache
def recorder() -> Path:
    """The recorder as a library, compiled anew when its source changed."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError("the power-cut proof needs gcc, which ./dev installs")
    stamp = f"{_SOURCE.stat().st_mtime_ns:x}-{os.getuid()}"
    library = Path(gettempdir()) / f"jinban-powercut-{stamp}.so"
    if not library.exists():
        new = library.with_suffix(f".{os.getpid()}")
        command = [
            compiler,
            "-O2",
            "-Wall",
            "-Werror",
            "-shared",
            "-fPIC",
            "-o",
            str(new),
            str(_SOURCE),
            "-ldl",
            "-lpthread",
        ]
        subprocess.run(command, check=True)
        new.replace(library)
    return library


def record(module: str, arguments: Sequence[str], roots: Sequence[Path], trace: Path, path: Path = _HERE) -> list[Act]:
    """What `python -m module …` and everything it starts did below `roots`; the module is found in `path`.

    Raises:
        StrangeCallError: in a way that cannot be replayed.
    """
    environment = {
        **os.environ,
        "LD_PRELOAD": str(recorder()),
        "POWERCUT_TRACE": str(trace),
        "POWERCUT_ROOTS": ":".join(str(root) for root in roots),
        "PYTHONPATH": str(path),
    }
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(done.stderr[-4000:])
    acts = list(_acts(trace.read_bytes()))
    strange = {act.to for act in acts if act.kind is Kind.UNKNOWN}
    if strange:
        raise StrangeCallError(sorted(strange))
    return acts


def mark(*words: str) -> None:
    """Said by the recorded program: from this moment on somebody was told this."""
    tell = getattr(ctypes.CDLL(None), "powercut_mark", None)
    if tell is not None:
        tell(" ".join(words).encode())


def _acts(data: bytes) -> Iterator[Act]:
    place = 0
    while place < len(data):
        kind, source, target, size, inode, at = _HEAD.unpack_from(data, place)
        place += _HEAD.size
        path, to = data[place : place + source], data[place + source : place + source + target]
        place += source + target
        yield Act(Kind(kind), inode, at, os.fsdecode(path), os.fsdecode(to), data[place : place + size])
        place += size
