"""`python -m devices.barcode.simulated.gun [options]`: a code reader on a serial port, a pseudo-terminal.

One JSON line tells its address and the settings that use it. Then commands are JSON objects on standard input, one a
line, each answered by one line. It ends with its input, SIGTERM or its parent.

scan
    Read a code: its `text`, with `times` how often (1).
torn
    Only the first `bytes` of what a scan of `text` would send come.
raw
    Send these `hex` bytes.
slow
    From now on `seconds` between one byte and the next (0).
unplug / plug
    The port is gone, or back at the same address.
"""

import argparse
import contextlib
import inspect
import json
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from devices.idcard.simulated.wires import PtyWire
from devices.played import converse, end_with_parent, tell

_ENDS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}


class Gun:
    """The reader. What it sends goes out before a command is answered."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self._wire = PtyWire(chosen.link)
        self._end = _ENDS[chosen.end]
        self._around = (chosen.prefix, chosen.suffix)
        self._encoding = chosen.encoding
        self._pause = 0.0
        self._acts: dict[str, Callable[..., None]] = {
            "scan": self._scan,
            "torn": self._torn,
            "raw": self._raw,
            "slow": self._slow,
            "unplug": self._wire.close,
            "plug": self._wire.open,
        }

    def plug(self) -> dict[str, Any]:
        """Be there. Answers the first line."""
        self._wire.open()
        settings = {"driver": "serial", "port": self._wire.address}
        return {"address": self._wire.address, "settings": {"barcode": settings}}

    def end(self) -> None:
        """Be gone for good."""
        self._wire.end()

    def obey(self, line: str) -> Mapping[str, Any]:
        """Carry out one command."""
        try:
            words = json.loads(line)
            act = self._acts[words.pop("do")]
            inspect.signature(act).bind(**words)
            act(**words)
        except KeyError:
            return {"ok": False, "reason": "unknown"}
        except (ValueError, TypeError, AttributeError):
            return {"ok": False, "reason": "arguments"}
        return {"ok": True}

    def _scan(self, text: str, times: int = 1) -> None:
        for _ in range(int(times)):
            self._send(self._written(text))

    def _torn(self, text: str, bytes: int) -> None:  # noqa: A002 - a word of the menu
        self._send(self._written(text)[: int(bytes)])

    def _raw(self, hex: str) -> None:  # noqa: A002 - a word of the menu
        self._send(bytes.fromhex(hex))

    def _slow(self, seconds: float) -> None:
        self._pause = float(seconds)

    def _written(self, text: str) -> bytes:
        prefix, suffix = self._around
        return f"{prefix}{text}{suffix}".encode(self._encoding) + self._end

    def _send(self, data: bytes) -> None:
        if not self._pause:
            self._wire.put(data)
            return
        for byte in data:
            self._wire.put(bytes([byte]))
            time.sleep(self._pause)


def main(arguments: list[str]) -> int:
    """Play a code reader until standard input ends. Returns the exit code."""
    end_with_parent()
    signal.signal(signal.SIGTERM, _leave)
    gun = Gun(_parser().parse_args(arguments))
    try:
        with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
            tell(gun.plug())
            converse(gun.obey)
    finally:
        gun.end()
    return 0


def _leave(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gun", description="A simulated bar-code gun on a serial port.")
    parser.add_argument("--link", type=Path, help="where the link to the port shall stand (a temporary folder)")
    parser.add_argument("--end", choices=_ENDS, default="cr", help="what follows a code")
    parser.add_argument("--prefix", default="", help="what stands before a code")
    parser.add_argument("--suffix", default="", help="what stands after a code")
    parser.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
