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
from kiosk.model.printing import edition_of
from kiosk.papers.content import Paper, PaperHead, ReceiptPaper


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How a print ended. `failure` is None when the printer reported the paper printed; `copy` 0 is the original."""

    title: str
    copy: int
    failure: Failure | None = None


OnOutcome = Callable[[PrintOutcome], None]

# The printer put nothing on paper and may do so once somebody has seen to it: the paper waits to be asked for again.
_PARKED = frozenset(
    {
        Failure.PRINTER_PAPER_OUT,
        Failure.PRINTER_COVER_OPEN,
        Failure.PRINTER_JAM,
        Failure.PRINTER_OFFLINE,
        Failure.PRINTER_BUSY,
        Failure.PRINTER_STOPPED,
        Failure.DEVICE_ABSENT,
        Failure.DEVICE_BUSY,
    }
)
_UNCERTAIN = frozenset({Failure.PRINT_UNCERTAIN, Failure.DEVICE_HUNG, Failure.DEVICE_CRASHED})


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper goes to a printer: the size it is laid out for, and whether as lines instead of as a PDF."""

    size: PageSize = PageSize.A4
    lines: bool = False


def way_of(kit: Equipment, size: PageSize | None = None, *, short: bool = False) -> Way:
    """The way a paper goes on this terminal; a `size` asked for is kept to.

    What is short goes to a printer for rolls where there is one beside an A4 printer, everything else to A4 where that
    can be had. A terminal without a printer is taken to have one for A4: printing then says that none is there.
    """
    offers = kit.devices.papers() if kit.devices else ()
    if size is not None:
        return Way(size, size.on_roll and any(size in one.sizes and one.lines for one in offers))
    rolls = [one for one in offers if PageSize.A4 not in one.sizes]
    if not rolls or (not short and len(rolls) < len(offers)):
        return Way()
    return Way(next(size for size in PageSize if size in rolls[0].sizes), rolls[0].lines)


def print_paper(
    kit: Equipment,
    kind: str,
    subject: str,
    make: Callable[[int], Paper | bytes],
    on_outcome: OnOutcome,
    way: Way | None = None,
    edition: str = "",
) -> None:
    """Draw and print one paper; returns when the printer has it, the outcome comes from another thread.

    `make` gets the copy number, which stands on the paper, and gives its content, or a PDF that is printed as it is.
    `subject` is a number or a case id, never a person. `edition` tells papers of one subject apart that say different
    things: each has an original of its own.
    """
    devices, way = kit.at_hand(), way or Way()
    subject = f"{subject}-{edition}" if edition else subject
    entry, copy = kit.store.papers.begin(kind, subject, hashlib.sha256(subject.encode()).hexdigest())
    title = f"{kind}-{subject}" + (f"-{copy}" if copy else "")
    try:
        request = _request(kit, make(copy), title, way)
        devices.start(request, _recorder(kit, entry, PrintOutcome(title, copy), on_outcome))
    except BaseException:
        kit.store.papers.end(entry, "failed")
        raise


def print_receipt(kit: Equipment, receipt: Receipt, size: PageSize | None, on_outcome: OnOutcome) -> None:
    """Print a kept receipt: the original where none can have come out yet, else as 补打 n.

    Raises:
        KioskError: `CASE_UNKNOWN` when the receipt was kept without its paper.
    """
    way = way_of(kit, size, short=True)

    def make(copy: int) -> ReceiptPaper:
        return receipt_copy(kit, receipt, copy, way.size)

    print_paper(kit, "receipt", receipt.submission_no, make, on_outcome, way, receipt_edition(receipt))


def _request(kit: Equipment, content: Paper | bytes, title: str, way: Way) -> PrintPaper:
    if isinstance(content, bytes):
        return PrintPaper(content, title, way.size)
    if not way.lines:
        return PrintPaper(kit.press.draw(content), title, way.size)
    from kiosk.papers.rolls import roll_of  # noqa: PLC0415 -- only terminals with a roll printer need it in memory

    return PrintPaper(b"", title, way.size, roll_of(content))


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
        hotline=kit.point().hotline,
    )


def encode_paper(paper: ReceiptPaper) -> bytes:
    """A receipt as data, to be kept for reprints."""
    return msgspec.json.encode(paper)


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
    if failure in _UNCERTAIN:
        return "uncertain"
    return "parked" if failure in _PARKED else "failed"
