"""Does a driver keep its contract (`devices.contract`)? For every driver, shipped or not, with or without pytest.

On the command line, with the device at hand::

    python -m devices.conformance idcard acme port=/dev/ttyUSB0

In a package's own tests::

    from devices.conformance import DriverConformance

    class TestReader(DriverConformance):
        kind, driver = "idcard", "acme"

        def options(self): ...          # of a simulator the test has started, say
        def lay(self): ...              # what somebody would do by hand

Each check runs the driver in a process of its own, as the terminal does, and looks at it from outside: how long calls
take, what they raise, what is printed and what is written.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from devices.conformance.bench import Bench
    from devices.conformance.checks import CHECKS
    from devices.conformance.suite import DriverConformance
    from devices.conformance.verdict import NotConformingError, NotTriedError

__all__ = ["CHECKS", "Bench", "DriverConformance", "NotConformingError", "NotTriedError"]

_PLACES = {
    "CHECKS": "checks",
    "Bench": "bench",
    "DriverConformance": "suite",
    "NotConformingError": "verdict",
    "NotTriedError": "verdict",
}


def __getattr__(name: str) -> Any:
    """Loaded on use: the process of a trial, of which there are dozens, needs none of these."""
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415 - see above

    return getattr(import_module(f"devices.conformance.{_PLACES[name]}"), name)
