"""The conversation with one printer: how do you stand, take this, are you done."""

import contextlib
import time
from typing import Final

from devices.contract import Job
from devices.printer.escpos import commands as c
from devices.printer.escpos.settings import Answers, End, Settings
from devices.printer.escpos.status import (
    ASK_ERROR,
    ASK_OFFLINE,
    ASK_PAPER,
    ASK_PRINTER,
    Ear,
    Process,
    RealTime,
    Standing,
    Word,
    Worked,
)
from devices.printer.escpos.wire import Wire, WireError, connect
from kiosk.failure import Failure

_STEP: Final = 0.25
_STALL: Final = 10.0
_ASK_AGAIN: Final = 1.0
_FAREWELL: Final = 1.2
_NO_PROCESS: Final = 1.5
_SEND_SHARE: Final = 0.9
_LETTERS: Final = 94**4
_KEPT: Final = 16


class _Wait:
    """The wait for the end of one paper: for how long, and why it was in vain."""

    def __init__(self, settings: Settings, now: float) -> None:
        self.proof: Worked | None = None
        self.cause = "unconfirmed"
        self.over = False
        self._settings = settings
        self._until = now + settings.finish
        self._asked = now
        self._worked: tuple[Worked, float] | None = None
        self._stopped: float | None = None
        self._gave_up: float | None = None

    def worked(self, word: Worked) -> None:
        """The printer has worked through the data."""
        self._worked = (word, time.monotonic())

    def stands(self, trouble: str | None) -> None:
        """The printer said how it stands: one that stopped gets as long as patience lasts to go on."""
        now = time.monotonic()
        if trouble is None:
            if self._stopped is not None:
                self._until = now + self._settings.finish
            self._stopped, self.cause = None, "unconfirmed"
            return
        self.cause = trouble
        self._stopped = self._stopped or now
        if now - self._stopped >= self._settings.patience:
            self.over = True

    def look(self, job: Job) -> None:
        """See whether it is over: proven, too late or called off."""
        now = time.monotonic()
        if self._worked and (self._settings.end is End.STATUS or now - self._worked[1] > _NO_PROCESS):
            self.proof = self._worked[0]
        if job.cancelled:
            self._gave_up = self._gave_up or now
            if now - self._gave_up > _FAREWELL:
                self.cause, self.over = Failure.DEVICE_CANCELLED.code, True
        if now >= self._until:
            self.over = True

    def may_ask(self) -> bool:
        """Whether it is time to ask again how the printer stands."""
        now = time.monotonic()
        if now - self._asked < _ASK_AGAIN:
            return False
        self._asked = now
        return True


