"""`python -m devices.printer.simulated.escpos`: a receipt printer on a TCP port or a pty, printing to PNG files.

It prints one JSON line with its address and the settings that use it, obeys one JSON command a line on standard input
(`{"do": "paper_out"}`, answered by one JSON line), and ends with its input, SIGTERM or its parent.

Options: `--pty` (a serial line instead of TCP), `--link PATH` (a name for the pty that stays), `--dots N`, `--tray DIR`
(where the strips go; nowhere without it), `--charset gbk|gb18030|ascii` (characters it lacks come out as boxes),
`--no-process` (does not know GS ( H), `--no-qr` (cannot draw codes).

Commands: `paper_low`, `paper_out`, `refill`; `out_after` (`lines`); `cover`, `close_cover`; `offline`, `online`; `jam`,
`clear`; `hot`, `cool`; `silent`, `speak`; `deaf`, `hear` (reads nothing); `slow` (`bytes_per_second`, 0 to end it);
`hang_up` (`after` bytes of the next connection); `busy`, `free` (takes nobody); `away`, `back` (nobody there); `off_on`
(power cycle); `state` (what was printed).
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from devices.played import end_with_parent, tell
from devices.printer.simulated.escpos_door import Door, NetworkDoor, PtyDoor
from devices.printer.simulated.escpos_printer import Printer, World


def main(arguments: list[str]) -> int:
    """Serve until the input ends."""
    options = _options().parse_args(arguments)
    end_with_parent()
    folder: Path | None = options.tray
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    printer = Printer(options.dots, folder, options.charset, process=not options.no_process, codes=not options.no_qr)
    door: Door = PtyDoor(printer, options.link) if options.pty else NetworkDoor(printer)
    paper = "58mm" if options.dots <= 400 else "80mm"  # noqa: PLR2004 - 384 and 576 are the usual ones
    settings = {"driver": "escpos", "port": door.address, "paper": paper, "dots": str(options.dots)}
    first = {"address": door.address, "kind": "printer", "options": settings, "settings": {"printer": settings}}
    tell(first if folder is None else {**first, "tray": str(folder)})
    door.serve(lambda line: tell(_obey(printer, door, line)))
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m devices.printer.simulated.escpos")
    parser.add_argument("--pty", action="store_true", help="a serial line instead of TCP")
    parser.add_argument("--link", type=Path, default=None, help="a name for the pty that stays")
    parser.add_argument("--dots", type=int, default=576, help="dots across: 576 for 80 mm, 384 for 58 mm")
    parser.add_argument("--tray", type=Path, default=None, help="folder its strips fall into, as PNG")
    parser.add_argument("--charset", choices=["gbk", "gb18030", "ascii"], default="gbk", help="the characters it has")
    parser.add_argument("--no-process", action="store_true", help="does not tell that a print has ended")
    parser.add_argument("--no-qr", action="store_true", help="cannot draw codes itself")
    return parser


def _obey(printer: Printer, door: Door, line: str) -> dict[str, Any]:
    try:
        command = json.loads(line)
        do = command.pop("do")
        action = _menu(printer, door).get(do)
        if action is None:
            return {"ok": False, "reason": "unknown"}
        answer = action(**command)
    except (ValueError, TypeError, KeyError, AttributeError):
        return {"ok": False, "reason": "arguments"}
    door.answer(printer.work())
    return {"ok": True, **(answer if isinstance(answer, dict) else {})}


def _menu(printer: Printer, door: Door) -> dict[str, Callable[..., Any]]:
    world = printer.world
    switches: dict[str, dict[str, Any]] = {
        "paper_low": {"near_end": True},
        "paper_out": {"out": True},
        "refill": {"out": False, "near_end": False, "out_after": None},
        "cover": {"cover": True},
        "close_cover": {"cover": False},
        "offline": {"offline": True},
        "online": {"offline": False},
        "jam": {"jam": True},
        "clear": {"jam": False},
        "hot": {"hot": True},
        "cool": {"hot": False},
        "silent": {"silent": True},
        "speak": {"silent": False},
        "reset": asdict(World()),
    }
    others: dict[str, Callable[..., Any]] = {
        "out_after": lambda lines: setattr(world, "out_after", int(lines)),
        "deaf": lambda: door.listen(hears=False),
        "hear": lambda: door.listen(hears=True),
        "slow": lambda bytes_per_second: door.pace(int(bytes_per_second)),
        "hang_up": lambda after: door.hang_up_after(int(after)),
        "busy": lambda: door.turn_away(turns=True),
        "free": lambda: door.turn_away(turns=False),
        "away": door.leave,
        "back": door.come_back,
        "off_on": lambda: _power_cycle(printer, door),
        "state": lambda: {**printer.state(), "world": asdict(world)},
    }
    return others | {name: _setter(world, values) for name, values in switches.items()}


def _power_cycle(printer: Printer, door: Door) -> None:
    printer.power_off()
    door.leave()
    door.come_back()


def _setter(world: World, values: dict[str, Any]) -> Callable[[], None]:
    def act() -> None:
        for name, value in values.items():
            setattr(world, name, value)

    return act


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
