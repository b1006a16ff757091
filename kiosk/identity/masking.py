"""The one place that masks personal data for screens, lists, papers and whatever else may be seen by a stranger.

A grapheme is never cut: rare characters beyond the BMP, variation selectors and combining marks stay whole.
"""

import re
import unicodedata

from kiosk.identity.ids import SYNTHETIC_MARK

STAR = "*"
_NAME_DOTS = "·•・‧．"
_HIDDEN_ADDRESS = "****"
_KEPT_HEAD, _KEPT_TAIL = 3, 4
_SHORT = 11
_COMPOUND = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 令狐 钟离 宇文 长孙 "
    "慕容 鲜于 闾丘 司徒 司空 端木 夏侯 闻人 赫连 万俟 南宫 呼延 拓跋 完颜 纳兰 独孤 第五 左丘 漆雕 乐正 贺兰 即墨 "
    "达奚 颛孙 司寇 羊舌"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
_REGION = re.compile(
    "(?:.{2,8}?(?:省|自治区|特别行政区))?"
    "(?:.{2,10}?(?:自治州|地区|盟|市))?"
    "(?:.{1,12}?(?:自治县|自治旗|县|旗|市|(?<![社小园校厂院])区(?!域)))?"
)


def mask_id_no(number: str) -> str:
    """`110***********002X`; shorter numbers show less."""
    return _mask_middle(number)


def mask_phone(number: str) -> str:
    """`138****5678`; other numbers keep their last two digits."""
    if len(number) == _SHORT and number.isdigit():
        return f"{number[:3]}****{number[-4:]}"
    return STAR * max(len(number) - 2, 0) + number[-2:] if len(number) > _KEPT_TAIL else STAR * len(number)


def mask_account(number: str) -> str:
    """A bank or card account: the last four only, whatever its length."""
    return "****" + number[-4:] if len(number) > 2 * _KEPT_TAIL else STAR * len(number)


def mask_name(name: str) -> str:
    """`张*`, `张**`, `欧阳**`; `阿*·***`; `J*** S****`. The mark 演示· of synthetic people stays readable."""
    if name.startswith(SYNTHETIC_MARK):
        return SYNTHETIC_MARK + mask_name(name.removeprefix(SYNTHETIC_MARK))
    graphemes = _graphemes(name.strip())
    if any(grapheme in _NAME_DOTS or grapheme == " " for grapheme in graphemes):
        return _mask_parts(graphemes)
    keep = 2 if len(graphemes) > 2 and "".join(graphemes[:2]) in _COMPOUND_SURNAMES else 1  # noqa: PLR2004
    if len(graphemes) == 1:
        keep = 0
    return "".join(graphemes[:keep]) + STAR * (len(graphemes) - keep)


def mask_address(address: str) -> str:
    """The address down to its county or district, or to its city or province, then four stars for all the rest."""
    if not address:
        return ""
    region = _REGION.match(address)
    return (region[0] if region else "") + _HIDDEN_ADDRESS


def _mask_middle(text: str) -> str:
    if len(text) < _SHORT:
        return text[:1] + STAR * (len(text) - 1)
    return text[:_KEPT_HEAD] + STAR * (len(text) - _KEPT_HEAD - _KEPT_TAIL) + text[-_KEPT_TAIL:]


def _mask_parts(graphemes: list[str]) -> str:
    """Keep the first grapheme of a name in several parts, and of every part of a Latin name."""
    shown, first = [], True
    for place, grapheme in enumerate(graphemes):
        if grapheme in _NAME_DOTS or grapheme == " ":
            shown.append(grapheme)
            first = grapheme == " " and place > 0
        elif first:
            shown.append(grapheme)
            first = False
        else:
            shown.append(STAR)
    return "".join(shown)


def _graphemes(text: str) -> list[str]:
    clusters: list[str] = []
    for character in text:
        if clusters and _joins(character, clusters[-1]):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _joins(character: str, before: str) -> bool:
    """Combining marks, variation selectors and zero-width joiners belong to what stands before them."""
    return unicodedata.category(character)[0] == "M" or character == "\u200d" or before.endswith("\u200d")
