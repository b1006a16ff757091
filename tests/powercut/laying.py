"""Lays an image down as real files, so that the program itself can open it."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from types import TracebackType
from typing import Self

_MEMORY = Path("/dev/shm")  # noqa: S108 -- looking at an image syncs, which nothing there waits for


class Bench:
    """A place for images, gone when it is left."""

    def __init__(self) -> None:
        base = _MEMORY if _MEMORY.is_dir() else Path(gettempdir())
        self._folder = Path(mkdtemp(prefix="jinban-cut-", dir=base))
        self._turn = 0

    def lay(self, tree: Mapping[str, bytes | None]) -> Path:
        """The folder this image now lies in; the one before is gone."""
        shutil.rmtree(self._folder / str(self._turn), ignore_errors=True)
        self._turn += 1
        root = self._folder / str(self._turn)
        root.mkdir(0o700)
        for name, data in tree.items():
            path = root / name
            if data is None:
                path.mkdir(0o700)
            else:
                path.write_bytes(data)
                path.chmod(0o600)
        return root

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def read_tree(root: Path) -> dict[str, bytes | None]:
    """What really lies below a folder, as `Disk.tree` tells it."""
    paths = (path for path in root.rglob("*") if not path.is_socket())
    return {str(path.relative_to(root)): None if path.is_dir() else path.read_bytes() for path in paths}
