"""Codes of an item, its department and its region: strict, because an author can still mend them."""

import re
from collections.abc import Callable, Iterator

from kiosk.catalogue.item import Department, ServiceItem
from kiosk.catalogue.quality.violation import Violation
from kiosk.identity.codes import (
    is_region12,
    parse_catalog_code,
    parse_handle_item_code,
    parse_task_code,
    parse_uscc,
)
from kiosk.identity.ids import PROVINCES
from kiosk.identity.reasons import Reason, fault

_MADE_UP_PROVINCE = "99"
_ENTRUSTED = "3"
_ELICENCE_TYPE = re.compile(r"[0-9A-Z]{21}")
_WORDS = {
    Reason.LENGTH: "长度不对",
    Reason.CHARACTERS: "有不允许的字符",
    Reason.CHECK_DIGIT: "校验位不对",
    Reason.LEVEL: "行使层级应当是 1 到 7",
}
_STRICT: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("catalog_code", parse_catalog_code),
    ("task_code", parse_task_code),
    ("handle_item_code", parse_handle_item_code),
)


def code_violations(item: ServiceItem) -> Iterator[Violation]:
    """Every code that is malformed or contradicts another one."""
    yield from _own(item)
    yield from _sets(item)
    yield from _departments(item)
    if not is_region12(item.region12):
        yield Violation("region12", "region", "行政区划代码应当是 12 位数字")
    elif item.region12[:2] not in PROVINCES and (item.verified or item.region12[:2] != _MADE_UP_PROVINCE):
        yield Violation("region12", "region", "没有这个省级行政区（演示数据可以用 99）")


def _own(item: ServiceItem) -> Iterator[Violation]:
    sound = True
    for name, parse in _STRICT:
        code = getattr(item, name)
        reason = fault(parse, code) if code else None
        if reason:
            sound = False
            yield Violation(name, "code", _WORDS.get(reason, str(reason)))
    if not item.code.isascii() or not item.code.isalnum():
        yield Violation("code", "code", "事项编码只能有字母和数字")
    known = (item.handle_item_code, item.task_code, item.catalog_code, item.local_task_code, item.local_catalog_code)
    if item.code not in known:
        yield Violation("code", "code-unexplained", "事项编码应当等于国家编码或地方编码中的一个")
    if sound:
        yield from _agreement(item)


def _agreement(item: ServiceItem) -> Iterator[Violation]:
    if item.handle_item_code and item.task_code and not item.handle_item_code.startswith(item.task_code):
        yield Violation("handle_item_code", "codes-disagree", "业务办理项编码应当以实施编码开头")
    if not item.task_code:
        return
    task = parse_task_code(item.task_code)
    if item.catalog_code and task.catalog.code != item.catalog_code:
        yield Violation("task_code", "codes-disagree", "实施编码应当以基本编码结尾")
    if task.uscc.code != item.dept.uscc:
        yield Violation("task_code", "codes-disagree", "实施编码的前 18 位应当是实施主体的统一社会信用代码")
    if task.level != item.use_level:
        yield Violation("task_code", "codes-disagree", "实施编码的第 19 位应当是行使层级")


def _sets(item: ServiceItem) -> Iterator[Violation]:
    if not re.fullmatch(r"[0-9]{2}", item.type):
        yield Violation("type", "code-set", "事项类型是两位数字，例如 01 行政许可、20 公共服务")
    if item.use_level not in {"1", "2", "3", "4", "5", "6", "7"}:
        yield Violation("use_level", "code-set", "行使层级应当是 1 到 7")
    if not item.service_object or not set(item.service_object) <= {"1", "2", "3", "4", "5", "6"}:
        yield Violation("service_object", "code-set", "服务对象应当是 1 到 6")
    licences = [(f"materials/{one.id}/elicence_type", one.elicence_type) for one in item.materials]
    licences += [(f"results/{number}/elicence_type", one.elicence_type) for number, one in enumerate(item.results)]
    for path, code in licences:
        if code and not _ELICENCE_TYPE.fullmatch(code):
            yield Violation(path, "code", "电子证照类型代码应当是 21 位数字或大写字母")


def _departments(item: ServiceItem) -> Iterator[Violation]:
    places: list[tuple[str, Department]] = [("dept", item.dept)]
    places += [(f"joint_depts/{number}", dept) for number, dept in enumerate(item.joint_depts)]
    for path, dept in places:
        if not dept.name.strip():
            yield Violation(f"{path}/name", "empty", "请写实施主体名称")
        reason = fault(parse_uscc, dept.uscc)
        if reason:
            yield Violation(f"{path}/uscc", "code", f"统一社会信用代码{_WORDS.get(reason, str(reason))}")
        if dept.dept_type not in {"1", "2", "3", "9"}:
            yield Violation(f"{path}/dept_type", "code-set", "实施主体性质应当是 1、2、3 或 9")
        if dept.dept_type == _ENTRUSTED and not dept.entrusted_by.strip():
            yield Violation(f"{path}/entrusted_by", "empty", "受委托组织要写明由谁委托")
