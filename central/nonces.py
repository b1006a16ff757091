"""Freshness without clocks: a per-device counter held against a sliding window that survives a restart.

A terminal counts its requests upward. Requests may overtake each other by up to `WINDOW`, none is taken twice, and
one far behind the newest is refused, whatever the clocks say.
"""

from dataclasses import dataclass

WINDOW = 4096
_MASK = (1 << WINDOW) - 1
_MOST = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class NonceWindow:
    """`high` is the highest nonce taken; bit i of `seen` says whether `high - i` was."""

    high: int = 0
    seen: bytes = b""

    def admit(self, nonce: int) -> "NonceWindow | None":
        """The window after `nonce`, or None when it was taken before, is too old or is no counter."""
        if not 0 < nonce <= _MOST:
            return None
        seen = int.from_bytes(self.seen, "big")
        ahead = nonce - self.high
        if ahead > 0:
            kept = (seen << ahead) & _MASK if ahead < WINDOW else 0
            return NonceWindow(nonce, _bytes(kept | 1))
        if -ahead >= WINDOW or seen >> -ahead & 1:
            return None
        return NonceWindow(self.high, _bytes(seen | 1 << -ahead))


def _bytes(seen: int) -> bytes:
    return seen.to_bytes(WINDOW // 8, "big")
