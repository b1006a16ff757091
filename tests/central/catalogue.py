"""A small catalogue of our own, so that these tests do not change when the samples do."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from central.office import Office
from central.store import catalogues
from kiosk.calendar import HolidayTable
from kiosk.catalogue.afterwards import Fee
from kiosk.catalogue.item import (
    Basis,
    Channels,
    Condition,
    DayUnit,
    Department,
    Form,
    ItemState,
    Limit,
    MaterialRule,
    MemberRule,
    Need,
    ProjectType,
    RefusalReason,
    Result,
    Scope,
    ServiceItem,
    Step,
)
from kiosk.catalogue.package import Head, read_package, write_package

ITEM = "99TEST00000001"
_ANSWERS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "phone": {"type": "string", "title": "联系电话", "pattern": "^1[0-9]{10}$"},
        "income": {"type": "integer", "title": "家庭月收入", "minimum": 0},
        "reason": {"type": "string", "title": "申请理由", "maxLength": 200},
    },
    "required": ["phone", "income"],
}
_MEMBER: dict[str, Any] = {
    "type": "object",
    "properties": {"school": {"type": "string", "title": "就读学校", "minLength": 1}},
    "required": ["school"],
}


def item(version: int = 1, **changes: Any) -> ServiceItem:
    """One item with two materials, a condition, two refusal reasons and a members' form."""
    made = ServiceItem(
        code=ITEM,
        name="临时救助金给付(测试)",
        type="05",
        version=version,
        state=ItemState.LIVE,
        effective=date(2026, 1, 1),
        region12="990101000000",
        use_level="4",
        dept=Department("演示县民政局", "11990101000001011C"),
        basis=(Basis("社会救助暂行办法", article="第四十七条"),),
        conditions=(Condition("c-hard", "家庭生活出现暂时困难", advice="请写明困难的原因", basis="第四十七条"),),
        statutory=Limit(20),
        promise=Limit(5, DayUnit.WORKING),
        project_type=ProjectType.PROMISED,
        channels=Channels(),
        fee=Fee(charged=False),
        process=(Step("受理", "窗口"),),
        results=(Result("救助金发放通知", "文"),),
        materials=(
            MaterialRule(
                "idcard", "居民身份证", "证件证照", Need.REQUIRED, "办法第四十八条", accept_standard="双面清晰"
            ),
            MaterialRule("proof", "困难情况证明", "证明", Need.OPTIONAL, "办法第四十八条"),
            MaterialRule("hukou", "户口簿", "证件证照", Need.OPTIONAL, "办法第四十八条", scope=Scope.MEMBER),
        ),
        forms=(
            Form("main", "申请表", _ANSWERS, ("phone", "income", "reason")),
            Form("member", "家庭成员", _MEMBER, ("school",), scope=Scope.MEMBER),
        ),
        source="演示数据",
        as_of=date(2026, 7, 1),
        purpose="只用于办理这一件事",
        refusals=(
            RefusalReason("r-income", "家庭收入超过当地标准", "办法第四十七条"),
            RefusalReason("r-place", "不属于本机关职权范围", "行政许可法第三十二条"),
        ),
        members=MemberRule(0, 5, "member"),
        consult_phone="0990-1234567",
        complaint_phone="0990-7654321",
        review_remedy="六十日内可申请行政复议",
        litigation_remedy="六个月内可提起行政诉讼",
    )
    return replace(made, **changes)


def publish(office: Office, *items: ServiceItem) -> int:
    """Publish these items as the next version."""
    version = office.catalogues.version() + 1
    now = datetime(2026, 7, 1, tzinfo=UTC)
    head = Head("test", "测试目录", version, date(2026, 7, 1), now, "990101000000", demo=True)
    package = write_package(head, [msgspec.to_builtins(one) for one in items], HolidayTable(), office.keys.record)
    read = read_package(package, office.keys.record_public)
    with office.store.write() as connection:
        catalogues.add(connection, version, bytes.fromhex(read.head.digest), now, len(items), package)
    return version
