"""Rare characters in names: what cards wrote before Unicode had them, and what it is today.

GBK put 80 characters at FE50–FEA0, and old systems wrote them as private-use characters U+E815–U+E864. A name with 䶮
read as U+E863 shows as a box and matches no other register. GB 18030-2005 and -2022 give all of them their places: most
are known to Python's codec, the rest are listed here.
"""

_TRAILS = (*range(0x50, 0x7F), *range(0x80, 0xA1))
_FIRST_PRIVATE = 0xE815
_GIVEN_LATER = {
    0xE816: "𠂇",
    0xE817: "𠂉",
    0xE818: "𠃌",
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶",
    0xE82C: "龷",
    0xE831: "𡗗",
    0xE832: "龸",
    0xE83B: "𢦏",
    0xE843: "龹",
    0xE854: "龺",
    0xE855: "𤇾",
    0xE864: "龻",
}
_TODAY = {
    _FIRST_PRIVATE + place: bytes((0xFE, trail)).decode("gb18030") for place, trail in enumerate(_TRAILS)
} | _GIVEN_LATER


def written_today(text: str) -> str:
    """The same text with every old private-use character at its place of today; others stay as they are."""
    return text.translate(_TODAY)
