"""`python -m acme_jinban.simulator`: plays the Acme reader on a pseudo-terminal; its first line tells where.

Commands on standard input, one a line: `lay`, `lift`, `pull` (the next read finds the card gone), `unplug`, `plug`.
"""

import os
import select
import sys
import tempfile
import tty
from pathlib import Path

from devices.idcard.cards import pick


class Played:
    """The reader. `link` stays where it is when the reader is unplugged and plugged in again."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self._ends: tuple[int, int] | None = None
        self._lies = self._pull = False
        self.plug()

    def plug(self) -> None:
        """Be there."""
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        self.link.symlink_to(os.ttyname(theirs))
        self._ends = ours, theirs

    def obey(self, command: str) -> None:
        """One command of the module's docstring."""
        match command:
            case "lay" | "lift":
                self._lies = command == "lay"
            case "pull":
                self._pull = True
            case "plug":
                self.plug()
            case "unplug" if self._ends is not None:
                self.link.unlink()
                for end in self._ends:
                    os.close(end)
                self._ends = None

    def run(self) -> None:
        """Answer what is asked until the input ends."""
        while True:
            ends = [self._ends[0]] if self._ends else []
            ready, _, _ = select.select([sys.stdin, *ends], [], [])
            if sys.stdin in ready:
                line = sys.stdin.readline()
                if not line:
                    return
                self.obey(line.strip())
                print("ok", flush=True)
            elif ends:
                self._answer(os.read(ends[0], 64), ends[0])

    def _answer(self, question: bytes, end: int) -> None:
        if question.strip() == b"?":
            os.write(end, b"CARD\n" if self._lies else b"NONE\n")
        elif question.strip() == b"R":
            self._lies, self._pull, gone = self._lies and not self._pull, False, self._pull or not self._lies
            text, photo = pick(None, "zhang-xiuying").chip()
            for part in [b"GONE\n"] if gone else [f"T{text.hex()}\n".encode(), f"P{photo.hex()}\n".encode()]:
                os.write(end, part)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        played = Played(Path(folder) / "tty")
        print(played.link, flush=True)
        played.run()
