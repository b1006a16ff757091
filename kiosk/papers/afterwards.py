"""What a receipt says of delivery, appointment and fee: a wish stays a wish, and nobody pays cash at a terminal."""

from collections.abc import Iterator
from typing import Final

from kiosk.model.afterwards import DeliveryWay, yuan
from kiosk.papers.content import ReceiptAfterwards, ReceiptPaper

_DUE_AT: Final = {"acceptance": "受理以后缴", "collection": "领结果的时候缴"}


def afterwards_facts(paper: ReceiptPaper) -> Iterator[tuple[str, str]]:
    """Label and text of each that there is."""
    after = paper.afterwards
    if after is None:
        return
    if after.told.way is not None:
        yield "结果怎么拿", _delivery(after, paper.head.point_name)
    if after.told.day is not None:
        yield "预约", _appointment(after, paper.consult_phone or paper.head.hotline)
    if after.told.due:
        yield "费用", _fee(after)


def _delivery(after: ReceiptAfterwards, point: str) -> str:
    if after.told.way is DeliveryWay.POST:
        note = f"{after.post_note}。" if after.post_note else ""
        return f"邮寄给 {after.name_masked}，{after.address_masked}。{note}"
    if after.told.way is DeliveryWay.PROXY:
        return f"{after.name_masked} 代领：{after.fetch_at}。带双方身份证和委托书。"
    if after.told.way is DeliveryWay.POINT:
        return f"到本服务点自取：{point}。"
    return f"到窗口领取：{after.fetch_at}。"


def _appointment(after: ReceiptAfterwards, phone: str) -> str:
    told = after.told
    when = f"{told.day:%m月%d日} {told.begins}—{told.ends}" if told.day else ""
    first = f"希望 {when} 到{after.visit_at}，{after.visit_for}。"
    ask = f"约上没有，在任何一台自助终端上刷身份证能看到，也可以打 {phone}。"
    return first + ("正在为您预约，" if after.offered else "现在没有网络，接通以后为您预约，") + ask


def _fee(after: ReceiptAfterwards) -> str:
    amount = "；".join(
        part for part in (f"{yuan(after.told.fen)} 元" if after.told.fen else "", after.told.free_text) if part
    )
    where = f"到{after.pay_at}缴" if after.pay_at else ""
    online = "，也可以在有网络的自助终端上扫码缴" if after.pay_online and after.told.fen else ""
    return f"{amount}。{_DUE_AT.get(after.due_at, '')}，{where}{online}。自助终端不收现金。"
