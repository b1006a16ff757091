"""Driver `sam`: a reader of resident ID cards with a SAM_V module.

Options (all are texts in the configuration):

port
    `/dev/ttyUSB0` or another serial port, `socket://host:port` for one behind a serial device server, or `usb` (the
    default). Names below `/dev/serial/by-id` stay the same when plugs are changed.
baud
    115200, 57600, 38400, 19200, 9600 or `auto` (the default): the speed at which the reader answers.
usb
    Vendor and product of a USB reader, hexadecimal: `0400:C35A` (the default).
endpoints
    Its bulk endpoints, `OUT/IN` hexadecimal such as `02/81`; left out, the first pair its descriptor names.
usb_backend
    `module:function[:argument]` making a PyUSB backend, for systems that reach USB otherwise than by libusb-1.0.
newest_address
    `yes` (the default) asks the card for an address newer than the printed one, `no` does not.
photo_decoder
    Decodes the photo block to a picture: see `devices.idcard.photo`. Left out, there is no picture.

The fingerprint some readers send unasked is not looked at and not kept.
"""

import time
from collections import deque
from dataclasses import replace

from devices.contract import Condition, Job, Setup
from devices.idcard import photo
from devices.idcard.record import parse as parse_record
from devices.idcard.record import parse_address
from devices.idcard.sam.commands import FIND, FOUND, NOT_FOUND
from devices.idcard.sam.opening import Options, feel, parse, reach
from devices.idcard.sam.steps import Blocks, Memory, Steps
from devices.idcard.sam.talk import Talk
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard, IdType

_LOOKING = 0.1
_OFTEN, _WITHIN = 3, 300.0
_WITH_ADDRESS = frozenset({IdType.RESIDENT_ID, IdType.RESIDENCE_PERMIT})


class SamReader:
    """Implements `devices.contract.IdCardDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._options: Options | None = None
        self._talk: Talk | None = None
        self._detail = ""
        self._baud: int | None = None
        self._memory = Memory()
        self._damage: deque[float] = deque(maxlen=_OFTEN)
        self._counted = 0
        self._photo_failure = ""

    def open(self) -> None:
        """Open the line and hear the reader answer.

        Raises:
            KioskError: see `devices.idcard.sam.opening.reach`; `CONFIG_INVALID` for options that make no sense.
        """
        self.close()
        options = parse(self._setup.options)
        if options.photo_decoder:
            photo.place_of(options.photo_decoder)
        self._talk, self._detail = reach(options, self._baud)
        self._options = options
        self._baud = getattr(self._talk.line, "baud", None)
        self._memory.may_lie, self._memory.address_asked = True, True
        self._counted = 0

    def check(self) -> Condition:
        """Line and module; a warning when answers keep coming damaged."""
        feel(self._open_talk())
        self._count_damage()
        detail = ", ".join(part for part in (self._detail, self._photo_failure) if part)
        return Condition(detail, Failure.DEVICE_DISTURBED if self._disturbed() else None)

    def close(self) -> None:
        """Let the line go."""
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.line.close()

    def present(self) -> bool | None:
        """Whether a card that can be read lies there; None for a moment after a read, when nobody can tell.

        Finding a card does not use it up, so a read after it still works.
        """
        try:
            answer = self._open_talk().ask(FIND, tries=1)
        except KioskError as error:
            if error.failure is Failure.DEVICE_DISTURBED:
                return None
            raise
        if answer.status == FOUND:
            self._memory.was_seen()
            return True
        if answer.status != NOT_FOUND:
            return None
        return None if self._memory.uncertain else False

    def read(self, job: Job) -> IdCard:
        """Wait for a card and read it.

        Raises:
            KioskError: see `devices.idcard.sam.steps`.
        """
        talk = self._open_talk()
        options = self._options or parse(self._setup.options)
        steps = Steps(talk, self._memory, job, newest_address=options.newest_address)
        self._memory.failed = True
        while (blocks := steps.look()) is None:
            job.wait(_LOOKING)
        card = self._card(blocks, options.photo_decoder)
        self._memory.failed = False
        return card

    def _card(self, blocks: Blocks, decoder: str) -> IdCard:
        card = parse_record(blocks.text, blocks.photo)
        if blocks.address and card.id_type in _WITH_ADDRESS:
            card = replace(card, address=parse_address(blocks.address))
        if not decoder:
            return card
        try:
            picture = photo.decode(blocks.photo, decoder)
        except KioskError as error:
            # The card is good all the same: nobody is sent home for a picture.
            self._photo_failure = f"photo decoder: {error.info.get('reason', error.failure.code)}"
            return card
        self._photo_failure = ""
        return replace(card, portrait=picture)

    def _open_talk(self) -> Talk:
        if self._talk is None:
            raise KioskError(Failure.DEVICE_ABSENT, reason="closed")
        return self._talk

    def _count_damage(self) -> None:
        damaged = self._open_talk().damaged
        self._damage.extend([time.monotonic()] * min(_OFTEN, damaged - self._counted))
        self._counted = damaged

    def _disturbed(self) -> bool:
        return len(self._damage) == _OFTEN and time.monotonic() - self._damage[0] < _WITHIN
