"""What a key means: on a keyboard, on an assistive keypad, or as one of one or two switches."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from kiosk.failure import Failure, KioskError

K = Qt.Key
MOST_SWITCHES: Final = 2


class Act(StrEnum):
    """What a person wants who presses a key."""

    NEXT = "next"
    BEFORE = "before"
    CHOOSE = "choose"
    BACK = "back"
    AGAIN = "again"
    READ = "read"
    VOICE = "voice"
    LOUDER = "louder"
    SOFTER = "softer"
    PAGE_DOWN = "page_down"
    PAGE_UP = "page_up"


_EVERYWHERE: Final = {
    K.Key_Tab: Act.NEXT,
    K.Key_Backtab: Act.BEFORE,
    K.Key_Down: Act.NEXT,
    K.Key_Up: Act.BEFORE,
    K.Key_Return: Act.CHOOSE,
    K.Key_Enter: Act.CHOOSE,
    K.Key_Escape: Act.BACK,
    K.Key_PageDown: Act.PAGE_DOWN,
    K.Key_PageUp: Act.PAGE_UP,
    K.Key_F1: Act.VOICE,
    K.Key_F2: Act.AGAIN,
    K.Key_F3: Act.READ,
}
_OUTSIDE_FIELDS: Final = {
    K.Key_Right: Act.NEXT,
    K.Key_Left: Act.BEFORE,
    K.Key_Space: Act.CHOOSE,
    K.Key_Select: Act.CHOOSE,
    K.Key_Backspace: Act.BACK,
}
KEYPAD: Final = {
    K.Key_6: Act.NEXT,
    K.Key_2: Act.NEXT,
    K.Key_4: Act.BEFORE,
    K.Key_8: Act.BEFORE,
    K.Key_5: Act.CHOOSE,
    K.Key_7: Act.BACK,
    K.Key_0: Act.AGAIN,
    K.Key_Period: Act.READ,
    K.Key_Asterisk: Act.VOICE,
    K.Key_Plus: Act.LOUDER,
    K.Key_Minus: Act.SOFTER,
}
"""Keys of a numeric keypad, wherever nothing is being written."""

_DIGITS: Final = frozenset({"number", "id"})


def switches(names: tuple[str, ...]) -> Mapping[int, Act]:
    """The keys of two switches (next, choose) or of one (choose), by their names such as `F9` or `Space`.

    Raises:
        KioskError: `CONFIG_INVALID`: more than two, or a name that is no key.
    """
    keys = [QKeySequence(name) for name in names]
    if len(keys) > MOST_SWITCHES or any(key.count() != 1 or not key.toString() for key in keys):
        raise KioskError(Failure.CONFIG_INVALID, where="screen.switches")
    acts = [Act.NEXT, Act.CHOOSE][-len(keys) :] if keys else []
    return {key[0].key(): act for key, act in zip(keys, acts, strict=True)}  # type: ignore[index] # unknown to the stubs


def act_of(event: QKeyEvent, *, pad: str) -> Act | None:
    """What this key means here; None: it is typed. `pad` is what the field in focus wants, empty outside of fields.

    Digits of a keypad are typed only where digits are wanted: it must lead past a field for words.
    """
    key = Qt.Key(event.key())
    if key in _EVERYWHERE:
        return _EVERYWHERE[key]
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and key in KEYPAD and pad not in _DIGITS:
        return KEYPAD[key]
    return _OUTSIDE_FIELDS.get(key) if not pad else None
