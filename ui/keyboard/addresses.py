"""How addresses go on: what follows the name of a place, and what follows a number.

Costs are natural-log units: minus the log of how often one follows the other. `packaging/build_pinyin.py` sees to it
that every word here is in the dictionary.
"""

import re
from typing import Final

from ui.keyboard.lexicon import Word, Words

_DIGITS: Final = "一二三四五六七八九"
_TEN: Final = 10
_TWENTY: Final = 20
_OF_TEN: Final = 2.7
_OF_TWENTY: Final = 4.5
_OF_HUNDRED: Final = 6.0

OF_A_PLACE: Final = 3.5
"""What it costs that a place is written at all."""
OF_A_NUMBER: Final = 4.0
"""The same of a number in words."""


def _spoken(number: int) -> str:
    tens, ones = divmod(number, _TEN)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
    return head + (_DIGITS[ones - 1] if ones else "")


def _cost(number: int) -> float:
    return _OF_TEN if number <= _TEN else _OF_TWENTY if number <= _TWENTY else _OF_HUNDRED


def _table(text: str) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for sound, word, cost in re.findall(r"([a-z']+) (\D+)(\d+)", text):
        found[sound] = (*found.get(sound, ()), Word(word, int(cost) / 10))
    return found


NUMERALS: Final = {_spoken(number): _cost(number) for number in range(1, 100)}
"""一 to 九十九, and what each costs."""

AFTER_PLACE: Final = _table(
    """
    cun 村8, she'qu 社区16, lu 路22, jie 街29, xiao'qu 小区26, cun'wei'hui 村委会30, dong'lu 东路30, xi'lu 西路30,
    nan'lu 南路30, bei'lu 北路30, hua'yuan 花园32, da'dao 大道32, da'jie 大街32, xiang 巷34, tun 屯35,
    ju'wei'hui 居委会35, jie'dao 街道36, zu 组36, zhong'lu 中路38, xin'cun 新村38, jia'yuan 家园38,
    guang'chang 广场38, cheng 城40, yuan 苑40, gong'yu 公寓40, dong'jie 东街40, xi'jie 西街40, nan'jie 南街40,
    bei'jie 北街40, da'sha 大厦42, su'she 宿舍42, xiao'xue 小学42, zhong'xue 中学42, hu'tong 胡同42,
    shi'chang 市场44, wei'sheng'yuan 卫生院44, qiao 桥45, wan 湾45
    """
)
"""By sound, what kind of place it is; cost in natural-log units (shipped as tenths)."""

AFTER_NUMBER: Final = _table(
    """
    hao 号12, zu 组15, dan'yuan 单元18, hao'lou 号楼20, lou 楼20, shi 室20, dong 栋22, cun 村25, zhuang 幢30,
    ceng 层30, she 社30, dui 队30, qi 期32, qu 区32, xiang 巷32, hao'yuan 号院32, cun'min'xiao'zu 村民小组34,
    xiao'zu 小组34, nong 弄35, zuo 座35, jie 街35, lu 路35, men 门35, pai 排35, nian 年20, yue 月20, ri 日22,
    yuan 元24, sui 岁26, ren 人24, kou 口34, mu 亩30, tian 天30, li 里40, da'dui 大队40, xiao'dui 小队40,
    lian 连44, tuan 团44
    """
)
"""By sound, what is counted or numbered."""
