"""Where something already held comes from, as the person reads it: source and date."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from kiosk.desk.knowing import Source
from kiosk.model.case import Origin, OriginKind

translate = QCoreApplication.translate


def source_words(source: Source | None) -> str:
    """Where an answer that was filled in comes from; empty where nobody need be told."""
    if source is None:
        return ""
    if source.kind == "card":
        return translate("Origins", "身份证上的")
    if source.kind == "registry":
        return translate("Origins", "%1里登记的，%2").replace("%1", source.name).replace("%2", _day(source.dated))
    return translate("Origins", "您办“%1”时填的，%2").replace("%1", source.name).replace("%2", _day(source.dated))


def origin_words(origin: Origin | None) -> str:
    """Where a material that nobody handed in now comes from."""
    if origin is None:
        return ""
    if origin.kind is OriginKind.CASE:
        told = translate("Origins", "您 %2 办“%1”时交过的")
    elif origin.kind is OriginKind.LICENCE:
        told = translate("Origins", "电子证照“%1”，%3%2发")
    else:
        told = translate("Origins", "手机上的证照码，%2 出示；联上平台后部门会核对")
    return told.replace("%1", origin.name).replace("%2", _day(origin.dated)).replace("%3", origin.issuer)


def _day(day: date | None) -> str:
    if day is None:
        return ""
    words = translate("Origins", "{year}年{month}月{day}日")
    return words.format(year=day.year, month=day.month, day=day.day)
