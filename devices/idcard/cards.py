"""Demo cards: JSON files of people who do not exist, shipped in `demo` and laid out in `DATA/sim/cards`.

A file holds a `title` for whoever picks a card, the `card` as `kiosk.model.people.IdCard` has it (`valid_to` null is
长期) and, if need be, `also`: the fields only the chip has (see `devices.idcard.record.encode`). Add your own files.
"""

import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from devices.idcard.record import PHOTO_BYTES, encode
from devices.idcard.simulated.picture import MARK
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard

_SHIPPED = Path(__file__).parent / "demo"


@dataclass(frozen=True, slots=True)
class DemoCard:
    """One demo card, as its file describes it."""

    title: str
    card: IdCard
    also: dict[str, str] = field(default_factory=dict)

    def chip(self) -> tuple[bytes, bytes]:
        """Text block and photo block, as a reader would answer them.

        The photo is marked: only the decoder in `devices.idcard.simulated.picture` makes a picture of it.

        Raises:
            ValueError: the card does not fit its layout.
        """
        seed = hashlib.shake_256(f"{self.card.id_type} {self.card.id_no}".encode())
        photo = MARK + seed.digest(PHOTO_BYTES - len(MARK))
        return encode(self.card, **self.also), photo


def lay_out(data: Path) -> None:
    """Put the shipped cards where people can see and change them, unless that folder is already there."""
    folder = _folder(data)
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".cards-", ignore_cleanup_errors=True) as part:
        ready = Path(part) / "cards"
        ready.mkdir()
        for file in _SHIPPED.glob("*.json"):
            shutil.copyfile(file, ready / file.name)
        with suppress(OSError):
            # Another reader was quicker: its folder is as good.
            ready.rename(folder)


def card_names(data: Path | None) -> dict[str, str]:
    """Name → title of every card one can tap, in the order of the names; broken files are left out."""
    found = {}
    for file in sorted(_folder(data).glob("*.json")):
        try:
            found[file.stem] = pick(data, file.stem).title
        except KioskError:
            continue
    return found


def pick(data: Path | None, name: str) -> DemoCard:
    """The card of that name, among those in a data directory or, without one, among the shipped ones.

    Raises:
        KioskError: `CONFIG_INVALID` with reason `unknown_card` or `card_file`.
    """
    path = _folder(data) / f"{name}.json"
    if path.parent != _folder(data) or not path.is_file():
        raise KioskError(Failure.CONFIG_INVALID, reason="unknown_card")
    try:
        demo = msgspec.json.decode(path.read_bytes(), type=DemoCard)
        demo.chip()
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        raise KioskError(Failure.CONFIG_INVALID, reason="card_file") from None
    return replace(demo, card=replace(demo.card, secret=b""))


def _folder(data: Path | None) -> Path:
    return _SHIPPED if data is None else data / "sim" / "cards"
