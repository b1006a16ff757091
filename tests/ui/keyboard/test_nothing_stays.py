"""What was typed is gone with the visit: from every file, from the clipboard, from the screen, from the program."""

import gc
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tests.ui.conftest import Show
from ui.hand import Hand

TYPED, WRITTEN = "segezikuleixiang", "色格孜库勒乡"  # nothing a catalogue, a guide or a demo card holds
FORMS = [text.encode(code) for text in (TYPED, WRITTEN) for code in ("utf-8", "utf-16-le")]


def holding(folder: Path) -> list[str]:
    """Files that hold it, as text of one kind or the other."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in FORMS)]


def remembered() -> list[str]:
    """Texts that some object of this program still refers to."""
    gc.collect()
    mine = {id(TYPED), id(WRITTEN)}
    found = (text for thing in gc.get_objects() for text in gc.get_referents(thing) if isinstance(text, str))
    return [text for text in found if (TYPED in text or WRITTEN in text) and id(text) not in mine and len(text) < 100]


def shown_texts(window: QQuickWindow) -> Iterator[str]:
    """The texts of all items, seen or not."""
    todo: list[QQuickItem] = [window.contentItem()]
    while todo:
        item = todo.pop()
        todo += item.childItems()
        yield from (str(item.property(name) or "") for name in ("text", "preeditText", "spelt", "placeholderText"))


def write_it(hand: Hand) -> bool:
    """Type the word, choose it, leave a second one half typed; whether each was where it should be meanwhile."""
    for letter in TYPED:
        hand.touch(f"key_{letter}")
    found_while_typing = bool(remembered())
    hand.touch("candidate_0")
    right = bool(hand.find("searchField").property("text") == WRITTEN)
    for letter in TYPED:
        hand.touch(f"key_{letter}")
    return found_while_typing and right


def test_what_was_typed_by_keys_is_nowhere_after_the_visit(show: Show) -> None:
    shown = show()
    hand = shown.hand
    hand.touch("startButton")
    hand.touch("searchField")
    was_there = write_it(hand)
    hand.touch("finishVisit")
    if hand.seen("reallyFinish") is not None:
        hand.touch("reallyFinish")
    hand.until(lambda: shown.tour.state() in ("goodbye", "attract"), "the end")
    if shown.tour.state() == "goodbye":
        hand.touch("primaryButton")
    shown.tour.at("attract", show=False)

    assert was_there
    assert remembered() == []
    assert not [text for text in shown_texts(shown.screen.window) if TYPED in text or WRITTEN in text]
    assert holding(shown.stage.data) == []
    assert WRITTEN not in QGuiApplication.clipboard().text()
