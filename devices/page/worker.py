"""`python -m devices.page.worker`: the process pages are finished in. Started by `devices.page.workshop` alone.

Standard input is the socket; nothing is written anywhere. One page after the other, each in a few tenths of a second
and within 400 MB, which is why it is not the driver's process: a picture that crashes a library costs one page.
"""

import os
import sys
from collections.abc import Iterator

import msgspec

from devices.channel import Channel, as_memory, from_memory
from devices.page.finished import FinishedPage
from devices.page.messages import TO_WORKER_WITH_MEMORY, Finish, Made, Nothing, Open, Refused, ToWorker
from devices.settled import settle, take_socket
from kiosk.failure import Failure, KioskError


def main() -> int:
    """Serve until the other end goes away. Returns the exit code."""
    settle()
    channel: Channel[ToWorker] = Channel(take_socket(), msgspec.json.Decoder(ToWorker), TO_WORKER_WITH_MEMORY)
    # Loaded now, while the scanner still draws in its paper, and not when the first page waits.
    from devices.page import pipeline  # noqa: F401, PLC0415 - as said

    try:
        while True:
            for message, memory in channel.receive():
                if memory is not None:
                    _serve(channel, message, from_memory(memory, message.length))
    except (EOFError, ConnectionError):
        return 0


def _serve(channel: Channel[ToWorker], message: ToWorker, data: bytes) -> None:
    last: Nothing | Refused = Nothing()
    try:
        for page in _pages(message, data):
            _hand_over(channel, page)
            if isinstance(message, Finish):
                return
    except KioskError as error:
        last = Refused(error.failure.code, error.info)
    except MemoryError:
        last = Refused(Failure.SCANNER_SHORT_PAGE.code, {"reason": "size"})
    channel.send(last)


def _pages(message: ToWorker, data: bytes) -> Iterator[FinishedPage]:
    from devices.page.opened import opened  # noqa: PLC0415 - loaded in `main`
    from devices.page.pipeline import finish  # noqa: PLC0415 - the same

    match message:
        case Finish(wish=wish):
            page = finish(data, wish)
            if page is not None:
                yield page
        case Open():
            yield from opened(data, message.extension, message.wish, message.limits)


def _hand_over(channel: Channel[ToWorker], page: FinishedPage) -> None:
    findings = tuple(failure.code for failure in page.findings)
    memory = as_memory(page.image)
    try:
        words = Made(page.extension, page.width, page.height, findings, page.codes, page.text, len(page.image))
        channel.send(words, memory)
    finally:
        os.close(memory)


if __name__ == "__main__":
    # os._exit: nothing here is worth waiting for, and a library may hang in its own destructors.
    code = main()
    sys.stdout.flush()
    os._exit(code)
