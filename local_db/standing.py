"""How well a key is kept."""

from enum import StrEnum


class Standing(StrEnum):
    """Whether whoever takes the disk gets the key too (amber) or not (green); for `kiosk doctor`."""

    GREEN = "green"
    AMBER = "amber"
