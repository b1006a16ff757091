"""`python -m devices.printer.simulated.ipp --tray DIR`: an A4 printer that speaks IPP, its pages as PNG files.

Binds 127.0.0.1 and prints ONE JSON line, `{"address", "uri", "simulator", "pid", "tray", "settings"}`; `settings` is
the `[devices]` table that uses it. Pages come out as `DIR/<job>-<page>.png`. Ends with its input, SIGTERM or its
parent.

Options: `--port N` (0: any), `--seconds S` a page takes (0.1), `--formats` (`pdf,raster,jpeg`), `--history N` jobs it
remembers (50), `--no-counter` for one that never counts its pages, `--unlisted` for one that lists no ended jobs.

Commands, one JSON object a line, answered by one JSON line (`{"ok": true, …}` or `{"ok": false}`):

==================================  ====================================================================
`{"do": "paper_out"}`, `refill`     no sheet left; paper put in
`sheets` `count`                    so many sheets are left: it runs out in the middle of a longer paper
`cover_open`, `cover_close`
`jam`, `clear`                      the next sheet gets stuck; the jam is cleared
`stop` `reason`, `go_on`            stops for another reason, such as `toner-empty`
`busy`, `free`                      answers every new job with `server-error-busy`
`keep` `job`                        does not let this job be cancelled
`slow` `seconds`                    how long a page takes
`abort` `after`                     gives the next job up after so many pages (0)
`die` `at`                          ends like a pulled plug: in the `body`, when `accepted`, at a `page`
`cut` `at` `seconds`                breaks the line of the next document: at `connect`, in the `body`, before an
                                    `answer` (and forgets it), once `accepted`, when `answered`; then deaf
`silent` `seconds`                  takes the next document, but answers so much later
`deaf` `seconds`                    hangs up on everybody
`low` `what`                        `media` or `toner` is nearly used up
`letter`, `a4`                      which paper lies in the tray
`forget`                            switched off and on: knows no job, counts from the beginning
`state`, `reset`
==================================  ====================================================================
"""

import argparse
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from devices.played import converse, end_with_parent, tell
from devices.printer.simulated.ipp_server import IppServer
from devices.printer.simulated.ipp_world import World

_FORMATS = {"pdf": "application/pdf", "raster": "image/pwg-raster", "jpeg": "image/jpeg"}


def main(arguments: list[str]) -> int:
    """Play the printer until the input ends."""
    options = _parser().parse_args(arguments)
    end_with_parent()
    options.tray.mkdir(parents=True, exist_ok=True)
    world = World(options.tray, options.seconds, options.history, counts=not options.no_counter)
    server = IppServer(world, options.port, options.formats, unlisted=options.unlisted)
    threading.Thread(target=server.serve_forever, name="ipp", daemon=True).start()
    tell(
        {
            "address": server.uri,
            "uri": server.uri,
            "simulator": "ipp",
            "pid": os.getpid(),
            "tray": str(options.tray),
            "settings": {"printer": {"driver": "ipp", "uri": server.uri}},
        }
    )
    converse(lambda line: _obey(world, line))
    return 0


def _obey(world: World, line: str) -> dict[str, Any]:
    try:
        return {"ok": True, **world.act(json.loads(line))}
    except (KeyError, TypeError, ValueError):
        return {"ok": False}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ipp", description="A simulated A4 printer that speaks IPP.")
    parser.add_argument("--tray", type=Path, required=True, help="folder its pages fall into, as PNG")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (0: any)")
    parser.add_argument("--seconds", type=float, default=0.1, help="how long a page takes")
    parser.add_argument("--formats", type=_formats, default=tuple(_FORMATS.values()), help="pdf,raster,jpeg")
    parser.add_argument("--history", type=int, default=50, help="ended jobs it remembers")
    parser.add_argument("--no-counter", action="store_true", help="never counts its pages")
    parser.add_argument("--unlisted", action="store_true", help="does not list jobs that have ended")
    return parser


def _formats(words: str) -> tuple[str, ...]:
    try:
        return tuple(_FORMATS[word.strip()] for word in words.split(","))
    except KeyError:
        raise argparse.ArgumentTypeError(f"known are {', '.join(_FORMATS)}") from None


if __name__ == "__main__":
    # os._exit: threads in the middle of a page must not keep a printer alive whose plug was pulled.
    code = main(sys.argv[1:])
    os._exit(code)
