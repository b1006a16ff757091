"""Files from a resident's phone or stick: the only way in. What comes out are pictures made anew, never their bytes.

The file is opened in a process that can do nothing but compute (`cell`, held by `confine`) and hands on bare pixels;
the page worker, which never sees the file's own bytes, turns them into pages as it does for a scanner. So scripts,
attachments, forms, hidden text, metadata (where a photo was taken) and whatever else a file may hold end there. A file
that cannot be looked at safely on this machine is refused, not opened all the same.
"""

import subprocess
from collections.abc import Callable

from devices.channel import LARGEST_MEMORY
from devices.page.filekinds import taken_kind
from devices.page.finished import FileLimits, FinishedPage, Wish
from devices.page.workshop import Workshop
from devices.settled import command, environment
from kiosk.failure import Failure, KioskError

_LAYERS_SECONDS = 10.0
_MB = 1024 * 1024


def decode(
    data: bytes,
    extension: str,
    *,
    limits: FileLimits | None = None,
    photo: bool = False,
    workshop: Workshop | None = None,
    alive: Callable[[], object] = bool,
) -> tuple[FinishedPage, ...]:
    """The pages of a PDF, JPEG, PNG, WebP, TIFF or BMP file. Waits: 0.6 s for a usual file, `limits.seconds` at most.

    `extension` only helps to name what cannot be taken; the contents decide. With `photo` a picture that plainly shows
    a sheet of paper is cut out and laid flat like one from the document camera. A `workshop` kept by the caller saves
    starting a worker for each file; `alive` is called while waiting and may raise to give up.

    Raises:
        KioskError: `FILE_KIND_UNKNOWN` (`kind` says what it is: `heic`, `docx`, `ofd` …); `FILE_TOO_LARGE` with
            `largest_mb`, or with `reason` `pages` or `pixels`; `FILE_UNSAFE` with `reason`: `broken`, `encrypted`,
            `empty` (nothing to see on any page), `memory`, `seconds`, `forbidden` (it tried what no file should),
            `crash`, or `confinement` (this machine cannot hold a decoder safely).
    """
    bounds = limits or FileLimits()
    largest = min(bounds.largest_bytes, LARGEST_MEMORY)
    if len(data) > largest:
        raise KioskError(Failure.FILE_TOO_LARGE, largest_mb=largest // _MB)
    kind = taken_kind(data, extension)
    shop = workshop or Workshop()
    try:
        return shop.open(data, kind, Wish(photo=photo), bounds, alive)
    except KioskError as error:
        if error.failure is Failure.DEVICE_HUNG:
            raise KioskError(Failure.FILE_UNSAFE, reason="seconds") from None
        raise
    finally:
        if workshop is None:
            shop.close()


def layers() -> frozenset[str]:
    """What holds a decoder on this machine, of `devices.page.confine.LAYERS`; for the doctor."""
    try:
        told = subprocess.run(  # noqa: S603 - our own module
            [*command("devices.page.cell"), "layers"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment(),
            check=False,
            timeout=_LAYERS_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(told.stdout.decode("ascii", "replace").split())
