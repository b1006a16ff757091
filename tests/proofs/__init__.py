"""Promises as figures: each file in `rows` is one promise, tests measure it, the end of a run prints what they found.

A test asks for the fixture `prove` and calls it with the name of a row and what it counted or measured. To add a
promise, add one file; `./dev prove --renew-proofs` writes what a long run measured into the files and the page.
"""

from typing import Protocol


class Prove(Protocol):
    """`prove("crash-images", images=412, wrong=0)`."""

    def __call__(self, row: str, **figures: float) -> None:
        """Add these to what other tests found for the row, in the way the row says."""
