"""The guide itself: what must be said, and what must not contradict it (limits, visits, fees, results, contacts)."""

import re
from collections.abc import Iterator

from kiosk.catalogue.item import DayUnit, Limit, ProjectType, ServiceItem
from kiosk.catalogue.quality.violation import Violation

_PHONE = re.compile(r"0[0-9]{2,3}-([0-9]{7,8}|1[0-9]{4})")
_DEPTHS = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")
_WHOLE_DEPTH = "Ⅳ"
_LICENCE = "01"
_LICENCE_STEPS = ("受理", "审核", "审批", "办结", "送达")
_RESULT_TYPES = ("证", "文", "批复", "其他")
_PERSON = "1"
_PHOTOGRAPH = ("照片", "相片")
_WORKING_WEEK, _CALENDAR_WEEK = 5, 7
_YUAN = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


def guide_violations(item: ServiceItem) -> Iterator[Violation]:
    """Every rule about the guide as a whole that this item breaks."""
    yield from _said(item)
    yield from _limits(item)
    yield from _visits(item)
    yield from _fee(item)
    yield from _results(item)
    yield from _contacts(item)
    yield from _topics(item)
    yield from _licence(item)
    yield from _refusals(item)
    yield from _portrait(item)
    if item.agent.agent and any("全权" in power for power in item.agent.powers):
        yield Violation("agent/powers", "mandate", "委托权限要逐项写明，不能写“全权”")
    if item.agent.agent and not item.agent.powers:
        yield Violation("agent/powers", "mandate", "允许代办的事项要逐项写明可以委托什么")


def _said(item: ServiceItem) -> Iterator[Violation]:
    lists = {"basis": item.basis, "conditions": item.conditions, "process": item.process, "addresses": item.addresses}
    for path, rows in lists.items():
        if not rows:
            yield Violation(path, "empty", "至少要有一条")
    inner = [("name", item.name), ("purpose", item.purpose), ("source", item.source)]
    inner += [(f"basis/{number}/law", basis.law) for number, basis in enumerate(item.basis)]
    inner += [(f"conditions/{condition.id}/text", condition.text) for condition in item.conditions]
    inner += [(f"process/{number}/step", step.step) for number, step in enumerate(item.process)]
    for path, text in inner:
        if not text.strip():
            yield Violation(path, "empty", "这一项要写明")
    if item.cancel is not None and item.cancel <= item.effective:
        yield Violation("cancel", "dates", "取消日期应当晚于生效日期")
    if item.version < 1:
        yield Violation("version", "version", "版本号从 1 开始")


def _limits(item: ServiceItem) -> Iterator[Violation]:
    for path, limit in (("statutory", item.statutory), ("promise", item.promise)):
        if limit.days < 0:
            yield Violation(f"{path}/days", "limit", "天数不能小于 0")
    if _calendar_days(item.promise) > _calendar_days(item.statutory):
        yield Violation("promise/days", "promise-longer-than-law", "承诺时限不能长于法定时限")
    at_once = item.promise.days == 0
    if at_once is not (item.project_type is ProjectType.INSTANT):
        yield Violation("project_type", "instant", "当场办结的是即办件，有承诺天数的不是即办件")
    if at_once and any(step.days for step in item.process):
        yield Violation("process", "instant", "即办件即审即办，各环节不另计天数")
    rule = item.receipt_rule
    if rule is not None and (rule.days < 1 or not rule.basis.strip()):
        yield Violation("receipt_rule", "limit", "收件时限要有天数和法律依据")


def _calendar_days(limit: Limit) -> float:
    """Limits of both units made comparable: five working days take seven."""
    return limit.days * _CALENDAR_WEEK / _WORKING_WEEK if limit.unit is DayUnit.WORKING else limit.days


def _visits(item: ServiceItem) -> Iterator[Violation]:
    online = item.channels.pc or item.channels.mobile
    if item.on_site_times < 0:
        yield Violation("on_site_times", "visits", "到现场次数不能小于 0")
    if item.on_site_times > 0 and not item.on_site_reason.strip():
        yield Violation("on_site_reason", "visits", "需要到现场的，要写明原因")
    if item.on_site_times == 0 and item.on_site_reason.strip():
        yield Violation("on_site_reason", "visits", "不用到现场的，不要写到现场的原因")
    if item.on_site_times == 0 and not online and not item.channels.post:
        yield Violation("channels/post", "visits", "不用到现场又不能网上办的，要收邮寄申请")
    if item.online_depth not in _DEPTHS:
        yield Violation("online_depth", "code-set", "网上办理深度应当是 Ⅰ、Ⅱ、Ⅲ 或 Ⅳ")
    if item.online_depth == _WHOLE_DEPTH and item.on_site_times != 0:
        yield Violation("online_depth", "visits", "全程网办（Ⅳ）的，到现场次数应当是 0")


