"""What is being composed: letters not yet turned into Chinese, and what they may become. No Qt, nothing kept."""

from typing import Final

from ui.keyboard.pinyin import LONGEST_INPUT, Candidate, Decoder, Mode

_LONGEST_SURNAME: Final = 2


class Composition:
    """The letters in the bar above the keys. Every verb returns the text that is to be written into the field."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._names = False
        self._surname_written = False
        self.number_written = False
        self.letters = ""
        self.candidates: tuple[Candidate, ...] = ()

    @property
    def spelt(self) -> str:
        """The letters, syllable by syllable."""
        return self._decoder.split(self.letters) if self.letters else ""

    def begin(self, *, names: bool) -> None:
        """Another field: drop what was typed; `names` when it asks for a person's name."""
        self._names = names
        self._surname_written = self.number_written = False
        self._set("")

    def type(self, letter: str) -> str:
        """A letter or an apostrophe; when there is no room for more, the best reading so far is written."""
        written = self.accept() if len(self.letters) >= LONGEST_INPUT else ""
        if letter != "'" or (self.letters and not self.letters.endswith("'")):
            self._set(self.letters + letter)
        return written

    def delete(self) -> bool:
        """Take the last letter back; False when there is none, so that the field itself is to lose a character."""
        if not self.letters:
            self.number_written = False
            return False
        self._set(self.letters[:-1])
        return True

    def choose(self, place: int) -> str:
        """Write one candidate; letters it does not use stay to be chosen from."""
        if not 0 <= place < len(self.candidates):
            return ""
        chosen = self.candidates[place]
        rest = self.letters[chosen.consumed :].lstrip("'")
        self.number_written = False
        self._surname_written = bool(rest) and len(chosen.text) <= _LONGEST_SURNAME
        self._set(rest)
        return chosen.text

    def accept(self) -> str:
        """Write the best reading of everything typed."""
        written = ""
        while self.letters:
            written += self.choose(0)
        return written

    def write(self, text: str) -> str:
        """What is written for text as it stands: the letters before it are read first."""
        written = self.accept() + text
        self.number_written = text.isdecimal()
        return written

    def _mode(self) -> Mode:
        if not self._names:
            return Mode.COUNT if self.number_written else Mode.TEXT
        return Mode.GIVEN if self._surname_written else Mode.NAME

    def _set(self, letters: str) -> None:
        self.letters = letters
        self.candidates = self._decoder.decode(letters, self._mode()) if letters else ()
        if not letters:
            self._decoder.forget()
