"""From options to a reader that answers: which line, at which speed, and which module speaks there."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.idcard.sam.commands import DONE, FEEL, NUMBER, module_number
from devices.idcard.sam.line import BAUDS, USB_IDS, Line
from devices.idcard.sam.status import failed
from devices.idcard.sam.talk import Talk
from kiosk.failure import Failure, KioskError

USB = "usb"
_AUTO = "auto"
_TRYING = 0.3
_KNOWN = frozenset({"port", "baud", "usb", "endpoints", "usb_backend", "newest_address", "photo_decoder"})
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the driver, parsed. They are documented in `reader`. `baud` None finds the speed itself."""

    port: str
    baud: int | None
    usb: str
    endpoints: str
    usb_backend: str
    newest_address: bool
    photo_decoder: str


def parse(options: Mapping[str, str]) -> Options:
    """Read the words of the configuration.

    Raises:
        KioskError: `CONFIG_INVALID` with the option that makes no sense.
    """
    for name in options:
        if name not in _KNOWN:
            raise KioskError(Failure.CONFIG_INVALID, option=name[:20])
    baud = options.get("baud", _AUTO)
    if baud != _AUTO and baud not in map(str, BAUDS):
        raise KioskError(Failure.CONFIG_INVALID, option="baud")
    newest = options.get("newest_address", "yes")
    if newest not in _YES_NO:
        raise KioskError(Failure.CONFIG_INVALID, option="newest_address")
    return Options(
        port=options.get("port", USB),
        baud=None if baud == _AUTO else int(baud),
        usb=options.get("usb", USB_IDS),
        endpoints=options.get("endpoints", ""),
        usb_backend=options.get("usb_backend", ""),
        newest_address=_YES_NO[newest],
        photo_decoder=options.get("photo_decoder", ""),
    )


def reach(options: Options, first_baud: int | None = None) -> tuple[Talk, str]:
    """Open the line and hear the reader answer; also what it is, for technicians. `first_baud` is tried first.

    Raises:
        KioskError: what stands in the way: see the lines, `DEVICE_ABSENT` (`reason=silent`) when nobody answers,
            `DEVICE_DISTURBED` for an answer nobody can make out, `READER_FAULTY` for a module that says so itself.
    """
    line = _line(options)
    try:
        talk = Talk(line)
        _find_voice(talk, options, first_baud)
        return talk, f"SAM_V, {line.describe()}{_number(talk)}"
    except BaseException:
        line.close()
        raise


def feel(talk: Talk) -> None:
    """Ask the module how it is. Takes less than a second.

    Raises:
        KioskError: `READER_FAULTY` and what the line brings.
    """
    answer = talk.ask(FEEL, tries=1)
    if answer.status != DONE:
        raise failed(FEEL.name, answer.status)


def _line(options: Options) -> Line:
    # Each line brings a library of its own; a terminal has one of them.
    if options.port == USB:
        from devices.idcard.sam.usb_line import UsbLine  # noqa: PLC0415 - see above

        return UsbLine(options.usb, options.endpoints, options.usb_backend)
    from devices.idcard.sam.serial_line import SerialLine  # noqa: PLC0415 - see above

    return SerialLine(options.port, options.baud or BAUDS[0])


def _find_voice(talk: Talk, options: Options, first_baud: int | None) -> None:
    set_baud = getattr(talk.line, "set_baud", None)
    if set_baud is None or options.baud is not None or not getattr(talk.line, "settable", False):
        feel_twice(talk)
        return
    speeds = sorted(BAUDS, key=lambda baud: (baud != first_baud, -baud))
    heard: KioskError | None = None
    for baud in speeds:
        set_baud(baud)
        try:
            answer = talk.ask(FEEL, tries=1, seconds=_TRYING)
        except KioskError as error:
            if error.info.get("reason") not in {"silent", "damaged", "noise"}:
                raise
            # Noise at one speed says more than silence at the others: somebody is there.
            if heard is None or error.failure is Failure.DEVICE_DISTURBED:
                heard = error
            continue
        if answer.status != DONE:
            raise failed(FEEL.name, answer.status)
        talk.damaged = 0
        return
    raise heard or KioskError(Failure.DEVICE_ABSENT, reason="silent")


def feel_twice(talk: Talk) -> None:
    """As `feel`, and once more when the first question was lost, as it may be right after power-on."""
    answer = talk.ask(FEEL)
    if answer.status != DONE:
        raise failed(FEEL.name, answer.status)


def _number(talk: Talk) -> str:
    """The module's number where it gives one. A reader without is as good."""
    try:
        answer = talk.ask(NUMBER, tries=1)
    except KioskError as error:
        if error.info.get("reason") not in {"silent", "damaged", "noise"}:
            raise
        return ""
    return f", {module_number(answer.data)}" if answer.status == DONE else ""
