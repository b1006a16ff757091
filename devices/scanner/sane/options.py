"""What a device offers, read from `scanimage -A`. Tolerant: a line that cannot be read is an option nobody asks for.

Lines look like these (sane-backends 1.1 to 1.4)::

    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color [24bit Color]
    --resolution 50..1200dpi (in steps of 1) [200]
    --swdeskew[=(yes|no)] [inactive]
    -y 0..297.011mm [297.011]
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LINE = re.compile(r" {4}(?P<dashes>--?)(?P<name>[A-Za-z0-9][\w-]*)(?P<flag>\[=\([^)]*\)\])?(?: (?P<rest>.*))?")
_BRACKETS = re.compile(r"(?: +\[((?:[^\[\]]|\[[^\]]*\])*)\])+$")
_ONE_BRACKET = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]")
_STEPS = re.compile(r" \(in steps of [^)]*\)$")
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)[a-z%]*(?:,\.\.\.)?")
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)[a-z%]*")
_OFF = ("inactive", "read-only")
_LONGEST_LINE = 4000
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Option:
    """One option that can be set: its words, or the bounds of its number, or neither where anything goes."""

    words: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def nearest(self, wanted: float) -> float | None:
        """The offered number that serves: the next one up, or the highest; None when no numbers are offered."""
        if self.low is not None and self.high is not None:
            return min(self.high, max(self.low, wanted))
        numbers = [float(found[1]) for word in self.words if (found := _NUMBER.fullmatch(word))]
        above = [number for number in numbers if number >= wanted]
        return min(above) if above else max(numbers, default=None)


Options = Mapping[str, Option]


def options(text: str) -> Options:
    """Options that may be set now, by name without dashes."""
    found: dict[str, Option] = {}
    for line in text.splitlines():
        matched = _LINE.fullmatch(line[:_LONGEST_LINE].rstrip())
        if matched is None or len(found) >= _MOST:
            continue
        option = _option(matched["flag"], matched["rest"] or "")
        if option is not None:
            found[matched["name"]] = option
    return found


def _option(flag: str | None, rest: str) -> Option | None:
    """One option, None when it cannot be set. `rest` is `values (steps) [now] [inactive]`."""
    tail = _BRACKETS.search(f" {rest}")
    states = _ONE_BRACKET.findall(tail[0]) if tail else []
    if any(state in _OFF for state in states):
        return None
    values = _STEPS.sub("", f" {rest}"[: tail.start() if tail else None].strip())
    if flag:
        return Option(tuple(flag.strip("[=()]").split("|")))
    span = _RANGE.fullmatch(values)
    if span:
        return Option((), float(span[1]), float(span[2]))
    return Option() if values.startswith("<") else Option(tuple(word for word in values.split("|") if word))