class Talk:
    """One way to one printer, opened when it is needed. Every call has its own deadline, none waits for ever."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._wire: Wire | None = None
        self._ear = Ear()
        self._papers = int(time.time())
        self._torn = self._cleared = self._cut_off = False
        self._kept: tuple[Word, ...] = ()

    def hang_up(self) -> None:
        """Close the way; the next call opens it again. A printer that never answers may still be taking a paper."""
        if self._wire is not None:
            (self._wire.close if self._settings.answers is Answers.NONE else self._wire.abandon)()
        self._wire, self._ear, self._kept = None, Ear(), ()

    def standing(self, patience: float) -> Standing | None:
        """How the printer stands; None when its configuration says that it never answers.

        `patience` is how long its first answer may take. One that is well is asked two questions, not four.

        Raises:
            WireError: it cannot be reached (`PRINTER_OFFLINE`), closes at once (`PRINTER_BUSY`) or says nothing.
        """
        if self._wire is not None:
            try:
                return self._stands(patience)
            except WireError as error:
                if error.cause == "silent":
                    raise
                # Printers close a way nobody used for a while: that is no trouble, if a new one leads there.
                self.hang_up()
        try:
            return self._stands(patience)
        except WireError as error:
            if error.cause == "closed":
                raise WireError(Failure.PRINTER_BUSY, "closed_at_once") from error
            raise

    def _stands(self, patience: float) -> Standing | None:
        wire = self._open()
        if self._settings.answers is Answers.NONE:
            wire.read(0.0)
            return None
        self._drop_old(wire)
        printer = self._ask(wire, ASK_PRINTER, patience)
        if printer is None:
            raise WireError(Failure.PRINTER_OFFLINE, "silent")
        if self._cleared:
            # It answered what was asked behind that, so it has it.
            self._torn = self._cleared = False
        standing = Standing(printer, paper=self._ask(wire, ASK_PAPER, _STEP) or 0x12)
        if standing.online:
            return standing
        offline = self._ask(wire, ASK_OFFLINE, _STEP) or 0x12
        return Standing(printer, offline, self._ask(wire, ASK_ERROR, _STEP) or 0x12, standing.paper)

    def forget(self) -> None:
        """After a paper came to grief: what is left of it must not come out by itself when paper is put in tomorrow.

        A printer that is out of reach now is told so as soon as it is back.
        """
        self._torn, self._cleared = self._settings.answers is Answers.FULL, False
        if self._torn and self._wire is not None and self._wire.holds_back:
            self.hang_up()
        with contextlib.suppress(WireError):
            self._open()

    def send(self, data: bytes, job: Job) -> None:
        """Send a paper.

        Raises:
            WireError: the way broke, or nothing went for ten seconds, or the person gave up.
        """
        wire = self._open()
        rest = memoryview(data)
        moved, gave_up = time.monotonic(), None
        self._cut_off = True
        while rest:
            sent = wire.write(rest, _STEP)
            rest = rest[sent:]
            now = time.monotonic()
            moved = now if sent else moved
            job.progress(_SEND_SHARE * (1 - len(rest) / len(data)))
            gave_up = gave_up or (now if job.cancelled else None)
            if gave_up and now - gave_up > _FAREWELL:
                raise WireError(Failure.DEVICE_CANCELLED, Failure.DEVICE_CANCELLED.code)
            if now - moved > _STALL:
                raise WireError(Failure.PRINTER_OFFLINE, "stalled")
        self._cut_off = False

    def confirm(self, job: Job) -> str | None:
        """Wait for the printer to say that the paper is out: None when it did, else why nobody can be sure.

        Raises:
            WireError: the way broke.
        """
        if self._settings.answers is Answers.NONE:
            return "no_answers"
        proof = self._await_proof(job)
        if isinstance(proof, str):
            return proof
        if isinstance(proof, Process):
            return None
        standing = self.standing(_STEP * 2)
        if proof.out or (standing is not None and standing.trouble is not None):
            return standing.trouble[0].code if standing and standing.trouble else Failure.PRINTER_PAPER_OUT.code
        return None

    def _await_proof(self, job: Job) -> Worked | Process | str:
        wire, name = self._open(), self._name()
        # What it says before it is asked is no answer: the end of an earlier paper, perhaps.
        self._drop_old(wire)
        question = (c.ask_process(name) if self._settings.end is End.PROCESS else b"") + c.ASK_WORKED
        if wire.write(question, _STEP * 4) < len(question):
            raise WireError(Failure.PRINTER_OFFLINE, "stalled")
        wait = _Wait(self._settings, time.monotonic())
        while not wait.over:
            words = self._words(wire, _STEP)
            for word in words:
                if isinstance(word, Process) and word.name == name:
                    return word
                if isinstance(word, Worked):
                    wait.worked(word)
            # Only the newest counts: each one that says "stopped" costs three questions.
            for newest in [word for word in words if isinstance(word, RealTime)][-1:]:
                wait.stands(self._stopped(wire, newest))
            wait.look(job)
            if wait.proof is not None:
                return wait.proof
            if wait.may_ask():
                wire.write(c.ask_status(ASK_PRINTER), _STEP)
        return wait.cause

    def _stopped(self, wire: Wire, answer: RealTime) -> str | None:
        """Why the printer has stopped in the middle of the paper, when that answer says it has."""
        if Standing(answer.byte).online:
            return None
        standing = Standing(
            answer.byte,
            self._ask(wire, ASK_OFFLINE, _STEP) or 0x12,
            self._ask(wire, ASK_ERROR, _STEP) or 0x12,
            self._ask(wire, ASK_PAPER, _STEP) or 0x12,
        )
        return standing.trouble[0].code if standing.trouble else None

    def _open(self) -> Wire:
        if self._wire is None:
            self._wire = connect(self._settings.address)
            self._ear, self._cleared = Ear(), False
        if self._torn and not self._cleared:
            self._clear(self._wire)
        return self._wire

    def _clear(self, wire: Wire) -> None:
        """Have it forget the rest, after a command that was cut off is finished with zeros, which no printer prints."""
        rest = memoryview((bytes(c.LONGEST) if self._cut_off else b"") + c.CLEAR)
        while rest:
            sent = wire.write(rest, _STEP)
            if not sent:
                return
            rest = rest[sent:]
        self._cleared = True

    def _drop_old(self, wire: Wire) -> None:
        """What the printer said before is no answer to what is asked now."""
        self._kept = ()
        for _ in self._ear.hear(wire.read(0.0)):
            continue

    def _ask(self, wire: Wire, question: int, patience: float) -> int | None:
        """One question of the real-time status; None when there was no answer in time."""
        until = time.monotonic() + patience
        if not wire.write(c.ask_status(question), patience):
            return None
        while True:
            left = until - time.monotonic()
            words = tuple(self._ear.hear(wire.read(max(0.0, left))))
            beside = tuple(word for word in words if not isinstance(word, RealTime))
            self._kept = (*self._kept, *beside)[-_KEPT:]
            answers = [word.byte for word in words if isinstance(word, RealTime)]
            if answers:
                return answers[-1]
            if left <= 0:
                return None

    def _words(self, wire: Wire, seconds: float) -> tuple[Word, ...]:
        """What the printer says; first what it said while something else was asked."""
        kept, self._kept = self._kept, ()
        return kept or tuple(self._ear.hear(wire.read(seconds)))

    def _name(self) -> bytes:
        """Four letters no other paper of late had."""
        self._papers += 1
        number, letters = self._papers % _LETTERS, bytearray()
        for _ in range(4):
            number, letter = divmod(number, 94)
            letters.append(0x21 + letter)
        return bytes(letters)
