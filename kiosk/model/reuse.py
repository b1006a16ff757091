"""What somebody handed in and need not hand in again."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReusableMark:
    """A material of a submission that the same people need not hand in again. `owner` and `member` are tags.

    `member` is empty where the material is the applicant's own; `kind` says what it is across items.
    """

    owner: bytes = field(repr=False)
    member: bytes = field(repr=False)
    kind: str
    material_id: str
    member_ref: str | None
    collected_at: datetime
