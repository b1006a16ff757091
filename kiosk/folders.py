"""Folders whose names outlive a power cut."""

import os
from contextlib import nullcontext, suppress
from pathlib import Path


def flush(folder: Path) -> None:
    """Make the names in a folder durable.

    Raises:
        OSError: the file system refused.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it, names and all.

    Whoever made one that is there already may have been stopped before its name was flushed, so those are seen to as
    well, as far as this user may.

    Raises:
        OSError: the file system refused.
    """
    made = {one.parent for one in (folder, *folder.parents) if not one.exists()}
    folder.mkdir(mode, parents=True, exist_ok=True)
    for above in folder.parents:
        with nullcontext() if above in made else suppress(OSError):
            flush(above)
