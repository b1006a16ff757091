"""A simulated reader at work: its line, its module, the troubles between them and the commands it obeys."""

import inspect
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devices.idcard.cards import card_names, pick
from devices.idcard.sam.frames import SHORTEST_COMMAND, FrameReader
from devices.idcard.sam.line import BAUDS
from devices.idcard.simulated.mischief import Mischief, Trouble
from devices.idcard.simulated.module import RULES, STEPS, Chip, Module
from devices.idcard.simulated.wires import Wire
from kiosk.failure import KioskError

_TICK = 0.02
_FORGETFUL = 10
_SETTLING = 5.0
_STEPS = ("", *STEPS.values())


class Reader:
    """One thread serves its line (`serve`), another obeys commands (`obey`). `data` None means the shipped cards."""

    def __init__(self, wire: Wire, module: Module, data: Path | None, *, baud: int, throttle: bool) -> None:
        self._wire = wire
        self._module = module
        self._data = data
        self._baud = baud
        self._throttle = throttle
        self._mischief = Mischief()
        self._gate = threading.Lock()
        self._plugged = True
        self._settled = threading.Event()
        self._over = threading.Event()

    # the line

    def serve(self) -> None:
        """Answer what is asked until `stop`."""
        self._wire.open()
        reader, idle = FrameReader(SHORTEST_COMMAND), 0
        while not self._over.is_set():
            self._mind_plug()
            data = self._wire.read(_TICK)
            idle = 0 if data else idle + 1
            if idle == _FORGETFUL:
                reader.clear()
            speed = self._wire.speed()
            if speed is not None and speed != self._baud:
                # At another speed a reader makes nothing of what it hears.
                reader.clear()
                continue
            for content in reader.feed(data):
                self._answer(content)

    def stop(self) -> None:
        """End `serve`."""
        self._over.set()

    def _answer(self, content: bytes) -> None:
        with self._gate:
            step = STEPS.get(content, "")
            answer = self._module.answer(content, refuse=self._mischief.refuses(step))
            delivery = self._mischief.deliver(step, answer)
            baud = self._baud if self._throttle else None
        self._over.wait(delivery.wait)
        self._wire.write(delivery.data, baud)
        if delivery.back is not None:
            self._wire.close()
            self._over.wait(delivery.back)
            self._wire.open()

    def _mind_plug(self) -> None:
        if self._settled.is_set():
            return
        if self._plugged:
            self._wire.open()
        else:
            self._wire.close()
        self._settled.set()

    # commands

    def obey(self, line: str) -> dict[str, Any]:
        """Carry out one command."""
        try:
            words = json.loads(line)
            action = self._actions()[words.pop("do")]
            inspect.signature(action).bind(**words)
            return {"ok": True, **(action(**words) or {})}
        except KioskError as error:
            return {"ok": False, "reason": str(error.info.get("reason", error.failure.code))}
        except KeyError:
            return {"ok": False, "reason": "unknown"}
        except (ValueError, TypeError, AttributeError):
            return {"ok": False, "reason": "arguments"}

    def _actions(self) -> dict[str, Callable[..., dict[str, Any] | None]]:
        return {
            "lay": self._lay,
            "lift": self._lift,
            "cards": lambda: {"cards": card_names(self._data)},
            "pull": self._pull,
            "status": lambda code, on="", times=1: self._expect("status", on, times, int(code, 16)),
            "noise": lambda bytes=16, on="", times=1: self._expect("noise", on, times, bytes),  # noqa: A006 - menu word
            "flip": lambda at, on="", times=1: self._expect("flip", on, times, at),
            "length": lambda by, on="", times=1: self._expect("length", on, times, by),
            "cut": lambda at, on="", times=1: self._expect("cut", on, times, at),
            "silence": lambda on="", times=1: self._expect("silence", on, times),
            "slow": lambda seconds, on="", times=1: self._expect("slow", on, times, seconds),
            "close": lambda at, on="", times=1, back=0.0: self._expect("close", on, times, at, back),
            "unplug": lambda: self._plug(plugged=False),
            "plug": lambda: self._plug(plugged=True),
            "already_read": self._already_read,
            "fingerprint": self._fingerprint,
            "baud": self._set_baud,
            "throttle": self._set_throttle,
            "state": self._state,
            "reset": self._reset,
        }

    def _lay(self, name: str, newest: str = "") -> None:
        text, photo = pick(self._data, name).chip()
        with self._gate:
            self._module.lay(Chip(text, photo, newest))

    def _lift(self) -> None:
        with self._gate:
            self._module.lift()

    def _pull(self, at: str) -> None:
        self._known(at, _STEPS[1:])
        with self._gate:
            self._module.pull_at = at

    def _expect(self, kind: str, on: str, times: int, value: float = 0.0, back: float = 0.0) -> None:
        self._known(on, _STEPS)
        with self._gate:
            self._mischief.expect(Trouble(kind, on, int(times), float(value), float(back)))

    def _plug(self, *, plugged: bool) -> None:
        self._plugged = plugged
        self._settled.clear()
        self._settled.wait(_SETTLING)

    def _already_read(self, rule: str) -> None:
        self._known(rule, RULES)
        with self._gate:
            self._module.rule = rule

    def _fingerprint(self, on: bool) -> None:  # noqa: FBT001 - a value of the menu
        with self._gate:
            self._module.fingerprint = bool(on)

    def _set_baud(self, baud: int) -> None:
        self._known(baud, BAUDS)
        with self._gate:
            self._baud = baud

    def _set_throttle(self, on: bool) -> None:  # noqa: FBT001 - a value of the menu
        with self._gate:
            self._throttle = bool(on)

    def _state(self) -> dict[str, Any]:
        with self._gate:
            return {"card": self._module.holds, "asked": self._module.asked, "waiting": self._mischief.waiting()}

    def _reset(self) -> None:
        with self._gate:
            self._mischief.clear()
            self._module.lift()
            self._module.pull_at = ""
            self._module.asked = []

    @staticmethod
    def _known(value: object, known: tuple[Any, ...]) -> None:
        if value not in known:
            raise ValueError(value)
