"""What a guide says of the item itself: for whom, where, how often, by whom, under which codes."""

from collections.abc import Iterator

from kiosk.catalogue.item import Channels, ProjectType, ServiceItem
from kiosk.guide.wording import Translate


def about(item: ServiceItem, translate: Translate) -> Iterator[tuple[str, str]]:
    """Title and text of everything the other sections do not say; what the item leaves open is left out."""
    yield translate("Guide", "能用哪些办法办"), "\n".join(_ways(item.channels, translate))
    yield translate("Guide", "哪里的人能在这里办"), item.handle_area
    yield translate("Guide", "要去现场几趟"), _visits(item, translate)
    yield translate("Guide", "在网上能办到哪一步"), _depth(item.online_depth, translate)
    yield translate("Guide", "当场办还是等几天"), _pace(item.project_type, translate)
    yield translate("Guide", "预约和邮寄"), "\n".join(_extras(item, translate))
    yield translate("Guide", "中间要做的事（不算在办理时间里）"), "\n".join(item.special_procedures)
    yield translate("Guide", "要花钱请别人做的事（中介服务）"), _broker(item, translate)
    yield translate("Guide", "一起办的部门"), "\n".join(dept.name for dept in item.joint_depts)
    yield translate("Guide", "哪个部门定"), _department(item, translate)
    yield translate("Guide", "事项编码"), "\n".join(_codes(item, translate))
    yield translate("Guide", "这份指南"), _edition(item, translate)


def _ways(channels: Channels, translate: Translate) -> list[str]:
    ways = {
        translate("Guide", "到窗口"): channels.window,
        translate("Guide", "在这台机器上"): channels.terminal,
        translate("Guide", "电脑上网"): channels.pc,
        translate("Guide", "手机"): channels.mobile,
        translate("Guide", "寄材料"): channels.post,
        translate("Guide", "请人代办"): channels.proxy,
        translate("Guide", "上门来办"): channels.home_visit,
    }
    return [way for way, open_to in ways.items() if open_to]


def _visits(item: ServiceItem, translate: Translate) -> str:
    if item.on_site_times == 0:
        return translate("Guide", "一趟都不用")
    most = translate("Guide", "最多 {} 趟").format(item.on_site_times)
    return f"{most}\n{item.on_site_reason}" if item.on_site_reason else most


def _depth(depth: str, translate: Translate) -> str:
    return {
        "Ⅰ": translate("Guide", "网上只能看指南"),
        "Ⅱ": translate("Guide", "网上能先看材料齐不齐，再到现场交"),
        "Ⅲ": translate("Guide", "网上能交，领结果要到现场"),
        "Ⅳ": translate("Guide", "从头到尾都能在网上办"),
    }.get(depth, "")


def _pace(project_type: ProjectType, translate: Translate) -> str:
    return {
        ProjectType.INSTANT: translate("Guide", "材料齐了当场办（即办件）"),
        ProjectType.PROMISED: translate("Guide", "收下以后，在承诺的时间里办好（承诺件）"),
        ProjectType.OTHER: "",
    }[project_type]


def _extras(item: ServiceItem, translate: Translate) -> Iterator[str]:
    yield translate("Guide", "可以预约") if item.appointment else translate("Guide", "不用预约")
    yield translate("Guide", "结果可以寄到家") if item.express else translate("Guide", "结果不寄，按指南去领")


def _broker(item: ServiceItem, translate: Translate) -> str:
    return "\n".join(item.intermediary) or translate("Guide", "没有")


def _department(item: ServiceItem, translate: Translate) -> str:
    dept = item.dept
    entrusted = translate("Guide", "受 {} 委托").format(dept.entrusted_by) if dept.entrusted_by else ""
    code = translate("Guide", "统一社会信用代码 {}").format(dept.uscc) if dept.uscc else ""
    return "\n".join(part for part in (dept.name, entrusted, code) if part)


def _codes(item: ServiceItem, translate: Translate) -> Iterator[str]:
    named = {
        translate("Guide", "事项编号 {}"): item.code,
        translate("Guide", "基本编码 {}"): item.catalog_code,
        translate("Guide", "实施编码 {}"): item.task_code,
        translate("Guide", "业务办理项编码 {}"): item.handle_item_code,
    }
    return (words.format(code) for words, code in named.items() if code)


def _edition(item: ServiceItem, translate: Translate) -> str:
    first = translate("Guide", "第 {} 版，{} 起用").format(item.version, item.effective.isoformat())
    last = translate("Guide", "用到 {}").format(item.cancel.isoformat()) if item.cancel else ""
    return "\n".join(part for part in (first, last, item.source) if part)
