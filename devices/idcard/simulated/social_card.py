"""`python -m devices.idcard.simulated.social_card --port N`: a social-security card in the virtual reader of pcscd.

The virtual reader (vpcd of the package vsmartcard-vpcd) listens; this process connects to it on 127.0.0.1, which lays
the card into the reader, and closes the connection, which takes it out. One JSON line tells where it is; then one JSON
command a line on standard input is answered with one JSON line. It ends with its input, SIGTERM or its parent.

insert
    Lay the card `card` (a demo card's name) into the reader, and wait for the reader to power it. Other words are the
    `Manners` of `devices.idcard.simulated.social_chip`, and `mute` for a chip that gives no answer to reset when it is
    powered.
remove
    Take it out.
at
    At command `command` of the next read, counted from 1, this happens, `how`: `pull` (out without an answer), `half`
    (half an answer, then out), `scrap` (an answer of one byte), `hang` (no answer until it is taken out) or `wait` for
    so many `seconds`. `every` lets it happen at every command from there on.
state
    Tell which `card` is in, the `commands` it was told since it was laid in or told `at`, and for how many seconds in
    all the chip itself was `busy` with them.
"""

import argparse
import hashlib
import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import msgspec

from devices.idcard import demo
from devices.idcard.cards import DemoCard
from devices.idcard.pcsc.records import encode
from devices.idcard.simulated.social_chip import Chip, Manners
from devices.played import converse, end_with_parent, tell
from kiosk.model.people import CardMedium, IdCard

# T=0, historical bytes as on cards of this kind.
ATR = bytes.fromhex("3B6D00000031C071D66438D00300840090")
# What a chip with dirty contacts gives; the virtual reader knows no way to say nothing at all.
_NO_ATR = b"\x00"
IDENTIFICATION_BYTES = 16
_OFF, _ON, _RESET, _ATR = range(4)
_CONTROLS = {0: _OFF, 1: _ON, 2: _RESET, 4: _ATR}
_DEFAULT_PORT = 0x8C7B
_POWERED = 5.0
_DEMO = Path(demo.__file__).parent


def social_card(card: IdCard) -> IdCard:
    """The social-security card of the person of a demo card: same number and name, other secret, no address."""
    code = hashlib.sha256(f"social-security card {card.id_no}".encode()).digest()[:IDENTIFICATION_BYTES]
    return replace(card, secret=code, medium=CardMedium.SOCIAL_SECURITY, address="", issuer="")


