"""Scans on their way up: missing pieces of blobs, several requests at once, each from the byte the platform holds.

A blob is in one request at a time while there are others, because the platform appends at its end. Where too few are
left for all connections, one blob's pieces go over several: the platform keeps what comes before its turn. Blobs are
read and answers are handled on the calling thread; the threads only carry bytes.
"""

import math
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

from kiosk.failure import Failure, KioskError
from sync.body import Body
from sync.link import Question
from sync.parts import Parts
from sync.proof import proven_answer
from sync.tempo import Tempo
from sync.wire.coding import FRAMES_TYPE, WireError, decode
from sync.wire.frames import frames_of
from sync.wire.messages import FramesAnswer, FrameState, SignedRecord

PATH: Final = "/v1/frames"
_MOST_TRIES: Final = 3
_MOST_FLYING: Final = 1.5
"""Requests under way for each connection that sends: one sends while another's answer is on its way."""

_ALIVE_SECONDS: Final = 2.0
"""While something has arrived over another connection so lately, one that ended says nothing of the line."""

_LOOK_SECONDS: Final = 0.05
_BREAKS: Final = frozenset({Failure.LINK_DOWN, Failure.LINK_STALLED})
_MOST_BROKEN: Final = 3
_GAP: Final = "offset"
_MEASURE_SECONDS: Final = 0.2
"""How often the link is measured while requests are under way."""


@dataclass(slots=True, eq=False)
class WantedBlob:
    """A blob the platform lacks: it holds the first `have` of `size` bytes, and `beyond` a gap these stretches.

    `sent` bytes are in requests, `flying` of which are under way, `shared` when they were two at once. `tries` counts
    requests in vain, `falls` how often the platform held less afterwards than before.
    """

    digest: bytes
    size: int
    have: int
    beyond: tuple[tuple[int, int], ...] = ()
    tries: int = 0
    falls: int = 0
    sent: int = field(init=False)
    flying: int = 0
    shared: bool = False

    def __post_init__(self) -> None:
        self.sent = self.have
        fitting, last = [], self.have
        for start, end in self.beyond:
            if last < start < end <= self.size:
                fitting.append((start, end))
                last = end
        self.beyond = tuple(fitting)

    @property
    def unsent(self) -> int:
        """Bytes that are neither held nor in a request."""
        return self.size - self.sent - sum(end - start for start, end in self.beyond if start > self.sent)

    @property
    def gap_end(self) -> int:
        """Up to where the bytes after `sent` are not held."""
        return min((start for start, _ in self.beyond if start > self.sent), default=self.size)

    def put(self, end: int) -> None:
        """The bytes up to `end` are in a request; what is held right behind them is passed over."""
        self.sent = next((after for start, after in self.beyond if start == end), end)

    def start_over(self) -> None:
        """What is not held has to be sent again; where less is held than was sent, nothing beyond it is relied on."""
        if self.have < self.sent:
            self.beyond = ()
        self.sent, self.shared = self.have, False


@dataclass(slots=True)
class UploadResult:
    """How an upload ended.

    `damaged` blobs cannot be sent from here, `refused` ones the platform would not take; `failure` is why it stopped
    early, `moved` whether any byte arrived all the same, `broken` how many connections ended while others went on.
    """

    damaged: dict[bytes, Failure] = field(default_factory=dict)
    refused: set[bytes] = field(default_factory=set)
    failure: KioskError | None = None
    moved: int = 0
    broken: int = 0


@dataclass(slots=True)
class _Pack:
    """One request under way: of each blob the bytes up to an end.

    Once the kernel has all of it, another may be sent while its answer is waited for.
    """

    nonce: int
    blobs: list[tuple[WantedBlob, int]]
    body: Body
    handed: int = 0

    def on_sent(self, size: int) -> None:
        """Called from the thread that carries it."""
        self.handed += size

    @property
    def sending(self) -> bool:
        """Whether bytes of it are still to leave."""
        return self.handed < self.body.size


