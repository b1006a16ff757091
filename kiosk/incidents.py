"""What is told of an unexpected exception: its kind and where in the code, never its words.

Those may hold anything: `int("张三")` fails with the name in its message. Every process of ours installs this, so that
no log, no crash on standard error and no report a service manager keeps of it names anybody.
"""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Final

from kiosk.failure import KioskError

_ROOT: Final = Path(__file__).resolve().parents[1]
_MOST_CAUSES: Final = 5


def told(error: BaseException) -> str:
    """The exception and what caused it, innermost last, each with the places it came through."""
    return "\n".join(line for one in _chain(error) for line in (_kind(one), *_places(one.__traceback__)))


class Plain(logging.Formatter):
    """Log lines in which an exception is told as above."""

    def formatException(self, ei: object) -> str:  # noqa: N802 -- logging's name
        """See `told`."""
        error = ei[1] if isinstance(ei, tuple) and len(ei) > 1 else None
        return told(error) if isinstance(error, BaseException) else ""


def install() -> None:
    """Tell of exceptions nobody caught, in whatever thread, by `told` alone; a hook that somebody else set stays."""
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = lambda _kind, error, _trace: _say(error)
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda caught: _say(caught.exc_value)
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = lambda caught: _say(caught.exc_value)
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(Plain())


def _say(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit) and sys.stderr is not None:
        sys.stderr.write(f"unexpected: {told(error)}\n")


def _chain(error: BaseException) -> Iterator[BaseException]:
    here: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if here is None:
            return
        yield here
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__name__} {error.failure.code}" if isinstance(error, KioskError) else type(error).__name__


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(trace):
        path = Path(frame.f_code.co_filename)
        shown = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(path.name)
        yield f"  {shown}:{line} in {frame.f_code.co_name}"
