"""The doctor says whether large type can be kept to millimetres, and whether anything can be heard."""

from pathlib import Path

from kiosk.cli.health.finding import Health
from kiosk.cli.health.panel import look_at_screen, panel_width


def _panel(folder: Path, width_mm: int) -> Path:
    """A connected panel as the kernel shows it: 21.5 inch panels say 476 x 268 mm."""
    connector = folder / "card0-HDMI-A-1"
    connector.mkdir(parents=True)
    (connector / "status").write_text("connected\n", encoding="ascii")
    edid = bytearray(128)
    edid[:8] = bytes.fromhex("00ffffffffffff00")
    edid[66], edid[68] = width_mm & 0xFF, (width_mm >> 8) << 4
    (connector / "edid").write_bytes(bytes(edid))
    return folder


def test_a_panel_that_says_its_size_is_believed(tmp_path: Path) -> None:
    findings = {one.name: one for one in look_at_screen(tmp_path, _panel(tmp_path / "drm", 476))}

    assert findings["screen"].health is Health.WELL
    assert "476 mm" in findings["screen"].state.en


def test_a_panel_that_says_nothing_has_to_be_measured(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[screen]\nspeak_with = ["/nowhere/speak"]\n', encoding="utf-8")
    findings = {one.name: one for one in look_at_screen(tmp_path, tmp_path / "none")}

    assert findings["screen"].health is Health.AMBER
    assert "screen.width_mm" in findings["screen"].action.en
    assert findings["voice"].health is Health.AMBER


def test_a_measured_width_counts_and_a_silent_terminal_needs_no_programs(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[screen]\nwidth_mm = 217.0\nvoice = "off"\n', encoding="utf-8")
    findings = list(look_at_screen(tmp_path, tmp_path / "none"))

    assert [(one.name, one.health) for one in findings] == [("screen", Health.WELL)]
    assert panel_width(tmp_path / "none") == 0
