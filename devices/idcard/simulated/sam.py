"""`python -m devices.idcard.simulated.sam [options]`: a SAM_V card reader on a pty, TCP or USB/IP.

The line is a pseudo-terminal (behind a link that stays the same), or with `--tcp` a serial device server, or with
`--usb` a USB device exported over USB/IP; all on this machine only. Commands are JSON objects on standard input, one
a line, each answered by one line `{"ok": true, …}` or `{"ok": false, "reason": …}`:

lay / lift
    Lay the demo card `name` on the reader, with `newest` as its newest address if it shall have one; take it away.
    `cards` answers name → title of all there are.
pull
    Pull the card away just before the step `at` (find, select, read or address) is carried out.
status
    Answer with the third status byte `code` (two hexadecimal digits) instead.
noise / flip / length / cut / silence / slow
    `bytes` of noise before an answer; its byte `at` flipped; its length field wrong `by` so much; only its first `at`
    bytes; no answer; the answer only after `seconds`.
close
    The line is lost after `at` bytes of an answer and back after `back` seconds (at once).
unplug / plug
    The line is lost until it is plugged in again.
already_read / fingerprint / baud / throttle
    The `rule` for a card that was read (see `devices.idcard.simulated.module`); whether to send a fingerprint unasked
    (`on`); the speed the reader is set to (`baud`); whether answers come as slowly as at that speed (`on`).
state / reset
    What lies here, what was asked and which troubles wait; back to a reader in order without a card.

All troubles take `on`, the step whose answer they wait for (any step when left out: status, number, find, select, read,
address), and `times`, how many answers they spoil (1).
"""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path

from devices.idcard.cards import lay_out
from devices.idcard.sam.line import BAUDS
from devices.idcard.simulated.module import RULES, Module
from devices.idcard.simulated.playing import Reader
from devices.idcard.simulated.wires import PtyWire, TcpWire, Wire
from devices.played import converse, end_with_parent, tell


def main(arguments: list[str]) -> int:
    """Play a reader until standard input ends. Returns the exit code."""
    over = _endings()
    chosen = _parser().parse_args(arguments)
    if chosen.data is not None:
        lay_out(chosen.data)
    module = Module(chosen.already_read, fingerprint=chosen.fingerprint)
    wire = _wire(chosen)
    reader = Reader(wire, module, chosen.data, baud=chosen.baud, throttle=chosen.throttle)
    wire.open()
    try:
        if chosen.card and not (done := reader.obey(json.dumps({"do": "lay", "name": chosen.card})))["ok"]:
            tell(done)
            return 2
        serving = threading.Thread(target=reader.serve, name="line", daemon=True)
        serving.start()
        port = "usb" if chosen.usb else wire.address
        tell({"address": wire.address, "settings": {"idcard": {"driver": "sam", "port": port}}})
        threading.Thread(target=_listen, args=(reader, over[1]), name="commands", daemon=True).start()
        os.read(over[0], 1)
        reader.stop()
        serving.join()
    finally:
        wire.end()
    return 0


def _endings() -> tuple[int, int]:
    """A pipe that is written to when it is time to go: a handler that raises could do so in the middle of leaving."""
    over = os.pipe()
    # The kernel may hand a signal to the other thread, and Python's handler then waits for this one to wake up: the
    # wakeup descriptor is written to at once, whoever was interrupted.
    os.set_blocking(over[1], False)
    signal.set_wakeup_fd(over[1])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    end_with_parent()
    return over


def _listen(reader: Reader, over: int) -> None:
    converse(reader.obey)
    os.write(over, b".")


def _wire(chosen: argparse.Namespace) -> Wire:
    if chosen.usb:
        from devices.idcard.simulated.usb_wire import UsbWire  # noqa: PLC0415 - a package for developers only

        return UsbWire()
    return TcpWire() if chosen.tcp else PtyWire(chosen.link)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sam", description="A simulated resident ID card reader.")
    line = parser.add_mutually_exclusive_group()
    line.add_argument("--tcp", action="store_true", help="a serial device server on 127.0.0.1 instead of a pty")
    line.add_argument("--usb", action="store_true", help="a USB device over USB/IP on 127.0.0.1 instead of a pty")
    line.add_argument("--link", type=Path, help="where the link to the pty shall stand (a temporary folder)")
    parser.add_argument("--data", type=Path, help="take the cards in DATA/sim/cards instead of the shipped ones")
    parser.add_argument("--card", default="", help="lay this card down at once")
    parser.add_argument("--baud", type=int, choices=BAUDS, default=115200, help="the speed the reader is set to")
    parser.add_argument("--throttle", action="store_true", help="answer as slowly as at that speed")
    parser.add_argument("--already-read", choices=RULES, default=RULES[0], help="rule for a card that was read")
    parser.add_argument("--fingerprint", action="store_true", help="send a fingerprint with every card, unasked")
    return parser


if __name__ == "__main__":
    # os._exit: the thread that listens may still hold standard input.
    os._exit(main(sys.argv[1:]))