def _fee(item: ServiceItem) -> Iterator[Violation]:
    fee = item.fee
    if fee.charged and not fee.items:
        yield Violation("fee/items", "fee", "收费的要列出收费项目")
    if not fee.charged and fee.items:
        yield Violation("fee/items", "fee", "不收费的不能有收费项目")
    if not fee.charged and fee.pay_online:
        yield Violation("fee/pay_online", "fee", "不收费的没有网上支付")
    for number, one in enumerate(fee.items):
        path = f"fee/items/{number}"
        if not one.name.strip() or not one.standard.strip():
            yield Violation(path, "fee", "收费项目要有名称和标准")
        if not one.basis.strip():
            yield Violation(f"{path}/basis", "fee", "收费要有依据")
        if one.yuan and not _YUAN.fullmatch(one.yuan):
            yield Violation(f"{path}/yuan", "fee", "金额写数字，最多两位小数")
        if one.reducible and not one.reduce_basis.strip():
            yield Violation(f"{path}/reduce_basis", "fee", "允许减免的要有减免依据")


def _results(item: ServiceItem) -> Iterator[Violation]:
    for number, result in enumerate(item.results):
        path = f"results/{number}"
        if result.type not in _RESULT_TYPES:
            yield Violation(f"{path}/type", "code-set", "审批结果类型应当是 证、文、批复 或 其他")
        wanted = next((end for end in ("批复", "证", "文") if result.name.endswith(end)), "")
        if wanted and result.type != wanted:
            yield Violation(f"{path}/type", "result", f"名称以“{wanted}”结尾的结果，类型应当是“{wanted}”")
        if result.name.strip() and not result.sample.strip():
            yield Violation(f"{path}/sample", "result", "有结果名称的要有结果样本")


def _contacts(item: ServiceItem) -> Iterator[Violation]:
    for path, phone in (("consult_phone", item.consult_phone), ("complaint_phone", item.complaint_phone)):
        if not _PHONE.fullmatch(phone):
            yield Violation(path, "phone", "电话要带区号，例如 0826-1234567 或 0826-76543")
    if item.consult_phone and item.consult_phone == item.complaint_phone:
        yield Violation("complaint_phone", "phone", "咨询电话和投诉电话不能是同一个")


def _topics(item: ServiceItem) -> Iterator[Violation]:
    persons = _PERSON in item.service_object
    bodies = any(one != _PERSON for one in item.service_object)
    if persons is not bool(item.topics_person):
        yield Violation("topics_person", "topics", "服务对象有自然人时要有个人主题，没有时不能有")
    if bodies is not bool(item.topics_corp):
        yield Violation("topics_corp", "topics", "服务对象有法人或其他组织时要有法人主题，没有时不能有")


def _licence(item: ServiceItem) -> Iterator[Violation]:
    if item.type != _LICENCE:
        return
    if not item.faq:
        yield Violation("faq", "licence", "行政许可至少要有一条常见问题")
    steps = {step.step for step in item.process}
    for name in _LICENCE_STEPS:
        if name not in steps:
            yield Violation("process", "licence", f"行政许可的流程缺少“{name}”")


def _portrait(item: ServiceItem) -> Iterator[Violation]:
    """Nobody's face is taken for a purpose that does not say so: the purpose is what a person agrees to."""
    if item.portrait_when and not item.portrait:
        yield Violation("portrait", "portrait", "写了什么时候用身份证里的照片，就要写明这件事用照片")
    if item.portrait and not any(word in item.purpose for word in _PHOTOGRAPH):
        yield Violation("purpose", "portrait", "要用身份证里的照片的，用途里要写明照片用来做什么")


def _refusals(item: ServiceItem) -> Iterator[Violation]:
    if not item.refusals:
        yield Violation("refusals", "empty", "至少要有一条不予受理的理由")
    ids = [one.id for one in item.refusals]
    for one in item.refusals:
        if not one.text.strip() or not one.basis.strip():
            yield Violation(f"refusals/{one.id}", "empty", "不予受理的理由要有文字和依据")
        if ids.count(one.id) > 1:
            yield Violation(f"refusals/{one.id}", "repeated", "理由的标识重复")
