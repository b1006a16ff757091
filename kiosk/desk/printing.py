"""Printing: one original per paper, reprints counted, and "printed" only when the device said so."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from kiosk.desk.equipment import Equipment
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Receipt
from kiosk.model.devices import Event, Failed, Finished, PageSize, PrintPaper
from kiosk.model.people import Operator
from kiosk.papers.content import PaperHead, ReceiptPaper


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How a print ended. `failure` is None when the printer reported the paper printed; `copy` 0 is the original."""

    title: str
    copy: int
    failure: Failure | None = None


OnOutcome = Callable[[PrintOutcome], None]

_PARKED = frozenset({Failure.PRINTER_PAPER_OUT, Failure.PRINTER_OFFLINE})


def print_paper(
    kit: Equipment,
    kind: str,
    subject: str,
    draw: Callable[[int], bytes],
    on_outcome: OnOutcome,
    size: PageSize = PageSize.A4,
    edition: str = "",
) -> None:
    """Draw and print one paper; returns when the printer has it, the outcome comes from another thread.

    `draw` gets the copy number, which stands on the paper. `subject` is a number or a case id, never a person.
    `edition` tells papers of one subject apart that say different things: each has an original of its own.
    """
    devices = kit.at_hand()
    subject = f"{subject}-{edition}" if edition else subject
    entry, copy = kit.store.papers.begin(kind, subject, hashlib.sha256(subject.encode()).hexdigest())
    title = f"{kind}-{subject}" + (f"-{copy}" if copy else "")
    try:
        pdf = draw(copy)
    except BaseException:
        kit.store.papers.end(entry, "failed")
        raise
    devices.start(PrintPaper(pdf, title, size), _recorder(kit, entry, PrintOutcome(title, copy), on_outcome))


def paper_head(kit: Equipment, operator: Operator | None, copy: int = 0) -> PaperHead:
    """What every paper of this terminal carries now."""
    identity, head = kit.store.settings.identity(), kit.store.shelf.head()
    return PaperHead(
        terminal=identity.terminal,
        point_name=identity.point_name,
        printed_at=kit.now(),
        catalogue_version=head.version,
        catalogue_as_of=head.as_of,
        operator=operator.staff_id if operator else "",
        copy=copy,
        demo=identity.demo or head.demo,
    )


def encode_paper(paper: ReceiptPaper) -> bytes:
    """A receipt as data, to be kept for reprints."""
    return msgspec.json.encode(paper)


def edition_of(content: bytes) -> str:
    """A short name for what a paper says."""
    return hashlib.sha256(content).hexdigest()[:8]


def receipt_edition(receipt: Receipt) -> str:
    """Empty for the first receipt of a case; a correction's receipt is a paper of its own."""
    return edition_of(receipt.paper) if _kept(receipt).amendment else ""


def receipt_copy(kit: Equipment, receipt: Receipt, copy: int, size: PageSize) -> ReceiptPaper:
    """A kept receipt for printing now: its own facts, today's print time, the copy number.

    Raises:
        KioskError: `CASE_UNKNOWN` when the receipt was kept without its paper.
    """
    paper = _kept(receipt)
    return replace(paper, head=replace(paper.head, printed_at=kit.now(), copy=copy), size=size)


def _kept(receipt: Receipt) -> ReceiptPaper:
    try:
        return msgspec.json.decode(receipt.paper, type=ReceiptPaper)
    except msgspec.DecodeError as error:
        raise KioskError(Failure.CASE_UNKNOWN, reason="paper") from error


def _recorder(kit: Equipment, entry: int, well: PrintOutcome, on_outcome: OnOutcome) -> Callable[[Event], None]:
    def on_event(event: Event) -> None:
        if isinstance(event, Finished):
            kit.in_lane(lambda: kit.store.papers.end(entry, "printed"))
            on_outcome(well)
        elif isinstance(event, Failed):
            failure = event.failure
            kit.in_lane(lambda: kit.store.papers.end(entry, _outcome(failure)))
            on_outcome(replace(well, failure=failure))

    return on_event


def _outcome(failure: Failure) -> str:
    if failure in _PARKED:
        return "parked"
    if failure in (Failure.PRINT_UNCERTAIN, Failure.DEVICE_HUNG, Failure.DEVICE_CRASHED):
        return "uncertain"
    return "failed"
