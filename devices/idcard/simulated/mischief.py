"""What may go wrong between a reader and its terminal: troubles that wait for an answer and then spoil it."""

import random
from dataclasses import dataclass

from devices.idcard.sam.frames import PREAMBLE, encode

_SW = 3


@dataclass(frozen=True, slots=True)
class Delivery:
    """What becomes of one answer: wait, send `data` (nothing for silence), then perhaps lose the line for `back` s."""

    data: bytes
    wait: float = 0.0
    back: float | None = None


@dataclass(slots=True)
class Trouble:
    """One kind of trouble for the next `times` answers to the step `on` (any step when empty)."""

    kind: str
    on: str
    times: int
    value: float = 0.0
    back: float = 0.0

    def spoil(self, content: bytes, delivery: Delivery) -> Delivery:
        """The delivery with this trouble in it."""
        data, wait, back = delivery.data, delivery.wait, delivery.back
        place = int(self.value)
        match self.kind:
            case "status":
                data = encode(content[: _SW - 1] + bytes([place]))
            case "noise":
                # Not random at run time: a test that fails must fail again.
                data = random.Random(place).randbytes(place) + data  # noqa: S311 - noise
            case "flip":
                place %= max(1, len(data))
                data = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
            case "length":
                announced = int.from_bytes(data[5:7], "big") + place
                data = PREAMBLE + max(0, min(0xFFFF, announced)).to_bytes(2, "big") + data[7:]
            case "cut":
                data = data[:place]
            case "silence":
                data = b""
            case "slow":
                wait += self.value
            case "close":
                data, back = data[:place], self.back
        return Delivery(data, wait, back)


class Mischief:
    """The troubles that are waiting, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Trouble] = []

    def expect(self, trouble: Trouble) -> None:
        """Let it wait for its answer."""
        self._waiting.append(trouble)

    def clear(self) -> None:
        """No more trouble."""
        self._waiting.clear()

    def waiting(self) -> list[str]:
        """Kinds that wait, for whoever wants to know."""
        return [trouble.kind for trouble in self._waiting]

    def refuses(self, step: str) -> bool:
        """Whether another status waits for this step, which the module then does not carry out."""
        return any(trouble.kind == "status" and trouble.on in {"", step} for trouble in self._waiting)

    def deliver(self, step: str, content: bytes) -> Delivery:
        """How the answer to a step goes out, with every trouble that is due in it."""
        delivery = Delivery(encode(content))
        for trouble in list(self._waiting):
            if trouble.on in {"", step}:
                delivery = trouble.spoil(content, delivery)
                trouble.times -= 1
                if trouble.times <= 0:
                    self._waiting.remove(trouble)
        return delivery
