"""Medians of runs as a table, and as the page `docs/benchmarks.md` shows it."""

import statistics
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.table import print_table

HEAD = ("link", "peer", "done", "s", "x least", "forms s", "x payload", "connections", "turns", "CPU s", "MB")


def rows_of(runs: Iterable[dict[str, Any]]) -> list[tuple[str, ...]]:
    """A row for each link and peer, in the order they were run."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for run in runs:
        groups.setdefault((run["profile"], run["peer"]), []).append(run)
    return [(profile, peer, *_cells(group)) for (profile, peer), group in sorted(groups.items(), key=_order(groups))]


def print_figures(runs: Sequence[dict[str, Any]]) -> None:
    """The table on stdout."""
    if runs:
        print_table(HEAD, rows_of(runs))


def _order(groups: dict[tuple[str, str], list[dict[str, Any]]]) -> Any:
    links = list(dict.fromkeys(profile for profile, _ in groups))
    places = {key: place for place, key in enumerate(groups)}
    return lambda entry: (links.index(entry[0][0]), places[entry[0]])


def _cells(group: list[dict[str, Any]]) -> tuple[str, ...]:
    done = [run for run in group if run["done"]]
    share = f"{len(done)}/{len(group)}"
    if not done:
        held = statistics.median(run["arrived"] for run in group)
        return (share, f"never; {held:.0f} of {group[0]['wanted']} files", *[""] * (len(HEAD) - 4))
    return (
        share,
        _median(done, "seconds", ".1f"),
        _median(done, "x_least", ".2f"),
        _median(done, "forms", ".2f"),
        _median(done, "x_payload", ".3f"),
        _median(done, "connections", ".0f"),
        _median(done, "turns", ".0f"),
        _median(done, "cpu", ".2f"),
        _median(done, "memory_mb", ".0f"),
    )


def _median(runs: list[dict[str, Any]], name: str, form: str) -> str:
    values = [run[name] for run in runs if run.get(name) is not None]
    return format(statistics.median(values), form) if values else "at the end"
