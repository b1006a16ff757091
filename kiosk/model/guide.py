"""What of an item's guide a draft was made by, so that a change is told and never slips in."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of a guide that asks something of a person."""

    MATERIAL = "material"
    CONDITION = "condition"
    FIELD = "field"


class Change(StrEnum):
    """What became of a part."""

    ADDED = "added"
    GONE = "gone"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class GuidePart:
    """One material, condition or question as it was seen. `mark` changes with anything that stands in it."""

    part: Part
    ref: str
    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class GuideChange:
    """One difference between the guide a draft was made by and the one in force."""

    part: Part
    change: Change
    ref: str
    name: str
