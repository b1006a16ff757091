"""A piece of the product's work that is recorded, and what is looked for afterwards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Look = Callable[[Path], Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """`prepare` and `play` get a folder; `play` runs recorded, in a process of its own.

    `looks` says for each folder below it how an image of it is opened; `judge` gets what was found in each at one
    moment, and the marks, and yields what is wrong with that.
    """

    name: str
    prepare: Callable[[Path], None]
    play: Callable[[Path], None]
    looks: Mapping[str, Look]
    judge: Callable[[Mapping[str, Any], tuple[str, ...]], Iterable[str]]


def one_terminal(judge: Callable[[Any, tuple[str, ...]], Iterable[str]]) -> Callable[..., Iterator[str]]:
    """The judge of a scene that has nothing but a terminal."""

    def judged(found: Mapping[str, Any], marks: tuple[str, ...]) -> Iterator[str]:
        yield from judge(found["terminal"], marks)

    return judged
