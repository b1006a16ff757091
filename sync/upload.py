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
from sync.tempo import Tempo
from sync.wire.coding import FRAMES_TYPE, WireError, decode
from sync.wire.frames import frames_of
from sync.wire.messages import FramesAnswer, SignedRecord

PATH: Final = "/v1/frames"
_MOST_TRIES: Final = 3
_LOOK_SECONDS: Final = 0.2
"""How often the link is looked at while requests are under way."""


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
    """Sends blobs until none is wanted, the link fails or somebody asks to stop.

    `on_acks` takes acknowledgements that became complete. `between` is called about five times a second on the calling
    thread, so that a form submitted meanwhile need not wait for the scans; a failure it raises ends the upload.
    """

    def __init__(
        self,
        parts: Parts,
        tempo: Tempo,
        on_acks: Callable[[tuple[SignedRecord, ...]], None],
        between: Callable[[], None] = lambda: None,
    ) -> None:
        self._parts, self._link, self._tempo, self._on_acks = parts, parts.link, tempo, on_acks
        self._between = between

    def run(self, wanted: Iterable[WantedBlob]) -> UploadResult:
        """Send these blobs, in this order as far as parallel requests have one."""
        waiting, result = deque(wanted), UploadResult()
        flying: dict[Future[tuple[bytes, float]], _Pack] = {}
        with ThreadPoolExecutor(self._tempo.most_connections, thread_name_prefix="upload") as threads:
            while True:
                self._launch(threads, flying, waiting, result)
                if not flying:
                    return result
                done, _ = wait(flying, _LOOK_SECONDS, FIRST_COMPLETED)
                self._measure()
                for future in done:
                    self._landed(future, flying.pop(future), waiting, result)
                self._look_up(result)

    def _launch(
        self,
        threads: ThreadPoolExecutor,
        flying: dict[Future[tuple[bytes, float]], _Pack],
        waiting: deque[WantedBlob],
        result: UploadResult,
    ) -> None:
        while len(flying) < self._tempo.connections() and not (result.failure or self._parts.stopping.is_set()):
            pack = self._pack(waiting, result)
            if pack is None:
                return
            flying[threads.submit(self._carry, pack.question)] = pack

    def _measure(self) -> None:
        sockets = self._link.sockets
        self._tempo.sampled(*sockets.measure())
        if (window := self._tempo.window_bytes()) is not None:
            sockets.hold_to(window)

    def _look_up(self, result: UploadResult) -> None:
        if result.failure is not None or self._parts.stopping.is_set():
            return
        try:
            self._between()
        except KioskError as error:
            result.failure = error

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
        self._tempo.carried(pack.size, seconds)
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
        sharers = max(1, min(self._tempo.connections(), len(waiting)))
        share = math.ceil(sum(blob.size - blob.have for blob in waiting) / sharers)
        frame = self._tempo.frame_bytes()
        room = max(frame, min(self._tempo.pack_bytes(), share))
        frames: list[bytes] = []
        taken: list[WantedBlob] = []
        size = 0
        while waiting and size < room:
            blob = waiting.popleft()
            data = self._read(blob, result)
            if data is None:
                continue
            end = blob.have + math.ceil((room - size) / frame) * frame
            frames += (one.encode() for one in frames_of(blob.digest, data[:end], blob.have, frame))
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
