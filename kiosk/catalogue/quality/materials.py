"""Materials: nobody is asked for anything without basis, and everybody learns how much, in what form, what instead."""

from collections.abc import Iterator

from kiosk.catalogue.item import MaterialFormat, MaterialRule, Need, Obtain, ServiceItem
from kiosk.catalogue.quality.violation import Violation
from kiosk.model.case import SIGNATURE_SHEET

_TYPES = ("申请表格", "证件证照", "证明", "其他")
_SOURCES = ("本人", "政府核发", "第三方")


def material_violations(item: ServiceItem) -> Iterator[Violation]:
    """Every rule about materials and the papers they name that this item breaks."""
    for rule in item.materials:
        yield from _said(rule)
        yield from _numbers(rule)
        for field, name in (("blank", rule.blank), ("sample", rule.sample)):
            if name and name not in item.papers:
                yield Violation(f"materials/{rule.id}/{field}", "reference", f"papers 中没有“{name}”")
    for number, result in enumerate(item.results):
        if result.sample and result.sample not in item.papers:
            yield Violation(f"results/{number}/sample", "reference", f"papers 中没有“{result.sample}”")


def _said(rule: MaterialRule) -> Iterator[Violation]:
    path = f"materials/{rule.id}"
    if rule.id == SIGNATURE_SHEET:
        yield Violation(f"{path}/id", "reserved", "这个编号留给按手印签字页，请换一个")
    if not rule.name.strip():
        yield Violation(f"{path}/name", "empty", "请写材料名称")
    if not rule.basis.strip():
        yield Violation(f"{path}/basis", "material-basis", "每份材料都要有依据，没有依据的不能要求提供")
    if rule.type not in _TYPES:
        yield Violation(f"{path}/type", "code-set", "材料类型应当是 " + "、".join(_TYPES))
    if rule.source not in _SOURCES:
        yield Violation(f"{path}/source", "code-set", "来源渠道应当是 " + "、".join(_SOURCES))
    if bool(rule.when) is not bool(rule.when_text.strip()):
        yield Violation(f"{path}/when_text", "when-text", "只在某种情况下要的材料，要写明是什么情况，例如“请人代办时”")
    for number, substitute in enumerate(rule.substitutes):
        if not substitute.name.strip():
            yield Violation(f"{path}/substitutes/{number}/name", "empty", "请写可以替代的材料名称")


def _numbers(rule: MaterialRule) -> Iterator[Violation]:
    path = f"materials/{rule.id}"
    if (rule.need is Need.MAY_FOLLOW) is not (rule.follow_days > 0):
        yield Violation(f"{path}/follow_days", "may-follow", "容缺后补的要写几个工作日内补齐，其他材料不写")
    carried = rule.obtain_by is Obtain.SUBMIT and rule.format is not MaterialFormat.ELECTRONIC
    if rule.originals < 0 or rule.copies < 0 or (carried and rule.originals + rule.copies == 0):
        yield Violation(f"{path}/originals", "copies", "要写明交几份原件、几份复印件")
    if rule.issued_within_days is not None and rule.issued_within_days < 1:
        yield Violation(f"{path}/issued_within_days", "limit", "开具时间要求至少是 1 天")
    if rule.retention_days < 0:
        yield Violation(f"{path}/retention_days", "limit", "保存天数不能小于 0")
