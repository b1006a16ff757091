"""Scans on their way up: missing pieces of blobs, several requests at once, each from the byte the platform holds.

A blob is in one request at a time, because the platform appends at its end. Blobs are read and answers are handled on
the calling thread; the threads only carry bytes.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

from kiosk.failure import Failure, KioskError
from sync.link import Question
from sync.parts import Parts
from sync.proof import proven_answer
from sync.schedule import Pace
from sync.wire.coding import FRAMES_TYPE, WireError, decode
from sync.wire.frames import FRAME_BYTES, frames_of
from sync.wire.messages import FramesAnswer, SignedRecord

PATH: Final = "/v1/frames"
_MOST_TRIES: Final = 3


@dataclass(slots=True)
class WantedBlob:
    """A blob the platform lacks: it holds the first `have` of `size` bytes.

    `tries` counts requests in vain, `falls` how often the platform held less afterwards than before.
    """

    digest: bytes
    size: int
    have: int
    tries: int = 0
    falls: int = 0


@dataclass(slots=True)
class UploadResult:
    """How an upload ended.

    `damaged` blobs cannot be sent from here, `refused` ones the platform would not take; `failure` is why it stopped
    early, `moved` whether any byte arrived all the same.
    """

    damaged: dict[bytes, Failure] = field(default_factory=dict)
    refused: set[bytes] = field(default_factory=set)
    failure: KioskError | None = None
    moved: int = 0


@dataclass(slots=True)
class _Pack:
    question: Question
    nonce: int
    blobs: list[WantedBlob]
    size: int


class Upload:
    """Sends blobs until none is wanted, the link fails or somebody asks to stop."""

    def __init__(self, parts: Parts, pace: Pace, on_acks: Callable[[tuple[SignedRecord, ...]], None]) -> None:
        self._parts, self._link, self._pace, self._on_acks = parts, parts.link, pace, on_acks

    def run(self, wanted: Iterable[WantedBlob]) -> UploadResult:
        """Send these blobs, in this order as far as parallel requests have one."""
        waiting, result = deque(wanted), UploadResult()
        flying: dict[Future[tuple[bytes, float]], _Pack] = {}
        with ThreadPoolExecutor(self._link.connections, thread_name_prefix="upload") as threads:
            while True:
                while len(flying) < self._link.connections and not (result.failure or self._parts.stopping.is_set()):
                    pack = self._pack(waiting, result)
                    if pack is None:
                        break
                    flying[threads.submit(self._carry, pack.question)] = pack
                if not flying:
                    return result
                done, _ = wait(flying, return_when=FIRST_COMPLETED)
                for future in done:
                    self._landed(future, flying.pop(future), waiting, result)

    def _carry(self, question: Question) -> tuple[bytes, float]:
        started = time.monotonic()
        return self._link.ask(question), time.monotonic() - started

    def _landed(
        self, future: Future[tuple[bytes, float]], pack: _Pack, waiting: deque[WantedBlob], result: UploadResult
    ) -> None:
        try:
            body, seconds = future.result()
            record = decode(body, SignedRecord)
            answer = proven_answer(record, "frames", FramesAnswer, pack.nonce, self._parts.identity)
        except KioskError as error:
            result.failure = result.failure or error
            return
        except WireError:
            result.failure = result.failure or KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled")
            return
        self._pace.saw(pack.size, seconds)
        held = {state.digest: state.have for state in answer.blobs}
        for blob in pack.blobs:
            self._follow(blob, held.get(blob.digest, blob.have), waiting, result)
        if answer.acks:
            self._on_acks(answer.acks)

    def _follow(self, blob: WantedBlob, have: int, waiting: deque[WantedBlob], result: UploadResult) -> None:
        gained = max(0, min(have, blob.size)) - blob.have
        blob.have += gained
        result.moved += max(0, gained)
        self._parts.progress.bytes_moved += gained
        if blob.have >= blob.size:
            return
        blob.tries = 0 if gained > 0 else blob.tries + 1
        blob.falls += gained < 0
        if max(blob.tries, blob.falls) < _MOST_TRIES:
            waiting.appendleft(blob)
        else:
            result.refused.add(blob.digest)

    def _pack(self, waiting: deque[WantedBlob], result: UploadResult) -> _Pack | None:
        """The next request: whole frames of the first waiting blobs, an equal share for every connection in use."""
        sharers = max(1, min(self._link.connections, len(waiting)))
        share = math.ceil(sum(blob.size - blob.have for blob in waiting) / sharers)
        room = max(FRAME_BYTES, min(self._pace.bytes(), share))
        frames: list[bytes] = []
        taken: list[WantedBlob] = []
        size = 0
        while waiting and size < room:
            blob = waiting.popleft()
            data = self._read(blob, result)
            if data is None:
                continue
            end = blob.have + _whole_frames(room - size)
            frames += (frame.encode() for frame in frames_of(blob.digest, data[:end], blob.have))
            size += min(end, blob.size) - blob.have
            taken.append(blob)
        if not taken:
            return None
        body = b"".join(frames)
        nonce = self._parts.signer.nonce()
        return _Pack(self._parts.signer.question(PATH, body, nonce, FRAMES_TYPE), nonce, taken, len(body))

    def _read(self, blob: WantedBlob, result: UploadResult) -> bytes | None:
        try:
            return self._parts.store.blobs.read(blob.digest.hex())
        except KioskError as error:
            result.damaged[blob.digest] = error.failure
            return None


def _whole_frames(size: int) -> int:
    return math.ceil(size / FRAME_BYTES) * FRAME_BYTES
