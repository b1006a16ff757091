"""A simulated code reader.

`simulate` actions beside those of `devices.switches`:

scan
    Hold a code before it: its `text`.
"""

from collections.abc import Mapping
from typing import Any

from devices.contract import Setup
from devices.switches import Switches


class SimulatedGun:
    """Implements `devices.contract.BarcodeDriver`."""

    simulated = True

    def __init__(self, setup: Setup) -> None:
        self._switches = Switches(setup, 0.0, {"scan": self._scan})

    def open(self) -> None:
        """Find the reader."""
        self._switches.pass_by("open")

    def check(self) -> str:
        """Say that it is a simulator."""
        self._switches.pass_by("idle")
        return "simulated code reader"

    def close(self) -> None:
        """Nothing to let go."""

    def next_code(self) -> str | None:
        """The oldest code nobody has fetched."""
        self._switches.pass_by("idle")
        held = self._switches.get("codes")
        if not held:
            return None
        self._switches.set(codes=held[1:] or None)
        return str(held[0])

    def simulate(self, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Scan and the rest of the actions above."""
        return self._switches.act(action, args)

    def _scan(self, text: str) -> None:
        self._switches.set(codes=[*self._switches.get("codes", []), str(text)])
