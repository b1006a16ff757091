"""Reads the small XML answers of a scanner, whoever wrote them: bounded, without entities, namespaces ignored.

Devices disagree about prefixes and even forget to declare them, so only the local part of a name counts. A document
type is refused outright: nothing eSCL sends needs one, and it is where entities come from that expand without end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

LARGEST = 512 * 1024
"""Bytes of the longest answer read: real ones have 2 to 60 kB."""

_DEEPEST = 32
_MOST_ELEMENTS = 20_000


class BadXmlError(ValueError):
    """Not XML, or more of it than a scanner has to say. Never quotes what was read."""


@dataclass(slots=True)
class Element:
    """One element: its name without prefix, its text, its children."""

    name: str
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def every(self, name: str) -> Iterator["Element"]:
        """Every element below with this name, in document order. The depth is bounded by the reader."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.every(name)

    def first(self, name: str) -> "Element | None":
        """The first element below with this name."""
        return next(self.every(name), None)

    def word(self, name: str) -> str:
        """The text of the first element below with this name, trimmed; empty when there is none."""
        found = self.first(name)
        return found.text.strip() if found is not None else ""

    def number(self, name: str) -> int | None:
        """The same as a whole number that is not negative; None when it is none."""
        word = self.word(name)
        return int(word) if word.isascii() and word.isdigit() and len(word) <= len("1000000") else None


def read(data: bytes) -> Element:
    """The root element of one answer.

    Raises:
        BadXmlError: broken, with a document type, or beyond the bounds.
    """
    if len(data) > LARGEST:
        raise BadXmlError("too long")
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = builder.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # No chain and no text: the message of the parser may quote the answer.
        raise BadXmlError(type(error).__name__) from None
    return builder.root


class _Builder:
    """Collects elements while the parser runs."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._open) >= _DEEPEST:
            raise BadXmlError("too much")
        element = Element(name.rpartition(":")[2])
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].text += text

    def refuse(self, *_: object) -> None:
        raise BadXmlError("document type")
