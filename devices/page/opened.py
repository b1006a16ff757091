"""A foreign file in its cell, seen from the page worker: bytes go in, bare pixels come out and are finished here.

Nothing that comes out is believed: it is a bounded number of pictures of a bounded size, read to the byte.
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from devices.page import cell
from devices.page.corners import find_sheet
from devices.page.finished import FileLimits, FinishedPage, Wish
from devices.page.picture import Picture, as_picture
from devices.page.pipeline import finish_picture
from devices.settled import command, environment
from kiosk.failure import Failure, KioskError

_TOO_LARGE = frozenset({"pages", "pixels"})
_ENDED_BY = {signal.SIGSYS: "forbidden", signal.SIGXCPU: "seconds", signal.SIGXFSZ: "forbidden"}
_SHEET_SHARE = 0.30
_FINEST_DPI = 1200
_CELL = command("devices.page.cell")


def opened(
    data: bytes, _extension: str, wish: Wish, limits: FileLimits, program: Sequence[str] = _CELL
) -> Iterator[FinishedPage]:
    """Each page of the file, re-encoded; blank ones are left out.

    Raises:
        KioskError: `FILE_UNSAFE` with a reason, `FILE_TOO_LARGE` with `pages` or `pixels`.
    """
    found = False
    for number, (picture, dpi) in enumerate(_pictures(data, wish, limits, program), start=1):
        page = _finished(picture, _wish(wish, picture, dpi, number))
        if page is not None:
            found = True
            yield page
    if not found:
        raise KioskError(Failure.FILE_UNSAFE, reason="empty")


def _finished(picture: Picture, wish: Wish) -> FinishedPage | None:
    """The page; what a scanner would be blamed for is the file's own fault here."""
    try:
        return finish_picture(picture, wish)
    except KioskError as error:
        if error.failure in (Failure.SCANNER_SHORT_PAGE, Failure.SCANNER_BLANK, Failure.PAGE_NOT_FOUND):
            raise KioskError(Failure.FILE_UNSAFE, reason="empty") from None
        raise


def _wish(wish: Wish, picture: Picture, dpi: int, number: int) -> Wish:
    """A file is kept as it is, unless it is wanted as a photo of a sheet and plainly shows one."""
    as_it_is = replace(wish, dpi=dpi, width=0, height=0, photo=False, back=True, ready=True, number=number)
    if not wish.photo or picture.ndim == 2:  # noqa: PLR2004 - axes
        return as_it_is
    sheet = find_sheet(picture)
    share = cv2.contourArea(sheet.corners.astype(np.float32)) / (picture.shape[0] * picture.shape[1]) if sheet else 0
    return replace(as_it_is, dpi=wish.dpi, photo=True, ready=False) if share >= _SHEET_SHARE else as_it_is


def _pictures(data: bytes, wish: Wish, limits: FileLimits, program: Sequence[str]) -> Iterator[tuple[Picture, int]]:
    until = time.monotonic() + limits.seconds
    process = subprocess.Popen(  # noqa: S603 - our own module
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/", env=environment()
    )
    try:
        with _pipes(process) as (into, out):
            _feed(into, cell.QUESTION.pack(len(data), limits.pages, limits.pixels, wish.dpi) + data, until)
            yield from _answers(out, limits, until)
    except EOFError:
        raise KioskError(Failure.FILE_UNSAFE, reason=_how(process)) from None
    finally:
        process.kill()
        process.wait()


def _pipes(process: subprocess.Popen[bytes]) -> "_Pipes":
    return _Pipes(process)


class _Pipes:
    """Both pipes as descriptors, closed at the end."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def __enter__(self) -> tuple[int, int]:
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            raise EOFError
        os.set_blocking(into.fileno(), False)
        return into.fileno(), out.fileno()

    def __exit__(self, *_: object) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def _answers(out: int, limits: FileLimits, until: float) -> Iterator[tuple[Picture, int]]:
    for _ in range(limits.pages + 1):
        kind = _take(out, 1, until)[0]
        if kind == cell.ANSWER_END:
            return
        if kind == cell.ANSWER_REFUSED:
            number = _take(out, 1, until)[0]
            reason = cell.REASONS[number] if number < len(cell.REASONS) else "forbidden"
            raise KioskError(Failure.FILE_TOO_LARGE if reason in _TOO_LARGE else Failure.FILE_UNSAFE, reason=reason)
        if kind != cell.ANSWER_PICTURE:
            break
        rest = _take(out, cell.PICTURE.size - 1, until)
        _, width, height, depth, dpi = cell.PICTURE.unpack(bytes([kind]) + rest)
        if not (0 < width <= cell.LONGEST_SIDE and 0 < height <= cell.LONGEST_SIDE and depth in {1, 3}):
            break
        pixels = np.frombuffer(_take(out, width * height * depth, until), np.uint8)
        shape = (height, width) if depth == 1 else (height, width, depth)
        yield as_picture(pixels.reshape(shape)), min(max(dpi, 1), _FINEST_DPI)
    raise KioskError(Failure.FILE_UNSAFE, reason="forbidden")


def _feed(into: int, data: bytes, until: float) -> None:
    rest = memoryview(data)
    while rest:
        _ready([], [into], until)
        try:
            rest = rest[os.write(into, rest[: 1 << 20]) :]
        except BrokenPipeError:
            raise EOFError from None


def _take(out: int, length: int, until: float) -> bytes:
    data = bytearray()
    while len(data) < length:
        _ready([out], [], until)
        part = os.read(out, min(length - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def _ready(reading: list[int], writing: list[int], until: float) -> None:
    if not any(select.select(reading, writing, [], max(0.0, until - time.monotonic()))):
        raise KioskError(Failure.FILE_UNSAFE, reason="seconds")


def _how(process: subprocess.Popen[bytes]) -> str:
    """What ended a cell that did not say so itself."""
    code = process.wait()
    return _ENDED_BY.get(signal.Signals(-code), "crash") if code < 0 else "crash"
