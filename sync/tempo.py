"""How fast to go: what the link carries and how far away the platform is decide connections, request sizes, patience.

Measured on emulated links (`benchmarks/links`): several connections fill a lossy or long link that one cannot; on a
very slow one more than two only cost bytes.
"""

import math
from dataclasses import dataclass
from typing import Final

from sync.wire.frames import FRAME_BYTES

SLOW_BYTES_PER_SECOND: Final = 32_000
"""256 kbit/s: below it two connections are enough."""

LONG_BYTES: Final = 40_000
LONG_TRIP: Final = 0.25
"""Bytes under way (rate × round-trip time), and seconds of a round trip, above which a link is long and takes as many
connections as allowed: each loss costs one of them several round trips."""

NEAR_TRIP: Final = 0.05
"""Seconds of a round trip below which losses heal at once."""

FEW: Final = 2
SEVERAL: Final = 4
MANY: Final = 8
_PACK_SECONDS: Final = 5.0
_FOLLOW: Final = 0.25
_DECAY: Final = 0.99
"""Five times a second: a connection that just waits for an answer does not make the link a slower one."""

_FAST: Final = 500_000
_KNOWN: Final = 20
"""Samples, five a second, before the rate is believed enough to hold the link to it."""

_WINDOWS: Final = 2.0
_FIRST_WINDOW: Final = 24 * 1024
_LEAST_WINDOW: Final = 10 * 1024
_LEAST_SHARE: Final = 16 * 1024
_FEWEST_SHARES: Final = 2
_SHORT_FRAME: Final = 16 * 1024


@dataclass(slots=True)
class Tempo:
    """What one link was last seen to do. `most_connections` bounds what follows from it, as the settings say.

    Bytes and seconds; a rate is None before the first measurement. `shared_blobs`: one blob may be in several requests
    at once, until a platform turns out not to keep what comes before its turn.
    """

    most_connections: int = MANY
    least_pack: int = 48 * 1024
    most_pack: int = 3 * 1024 * 1024
    first_pack: int = 256 * 1024
    shared_blobs: bool = True
    _rate: float | None = None
    _recent: float | None = None
    _samples: int = 0
    _rtt: float | None = None
    _pack_rate: float | None = None

    def connections(self) -> int:
        """How many requests may be under way at once: few until the link has shown what it carries."""
        if self._rate is None or self._rate < SLOW_BYTES_PER_SECOND:
            wanted = FEW
        elif self._is_long():
            wanted = MANY
        else:
            wanted = SEVERAL
        return max(1, min(wanted, self.most_connections))

    def may_share(self) -> bool:
        """Whether one blob may go over several connections; where the platform is near, one fills the line."""
        return self.shared_blobs and (self._rtt or 0.0) > NEAR_TRIP

    def pack_bytes(self, left: int | None = None, blobs: int = 1) -> int:
        """Bytes for the next request: about five seconds of what one connection carries.

        Towards the end of what is `left`, in so many blobs, requests become smaller, so that no connection has much to
        do when the others are done.
        """
        size = self.first_pack if self._pack_rate is None else math.ceil(self._pack_rate * _PACK_SECONDS)
        size = max(self.least_pack, min(self.most_pack, size))
        if left is None:
            return size
        shares = self._shares()
        if not self.may_share():
            return min(size, max(self.least_pack, math.ceil(left / max(1, min(shares, blobs)))))
        second = math.ceil(size / _PACK_SECONDS)
        return min(size, max(_LEAST_SHARE, min(second, self.least_pack), math.ceil(left / shares)))

    def _shares(self) -> int:
        """Into how many parts what is left goes: on a long line twice the connections, on a fast one few.

        A single connection fills a fast line whose losses heal at once; smaller parts would only be more questions.
        """
        if self._is_long():
            return 2 * self.connections()
        return _FEWEST_SHARES if self._rate is not None and self._rate > _FAST else self.connections()

    def frame_bytes(self) -> int:
        """Bytes of one frame: a frame that a cut line broke is sent again, so on a slow line frames are short."""
        return FRAME_BYTES if self._rate is not None and self._rate > _FAST else _SHORT_FRAME

    def window_bytes(self, busy: int) -> int:
        """How much each of so many busy connections may have under way.

        Together twice what fills the link: the rest only waits in a queue on the way, whose tail is dropped and sent
        again, and behind which a new form waits.
        """
        if self._rate is None or self._rtt is None:
            return _FIRST_WINDOW
        least = _LEAST_WINDOW if self._samples > _KNOWN else _FIRST_WINDOW
        return max(least, int(_WINDOWS * self._rate * self._rtt / max(1, busy)))

    def began(self, rate: float | None, rtt: float | None) -> None:
        """What the first question showed, where nothing is known yet; what follows corrects it."""
        if self._rate is None and rate is not None and rtt is not None:
            self._rate = self._recent = rate
            self._rtt = rtt
            self._pack_rate = rate / self.connections()

    def carried(self, size: int, seconds: float) -> None:
        """A request of `size` bytes took `seconds`; a small one says only how far away the platform is."""
        if size >= self.least_pack // 2:
            rate = size / max(seconds, 0.001)
            self._pack_rate = rate if self._pack_rate is None else (self._pack_rate + rate) / 2

    def sampled(self, rate: float | None, rtt: float | None) -> None:
        """What the kernel says of all connections together: bytes a second, and the shortest round trip."""
        if rtt is not None:
            self._rtt = rtt
        if rate is not None:
            self._samples += 1
            self._recent = rate if self._recent is None else self._recent + _FOLLOW * (rate - self._recent)
            self._rate = max(self._recent, _DECAY * (self._rate or 0.0))

    def _is_long(self) -> bool:
        trip = self._rtt or 0.0
        return trip > LONG_TRIP and (self._rate or 0.0) * trip > LONG_BYTES

    def stumbled(self) -> None:
        """The link broke: feel the way with small requests again."""
        self._pack_rate = self.least_pack / _PACK_SECONDS
