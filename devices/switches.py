"""The little world around a simulated device, kept in one file so that a restarted driver finds it as it was.

Paper that has run out is still out, and a card still lies there, after the driver has been killed. The file is
`DATA/sim/<device>.json`; it is changed through `simulate` only.
"""

import inspect
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from devices.contract import Job, Setup
from kiosk.failure import Failure, KioskError

PLACES = ("open", "idle", "job")
Action = Callable[..., dict[str, Any] | None]


class Switches:
    """Named switches with their values, and the misbehaviour every simulator shares.

    hang / crash
        `at` one of `open`, `idle`, `job` (the default), `times` how often: once unless told otherwise.
    unplug / plug
        The device is gone, or back.
    slow
        Every step takes so many `seconds`.
    reset
        Back to a world in order. `state` answers the switches.
    """

    def __init__(self, setup: Setup, step: float, actions: Mapping[str, Action]) -> None:
        self._path = setup.data / "sim" / f"{setup.name}.json"
        self._step = step
        self._lock = threading.RLock()
        self._values: dict[str, Any] = self._load()
        self._actions: dict[str, Action] = {
            "hang": lambda at="job", times=1: self._arm("hang", at, times),
            "crash": lambda at="job", times=1: self._arm("crash", at, times),
            "unplug": lambda: self.set(unplugged=True),
            "plug": lambda: self.set(unplugged=False),
            "slow": lambda seconds: self.set(step=float(seconds)),
            "reset": self._reset,
            "state": lambda: dict(self._values),
            **actions,
        }

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The value of a switch."""
        with self._lock:
            return self._values.get(name, otherwise)

    def set(self, **values: Any) -> None:
        """Set switches and keep them; None removes one."""
        with self._lock:
            self._values.update(values)
            self._values = {name: value for name, value in self._values.items() if value is not None}
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            part.write_text(json.dumps(self._values, ensure_ascii=False), encoding="utf-8")
            part.replace(self._path)

    def take(self, name: str) -> Any:
        """The value of a switch that works once: it is off afterwards."""
        with self._lock:
            value = self._values.get(name)
            if value is not None:
                self.set(**{name: None})
            return value

    def act(self, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Do what `simulate` asked for.

        Raises:
            KioskError: `CONFIG_INVALID` with reason `unknown_action` or `arguments`.
        """
        chosen = self._actions.get(action)
        if chosen is None:
            raise KioskError(Failure.CONFIG_INVALID, reason="unknown_action")
        try:
            inspect.signature(chosen).bind(**args)
            with self._lock:
                return chosen(**args) or {}
        except (TypeError, ValueError):
            raise KioskError(Failure.CONFIG_INVALID, reason="arguments") from None

    def pass_by(self, place: str) -> None:
        """Where the driver passes: here it hangs or crashes if that was asked for, or finds its device gone."""
        if self._due("crash", place):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._due("hang", place):
            while True:
                time.sleep(1.0)
        if self.get("unplugged"):
            raise KioskError(Failure.DEVICE_ABSENT)

    def step(self, job: Job) -> None:
        """One step of work on a job, as slow as it was told to be."""
        self.pass_by("job")
        job.wait(float(self.get("step", self._step)))

    def _due(self, trouble: str, place: str) -> bool:
        with self._lock:
            left = int(self.get(f"{trouble}.{place}", 0))
            if left > 0:
                self.set(**{f"{trouble}.{place}": left - 1 or None})
            return left > 0

    def _arm(self, trouble: str, at: str, times: int) -> None:
        if at not in PLACES:
            raise ValueError(at)
        self.set(**{f"{trouble}.{at}": int(times)})

    def _reset(self) -> None:
        self.set(**dict.fromkeys(self._values))

    def _load(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}
