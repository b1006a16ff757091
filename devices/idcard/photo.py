"""From the photo block of a card to a picture, by a decoder that somebody else wrote, in a process of its own.

No open decoder of the photo block (WLT) exists, so a terminal has pictures only with a vendor's library. Such a decoder
is a Python function `decode(block: bytes) -> bytes` that takes the 1024 bytes and returns a PNG; it may load the
library with ctypes. It is named `module:function` in the option `photo_decoder` of a reader, or by the name under which
an installed package offers it::

    [project.entry-points."jinban.photo"]
    acme = "acme_wlt:decode"

`demo` is shipped: it decodes only the marked photo of the demo cards. The decoder runs in a new process for each photo,
with 3 s, 512 MiB of memory, no environment, no file it could write and nothing but the block; whatever it does there
harms nobody. Block and picture go through pipes and are kept in memory only.
"""

import re
import struct
import subprocess
import sys
from pathlib import Path

import devices
from kiosk.failure import Failure, KioskError

SECONDS = 3.0
LARGEST_PICTURE = 512 * 1024
_WIDEST = 2048
_PNG = b"\x89PNG\r\n\x1a\n"
_IHDR = struct.Struct(">4xI4sII")
_SHIPPED = {"demo": "devices.idcard.simulated.picture:decode"}
_PLACE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_ROOT = Path(devices.__file__).resolve().parents[1]


def place_of(decoder: str) -> str:
    """`module:function` of a decoder.

    Raises:
        KioskError: `CONFIG_INVALID` when nothing of that name is installed.
    """
    if _PLACE.fullmatch(decoder):
        return decoder
    if decoder in _SHIPPED:
        return _SHIPPED[decoder]
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import, and few terminals have a decoder

    for entry in entry_points(group="jinban.photo", name=decoder):
        return entry.value
    raise KioskError(Failure.CONFIG_INVALID, option="photo_decoder")


def decode(block: bytes, decoder: str, seconds: float = SECONDS) -> bytes:
    """The picture in a photo block, as PNG.

    Raises:
        KioskError: `DEVICE_NEEDS_VENDOR` with a reason: `failed`, `late`, `no_picture`; `CONFIG_INVALID`.
    """
    command = [sys.executable, "-P", "-m", "devices.idcard.photo_process", place_of(decoder), *_search_path()]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, a name checked above
            command,
            input=block,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            cwd="/",
            env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        raise _no_picture("late") from None
    except OSError:
        raise _no_picture("failed") from None
    if done.returncode != 0:
        raise _no_picture("failed")
    if not _is_picture(done.stdout):
        raise _no_picture("no_picture")
    return done.stdout


def _search_path() -> list[str]:
    """Where this process finds modules: the decoder's package may lie anywhere there."""
    return [path for path in sys.path if path]


def _is_picture(data: bytes) -> bool:
    if len(data) > LARGEST_PICTURE or not data.startswith(_PNG) or len(data) < len(_PNG) + _IHDR.size:
        return False
    _, kind, width, height = _IHDR.unpack_from(b"\0\0\0\0" + data, len(_PNG))
    return bool(kind == b"IHDR" and 0 < width <= _WIDEST and 0 < height <= _WIDEST)


def _no_picture(reason: str) -> KioskError:
    return KioskError(Failure.DEVICE_NEEDS_VENDOR, reason=reason)
