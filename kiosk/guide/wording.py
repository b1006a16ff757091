"""In which language the guide's own words are said. The catalogue's texts stay as they are."""

from collections.abc import Callable

Translate = Callable[[str, str], str]
"""Context and Chinese text to the text that is shown; the screen passes Qt's."""


def as_written(_context: str, text: str) -> str:
    """The Chinese text itself."""
    return text
