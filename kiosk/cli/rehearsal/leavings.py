"""What the people of a rehearsal might have left behind: looked for after every visit, whatever ended it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from devices.idcard.cards import lay_out, pick
from kiosk.cli.headless import CARD, ITEM
from kiosk.cli.traces.places import Place
from kiosk.cli.traces.search import MEMORY, Search
from kiosk.cli.traces.sought import Sought, sought
from kiosk.cli.wiring import open_terminal
from local_db.store import open_store

_PICTURE: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF"
"""How every scan of a rehearsal begins; no file of a terminal does."""
_LEAST_LETTERS: Final = 4
"""A shorter answer, such as a number of people, lies about by chance."""


class Leavings:
    """Looks through everything the chain can write: its data directory, and where it was told to put all else."""

    def __init__(self, data: Path, elsewhere: Path) -> None:
        self._data = data
        self._places = (Place("data", data, own=True), Place("elsewhere", elsewhere))
        self._sought = _of_people(data)
        self.search = Search()

    def look(self) -> None:
        """Once more: files, shared memory of what runs, and every value of the opened database."""
        for place in self._places:
            self.search.look_at_files(place, self._sought, demo=True)
        self.search.look_at_processes(self._data, self._sought)
        with closing(open_store(self._data)) as store:
            self.search.look_at_database(store, self._sought)

    def wrong(self) -> Iterator[str]:
        """What lay about and which files could not be read, each once; nobody is named.

        Into running processes only root can look: that is what keeps others out.
        """
        for place in dict.fromkeys(self.search.left):
            yield f"residue in {place}"
        for place in dict.fromkeys(self.search.unread):
            if not place.startswith(MEMORY):
                yield f"could not be looked through: {place}"


def _of_people(data: Path) -> Sought:
    """Name, number and address on the card, and what they write into the form."""
    lay_out(data)
    card = pick(data, CARD).card
    words = {card.name.rpartition("·")[2], card.id_no, card.address}
    with closing(open_terminal(data)) as store:
        for form in store.shelf.item(ITEM).forms:
            words |= {str(value) for value in form.sample.values() if isinstance(value, str)}
    return sought((word for word in words if len(word) >= _LEAST_LETTERS or word in card.name), heads=(_PICTURE,))
