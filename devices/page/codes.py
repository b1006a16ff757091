"""QR and bar codes on a page. A stranger printed them: their texts are offered as data and prove nothing."""

import zxingcpp

from devices.page.picture import Picture, grey_of

_MOST = 16
_LONGEST = 4096


def codes_on(page: Picture) -> tuple[str, ...]:
    """Texts of the codes on a page, each once, in reading order; over-long ones are left out."""
    found = zxingcpp.read_barcodes(grey_of(page))
    texts = (code.text for code in sorted(found, key=lambda code: (code.position.top_left.y, code.position.top_left.x)))
    return tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= _LONGEST))[:_MOST]
