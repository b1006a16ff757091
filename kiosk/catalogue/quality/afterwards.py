"""Delivery, appointments and fees: what is declared can be kept to, and agrees with what the guide says."""

import re
from collections.abc import Iterator

from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.quality.violation import Violation
from kiosk.model.afterwards import DeliveryWay

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MOST_DAYS, _MOST_PEOPLE = 60, 500


def afterwards_violations(item: ServiceItem) -> Iterator[Violation]:
    """Every rule about what comes after handing in that this item breaks."""
    yield from _delivery(item)
    yield from _booking(item)
    yield from _fee(item)


def _delivery(item: ServiceItem) -> Iterator[Violation]:
    delivery = item.delivery
    if delivery is None:
        return
    if not delivery.ways:
        yield Violation("delivery/ways", "empty", "写了送达，就至少要有一种领取方式")
    if len(set(delivery.ways)) != len(delivery.ways):
        yield Violation("delivery/ways", "repeated", "领取方式重复")
    if (DeliveryWay.POST in delivery.ways) is not item.express:
        yield Violation("delivery/ways", "delivery", "能邮寄的，指南里要写结果可以寄；写了可以寄的，要有邮寄这一种")
    if not item.results:
        yield Violation("delivery", "delivery", "没有审批结果的事项没有东西可领")


def _booking(item: ServiceItem) -> Iterator[Violation]:
    booking = item.booking
    if booking is None:
        return
    if not item.appointment:
        yield Violation("appointment", "booking", "能在终端上预约的，指南里要写明可以预约")
    if not booking.what.strip():
        yield Violation("booking/what", "empty", "预约要写明来做什么")
    if not 1 <= booking.days <= _MOST_DAYS:
        yield Violation("booking/days", "booking", f"可以预约的工作日是 1 到 {_MOST_DAYS} 天")
    if not booking.periods:
        yield Violation("booking/periods", "empty", "预约至少要有一个时段")
    ended = ""
    for number, one in enumerate(booking.periods):
        path = f"booking/periods/{number}"
        if not (_TIME.fullmatch(one.begins) and _TIME.fullmatch(one.ends)) or one.begins >= one.ends:
            yield Violation(path, "time", "时段写成 09:00 到 10:00，开始要早于结束")
        elif one.begins < ended:
            yield Violation(path, "time", "时段要按先后写，不能重叠")
        if not 1 <= one.people <= _MOST_PEOPLE:
            yield Violation(f"{path}/people", "booking", f"每个时段的人数是 1 到 {_MOST_PEOPLE}")
        ended = one.ends


def _fee(item: ServiceItem) -> Iterator[Violation]:
    fee = item.fee
    if fee.pay_online and not any(one.yuan for one in fee.items):
        yield Violation("fee/pay_online", "fee", "能网上缴的，至少要有一项写明金额")
    if fee.charged and not fee.where.strip() and not item.addresses:
        yield Violation("fee/where", "fee", "收费的要写明到哪里缴")
