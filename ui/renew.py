"""`python -m ui.renew [CODE]` (as `./dev words [CODE]`): bring one translation into step and compile it.

A new code begins a new language: `ui/i18n/jinban_CODE.ts`, every text unfinished. English finds the sentences of
`kiosk/words` there; every other language has them in its own file, under the context `Words`.
"""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from ui.languages import ENGLISH, FOLDER

ROOT: Final = Path(__file__).parent.parent
_TOOLS: Final = Path(sys.executable).parent
_AUDIENCES: Final = ("resident", "staff")


def sentences() -> Iterator[tuple[str, str]]:
    """What `kiosk/words` has for the screen: Chinese and English, each pair once."""
    seen: set[str] = set()
    for name in ("failures", "forms", "notice"):
        words = tomllib.loads((ROOT / "kiosk" / "words" / f"{name}.toml").read_text(encoding="utf-8"))
        for entry in words.values():
            pairs = (
                [pair for who in _AUDIENCES for pair in zip(entry[who]["zh"], entry[who]["en"], strict=True)]
                if name == "failures"
                else [(entry["zh"], entry["en"])]
            )
            for chinese, english in pairs:
                if chinese not in seen:
                    seen.add(chinese)
                    yield chinese, english


def sources() -> list[str]:
    """Files whose texts are translated: the screen's, and the guide's own words, which are on paper, too."""
    found = [*ROOT.glob("ui/**/*.py"), *ROOT.glob("ui/**/*.qml"), *ROOT.glob("kiosk/guide/*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in found if path.name != "GsGallery.qml")


def renew(code: str, folder: Path = FOLDER) -> int:
    """Renew `jinban_CODE.ts` of a folder and compile it; how many texts are still to be translated."""
    target = folder / f"jinban_{code}.ts"
    names = sources()
    language = "en_GB" if code == ENGLISH else code
    with tempfile.TemporaryDirectory() as scratch:
        if code != ENGLISH:
            names.append(str(_sentences_as_source(Path(scratch) / "words.py")))
        flags = ["-source-language", "zh_CN", "-target-language", language, "-no-obsolete", "-locations", "none"]
        _run("pyside6-lupdate", *names, *flags, "-ts", str(target))
    compiled(target)
    return target.read_text(encoding="utf-8").count('type="unfinished"')


def compiled(source: Path) -> Path:
    """Compile one `.ts`; the `.qm` beside it."""
    target = source.with_suffix(".qm")
    _run("pyside6-lrelease", str(source), "-qm", str(target))
    return target


def _sentences_as_source(path: Path) -> Path:
    lines = "\n".join(f"QCoreApplication.translate('Words', {chinese!r})" for chinese, _ in sentences())
    path.write_text(f"from PySide6.QtCore import QCoreApplication\n{lines}\n", encoding="utf-8")
    return path


def _run(tool: str, *arguments: str) -> None:
    command = [str(_TOOLS / tool), *arguments]  # Qt's own, from this environment
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)  # noqa: S603 -- as said above


@click.command()
@click.argument("code", default=ENGLISH)
def main(code: str) -> None:
    """Renew the translation of CODE (English where none is given)."""
    click.echo(f"jinban_{code}.ts: {renew(code)} texts to translate")


if __name__ == "__main__":
    main()
