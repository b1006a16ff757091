"""What was deleted because its time was over, and whether it is known to be gone."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """One deletion. `materials` are counted by case, `files` are the sealed files that went with them.

    `left` files could not be deleted; `folded` says whether the database's log was emptied, in which older states of
    rows lie until then.
    """

    at: datetime
    materials: int = 0
    forms: int = 0
    drafts: int = 0
    files: int = 0
    left: int = 0
    folded: bool = True

    @property
    def anything(self) -> bool:
        """Whether there was anything to delete."""
        return self.materials + self.forms + self.drafts > 0

    @property
    def clean(self) -> bool:
        """Whether all of it is known to be gone from this file system."""
        return self.left == 0 and self.folded
