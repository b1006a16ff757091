"""Delivery, appointment and fee from `kiosk apply` to the platform and back into the case, line down and up."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.calendar import add_working_days, shanghai_day
from kiosk.cli.stage import Stage
from kiosk.clock import SystemClock
from kiosk.model.afterwards import Arranged, BookingState, DeliveryWay
from kiosk.papers.afterwards import afterwards_facts
from kiosk.papers.content import ReceiptPaper
from kiosk.ports import Store
from tests.journeys.conftest import Run
from tests.journeys.test_apply import applied, encoded

DISABILITY_CARD, SOCIAL_CARD, RESIDENCE_PERMIT = "511F82001002", "512B0070200003", "512B0011200070"


def example(run: Run, item: str) -> dict[str, Any]:
    done = run("apply", "--example", item)
    assert done.returncode == 0, done.stdout + done.stderr
    line: dict[str, Any] = json.loads(done.stdout)
    return {**line, "ref": None}


def central(stage: Stage, *arguments: str) -> Any:
    command = [sys.executable, "-m", "central.cli", *arguments, "--data", str(stage.data / "platform"), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, env=os.environ.copy()).stdout)


def wanted_day(store: Store) -> date:
    """The fourth working day from today."""
    return add_working_days(shanghai_day(SystemClock().now()), 4, store.shelf.holidays()).day


def on_receipt(store: Store, number: str) -> dict[str, str]:
    paper = msgspec.json.decode(store.cases.receipt(number).paper, type=ReceiptPaper)
    return dict(afterwards_facts(paper))


def settled(run: Run, store: Store, number: str) -> Arranged | None:
    """How things stand after the agent has been round."""
    for _ in range(40):
        known = store.cases.arranged(number)
        if known is None or known.booking is not BookingState.WISHED:
            return known
        run("sync", "--once", "--json")
    return store.cases.arranged(number)


def test_a_wish_made_without_a_line_says_so_and_is_confirmed_once_there_is_one(
    run: Run, stage: Stage, store: Store, tmp_path: Path
) -> None:
    day = wanted_day(store)
    line = example(run, DISABILITY_CARD)
    stage.link.cut()
    try:
        to = {
            "way": "post",
            "name": "演示·收件人",
            "phone": "0000-7000001",
            "address": "演示县演示镇演示路 7 号 3 单元 402",
        }
        wish = {"day": day.isoformat(), "begins": "09:00", "ends": "10:00"}
        status, (answer,) = applied(run, tmp_path, [encoded(line, delivery=to, appointment=wish)])
        assert (status, answer["ok"]) == (0, True), answer
        number = answer["submission_no"]
        said, known = on_receipt(store, number), store.cases.arranged(number)
    finally:
        stage.link.restore()

    assert known == Arranged(DeliveryWay.POST, BookingState.WISHED, day, "09:00", "10:00")
    assert "接通以后为您预约" in said["预约"]
    assert "残疾评定" in said["预约"]
    assert "402" not in said["结果怎么拿"]
    assert "邮费到付" in said["结果怎么拿"]
    assert "费用" not in said
    later = settled(run, store, number)
    assert later == Arranged(DeliveryWay.POST, BookingState.CONFIRMED, day, "09:00", "10:00")
    assert central(stage, "cases", "show", number)["arranged"]["booking"] == "confirmed"


def test_only_a_replaced_card_costs_something_and_the_payment_comes_back_into_the_case(
    run: Run, stage: Stage, store: Store, tmp_path: Path
) -> None:
    line = example(run, SOCIAL_CARD)
    first, lost = ({**line["scenario"], "task": task} for task in ("first", "lost"))
    status, answers = applied(run, tmp_path, [encoded(line, scenario=first), encoded(line, scenario=lost)])
    assert status == 0, answers
    free, due = (answer["submission_no"] for answer in answers)

    assert store.cases.arranged(free) == Arranged(DeliveryWay.WINDOW)
    assert on_receipt(store, due)["费用"].startswith("20.00 元。受理以后缴，到演示县政务服务中心社保窗口缴")
    assert "不收现金" in on_receipt(store, due)["费用"]
    run("sync", "--once")
    assert central(stage, "paid", due)["yuan"] == "20.00"
    for _ in range(40):
        run("sync", "--once")
        if (known := store.cases.arranged(due)) and known.paid:
            break
    assert store.cases.arranged(due) == Arranged(DeliveryWay.WINDOW, fen=2000, paid=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"delivery": {"way": "proxy", "name": "演示·某人", "phone": "0000-7000001"}},
        {"delivery": {"way": "post", "name": "演示·某人", "phone": ""}},
        {"appointment": {"day": "2026-11-25", "begins": "09:00", "ends": "10:00"}},
    ],
)
def test_what_the_item_does_not_declare_or_cannot_be_sent_is_refused_with_its_line(
    run: Run, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    status, (answer,) = applied(run, tmp_path, [encoded(example(run, SOCIAL_CARD), **wrong)])

    assert (status, answer["failure"]) == (1, "application.answers_invalid")


def test_a_day_that_is_not_offered_is_refused(run: Run, store: Store, tmp_path: Path) -> None:
    far = wanted_day(store) + timedelta(days=90)
    wish = {"day": far.isoformat(), "begins": "09:00", "ends": "10:00"}
    status, (answer,) = applied(run, tmp_path, [encoded(example(run, DISABILITY_CARD), appointment=wish)])

    assert (status, answer["failure"]) == (1, "application.answers_invalid")


def test_the_same_reference_with_another_wish_is_another_application(run: Run, tmp_path: Path) -> None:
    line = example(run, SOCIAL_CARD) | {"ref": "arranged"}
    to = {"way": "point"}
    _, answers = applied(run, tmp_path, [encoded(line), encoded(line), encoded(line, delivery=to)])

    assert answers[0]["submission_no"] == answers[1]["submission_no"]
    assert answers[2]["failure"] == "apply.ref_reused"


def test_every_way_of_these_items_is_named_in_their_guides(store: Store) -> None:
    for code in (DISABILITY_CARD, SOCIAL_CARD, RESIDENCE_PERMIT):
        item = store.shelf.item(code)
        assert item.delivery is not None
        assert (DeliveryWay.POST in item.delivery.ways) is item.express
