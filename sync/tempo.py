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

LONG_BYTES: Final = 100_000
"""Bytes under way (rate × round-trip time) above which a link is long and takes as many connections as allowed."""

FEW: Final = 2
SEVERAL: Final = 4
MANY: Final = 8
_PACK_SECONDS: Final = 5.0
_FOLLOW: Final = 0.5
_FAST: Final = 500_000
_KNOWN: Final = 15
"""Samples, five a second, after which the rate is believed enough to hold the link to it."""

_WINDOWS: Final = 2.0
_LEAST_WINDOW: Final = 12 * 1024
_SHORT_FRAME: Final = 16 * 1024


@dataclass(slots=True)
class Tempo:
    """What one link was last seen to do. `most_connections` bounds what follows from it, as the settings say.

    Bytes and seconds; a rate is None before the first measurement.
    """

    most_connections: int = MANY
    least_pack: int = 64 * 1024
    most_pack: int = 1024 * 1024
    first_pack: int = 256 * 1024
    _rate: float | None = None
    _rtt: float | None = None
    _pack_rate: float | None = None
    _samples: int = 0

    def connections(self) -> int:
        """How many requests may be under way at once: few until the link has shown what it carries."""
        if self._rate is None or self._rate < SLOW_BYTES_PER_SECOND:
            wanted = FEW
        elif self._rate * (self._rtt or 0.0) > LONG_BYTES:
            wanted = MANY
        else:
            wanted = SEVERAL
        return max(1, min(wanted, self.most_connections))

    def pack_bytes(self) -> int:
        """Bytes for the next request: about five seconds of what one connection carries."""
        if self._pack_rate is None:
            return self.first_pack
        return max(self.least_pack, min(self.most_pack, math.ceil(self._pack_rate * _PACK_SECONDS)))

    def frame_bytes(self) -> int:
        """Bytes of one frame: a frame that a cut line broke is sent again, so on a slow line frames are short."""
        return FRAME_BYTES if self._rate is not None and self._rate > _FAST else _SHORT_FRAME

    def window_bytes(self) -> int | None:
        """How much one connection may have under way; None where the kernel's own way is best.

        Once a link is known not to be long, twice what fills it is enough: more only waits in a queue on the way, whose
        tail is dropped and sent again, and behind which a new form waits.
        """
        if self._samples < _KNOWN or self._rate is None or self._rtt is None or self.connections() >= MANY:
            return None
        return max(_LEAST_WINDOW, int(_WINDOWS * self._rate * self._rtt / self.connections()))

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
            self._rate = rate if self._rate is None else self._rate + _FOLLOW * (rate - self._rate)

    def stumbled(self) -> None:
        """The link broke: feel the way with small requests again."""
        self._pack_rate = self.least_pack / _PACK_SECONDS
