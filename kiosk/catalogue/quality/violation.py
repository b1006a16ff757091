"""One thing that is wrong in a catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """Where (`materials/hukou_book/basis`), which rule (a stable English word), and what to do, in Chinese."""

    path: str
    rule: str
    message: str

    def within(self, place: str) -> "Violation":
        """The same, seen from outside: the file or item it was found in stands before the path."""
        return Violation(f"{place}#{self.path}" if self.path else place, self.rule, self.message)