class Upload:
    """Sends blobs until none is wanted, the link fails or somebody asks to stop.

    `on_acks` takes acknowledgements that became complete. `left` says how many bytes may still leave, None for any
    number: requests hold no more than that, so that a budget is overrun by a frame at most. `between` is called about
    five times a second on the calling thread, so that a form submitted meanwhile need not wait for the scans; a failure
    it raises ends the upload.
    """

    def __init__(
        self,
        parts: Parts,
        tempo: Tempo,
        on_acks: Callable[[tuple[SignedRecord, ...]], None],
        between: Callable[[], None] = lambda: None,
        left: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._parts, self._link, self._tempo, self._on_acks = parts, parts.link, tempo, on_acks
        self._between, self._left = between, left
        self._next_look = self._heard = 0.0

    def run(self, wanted: Iterable[WantedBlob]) -> UploadResult:
        """Send these blobs, in this order as far as parallel requests have one."""
        waiting, result = deque(wanted), UploadResult()
        self._tempo.began(self._link.sockets.first_rate(), self._link.sockets.measure()[1])
        flying: dict[Future[tuple[bytes, float]], _Pack] = {}
        with ThreadPoolExecutor(_most_flying(self._tempo.most_connections), thread_name_prefix="upload") as threads:
            while True:
                self._launch(threads, flying, waiting, result)
                if not flying:
                    return result
                done, _ = wait(flying, _LOOK_SECONDS, FIRST_COMPLETED)
                self._measure(len(flying))
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
        """Requests for every free connection; while answers are waited for, others send."""
        at_once = self._tempo.connections()
        while not (result.failure or self._parts.stopping.is_set()):
            sending = sum(pack.sending for pack in flying.values())
            if sending >= at_once or len(flying) >= _most_flying(at_once):
                return
            allowed = self._allowed(flying.values())
            pack = self._pack(waiting, result, allowed) if allowed > 0 else None
            if pack is None:
                return
            question = self._parts.signer.question(PATH, pack.body, pack.nonce, FRAMES_TYPE, pack.on_sent)
            flying[threads.submit(self._carry, question)] = pack

    def _allowed(self, flying: Iterable[_Pack]) -> int:
        """Bytes that may still be put into requests; what is in some already counts as gone."""
        left = self._left()
        return sys.maxsize if left is None else left - sum(pack.body.size - pack.handed for pack in flying)

    def _measure(self, busy: int) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + _MEASURE_SECONDS
        sockets = self._link.sockets
        rate, trip = sockets.measure()
        if rate:
            self._heard = time.monotonic()
        self._tempo.sampled(rate, trip)
        sockets.hold_to(self._tempo.window_bytes(busy))

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
            self._broke(error, pack, waiting, result)
            return
        except WireError:
            result.failure = result.failure or KioskError(Failure.LINK_NOT_PLATFORM, reason="garbled")
            return
        self._tempo.carried(pack.body.size, seconds)
        states = {state.digest: state for state in answer.blobs}
        for blob, end in pack.blobs:
            state = states.get(blob.digest, FrameState(blob.digest, blob.have))
            if state.error == _GAP and not state.ahead and state.have < end:
                self._tempo.shared_blobs = False
            self._follow(blob, state, waiting, result)
        if answer.acks:
            self._on_acks(answer.acks)

    def _broke(self, error: KioskError, pack: _Pack, waiting: deque[WantedBlob], result: UploadResult) -> None:
        """A connection ended. While something is heard over others they go on; what it carried is asked for later."""
        alive = time.monotonic() - self._heard < _ALIVE_SECONDS
        if error.failure not in _BREAKS or not alive or result.broken == _MOST_BROKEN:
            result.failure = result.failure or error
            return
        result.broken += 1
        for blob, _ in pack.blobs:
            blob.flying -= 1
            if not blob.flying:
                _leave(waiting, blob)

    def _follow(self, blob: WantedBlob, state: FrameState, waiting: deque[WantedBlob], result: UploadResult) -> None:
        blob.flying -= 1
        have = max(0, min(state.have, blob.size))
        if blob.shared:  # answers may overtake each other: the lower one is then the older one
            have = max(have, blob.have)
        gained = have - blob.have
        blob.have += gained
        result.moved += max(0, gained)
        self._parts.progress.gained(blob.digest, gained)
        if blob.have >= blob.size:
            _leave(waiting, blob)
            return
        if blob.flying:
            return
        blob.tries = 0 if gained > 0 or blob.shared else blob.tries + 1
        blob.falls += gained < 0
        _leave(waiting, blob)
        if max(blob.tries, blob.falls) < _MOST_TRIES:
            blob.start_over()
            waiting.appendleft(blob)
        else:
            result.refused.add(blob.digest)

    def _pack(self, waiting: deque[WantedBlob], result: UploadResult, allowed: int) -> _Pack | None:
        """The next request: whole frames of the first waiting blobs, as many bytes as tempo and budget allow."""
        frame = self._tempo.frame_bytes()
        left = sum(blob.unsent for blob in waiting)
        room = max(frame, min(self._tempo.pack_bytes(left, len(waiting)), allowed))
        pieces: list[bytes | memoryview] = []
        taken: list[tuple[WantedBlob, int]] = []
        size = 0
        while size < room and (blob := self._next(waiting)):
            data = self._read(blob, result)
            if data is None:
                waiting.remove(blob)
                continue
            blob.shared = blob.flying > 0
            blob.flying += 1
            size += _put(pieces, blob, memoryview(data), room - size, frame)
            taken.append((blob, blob.sent))
            if blob.sent == blob.size:
                waiting.remove(blob)
        return _Pack(self._parts.signer.nonce(), taken, Body(*pieces)) if taken else None

    def _next(self, waiting: deque[WantedBlob]) -> WantedBlob | None:
        """The first that no request carries, else the first of which a part is still to leave."""
        alone = next((blob for blob in waiting if not blob.flying), None)
        return alone or (waiting[0] if waiting and self._tempo.may_share() else None)

    def _read(self, blob: WantedBlob, result: UploadResult) -> bytes | None:
        try:
            return self._parts.store.blobs.read(blob.digest.hex())
        except KioskError as error:
            result.damaged[blob.digest] = error.failure
            return None


def _most_flying(at_once: int) -> int:
    return math.ceil(_MOST_FLYING * at_once)


def _put(pieces: list[bytes | memoryview], blob: WantedBlob, data: memoryview, room: int, frame: int) -> int:
    """Add frames of a blob's next bytes, leaving out what is held; how many bytes of it they carry."""
    size = 0
    while size < room and blob.sent < blob.size:
        start, end = blob.sent, min(_end(blob, room - size, frame), blob.gap_end)
        pieces += frames_of(blob.digest, data[:end], start, frame)
        size += end - start
        blob.put(end)
    return size


def _end(blob: WantedBlob, room: int, frame: int) -> int:
    """Where this request's part of a blob ends: at a whole frame, or with the blob where little of it would be left."""
    end = blob.sent + math.ceil(room / frame) * frame
    return blob.size if end + room // 2 >= blob.size else end


def _leave(waiting: deque[WantedBlob], blob: WantedBlob) -> None:
    if blob in waiting:
        waiting.remove(blob)
