"""How surely a person is known, and whether that is enough for an item.

A chip says the card is real; only a person who looks, or a check on the spot, says that its holder is the one who
stands here. Paper counts only when staff saw it; a typed number is stated, whoever typed it.
"""

from dataclasses import dataclass

from kiosk.failure import Failure, KioskError
from kiosk.model.people import Assurance


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was done to know the person.

    `chip_read`: a chip that its reader's security module proved genuine, which no open reader of a social-security card
    does. `person_compared`: staff compared the face with the document.
    """

    chip_read: bool = False
    paper_seen_by_staff: bool = False
    person_compared: bool = False


def assurance_of(evidence: Evidence) -> Assurance:
    """The level this evidence gives: stated < paper seen by staff < chip < chip and person."""
    if evidence.chip_read:
        return Assurance.CHIP_AND_PERSON if evidence.person_compared else Assurance.CHIP
    return Assurance.PAPER_SEEN if evidence.paper_seen_by_staff else Assurance.STATED


def enough(level: Assurance, least: int) -> bool:
    """Whether a level meets an item's minimum (`ServiceItem.min_assurance`)."""
    return level >= least


def demand(level: Assurance, least: int) -> None:
    """Refuse what is less than an item's minimum.

    Raises:
        KioskError: `IDENTITY_TOO_WEAK` with the level reached and the level needed.
    """
    if not enough(level, least):
        raise KioskError(Failure.IDENTITY_TOO_WEAK, level=int(level), needed=int(least))
