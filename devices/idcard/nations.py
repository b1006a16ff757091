"""Nations of China (民族), GB/T 3304: the two digits on a card's chip and the name printed on it."""

_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_OTHER = "其他"
_FOREIGN_BORN = "外国血统中国籍人士"
_NAME_OF = {f"{code:02d}": name for code, name in enumerate(_NAMES.split(), start=1)} | {
    "97": _OTHER,
    "98": _FOREIGN_BORN,
}
_CODE_OF = {name: code for code, name in _NAME_OF.items()}
# Old readers say 57 and 58 for what is 97 and 98 now.
_OLD = {"57": _OTHER, "58": _OTHER}

NATIONS: tuple[str, ...] = tuple(_NAME_OF.values())
"""Every name, in the order of the codes."""


def nation_name(code: str) -> str | None:
    """`汉` for `01`, None for a code that means nothing."""
    return _NAME_OF.get(code) or _OLD.get(code)


def nation_code(name: str) -> str | None:
    """`01` for `汉`, None for a name the table does not have."""
    return _CODE_OF.get(name)
