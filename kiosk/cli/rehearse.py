"""`kiosk rehearse`: the whole chain on this machine, troubled on purpose, and afterwards everything counted."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kiosk.cli.answer import fail, json_option, print_json
from kiosk.cli.wiring import open_terminal, quiet_logs
from kiosk.failure import Failure, KioskError

if TYPE_CHECKING:
    from kiosk.cli.rehearsal.chain import Chain
    from kiosk.cli.rehearsal.counting import Count
    from kiosk.cli.rehearsal.menu import Turn

_WRONG: Final = 1
_LINE_SECONDS: Final = 1.5
_DELIVERY_SECONDS: Final = 180.0
_MOST_SEED: Final = 1 << 32
_WRITES: Final = (
    *("HOME", "TMPDIR", "XDG_RUNTIME_DIR"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),
)
"""Where programs are told to write."""


@dataclass(slots=True)
class Log:
    """What happened: numbers people were told, and turn by turn the failures they met."""

    told: list[str] = field(default_factory=list)
    turns: list[dict[str, object]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@click.command()
@click.option("--seed", type=click.IntRange(0, _MOST_SEED), help="Repeat that programme; a new one when left out.")
@click.option("--visits", type=click.IntRange(1, 10_000), help="So many visits; 22, every trouble once, when left out.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Where; a new temporary folder if left out."
)
@json_option
def rehearse(seed: int | None, visits: int | None, data: Path | None, *, as_json: bool) -> None:
    """Rehearse with people who do not exist: cut lines, lost answers, jams, a full disk, wrong clocks, power cuts.

    Platform, line, agent, simulated devices and counter run on this machine in a folder of their own; the terminal
    itself is left alone. Then everything is counted: people told, rows, receipts, acknowledgements, the platform's
    cases, and what lies about. Exit status: 0 all of it adds up, 1 not, 2 it could not be held.
    """
    quiet_logs()
    seed = random.SystemRandom().randrange(_MOST_SEED) if seed is None else seed
    folder = data.absolute() if data else Path(tempfile.mkdtemp(prefix="jinban-rehearsal-"))
    click.echo(f"演练 Rehearsal: seed {seed}, {folder}", err=True)
    from kiosk.cli.rehearsal.menu import programme  # noqa: PLC0415 -- the rehearsal's parts only when one is held

    try:
        _demand_empty(folder)
        started = time.monotonic()
        log, made = _held(folder, programme(seed, visits), quiet=as_json)
    except KioskError as error:
        fail(error, as_json=as_json)
    _tell(seed, folder, log, made, time.monotonic() - started, as_json=as_json)
    sys.exit(_WRONG if made.wrong else 0)


def _demand_empty(folder: Path) -> None:
    """A rehearsal disturbs nothing: whatever lies there may be somebody's terminal."""
    if folder.exists() and any(folder.iterdir()):
        raise KioskError(Failure.ALREADY_PROVISIONED, reason="rehearsal")


def _held(folder: Path, turns: "Sequence[Turn]", *, quiet: bool) -> "tuple[Log, Count]":
    from kiosk.cli.rehearsal.chain import Chain  # noqa: PLC0415
    from kiosk.cli.rehearsal.counting import count  # noqa: PLC0415
    from kiosk.cli.rehearsal.leavings import Leavings  # noqa: PLC0415

    log = Log()
    with _elsewhere(folder) as elsewhere:
        with Chain(folder / "terminal") as chain:
            leavings = Leavings(folder / "terminal", elsewhere)
            hidden = quiet or not sys.stderr.isatty()
            with click.progressbar(
                turns,
                label="演练 Rehearsal",
                file=sys.stderr,
                hidden=hidden,
                item_show_func=lambda one: one.name if one else "",
            ) as bar:
                for turn in bar:
                    _take(chain, turn, log)
                    leavings.look()
            _finish(chain)
        made = count(folder / "terminal", log.told, elsewhere)
    made.wrong += [*log.wrong, *leavings.wrong()]
    made.files_looked_at += leavings.search.files
    return log, made


@contextmanager
def _elsewhere(folder: Path) -> Iterator[Path]:
    """Everything started from here puts temporary, cached and other files of its own where they can be looked for."""
    elsewhere = folder / "tmp"
    elsewhere.mkdir(mode=0o700, parents=True)
    before = {name: os.environ.get(name) for name in _WRITES}
    os.environ.update(dict.fromkeys(_WRITES, str(elsewhere)))
    try:
        yield elsewhere
    finally:
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


def _take(chain: "Chain", turn: "Turn", log: Log) -> None:
    from kiosk.cli.rehearsal.menu import LINE, MUST_BE_MET, NOTHING  # noqa: PLC0415

    if turn.line != NOTHING:
        LINE[turn.line](chain.link)
    question = {"do": "visit", "trouble": turn.place}
    if turn.cut_after is None:
        answer = chain.ask(question)
    else:
        chain.tell(question)
        answer = chain.answer(turn.cut_after)
        chain.power_cut()
    if turn.line != NOTHING:
        time.sleep(_LINE_SECONDS)
        chain.link.restore()
    met = answer["met"] if answer else []
    if answer and answer["ok"]:
        log.told.append(str(answer["number"]))
    if turn.cut_after is None and not (answer and answer["ok"] and answer["printed"]):
        log.wrong.append(f"{turn.name}: the visit came to no end")
    if turn.place in MUST_BE_MET and not met:
        log.wrong.append(f"{turn.name}: the trouble was not noticed")
    log.turns.append({"trouble": turn.name, "number": answer["number"] if answer else None, "met": met})


def _finish(chain: "Chain") -> None:
    """The day ends: what did not come out is printed, and the line carries what waits."""
    from kiosk.channel import AGENT, Channel  # noqa: PLC0415

    chain.link.restore()
    chain.ask({"do": "tidy"})
    deadline = time.monotonic() + _DELIVERY_SECONDS
    with closing(open_terminal(chain.data)) as store:
        while store.outbox.counts()[0] and time.monotonic() < deadline:
            Channel(chain.data, AGENT).ask({"do": "wake"})
            time.sleep(0.5)


def _tell(seed: int, folder: Path, log: Log, made: "Count", seconds: float, *, as_json: bool) -> None:
    if as_json:
        report = {"ok": not made.wrong, "seed": seed, "data": str(folder), "turns": log.turns, **asdict(made)}
        print_json({**report, "seconds": round(seconds, 1)})
        return
    for turn in log.turns:
        met = ", ".join(dict.fromkeys(str(one) for one in turn["met"])) if isinstance(turn["met"], list) else ""
        click.echo(f"  {turn['trouble']:38}  {turn['number'] or '-':24}  {met}")
    click.echo(
        f"people told {made.told}, rows {made.rows}, acknowledged {made.acknowledged}, at the platform {made.platform}"
    )
    click.echo(f"receipts as originals {made.printed}, waiting {made.waiting}, parked {made.parked}")
    click.echo(f"files looked through for what people brought: {made.files_looked_at}")
    for wrong in made.wrong:
        click.echo(f"WRONG: {wrong}")
    click.echo(f"seed {seed}, {seconds:.0f} s: " + ("everything adds up" if not made.wrong else "it does not add up"))
