"""What comes from a driver's process beside a line, in memory, and what goes to it: turned into events and messages."""

import msgspec

from devices import messages as m
from devices.channel import BrokenChannelError, from_memory
from kiosk.failure import Failure
from kiosk.frames import FrameReader
from kiosk.model.devices import (
    FileRefused,
    FilesOffered,
    HandoverOpened,
    ListFiles,
    PageScanned,
    PreviewOpened,
    ReadCard,
    ReceiveFiles,
    ScanPages,
    TakeFiles,
    Ticket,
    UseCamera,
)


def failure_of(code: str) -> Failure:
    """What a driver raised; a code of another version counts as a crash of the driver."""
    try:
        return Failure.of(code)
    except KeyError:
        return Failure.DEVICE_CRASHED


def taken_in(ticket: Ticket, message: m.PageIn | m.PreviewIn, memory: int) -> PageScanned | PreviewOpened:
    """The event a message with memory stands for; `memory` is closed or belongs to the event.

    Raises:
        BrokenChannelError: the memory is not what was announced.
    """
    if isinstance(message, m.PreviewIn):
        try:
            return PreviewOpened(ticket, FrameReader(memory, message.length))
        except ValueError as error:
            raise BrokenChannelError(str(error)) from None
    return PageScanned(
        ticket,
        from_memory(memory, message.length),
        message.extension,
        message.width,
        message.height,
        tuple(failure_of(code) for code in message.findings),
        message.codes,
        message.text,
    )


def told_of(ticket: Ticket, message: m.Handover | m.Offer | m.FileOut) -> HandoverOpened | FilesOffered | FileRefused:
    """The event a message about foreign files stands for."""
    match message:
        case m.Handover(url=url):
            return HandoverOpened(ticket, url)
        case m.Offer(files=files):
            return FilesOffered(ticket, files)
        case m.FileOut(failure=failure):
            return FileRefused(ticket, failure_of(failure))


def words_of(
    number: int, request: ReadCard | ScanPages | UseCamera | ReceiveFiles | ListFiles | TakeFiles
) -> msgspec.Struct:
    """The message that asks a driver's process for this: it has the fields of the request."""
    word: type[m.Read | m.Scan | m.Use | m.Receive | m.List | m.Fetch]
    match request:
        case ReadCard():
            word = m.Read
        case ScanPages():
            word = m.Scan
        case UseCamera():
            word = m.Use
        case ReceiveFiles():
            word = m.Receive
        case ListFiles():
            word = m.List
        case TakeFiles():
            word = m.Fetch
    return word(number, **{name: getattr(request, name) for name in word.__struct_fields__ if name != "job"})
