"""`docs/devices.md` names every shipped driver, kind and simulator, and says of each honestly where it was tried."""

import re
import tomllib
from pathlib import Path

from devices.config import choices, table_of
from devices.conformance.acts import METHODS
from devices.registry import _SHIPPED
from devices.simulators import SIMULATORS
from kiosk.config import Config
from kiosk.failure import Failure

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "devices.md").read_text(encoding="utf-8")
TRIED = PAGE[PAGE.index("## What was tried on what") : PAGE.index("## Writing a driver")]
DRIVERS = sorted({driver for _, driver in _SHIPPED} - {"sim"})


def test_every_shipped_driver_is_explained_and_has_its_row_of_truth() -> None:
    setting_up = PAGE[: PAGE.index("## What was tried on what")]

    assert [driver for driver in DRIVERS if f"`{driver}`" not in setting_up and f'"{driver}"' not in setting_up] == []
    rows = [line for line in TRIED.splitlines() if line.startswith("|")]
    assert [driver for driver in DRIVERS if driver != "file" and not any(f"`{driver}`" in row for row in rows)] == []


def test_nothing_claims_to_have_been_seen_on_hardware_without_a_model() -> None:
    rows = [line.strip("| ").split("|") for line in TRIED.splitlines() if re.match(r"\| `|\| keyboard", line)]

    assert len(rows) > 10
    assert {row[-1].strip() for row in rows} == {"no"}
    assert "Nothing here has been seen on hardware yet" in TRIED


def test_every_option_a_driver_documents_is_on_the_page() -> None:
    for place in _SHIPPED.values():
        module = place.partition(":")[0]
        source = ROOT / Path(*module.split("."))
        file = source / "__init__.py" if source.is_dir() else source.with_suffix(".py")
        words = file.read_text(encoding="utf-8").split('"""')[1]
        for option in re.findall(r"^`?([a-z_]+)`?(?:, `?[a-z_]+`?)*\n    \S", words, re.MULTILINE):
            if " sim" not in words and not module.endswith(".sim"):
                assert f"`{option}`" in PAGE, (module, option)


def test_every_simulator_and_kind_is_named() -> None:
    assert [name for name, module in SIMULATORS.items() if f"| `{name}` |" not in PAGE or module not in PAGE] == []
    assert [kind.value for kind in METHODS if f"`{kind.value}`" not in PAGE] == []
    assert [method for methods in METHODS.values() for method in methods if f"{method}(" not in PAGE] == []


def test_the_settings_and_failures_it_shows_exist() -> None:
    example = PAGE.split("```toml\n")[1].split("```")[0]
    devices = tomllib.loads(example)["devices"]
    config = Config().devices.__class__(**devices)

    assert len(choices(table_of(config))) == 7
    codes = {failure.code for failure in Failure}
    assert set(re.findall(r"`((?:card|device|printer|scanner)\.[a-z_]+)`", PAGE)) <= codes
    assert set(re.findall(r"`([A-Z]+_[A-Z_]+)`", PAGE)) - {"CUPS_SERVER"} <= set(Failure.__members__)
