"""How large the picture really is: sizes for elders are kept in millimetres, and only where that is known."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.cli.health.finding import Finding, Health, Phrase, well
from kiosk.config import read_config
from kiosk.failure import KioskError

CONNECTORS: Final = Path("/sys/class/drm")
_HEADER: Final = bytes.fromhex("00ffffffffffff00")
_SHORTEST_EDID: Final = 128
_LINE_MM, _TARGET_MM = 7, 15


def look_at_screen(data: Path, connectors: Path = CONNECTORS) -> Iterator[Finding]:
    """Whether lines of 7 mm and targets of 15 mm can be kept to, and whether the voice has its programs."""
    try:
        screen = read_config(data).screen
    except KioskError:
        return  # settings that cannot be read are told once, as the settings' own trouble
    width = screen.width_mm or (panel_width(connectors) if screen.size == "full" else 0)
    if width:
        yield well(
            "screen",
            f"画面宽 {width:.0f} mm：大字版行高至少 {_LINE_MM} mm，按钮至少 {_TARGET_MM} mm",
            f"picture {width:.0f} mm wide: in large type lines of {_LINE_MM} mm, buttons of {_TARGET_MM} mm at least",
        )
    else:
        yield Finding(
            "screen",
            Health.AMBER,
            Phrase("画面宽度未知", "the width of the picture is unknown"),
            Phrase("面板没有说自己的尺寸。", "The panel does not say its size."),
            Phrase("量出画面宽度，写入 screen.width_mm。", "Measure the picture and set screen.width_mm."),
        )
    missing = [program for program in (screen.speak_with[0], "aplay") if shutil.which(program) is None]
    if screen.voice != "off" and missing:
        names = ", ".join(missing)
        yield Finding(
            "voice",
            Health.AMBER,
            Phrase("没有声音，只有字幕", "no sound, captions alone"),
            Phrase(f"没有安装 {names}。", f"Not installed: {names}."),
            Phrase('安装这些程序，或设 screen.voice = "off"。', 'Install them, or set screen.voice = "off".'),
        )


def panel_width(connectors: Path) -> float:
    """Millimetres of the connected panel, from its EDID; 0 where none says so."""
    for status in sorted(connectors.glob("card*-*/status")):
        try:
            connected = status.read_text(encoding="ascii").strip() == "connected"
            edid = (status.parent / "edid").read_bytes() if connected else b""
        except OSError:
            continue
        if len(edid) >= _SHORTEST_EDID and edid.startswith(_HEADER):
            # The first detailed timing: image width in byte 66, its upper four bits in byte 68.
            return float(edid[66] | (edid[68] >> 4) << 8)
    return 0.0
