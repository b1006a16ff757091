"""`kiosk verify`: is this receipt genuine, with no network."""

import sys
from contextlib import closing
from pathlib import Path

import click

from kiosk.cli.answer import data_option, fail, json_option, print_json
from kiosk.cli.wiring import open_terminal
from kiosk.failure import Failure, KioskError
from kiosk.receipts import ReceiptProof, Verdict, verify_receipt

_STATUS = {Verdict.GENUINE: 0, Verdict.NOT_GENUINE: 1, Verdict.UNKNOWN_SIGNER: 3}
_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".txt"}
_WORDS = {
    Verdict.GENUINE: "genuine: it proves number, item, time and terminal; it does not prove who holds the paper",
    Verdict.NOT_GENUINE: "NOT genuine",
    Verdict.UNKNOWN_SIGNER: "unknown signer: issued under another platform; ask the platform named on it",
}


@click.command()
@click.argument("text")
@data_option
@json_option
def verify(text: str, data: Path, *, as_json: bool) -> None:
    """Check a receipt's QR text, or a file: its text, or the printed receipt as PDF or picture.

    Exit status: 0 genuine, 1 not genuine, 3 unknown signer, 2 unusable.
    """
    try:
        with closing(open_terminal(data)) as store:
            root = store.settings.identity().root_key
        texts = _texts(text)
        proof = _best([verify_receipt(found, [root]) for found in texts or [""]])
    except KioskError as error:
        fail(error, as_json=as_json)
    if as_json:
        print_json(proof)
    else:
        click.echo(_WORDS[proof.verdict] if texts else "NOT genuine: no receipt code was found in this file")
        if proof.verdict is Verdict.GENUINE:
            click.echo(f"{proof.submission_no}  {proof.item_code}  {proof.submitted_at}  {proof.terminal}")
    sys.exit(_STATUS[proof.verdict])


def _texts(text: str) -> list[str]:
    """What to check: the text itself, or the codes found in the file it names.

    Raises:
        KioskError: `FILE_MISSING` when it can only have been meant as a file, `FILE_KIND_UNKNOWN`.
    """
    path = Path(text)
    try:
        if not path.is_file():
            if path.is_dir() or ("://" not in text and path.suffix.lower() in _SUFFIXES):
                raise KioskError(Failure.FILE_MISSING)
            return [text]
        data = path.read_bytes()
    except (OSError, ValueError):
        return [text]
    if data.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8")):
        from kiosk.papers.codes import codes_in  # noqa: PLC0415 -- picture libraries only for pictures

        return codes_in(data)
    try:
        return [data.decode("utf-8").strip()]
    except UnicodeDecodeError as error:
        raise KioskError(Failure.FILE_KIND_UNKNOWN) from error


def _best(proofs: list[ReceiptProof]) -> ReceiptProof:
    order = [Verdict.GENUINE, Verdict.UNKNOWN_SIGNER, Verdict.NOT_GENUINE]
    return min(proofs, key=lambda proof: order.index(proof.verdict))
