"""QML is linted against the controllers' own types, and what it names is there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from ui.app import HERE

BIN = Path(sys.executable).parent
QML = HERE / "qml"
METATYPES = Path(PySide6.__file__).parent / "Qt" / "metatypes"


@pytest.fixture(scope="module")
def types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An import path on which the module Jinban describes our Python classes."""
    folder = tmp_path_factory.mktemp("qmltypes")
    module = folder / "Jinban"
    module.mkdir()
    sources = [path for path in HERE.rglob("*.py") if "QML_IMPORT_NAME" in path.read_text(encoding="utf-8")]
    described = folder / "types.json"
    dump = subprocess.run([BIN / "pyside6-metaobjectdump", *sources], check=True, capture_output=True)
    described.write_bytes(dump.stdout)
    foreign = ",".join(str(METATYPES / f"qt6{part}_metatypes.json") for part in ("core", "gui", "qml", "quick"))
    subprocess.run(
        [
            BIN / "pyside6-qmltyperegistrar",
            f"--generate-qmltypes={module / 'Jinban.qmltypes'}",
            "--import-name=Jinban",
            "--major-version=1",
            "--minor-version=0",
            f"--foreign-types={foreign}",
            "-o",
            folder / "unused.cpp",
            described,
        ],
        check=True,
        capture_output=True,
    )
    (module / "qmldir").write_text("module Jinban\ndepends QtQuick\ntypeinfo Jinban.qmltypes\n", encoding="utf-8")
    return folder


def _lint(types: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    # PySide6 does not write into the types that a property is constant, so that lint takes each for a stale one.
    command: list[str | Path] = [
        BIN / "pyside6-qmllint",
        "-I",
        types,
        "--stale-property-read",
        "disable",
        "--max-warnings",
        "0",
        *files,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_every_screen_fits_the_types_it_reads(types: Path) -> None:
    linted = _lint(types, *QML.rglob("*.qml"))

    assert linted.returncode == 0, linted.stderr


def test_lint_would_notice_a_property_that_no_controller_has(types: Path, tmp_path: Path) -> None:
    shutil.copytree(QML, tmp_path / "qml")
    screen = tmp_path / "qml" / "screens" / "RatingScreen.qml"
    screen.write_text(screen.read_text(encoding="utf-8").replace("finish.rate(", "finish.rateNot("), encoding="utf-8")

    assert "rateNot" in _lint(types, screen).stderr


def test_every_icon_a_screen_names_is_shipped() -> None:
    shipped = {path.stem for path in (HERE / "assets" / "icons").glob("*.svg")}
    named = re.compile(r'\b(?:name|iconName|iconAfter|icon|primaryIcon): "([a-z0-9-]+)"')
    wanted = {icon for path in QML.rglob("*.qml") for icon in named.findall(path.read_text(encoding="utf-8"))}

    assert len(wanted) > 30
    assert wanted - shipped == set()


def test_every_component_is_listed_and_every_listed_one_exists() -> None:
    for folder in ("components", "theme"):
        listed = re.findall(r"(\w+\.qml)$", (QML / folder / "qmldir").read_text(encoding="utf-8"), re.MULTILINE)

        assert sorted(listed) == sorted(path.name for path in (QML / folder).glob("*.qml"))


def test_no_type_of_ours_can_be_taken_for_one_of_qt() -> None:
    """An inline component named like a class of Qt gets its wrapper in Python; all of ours begin with Gs."""
    inline = [
        f"{path.name}: {name}"
        for path in QML.rglob("*.qml")
        for name in re.findall(r"\bcomponent (\w+):", path.read_text(encoding="utf-8"))
        if not name.startswith("Gs")
    ]
    files = [path.name for path in (QML / "components").glob("*.qml") if not path.name.startswith("Gs")]

    assert inline + files == []
