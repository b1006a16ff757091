"""The rows of the proof table, and the page that shows them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("rows")
PAGE: Final = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- table: ./dev prove --renew-proofs -->\n", "<!-- end of table -->\n"
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One promise. `says` words its figures, `at_least` and `at_most` are its bars in a long run.

    `worst` names figures of which the largest counts; the others are added up. `measured` is what the last long run
    found, on the day and with the command that stand beside it.
    """

    name: str
    promise: str
    says: str
    command: str
    at_least: Figures
    at_most: Figures
    worst: tuple[str, ...]
    measured: Figures
    day: str

    def worded(self, figures: Mapping[str, float]) -> str:
        """The figures in words; those nobody measured are a dash."""
        known = {name: _number(value) for name, value in figures.items()}
        return self.says.format_map(_Dashes(known))

    def bar(self) -> str:
        """What a long run has to reach."""
        parts = [f"{name} ≥ {_number(value)}" for name, value in self.at_least.items()]
        parts += [f"{name} ≤ {_number(value)}" for name, value in self.at_most.items()]
        return ", ".join(parts).replace("_", " ")

    def missed(self, figures: Mapping[str, float]) -> list[str]:
        """The figures that do not reach it."""
        low = [name for name, bar in self.at_least.items() if figures.get(name, bar - 1) < bar]
        return low + [name for name, bar in self.at_most.items() if figures.get(name, bar + 1) > bar]

    def together(self, found: Iterable[Mapping[str, float]]) -> Figures:
        """What several tests found, as one."""
        whole: Figures = {}
        for figures in found:
            for name, value in figures.items():
                known = whole.get(name)
                larger = max(value, known) if known is not None else value
                whole[name] = larger if name in self.worst else value + (known or 0)
        return whole


class _Dashes(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def rows() -> dict[str, Row]:
    """All of them, by name."""
    return {path.stem: _row(path) for path in sorted(FOLDER.glob("*.toml"))}


def renew(name: str, figures: Figures, day: str) -> None:
    """Write what a long run found into a row's file."""
    path = FOLDER / f"{name}.toml"
    kept = path.read_text(encoding="utf-8").partition("\n[measured]")[0].rstrip("\n")
    lines = "".join(f"{key} = {value!r}\n" for key, value in sorted(figures.items()))
    path.write_text(f'{kept}\n\n[measured]\nday = "{day}"\n{lines}', encoding="utf-8")


def table() -> str:
    """The rows as the page shows them."""
    lines = ["| promise | measured | bar | command | day |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.promise} | {row.worded(row.measured)} | {row.bar()} | `{row.command}` | {row.day or '–'} |"
        for row in rows().values()
    ]
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """The page with the table as it now is."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


def _row(path: Path) -> Row:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    measured = dict(read.get("measured", {}))
    day = str(measured.pop("day", ""))
    known = {"promise", "says", "command", "at_least", "at_most", "worst", "measured"}
    if unknown := read.keys() - known:
        raise ValueError(f"{path.name}: {sorted(unknown)}")
    row = Row(path.stem, read["promise"], read["says"], read["command"], {}, {}, (), measured, day)
    return replace(
        row,
        at_least=dict(read.get("at_least", {})),
        at_most=dict(read.get("at_most", {})),
        worst=tuple(read.get("worst", ())),
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
