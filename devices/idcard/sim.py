"""A simulated card reader. What it answers has gone through the bytes of a real chip and the parser for them.

`simulate` actions beside those of `devices.switches`:

tap
    Lay the card `name` on the reader; it stays until `lift`. `cards` answers name → title of all there are.
lift
    Take the card away; in the middle of a read that is `CARD_PULLED`.
pull_mid_read
    The next card read is pulled away half-way.
unreadable
    The next card read answers garbled bytes.
"""

from collections.abc import Mapping
from typing import Any

from devices.contract import Job, Setup
from devices.idcard.cards import card_names, lay_out, pick
from devices.idcard.record import parse
from devices.switches import Switches
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard

_STEP_SECONDS = 0.04
_POLL_SECONDS = 0.05


class SimulatedReader:
    """Implements `devices.contract.IdCardDriver`."""

    simulated = True

    def __init__(self, setup: Setup) -> None:
        self._data = setup.data
        lay_out(setup.data)
        self._switches = Switches(
            setup,
            _STEP_SECONDS,
            {
                "tap": self._tap,
                "lift": lambda: self._switches.set(card=None),
                "pull_mid_read": lambda: self._switches.set(pull=True),
                "unreadable": lambda: self._switches.set(garble=True),
                "cards": lambda: dict(card_names(self._data)),
            },
        )

    def open(self) -> None:
        """Find the reader."""
        self._switches.pass_by("open")

    def check(self) -> str:
        """Say that it is a simulator."""
        self._switches.pass_by("idle")
        return "simulated reader"

    def close(self) -> None:
        """Nothing to let go."""

    def present(self) -> bool | None:
        """Whether a card has been tapped."""
        self._switches.pass_by("idle")
        return self._switches.get("card") is not None

    def read(self, job: Job) -> IdCard:
        """Wait for a card; find, select, read text, read photo, each a step during which it can be pulled."""
        while (name := self._switches.get("card")) is None:
            self._switches.pass_by("job")
            job.wait(_POLL_SECONDS)
        for step in range(4):
            if step == 2 and self._switches.take("pull"):  # noqa: PLR2004 - half of the four steps
                self._switches.set(card=None)
            self._switches.step(job)
            if self._switches.get("card") != name:
                raise KioskError(Failure.CARD_PULLED)
            job.progress((step + 1) / 4)
        text, photo = pick(self._data, name).chip()
        if self._switches.take("garble"):
            text = text[1:] + text[:1]
        return parse(text, photo)

    def simulate(self, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Tap, lift and the rest of the actions above."""
        return self._switches.act(action, args)

    def _tap(self, name: str) -> None:
        pick(self._data, name)
        self._switches.set(card=name)
