"""`python -m devices.scanner.simulated.escl`: an eSCL scanner on 127.0.0.1 with glass, feeder and both sides.

Prints ONE JSON line, `{"address", "settings"}` (with `--https` also `fingerprint`), then obeys one JSON command a line
on standard input and answers each with one JSON line, `{"ok": true, ...}` or `{"ok": false, "reason"}`. Ends at the end
of its input, at SIGTERM and with its parent. A glass nobody has put anything on shows one sample page per request,
another each time.

Options: `--port N` (any free one), `--feeder PAGES` (names with commas), `--data DIR` (own pages in `DIR/sim/pages`),
`--https` (with a certificate made on the spot).

Commands (`{"do": NAME, ...}`), explained at `devices.scanner.simulated.world.Mischief`: `load` (`pages`: list or names
with commas, `front/back` for both sides), `place` (`page`), `empty`, `pages`, `state`, `reset`; `jam` (`after` n more
pages), `clear`, `open_cover`, `close_cover`, `busy` (`times`), `slow` (`seconds` a page), `cut` and `torn` (`after`
bytes), `short_page`, `garbage` (`what`: capabilities, status, page, html), `huge`, `bomb`, `hang`, `redirect` (`to`),
`die`; and `gone` and `back`, when nothing listens.
"""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from devices.played import converse, end_with_parent, tell
from devices.scanner.simulated.server import Server
from devices.scanner.simulated.world import UnknownError, World


def main(arguments: list[str]) -> int:
    """Serve until the input ends."""
    options = _options(arguments)
    end_with_parent()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    sheets = tuple(name.strip() for name in options.feeder.split(",") if name.strip())
    world = World(options.data)
    if sheets:
        world.obey({"do": "load", "pages": list(sheets)})
    server = Server(world, options.port, secure=options.https)
    tell(
        {
            "address": server.url,
            "settings": {"scanner": {"driver": "escl", "url": server.url}},
            **({"fingerprint": server.fingerprint} if server.fingerprint else {}),
        }
    )
    converse(lambda line: _answer(world, server, line))
    server.gone()
    return 0


def _answer(world: World, server: Server, line: str) -> dict[str, Any]:
    try:
        command = {"do": None, **json.loads(line)}
        if command.get("do") in {"gone", "back"}:
            return {"ok": True, **(server.gone() if command["do"] == "gone" else server.back())}
        return {"ok": True, **world.obey(command)}
    except (ValueError, TypeError, UnknownError, OSError) as error:
        return {"ok": False, "reason": str(error) if isinstance(error, UnknownError) else type(error).__name__}


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="escl", description="A simulated eSCL scanner on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="TCP port, any free one when left out")
    parser.add_argument("--feeder", default="", help="sheets in the feeder: sample pages with commas, front/back")
    parser.add_argument("--data", type=Path, default=Path(), help="folder with pages of one's own in sim/pages")
    parser.add_argument("--https", action="store_true", help="HTTPS with a certificate of its own")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    # Threads may still wait in a hung answer: nothing here is worth waiting for.
    threading.excepthook = lambda _: None
    os._exit(code)
