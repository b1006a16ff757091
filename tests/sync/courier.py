"""The four commands of the courier, called as people call them, and sticks to call them on."""

import json
import shutil
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from central.cli import central
from kiosk.cli import kiosk
from tests.sync.platform import Platform


def call(command: click.Command, *arguments: str | Path, status: int = 0) -> Any:
    """The JSON answer of a command that ends with `status`."""
    done = CliRunner().invoke(command, [*map(str, arguments), "--json"])
    assert done.exit_code == status, (done.exit_code, done.output, done.exception)
    return json.loads(done.stdout)


class Courier:
    """One platform and the sticks that travel between it and its terminals."""

    def __init__(self, platform: Platform, folder: Path) -> None:
        self._platform, self._folder = platform, folder

    def stick(self, name: str = "J-1", region: str = "") -> Path:
        """A registered stick."""
        stick = self._folder / name
        stick.mkdir()
        self.register(stick, name, region)
        return stick

    def register(self, stick: Path, name: str = "J-1", region: str = "") -> Any:
        return self.central("register", stick, "--name", name, "--region", region)

    def central(self, verb: str, stick: Path, *options: str, status: int = 0) -> Any:
        return call(central, "courier", verb, stick, "--data", self._platform.data, *options, status=status)

    def export(self, data: Path, stick: Path, status: int = 0) -> Any:
        return call(kiosk, "courier", "export", stick, "--data", data, status=status)

    def take(self, data: Path, stick: Path, status: int = 0) -> Any:
        return call(kiosk, "courier", "import", stick, "--data", data, status=status)

    def there_and_back(self, data: Path, stick: Path) -> Any:
        """A whole journey; the terminal's answer at its end."""
        self.export(data, stick)
        self.central("import", stick)
        self.central("export", stick)
        return self.take(data, stick)

    def copy(self, stick: Path, name: str) -> Path:
        """The same folder on another medium, as a township hub forwards it."""
        return Path(shutil.copytree(stick, self._folder / name))


def files(stick: Path, *parts: str) -> list[Path]:
    """The data files below a folder of a stick."""
    return sorted((stick / "jinban").joinpath(*parts).rglob("*.jbn"))
