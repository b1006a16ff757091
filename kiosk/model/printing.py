"""What the print ledger knows of a print whose end asks something of people."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OpenEnd(StrEnum):
    """Why a print is not over: nobody knows whether it came out, or it waits for paper or a printer."""

    UNCERTAIN = "uncertain"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class OpenPrint:
    """One such print. `subject` is a number or an id, never a person; `copy` 0 is the original."""

    entry: int
    kind: str
    subject: str
    copy: int
    end: OpenEnd
    begun_at: datetime


def edition_of(content: bytes) -> str:
    """A short name for what a paper says."""
    return hashlib.sha256(content).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """An open print as staff see it: whose paper it is, masked, as far as the ledger's subject leads to a case.

    `again` tells whether staff can print it from here: a receipt that is still the newest of its case. A decision takes
    the card of its addressee, and the papers of a visit are drawn by that visit.
    """

    print: OpenPrint
    submission_no: str = ""
    item_name: str = ""
    applicant_masked: str = ""
    again: bool = False
