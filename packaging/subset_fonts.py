"""Makes the fonts in `kiosk/papers/fonts` from their sources; run by hand when the character set changes.

    python packaging/subset_fonts.py NotoSansSC-Regular.ttf NotoSansSC-Bold.ttf LXGWWenKai-Regular.ttf

Sources: Noto Sans SC (OFL 1.1; static TrueType builds, npm package @expo-google-fonts/noto-sans-sc) and LXGW WenKai
(OFL 1.1; Debian package fonts-lxgw-wenkai). Names are changed, as the licence asks of modified versions.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parent.parent / "kiosk" / "papers" / "fonts"
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2C6, 0x2DC]
SIGNS = [
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2100, 0x2200),
    *range(0x2200, 0x2300),
    *range(0x2460, 0x2500),
    *range(0x2500, 0x2600),
    *range(0x2600, 0x2700),
    *range(0x3000, 0x3040),
    *range(0x3040, 0x3100),
    *range(0xFF00, 0xFFF0),
]


def gb2312() -> set[int]:
    """Every character of GB 2312-80."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def han(source: TTFont) -> set[int]:
    """Every Han character a font has."""
    ranges = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480))
    return {code for code in source.getBestCmap() if any(low <= code < high for low, high in ranges)}


def write(path: Path, codes: set[int], family: str, style: str, target: str) -> set[int]:
    """Subset one font, rename it and return what it covers."""
    options = subset.Options(layout_features=[], hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"])
    font = subset.load_font(str(path), options)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    names = {
        1: family,
        2: style,
        3: f"{family} {style} 1",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
    }
    font["name"].names = [name for name in font["name"].names if name.nameID in (0, 5, 13, 14, *names)]
    for name in font["name"].names:
        if name.nameID in names:
            name.string = names[name.nameID]
    font.save(TARGET / target)
    return set(font.getBestCmap())


def main() -> None:
    """Subset the three sources named on the command line."""
    regular, bold, names = map(Path, sys.argv[1:4])
    common = gb2312() | set(LATIN) | set(SIGNS)
    unified = {code for code in han(TTFont(regular)) if 0x4E00 <= code < 0xA000}
    covered = write(regular, common | unified, "Jinban Sans", "Regular", "JinbanSans-Regular.ttf")
    write(bold, common, "Jinban Sans", "Bold", "JinbanSans-Bold.ttf")
    write(names, han(TTFont(names)) - covered, "Jinban Names", "Regular", "JinbanNames-Regular.ttf")
    for path in sorted(TARGET.glob("*.ttf")):
        print(f"{path.name}: {path.stat().st_size // 1024} kB, {len(TTFont(path).getBestCmap())} characters")


if __name__ == "__main__":
    main()
