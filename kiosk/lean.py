"""Imports without what a library would load only because it happens to be installed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Hide modules from the imports in this block; one that is loaded already stays as it is."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment] # how Python marks a module that must not be found
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
