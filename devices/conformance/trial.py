"""`python -m devices.conformance.trial KIND DRIVER FD`: one act in a process of its own. Started by `bench` alone.

Standard input brings one JSON object (`data`, `name`, `options`, `act`, `words`); the facts leave by the descriptor, so
that standard output and error show what the driver itself prints.
"""

import json
import os
import sys
from pathlib import Path

from devices.conformance.acts import ACTS
from devices.contract import Setup
from devices.registry import load
from devices.settled import settle
from kiosk.model.devices import DeviceKind


def main(arguments: list[str]) -> int:
    """Do the act and tell the facts."""
    word, driver, descriptor = arguments
    settle()
    asked = json.loads(sys.stdin.readline())
    kind = DeviceKind(word)
    setup = Setup(asked["name"], Path(asked["data"]), asked["options"])
    facts = ACTS[asked["act"]](kind, load(kind, driver), setup, **asked["words"])
    with os.fdopen(int(descriptor), "w") as out:
        json.dump(facts, out)
    return 0


if __name__ == "__main__":
    # os._exit: as in `devices.child`, a driver's library may hang in its own destructors.
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
