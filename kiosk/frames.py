"""Live pictures in memory that two processes share: the newest one wins, and nobody ever waits for the other.

One memfd (memfd_create(2)) of fixed size holds a few slots. The writer fills them in turn and never asks whether
anybody looks; the reader takes the newest whole one whenever it likes. So a slow screen sees fewer pictures, never
older ones, nothing queues, and memory is bounded by what was made at the start. Both ends only read and write the
file: nothing is mapped, so a writer that dies or lies cannot bring the reader down.

Layout: a page of 4096 bytes with one 64-byte entry per slot (turn, width, height, sight, taken, eight corner values as
float32), then the slots: rows of width x 4 bytes, blue, green, red, unused, without padding.
"""

import fcntl
import math
import os
import stat
import struct
import threading
import weakref
from dataclasses import dataclass
from enum import StrEnum

SLOTS = 3
BYTES_A_PIXEL = 4
LARGEST_PIXELS = 1280 * 1280
_HEAD = 4096
_ENTRY = struct.Struct("<QIIII8f")
_STRIDE = 64
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
_ZEROS = bytes(256 * 1024)
_FURTHEST = 4.0


class Sight(StrEnum):
    """What the camera makes of a picture. `live` is a picture nobody judges, `blank` a sheet with nothing on it."""

    LIVE = "live"
    NOTHING = "nothing"
    DARK = "dark"
    MOVING = "moving"
    STILL = "still"
    TAKING = "taking"
    TAKEN = "taken"
    BLANK = "blank"


_SIGHTS = tuple(Sight)

Buffer = bytes | bytearray | memoryview
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its place in time (`turn` rises), its size in pixels, what is seen on it and how much was taken.

    `corners` are the four corners of the sheet, clockwise, as fractions of width and height; empty where none is seen.
    """

    turn: int
    width: int
    height: int
    sight: Sight
    taken: int = 0
    corners: Corners = ()


def ring_size(pixels: int) -> int:
    """Bytes of a ring whose pictures have at most so many pixels."""
    return _HEAD + SLOTS * pixels * BYTES_A_PIXEL


class FrameWriter:
    """The camera's end. `memory` is the descriptor to hand over; it stays the writer's to close.

    Raises:
        ValueError: pictures larger than the largest.
    """

    def __init__(self, pixels: int) -> None:
        if not 0 < pixels <= LARGEST_PIXELS:
            raise ValueError("pixels")
        self.length = ring_size(pixels)
        self._pixels = pixels
        self._turn = 0
        self.memory = os.memfd_create("frames", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(self.memory, self.length)
        fcntl.fcntl(self.memory, fcntl.F_ADD_SEALS, _SEALS)

    def show(self, pixels: Buffer, picture: Picture) -> None:
        """Make `pixels` the newest picture. `picture.turn` is not looked at.

        Raises:
            ValueError: the pixels are not as many as `picture` says, or more than this ring holds.
        """
        view = memoryview(pixels).cast("B")
        if len(view) != picture.width * picture.height * BYTES_A_PIXEL or len(view) > self._pixels * BYTES_A_PIXEL:
            raise ValueError("size")
        self._turn += 1
        slot = self._turn % SLOTS
        corners = [value for corner in picture.corners for value in corner] or [math.nan] * 8
        entry = _ENTRY.pack(
            self._turn, picture.width, picture.height, _SIGHTS.index(picture.sight), picture.taken, *corners
        )
        os.pwrite(self.memory, _ENTRY.pack(0, 0, 0, 0, 0, *([math.nan] * 8)), slot * _STRIDE)
        place = _slot_at(slot, self._pixels)
        while view:
            written = os.pwrite(self.memory, view, place)
            view, place = view[written:], place + written
        os.pwrite(self.memory, entry, slot * _STRIDE)

    def close(self) -> None:
        """Wipe every picture and let go. May be called twice."""
        if self.memory >= 0:
            _wipe(self.memory, self.length)
            os.close(self.memory)
            self.memory = -1


class FrameReader:
    """The screen's end of a ring. Takes `memory` over. May be used and closed from several threads.

    Raises:
        ValueError: not memory, not sealed against changing size, or not as long as a ring may be.
    """

    def __init__(self, memory: int, length: int) -> None:
        self._lock = threading.Lock()
        self._pixels = (length - _HEAD) // (SLOTS * BYTES_A_PIXEL)
        try:
            facts = os.fstat(memory)
            sealed = fcntl.fcntl(memory, fcntl.F_GET_SEALS) & _SEALS == _SEALS
            whole = facts.st_size == length == ring_size(self._pixels) and 0 < self._pixels <= LARGEST_PIXELS
            fits = stat.S_ISREG(facts.st_mode) and sealed and whole
        except OSError:
            fits = False
        if not fits:
            os.close(memory)
            raise ValueError("no ring of frames")
        # Whoever forgets to close must not keep a stranger's paper in memory.
        self._finish = weakref.finalize(self, _end, memory, length)
        self._memory = memory

    def newest(self, after: int = 0) -> Picture | None:
        """The newest whole picture later than turn `after`; None while there is none."""
        with self._lock:
            if not self._finish.alive:
                return None
            head = os.pread(self._memory, SLOTS * _STRIDE, 0)
        found = [_picture(head, slot, self._pixels) for slot in range(SLOTS)]
        return max((one for one in found if one and one.turn > after), key=lambda one: one.turn, default=None)

    def read(self, picture: Picture, into: Buffer) -> bool:
        """Copy the pixels of `picture`; False when it has been overwritten meanwhile, and `into` is then worthless."""
        view = memoryview(into).cast("B")
        wanted = picture.width * picture.height * BYTES_A_PIXEL
        if len(view) < wanted:
            return False
        slot = picture.turn % SLOTS
        with self._lock:
            if not self._finish.alive:
                return False
            got = os.preadv(self._memory, [view[:wanted]], _slot_at(slot, self._pixels))
            entry = os.pread(self._memory, _ENTRY.size, slot * _STRIDE)
        return got == wanted and bool(_ENTRY.unpack(entry)[0] == picture.turn)

    def close(self) -> None:
        """Wipe every picture and let go. May be called twice."""
        with self._lock:
            self._finish()


def _slot_at(slot: int, pixels: int) -> int:
    return _HEAD + slot * pixels * BYTES_A_PIXEL


def _picture(head: bytes, slot: int, most: int) -> Picture | None:
    """What an entry says, None where it is empty or makes no sense."""
    turn, width, height, sight, taken, *values = _ENTRY.unpack_from(head, slot * _STRIDE)
    if turn == 0 or turn % SLOTS != slot or not 0 < width * height <= most or sight >= len(_SIGHTS):
        return None
    known = all(-_FURTHEST < value < _FURTHEST for value in values)
    corners = tuple(zip(values[::2], values[1::2], strict=True)) if known else ()
    return Picture(turn, width, height, _SIGHTS[sight], taken, corners)


def _wipe(memory: int, length: int) -> None:
    for place in range(0, length, len(_ZEROS)):
        os.pwrite(memory, _ZEROS[: length - place], place)


def _end(memory: int, length: int) -> None:
    _wipe(memory, length)
    os.close(memory)
