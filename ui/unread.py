"""Importing this keeps PySide from reading, and for ever holding, the source text of every module imported after it.

PySide looks through the sources of whatever is imported for its own name, to decide whether another spelling of Qt's
methods (`from __feature__ import snake_case`) may apply there. `linecache` keeps what it read: some 120,000 lines,
12 MB in the screen's process, read while the first picture is waited for. Nothing here uses another spelling, and a
module taken for one that does not use PySide is served like any other.
"""

import importlib
import logging
from types import ModuleType
from typing import Final

import PySide6.QtCore  # noqa: F401 - it brings the module below along

log = logging.getLogger(__name__)

_LOOK: Final = "_mod_uses_pyside"


def _uses_other_spelling(_module: ModuleType) -> bool:
    return False


def _leave_sources_unread() -> None:
    try:
        feature = importlib.import_module("shibokensupport.feature")
    except ImportError:
        return  # another PySide, which does as it does
    if hasattr(feature, _LOOK):
        setattr(feature, _LOOK, _uses_other_spelling)
    else:
        log.debug("PySide looks through sources in another way")


_leave_sources_unread()
