"""The typeface of every screen: the same subset of Noto Sans SC that the papers embed."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

import kiosk.papers

SHIPPED = ("JinbanSans-Regular.ttf", "JinbanSans-Bold.ttf", "JinbanNames-Regular.ttf")
FALLBACKS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")


def font_families() -> list[str]:
    """Load the shipped fonts and return family names, best first; fallbacks hold the rare characters of names."""
    folder = Path(kiosk.papers.__file__).parent / "fonts"
    families: list[str] = []
    for name in SHIPPED:
        number = QFontDatabase.addApplicationFont(str(folder / name)) if (folder / name).exists() else -1
        if number >= 0:
            families += [family for family in QFontDatabase.applicationFontFamilies(number) if family not in families]
    return [*families, *FALLBACKS]


def set_fonts(app: QGuiApplication) -> None:
    """Make the shipped typeface the application's own; `font.family` on a window does not reach its texts."""
    font = QFont()
    font.setFamilies(font_families())
    font.setPixelSize(26)
    app.setFont(font)
