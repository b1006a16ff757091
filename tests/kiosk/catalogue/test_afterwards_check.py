"""What an item declares for after handing in is checked like the rest of it."""

import pytest

from tests.kiosk.catalogue.test_catalogue_check import changed, rules_of

PERIOD = {"begins": "09:00", "ends": "10:00", "people": 2}
CHARGE = {"name": "工本费", "standard": "按当地标准", "basis": "演示收费文件"}
CHARGED = {"charged": True, "items": [CHARGE], "pay_online": False}


@pytest.mark.parametrize(
    ("path", "value", "violation"),
    [
        ("delivery", {"ways": []}, ("delivery/ways", "empty")),
        ("delivery", {"ways": ["window", "window"]}, ("delivery/ways", "repeated")),
        ("delivery", {"ways": ["window", "post"]}, ("delivery/ways", "delivery")),
        ("delivery", {"ways": ["pigeon"]}, ("delivery/ways", "type")),
        ("booking", {"what": "拍照", "periods": [PERIOD]}, ("appointment", "booking")),
        ("booking", {"what": " ", "periods": [PERIOD]}, ("booking/what", "empty")),
        ("booking", {"what": "拍照", "periods": []}, ("booking/periods", "empty")),
        ("booking", {"what": "拍照", "periods": [PERIOD], "days": 0}, ("booking/days", "booking")),
        ("booking", {"what": "拍照", "periods": [PERIOD, PERIOD]}, ("booking/periods/1", "time")),
        ("booking", {"what": "拍照", "periods": [PERIOD | {"begins": "9:00"}]}, ("booking/periods/0", "time")),
        ("booking", {"what": "拍照", "periods": [PERIOD | {"people": 0}]}, ("booking/periods/0/people", "booking")),
        ("fee", CHARGED | {"pay_online": True}, ("fee/pay_online", "fee")),
        ("fee", CHARGED | {"due_at": "never"}, ("fee/due_at", "type")),
        ("fee", {**CHARGED, "items": [CHARGE | {"when": "answers.nothing > 1"}]}, ("fee/items/0/when", "rule")),
    ],
)
def test_each_rule_finds_its_fault(path: str, value: object, violation: tuple[str, str]) -> None:
    assert violation in rules_of(changed(path, value))
