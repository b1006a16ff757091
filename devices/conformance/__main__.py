"""`python -m devices.conformance KIND DRIVER [NAME=VALUE]...`: does this driver keep its contract?

One line a check. Exit status: 0 it does as far as could be tried, 1 it does not, 2 unusable call.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from devices.conformance.bench import Bench
from devices.conformance.checks import CHECKS
from devices.conformance.verdict import NotConformingError, NotTriedError
from devices.registry import where_is
from kiosk.failure import KioskError
from kiosk.model.devices import DeviceKind


def main(arguments: list[str]) -> int:
    """Run all checks, or those named."""
    asked = _parser().parse_intermixed_args(arguments)
    options = dict(pair.partition("=")[::2] for pair in asked.options)
    try:
        where_is(DeviceKind(asked.kind), asked.driver)
    except KioskError:
        sys.stderr.write(f"There is no driver {asked.driver} for {asked.kind}: is its package installed here?\n")
        return 2
    bad = False
    with tempfile.TemporaryDirectory(prefix="driver-") as folder:
        bench = Bench(DeviceKind(asked.kind), asked.driver, Path(folder), options)
        for name, check in CHECKS.items():
            if asked.only and name not in {"made", *asked.only}:
                continue
            mark, why = "✓", ""
            try:
                check(bench)
            except NotConformingError as error:
                mark, why, bad = "✗", str(error), True
            except NotTriedError as error:
                mark, why = "-", str(error)
            _tell(name, mark, why or (check.__doc__ or "").strip().splitlines()[0], as_json=asked.json)
    return int(bad)


def _tell(name: str, mark: str, words: str, *, as_json: bool) -> None:
    verdict = {"✓": "kept", "✗": "broken", "-": "not tried"}[mark]
    line = json.dumps({"check": name, "verdict": verdict, "why": words}, ensure_ascii=False)
    sys.stdout.write(f"{line}\n" if as_json else f"{mark} {name:9}{words}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m devices.conformance", description=(__doc__ or "").strip())
    parser.add_argument("kind", choices=[kind.value for kind in DeviceKind])
    parser.add_argument("driver", help="its name, shipped or an entry point of an installed package")
    parser.add_argument("options", nargs="*", metavar="NAME=VALUE", help="its settings")
    parser.add_argument("--only", action="append", choices=list(CHECKS), help="only this check; may be repeated")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
