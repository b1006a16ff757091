"""What is looked for: words in every coding they might be written in, and stretches of pages."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

CODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "gbk", "gb18030")
_WINDOW: Final = 32
STRIDE: Final = 2048
_MOST_WINDOWS: Final = 256
"""Of one page in one form. So much of it as lies between two is surely found, where something stands there: two
kilobytes, or the 256th part; less only where a window lies in it."""
_LEAST_VALUES: Final = 12


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """Bytes that must be nowhere. Never shown, never written down."""

    pattern: re.Pattern[bytes]
    longest: int

    def within(self, data: bytes | memoryview) -> bool:
        """Whether any of it lies there."""
        return self.pattern.search(data) is not None


def sought(words: Iterable[str], pages: Iterable[bytes] = (), heads: Iterable[bytes] = ()) -> Sought:
    """What to look for: `words`, stretches of `pages` as they are and as pixels, and `heads` byte for byte.

    Raises:
        ValueError: nothing was given.
    """
    pieces = {piece for word in words for piece in _written(word)} | set(heads)
    for page in pages:
        pieces.update(_windows(page))
        for pixels in _pixels(page):
            pieces.update(_windows(pixels))
    if not pieces:
        raise ValueError("nothing to look for")
    ordered = sorted(pieces, key=len, reverse=True)
    return Sought(re.compile(b"|".join(map(re.escape, ordered)), re.DOTALL), len(ordered[0]))


def _written(word: str) -> Iterator[bytes]:
    for coding in CODINGS:
        try:
            yield word.encode(coding)
        except UnicodeEncodeError:  # GBK lacks rare characters; GB 18030 has them all
            continue


def _windows(data: bytes) -> Iterator[bytes]:
    """Stretches that say something: white paper is in every picture."""
    for start in range(0, max(len(data) - _WINDOW, 0) + 1, max(STRIDE, len(data) // _MOST_WINDOWS)):
        window = data[start : start + _WINDOW]
        if len(window) == _WINDOW and len(set(window)) >= _LEAST_VALUES:
            yield window


def _pixels(page: bytes) -> Iterator[bytes]:
    """The page as programs hold it in memory: grey, RGB and BGR, row by row."""
    from PIL import Image  # noqa: PLC0415 -- only who looks for pages needs pictures

    try:
        picture = Image.open(io.BytesIO(page))
        yield picture.convert("L").tobytes()
        colours = picture.convert("RGB")
    except (OSError, ValueError):
        return
    yield colours.tobytes()
    yield Image.merge("RGB", colours.split()[::-1]).tobytes()
