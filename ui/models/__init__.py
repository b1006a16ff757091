"""Lists for the screen: one model class over frozen dataclasses."""

from ui.models.rows import Rows

__all__ = ["Rows"]
