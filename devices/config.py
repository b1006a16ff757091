"""Which devices this terminal has, parsed at the edge.

A table gives each kind a driver, a table of a driver and its options, or a list of those::

    {
        "idcard": ["sim", {"driver": "acme", "port": "/dev/ttyUSB0"}],
        "scanner": "sim",
        "printer": [{"driver": "laser", "sizes": "A4"}, {"driver": "thermal", "sizes": "80mm"}],
    }

In `DATA/config.toml` several drivers of one kind are named with commas, and options stand under the device's name::

    [devices]
    idcard = "sim, acme"
    [devices.options.idcard-2]
    port = "/dev/ttyUSB0"

`sizes` and `lines` are the host's own words for a printer: which papers it takes (all of them when left out; of a
shipped roll printer, its roll), and whether roll papers come to it as lines (`lines = "yes"`, so for a shipped one that
sets type itself) instead of as a PDF. Every other option goes to the driver as text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from devices.registry import sets_type, where_is
from kiosk.config import DeviceConfig
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import DeviceKind, PageSize, PrinterOffer, PrintPaper, Request

SIMULATED: Mapping[str, str] = {"idcard": "sim", "scanner": "sim", "printer": "sim"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One device: its kind, its driver, a name unique on this terminal and the driver's options."""

    kind: DeviceKind
    driver: str
    name: str
    sizes: frozenset[PageSize] = frozenset(PageSize)
    lines: bool = False
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    def takes(self, request: Request) -> bool:
        """Whether this device is meant for that request, kind aside."""
        if not isinstance(request, PrintPaper):
            return True
        return request.size in self.sizes and (
            self.lines if request.roll else not self.lines or not request.size.on_roll
        )

    def offer(self) -> PrinterOffer:
        """What this printer takes."""
        return PrinterOffer(self.sizes, self.lines)


def table_of(config: DeviceConfig) -> dict[str, list[dict[str, str]]]:
    """The table a terminal's settings describe."""
    return {
        kind.value: [
            {"driver": driver.strip(), **config.options.get(_name(kind, place), {})}
            for place, driver in enumerate(getattr(config, kind.value).split(","), start=1)
        ]
        for kind in DeviceKind
        if getattr(config, kind.value).strip()
    }


def choices(table: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Every device of the table, in its order.

    Raises:
        KioskError: `CONFIG_INVALID` with the kind and a reason: `unknown_kind`, `unknown_driver`, `unknown_size`,
            `shape`.
    """
    found: list[Choice] = []
    for word, value in table.items():
        if word not in set(DeviceKind):
            raise KioskError(Failure.CONFIG_INVALID, device="?", reason="unknown_kind")
        kind = DeviceKind(word)
        several = [value] if isinstance(value, str | Mapping) else value
        if not isinstance(several, Sequence):
            raise _wrong(kind, "shape")
        found.extend(_choice(kind, one, place) for place, one in enumerate(several, start=1))
    return tuple(found)


def _choice(kind: DeviceKind, value: object, place: int) -> Choice:
    options = {"driver": value} if isinstance(value, str) else value
    if not isinstance(options, Mapping) or not all(isinstance(word, str | int) for word in options.values()):
        raise _wrong(kind, "shape")
    texts = {str(name): str(word) for name, word in options.items()}
    driver = texts.pop("driver", "")
    roll_printer = sets_type(kind, driver)
    lines = texts.pop("lines", "yes" if roll_printer else "no")
    sizes = texts.pop("sizes", texts.get("paper", PageSize.ROLL_80) if roll_printer else None)
    if lines not in {"yes", "no"}:
        raise _wrong(kind, "shape")
    where_is(kind, driver)
    return Choice(kind, driver, _name(kind, place), _sizes(kind, sizes), lines == "yes", texts)


def _name(kind: DeviceKind, place: int) -> str:
    return kind.value if place == 1 else f"{kind}-{place}"


def _sizes(kind: DeviceKind, words: str | None) -> frozenset[PageSize]:
    if words is None:
        return frozenset(PageSize)
    try:
        return frozenset(PageSize(word.strip()) for word in words.split(","))
    except ValueError:
        raise _wrong(kind, "unknown_size") from None


def _wrong(kind: DeviceKind, reason: str) -> KioskError:
    return KioskError(Failure.CONFIG_INVALID, device=str(kind), reason=reason)