def demo_card(name: str) -> IdCard:
    """The social-security card of the shipped demo card of that name.

    Raises:
        KeyError: there is none.
    """
    path = _DEMO / f"{name}.json"
    if path.parent != _DEMO or not path.is_file():
        raise KeyError(name)
    return social_card(msgspec.json.decode(path.read_bytes(), type=DemoCard).card)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens at one command, counted from 1, or from there on."""

    do: str
    command: int
    seconds: float = 0.0
    every: bool = False

    def due(self, command: int) -> bool:
        """Whether it happens now."""
        return command == self.command or (self.every and command > self.command)


class Card:
    """One card in the reader. `serve` runs on a thread of its own until the card is out."""

    def __init__(self, chip: Chip, name: str, port: int, *, mute: bool) -> None:
        self.chip = chip
        self.name = name
        self.trouble: Trouble | None = None
        self.powered = threading.Event()
        self.out = threading.Event()
        self.busy = 0.0
        self._mute = mute
        self._fresh = False
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_POWERED)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self._serve, name="card", daemon=True).start()

    def remove(self) -> None:
        """Take it out, whatever it is doing."""
        self.out.set()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def _serve(self) -> None:
        try:
            while not self.out.is_set():
                (length,) = struct.unpack(">H", self._receive(2))
                told = self._receive(length)
                if len(told) == 1 and told[0] in _CONTROLS:
                    self._control(_CONTROLS[told[0]])
                else:
                    began = time.perf_counter()
                    self._command(told)
                    self.busy += time.perf_counter() - began
        except (EOFError, OSError):
            pass
        finally:
            self.out.set()
            self._socket.close()

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            # The reader writes length and body apart; a delayed acknowledgement between them costs 40 ms a command.
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            if not part:
                raise EOFError
            data += part
        return data

    def _control(self, what: int) -> None:
        if what in {_ON, _RESET}:
            self.chip.reset()
            self._fresh = True
        elif what == _ATR:
            self._send(_NO_ATR if self._mute and self._fresh else ATR)
            self._fresh = False
            self.powered.set()

    def _command(self, told: bytes) -> None:
        answer = self.chip.answer(told)
        trouble = self.trouble
        if trouble is None or not trouble.due(len(self.chip.commands)):
            self._send(answer)
            return
        match trouble.do:
            case "pull":
                raise EOFError
            case "half":
                self._socket.sendall(struct.pack(">H", len(answer)) + answer[: len(answer) // 2])
                raise EOFError
            case "scrap":
                self._send(answer[:1])
            case "hang":
                self.out.wait()
            case _:
                self.out.wait(trouble.seconds)
                self._send(answer)

    def _send(self, data: bytes) -> None:
        self._socket.sendall(struct.pack(">H", len(data)) + data)


class Hand:
    """Obeys the commands of the module's docstring."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._card: Card | None = None
        self._acts: dict[str, Callable[..., dict[str, Any]]] = {
            "insert": self._insert,
            "remove": self._remove,
            "at": self._at,
            "state": self._state,
        }

    def obey(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a line says. What makes no sense is answered `{"ok": false, "error": …}`."""
        words = dict(order)
        act = self._acts.get(str(words.pop("do", "")))
        if act is None:
            return {"ok": False, "error": f"there are {', '.join(self._acts)}"}
        try:
            return {"ok": True, **act(**words)}
        except (TypeError, ValueError, KeyError, OSError) as error:
            return {"ok": False, "error": f"{type(error).__name__}: {error}"}

    def _insert(self, card: str, *, mute: bool = False, **manners: Any) -> dict[str, Any]:
        unknown = set(manners) - {one.name for one in fields(Manners)}
        if unknown:
            raise ValueError(", ".join(sorted(unknown)))
        chip = Chip(encode(demo_card(card)), msgspec.convert(manners, Manners))
        self._remove()
        self._card = Card(chip, card, self._port, mute=mute)
        return {"powered": self._card.powered.wait(_POWERED)}

    def _remove(self) -> dict[str, Any]:
        if self._card is not None:
            self._card.remove()
        return {}

    def _at(self, command: int, how: str, seconds: float = 0.0, *, every: bool = False) -> dict[str, Any]:
        if how not in {"pull", "half", "scrap", "hang", "wait"}:
            raise ValueError(how)
        if self._card is None:
            raise ValueError("no card is in")
        self._card.chip.commands.clear()
        self._card.trouble = Trouble(how, int(command), float(seconds), bool(every))
        return {}

    def _state(self) -> dict[str, Any]:
        card = self._card
        if card is None or card.out.is_set():
            return {"card": None, "commands": card.chip.commands if card else [], "busy": card.busy if card else 0.0}
        return {"card": card.name, "commands": card.chip.commands, "busy": card.busy}


def _order(line: str) -> dict[str, Any]:
    try:
        order = json.loads(line)
    except ValueError:
        return {}
    return order if isinstance(order, dict) else {}


def main(arguments: list[str]) -> int:
    """Play a card until the input ends."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=_DEFAULT_PORT, help="where the virtual reader listens")
    parser.add_argument("--card", default="", help="a demo card to lay in at once")
    wanted = parser.parse_args(arguments)
    end_with_parent()
    hand = Hand(wanted.port)
    first: dict[str, Any] = {"address": f"127.0.0.1:{wanted.port}", "settings": {"idcard": {"driver": "pcsc"}}}
    if wanted.card:
        first |= hand.obey({"do": "insert", "card": wanted.card})
    tell(first)
    converse(lambda line: hand.obey(_order(line)))
    hand.obey({"do": "remove"})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
