"""The troubles of a rehearsal, and the order in which a seed brings them."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sync.simlink import LinkSimulator

NOTHING: Final = "none"
LINE: Final[dict[str, Callable[[LinkSimulator], None]]] = {
    "line_cut": lambda link: link.cut(),
    "line_cut_in_upload": lambda link: link.cut_after(60_000),
    "line_slow": lambda link: link.limit(40_000),
    "line_dead": lambda link: link.stall(),
    "acknowledgement_lost": lambda link: link.drop_answers(2),
    "platform_5xx": lambda link: link.answer_instead("503 Service Unavailable", "<html>busy</html>"),
    "captive_portal": lambda link: link.answer_instead("200 OK", "<html>log in</html>"),
}
"""What is done to the line; `restore` ends it."""

PLACE: Final = (
    "card_pulled",
    "card_unreadable",
    "scanner_jam",
    "scanner_hangs",
    "scanner_dies",
    "printer_jam",
    "paper_out",
    "disk_full",
    "clock_1970",
    "clock_ahead",
    "clock_behind",
)
"""What happens at the counter; `kiosk.cli.rehearsal.counter` knows how."""

MUST_BE_MET: Final = frozenset(PLACE) - {"clock_1970", "clock_ahead", "clock_behind"}
"""A trouble of these that nobody was told of has not been there: then the rehearsal has shown nothing."""

POWER: Final = "power_cut"
_LATEST_CUT: Final = 2.5
_BOTH: Final = 0.3


@dataclass(frozen=True, slots=True)
class Turn:
    """One visit: what happens at the counter, what to the line, and after how many seconds the power goes."""

    place: str = NOTHING
    line: str = NOTHING
    cut_after: float | None = None

    @property
    def name(self) -> str:
        """What a progress bar calls it."""
        parts = [
            one for one in (self.place, self.line, POWER if self.cut_after is not None else NOTHING) if one != NOTHING
        ]
        return " + ".join(parts) or "undisturbed"


def programme(seed: int, visits: int | None = None) -> tuple[Turn, ...]:
    """What a seed brings: every trouble at least once, in drawn order, some of them together.

    `visits` makes it shorter, or longer by more troubles drawn.
    """
    chance = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
    turns = [Turn(), *(_at_place(chance, place) for place in PLACE), *(Turn(line=line) for line in LINE)]
    turns += [Turn(cut_after=round(chance.uniform(0.1, _LATEST_CUT), 2)) for _ in range(3)]
    chance.shuffle(turns)
    if visits is None:
        return tuple(turns)
    while len(turns) < visits:
        turns.append(_at_place(chance, chance.choice(PLACE)))
    return tuple(turns[:visits])


def _at_place(chance: random.Random, place: str) -> Turn:
    line = chance.choice(tuple(LINE)) if chance.random() < _BOTH else NOTHING
    return Turn(place, line)
