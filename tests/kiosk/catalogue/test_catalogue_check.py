"""Every quality rule finds what it is for, at the right path, and leaves a good item alone."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generated import generated_item
from kiosk.calendar import HolidayTable
from kiosk.catalogue.check import check_catalogue, check_item, check_items
from kiosk.catalogue.doubts import entry_doubts, guide_doubts
from kiosk.catalogue.package import Head, read_package, write_package
from kiosk.failure import Failure, KioskError
from kiosk.seal import signing

Item = dict[str, Any]
PRIVATE = bytes(range(32))


def good() -> Item:
    return copy.deepcopy(generated_item(0))


def changed(path: str, value: object) -> Item:
    """A good item with one value replaced; parts of the path are keys, or places in a list."""
    item: Any = good()
    *way, last = path.split("/")
    place = item
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place[part]
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    found: Item = item
    return found


def rules_of(item: object, *, demo: bool = False) -> set[tuple[str, str]]:
    return {(one.path, one.rule) for one in check_item(item, demo=demo)}


def test_a_good_item_has_no_violations() -> None:
    assert check_item(good()) == []
    assert check_item(good(), demo=True) == []
    assert check_items({str(n): generated_item(n) for n in range(60)}) == []


@pytest.mark.parametrize(
    ("path", "value", "violation"),
    [
        # codes
        ("catalog_code", "512B0003600029", ("catalog_code", "code")),
        ("task_code", "11440100007483172Q3440106043001", ("task_code", "codes-disagree")),
        ("task_code", "1144010000748317203440106043001", ("task_code", "code")),
        ("handle_item_code", "11440100007483172Q344010604300101", ("handle_item_code", "codes-disagree")),
        ("code", "something", ("code", "code-unexplained")),
        ("code", "a/b", ("code", "code")),
        ("dept/uscc", "91350100M000100Y44", ("dept/uscc", "code")),
        ("dept/dept_type", "5", ("dept/dept_type", "code-set")),
        ("dept/dept_type", "3", ("dept/entrusted_by", "empty")),
        ("joint_depts", [{"name": "", "uscc": "91350100M000100Y43"}], ("joint_depts/0/name", "empty")),
        ("region12", "51160200000", ("region12", "region")),
        ("region12", "881602000000", ("region12", "region")),
        ("type", "x1", ("type", "code-set")),
        ("use_level", "8", ("use_level", "code-set")),
        ("use_level", "3", ("task_code", "codes-disagree")),
        ("service_object", ["7"], ("service_object", "code-set")),
        ("materials/1/elicence_type", "123", ("materials/id_card/elicence_type", "code")),
        # limits and kind
        ("promise", {"days": 31, "unit": "工作日"}, ("promise/days", "promise-longer-than-law")),
        ("promise", {"days": 43, "unit": "自然日"}, ("promise/days", "promise-longer-than-law")),
        ("promise/days", -1, ("promise/days", "limit")),
        ("promise/days", 0, ("project_type", "instant")),
        ("project_type", "1", ("project_type", "instant")),
        ("receipt_rule/basis", " ", ("receipt_rule", "limit")),
        # visits
        ("on_site_reason", "", ("on_site_reason", "visits")),
        ("on_site_times", 0, ("on_site_reason", "visits")),
        ("on_site_times", -1, ("on_site_times", "visits")),
        ("online_depth", "Ⅳ", ("online_depth", "visits")),
        ("online_depth", "4", ("online_depth", "code-set")),
        # fee
        ("fee/charged", True, ("fee/items", "fee")),
        ("fee/pay_online", True, ("fee/pay_online", "fee")),
        ("fee/items", [{"name": "工本费", "standard": "20 元", "basis": "文"}], ("fee/items", "fee")),
        # results, contacts, topics
        ("results/0/name", "演示证", ("results/0/type", "result")),
        ("results/0/name", "演示批复", ("results/0/type", "result")),
        ("results/0/sample", "", ("results/0/sample", "result")),
        ("results/0/sample", "no-such-paper", ("results/0/sample", "reference")),
        ("results/0/type", "书", ("results/0/type", "code-set")),
        ("consult_phone", "12345", ("consult_phone", "phone")),
        ("complaint_phone", "0826-5550101", ("complaint_phone", "phone")),
        ("topics_person", [], ("topics_person", "topics")),
        ("topics_corp", ["企业开办"], ("topics_corp", "topics")),
        ("service_object", ["1", "2"], ("topics_corp", "topics")),
        ("type", "01", None),
        # what must be said
        ("purpose", " ", ("purpose", "empty")),
        ("refusals", [], ("refusals", "empty")),
        ("refusals/0/basis", "", ("refusals/not_met", "empty")),
        ("basis", [], ("basis", "empty")),
        ("basis/0/law", "", ("basis/0/law", "empty")),
        ("conditions/0/text", "", ("conditions/age/text", "empty")),
        ("process", [], ("process", "empty")),
        ("addresses", [], ("addresses", "empty")),
        ("version", 0, ("version", "version")),
        ("cancel", "2025-01-01", ("cancel", "dates")),
        ("agent/powers", ["全权代理"], ("agent/powers", "mandate")),
        ("agent/powers", [], ("agent/powers", "mandate")),
        # materials
        ("materials/1/basis", "", ("materials/id_card/basis", "material-basis")),
        ("materials/1/name", "", ("materials/id_card/name", "empty")),
        ("materials/1/type", "卡", ("materials/id_card/type", "code-set")),
        ("materials/1/source", "别人", ("materials/id_card/source", "code-set")),
        ("materials/1/follow_days", 5, ("materials/id_card/follow_days", "may-follow")),
        ("materials/3/follow_days", 0, ("materials/income/follow_days", "may-follow")),
        ("materials/1/originals", -1, ("materials/id_card/originals", "copies")),
        ("materials/1/issued_within_days", 0, ("materials/id_card/issued_within_days", "limit")),
        ("materials/1/retention_days", -1, ("materials/id_card/retention_days", "limit")),
        ("materials/1/substitutes", [{"name": ""}], ("materials/id_card/substitutes/0/name", "empty")),
        ("materials/4/blank", "mandate-blank", ("materials/mandate/blank", "reference")),
        ("materials/4/when_text", "", ("materials/mandate/when_text", "when-text")),
        ("materials/4/sample", "mandate-sample", ("materials/mandate/sample", "reference")),
        # references, expressions, forms: judged by those who use them
        ("materials/1/scenario_ids", ["nobody"], ("materials/id_card/scenario_ids", "rule")),
        ("materials/0/form_id", "missing", ("materials/form/form_id", "rule")),
        ("agent/mandate_material", "missing", ("agent/mandate_material", "rule")),
        ("members", {"most": 3, "form_id": "missing"}, ("members/form_id", "rule")),
        ("conditions/0/expr", "applicant.height > 3", ("conditions/age/expr", "rule")),
        ("conditions/0/expr", "answers.nothing", ("conditions/age/expr", "rule")),
        ("conditions/0/expr", "applicant.age +", ("conditions/age/expr", "rule")),
        ("conditions/0/expr", "applicant.age", ("conditions/age/expr", "rule")),
        ("materials/4/when", 'scenario.who == "nobody"', ("materials/mandate/when", "rule")),
        ("agent/required_when", "applicant.age < minor", ("agent/required_when", "rule")),
        ("forms/0/order", ["name", "phone"], ("forms/apply/order", "form")),
        ("forms/0/sample/phone", "12", ("forms/apply/sample/phone", "form")),
        ("forms/0/prefill/name", "applicant.nickname", ("forms/apply/prefill/name", "form")),
        ("forms/0/schema/type", "array", ("forms/apply/schema", "form")),
        # ids: the platform files cases and files by them
        ("materials/1/id", "身份证", ("materials/身份证/id", "id")),
        ("materials/1/id", "../id", ("materials/../id/id", "id")),
        ("conditions/0/id", "", ("conditions//id", "id")),
        ("refusals/0/id", "a b", ("refusals/a b/id", "id")),
        # shape
        ("materials/1/need", "可能", ("materials/id_card/need", "type")),
        ("materials/1/basiss", "x", ("materials/id_card/basiss", "unknown-field")),
        ("novelty", 1, ("novelty", "unknown-field")),
        ("effective", "2026-13-01", ("effective", "type")),
        ("statutory", "30 days", ("statutory", "type")),
        ("materials", {"a": 1}, ("materials", "type")),
        ("version", True, ("version", "type")),
        ("notes", "a\x00b", ("notes", "control-character")),
        ("notes", "\ud800", ("notes", "control-character")),
        (
            "forms/0/schema/properties/name/title",
            "\x1b",
            ("forms/apply/schema/properties/name/title", "control-character"),
        ),
    ],
)
def test_each_rule_finds_its_fault(path: str, value: object, violation: tuple[str, str] | None) -> None:
    found = rules_of(changed(path, value))
    assert violation in found if violation else found == set()


@pytest.mark.parametrize("field", ["code", "purpose", "refusals", "dept", "as_of"])
def test_a_missing_field_is_named(field: str) -> None:
    item = good()
    del item[field]
    assert rules_of(item) == {(field, "missing")}


def test_all_faults_of_the_shape_are_told_at_once() -> None:
    item = good()
    del item["name"]
    item["materials"][1]["need"] = 5
    item["materials"][2]["nonsense"] = 1
    item["fee"] = []
    assert rules_of(item) == {
        ("name", "missing"),
        ("materials/id_card/need", "type"),
        ("materials/hukou/nonsense", "unknown-field"),
        ("fee", "type"),
    }


@pytest.mark.parametrize("raw", [None, 5, "item", [], {}])
def test_what_is_no_item_is_said_to_be_none(raw: object) -> None:
    assert check_item(raw)


def test_a_licence_needs_five_steps_and_a_frequent_question() -> None:
    item = good() | {"type": "01"}
    assert rules_of(item) == set()
    item["faq"] = []
    item["process"] = item["process"][:4]
    assert rules_of(item) == {("faq", "licence"), ("process", "licence")}


def test_what_is_done_at_once_says_so_everywhere() -> None:
    item = good() | {"promise": {"days": 0}, "project_type": "1"}
    assert rules_of(item) == {("process", "instant")}
    for step in item["process"]:
        del step["days"]
    assert rules_of(item) == set()


def test_who_need_not_come_and_cannot_go_online_may_write() -> None:
    item = good() | {"on_site_times": 0, "on_site_reason": "", "channels": {"pc": False}}
    assert rules_of(item) == {("channels/post", "visits")}
    item["channels"] = {"post": True}
    assert rules_of(item) == set()


def test_a_charge_has_basis_amount_and_a_way_to_pay() -> None:
    charge = {"name": "工本费", "standard": "每证 20 元", "basis": "发改价格〔2026〕1号", "yuan": "20.00"}
    item = good() | {"fee": {"charged": True, "items": [charge], "pay_online": False}}
    assert rules_of(item) == set()
    item["fee"] = {"charged": True, "items": [charge | {"basis": "", "yuan": "二十", "reducible": True}]}
    assert rules_of(item) == {
        ("fee/items/0/basis", "fee"),
        ("fee/items/0/yuan", "fee"),
        ("fee/items/0/reduce_basis", "fee"),
        ("fee/pay_online", "fee"),
    }


def test_demonstration_data_may_not_call_itself_verified() -> None:
    item = good() | {"verified": True}
    assert rules_of(item) == set()
    assert rules_of(item, demo=True) == {("verified", "verified")}


def test_a_made_up_province_serves_only_what_is_not_verified() -> None:
    item = good() | {"region12": "990101000000"}
    assert rules_of(item) == set()
    assert rules_of(item | {"verified": True}) == {("region12", "region")}


def test_two_live_versions_are_found_across_files() -> None:
    first, second = good(), good() | {"version": 2}
    found = {(one.path, one.rule) for one in check_items({"a.json": first, "b.json": second})}
    assert found == {("b.json#code", "two-live"), ("b.json#handle_item_code", "two-live")}
    assert check_items({"a.json": first | {"state": "取消"}, "b.json": second}) == []
    again = {(one.path, one.rule) for one in check_items({"a.json": first | {"state": "取消"}, "b.json": first})}
    assert again == {("b.json#version", "repeated")}


def write(folder: Path, **files: object) -> Path:
    """An authoring folder of two good items; files may be replaced (text or JSON) or left out (None)."""
    (folder / "items").mkdir(parents=True)
    toml = 'id = "demo"\ntitle = "演示"\nregion12 = "511602000000"\nas_of = 2026-11-01\ndemo = true\n'
    toml += "holiday_years = [2026]\n"
    holidays = {"years": {"2026": {"holidays": ["2026-01-01"], "workdays": []}}, "source": "s"}
    contents: dict[str, object] = {
        "catalogue.toml": toml,
        "holidays.json": holidays,
        "items/1.json": generated_item(0),
        "items/2.json": generated_item(1),
    }
    for name, content in (contents | files).items():
        if content is not None:
            text = content if isinstance(content, str) else json.dumps(content)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def found_in(path: Path) -> set[tuple[str, str]]:
    return {(one.path, one.rule) for one in check_catalogue(path)}


def test_a_good_folder_has_no_violations(tmp_path: Path) -> None:
    assert found_in(write(tmp_path / "f")) == set()


@pytest.mark.parametrize(
    ("file", "content", "violation"),
    [
        ("items/2.json", "{", ("items/2.json", "json")),
        ("items/2.json", '{"code": 1, "code": 2}', ("items/2.json", "json")),
        ("items/2.json", '{"code": NaN}', ("items/2.json", "json")),
        ("items/2.json", "[" * 100_000, ("items/2.json", "json")),
        ("items/2.json", "[]", ("items/2.json", "type")),
        ("catalogue.toml", None, ("catalogue.toml", "file")),
        ("catalogue.toml", "id = ", ("catalogue.toml", "toml")),
        ("catalogue.toml", 'id = "x"', ("catalogue.toml#title", "type")),
        ("catalogue.toml", 'idd = "x"', ("catalogue.toml#idd", "unknown-field")),
        ("holidays.json", None, ("holidays.json", "file")),
        ("holidays.json", {"years": {}}, ("holidays.json", "holidays")),
        ("holidays.json", {"years": {"2026": 5}}, ("holidays.json", "holidays")),
    ],
)
def test_a_broken_file_is_named_and_the_others_are_still_judged(
    tmp_path: Path, file: str, content: object, violation: tuple[str, str]
) -> None:
    broken = generated_item(0) | {"purpose": ""}
    folder = write(tmp_path / "f", **{"items/1.json": broken, file: content})
    assert found_in(folder) == {violation, ("items/1.json#purpose", "empty")}


def test_a_holiday_file_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    toml = 'id = "d"\ntitle = "t"\nregion12 = "5"\nas_of = 2026-11-01\ndemo = true\nholidays = "../holidays.json"\n'
    assert found_in(write(tmp_path / "f", **{"catalogue.toml": toml})) == {("catalogue.toml#holidays", "file")}


def test_an_empty_folder_is_no_catalogue(tmp_path: Path) -> None:
    assert ("catalogue.toml", "file") in found_in(tmp_path)


def test_one_file_may_hold_one_item_or_several(tmp_path: Path) -> None:
    one = tmp_path / "one.json"
    one.write_text(json.dumps(good() | {"purpose": ""}), encoding="utf-8")
    assert found_in(one) == {("one.json#purpose", "empty")}
    several = tmp_path / "several.json"
    several.write_text(json.dumps([good(), generated_item(1) | {"purpose": ""}]), encoding="utf-8")
    assert found_in(several) == {("several.json/1#purpose", "empty")}


def test_a_file_without_items_is_no_good_file(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]", encoding="utf-8")

    assert found_in(tmp_path / "none.json") == {("none.json", "empty")}


def every_place(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inner for place in ((*way, key), *every_place(one, (*way, key)))]


@pytest.mark.parametrize("damage", ["", None, 999999999, [], {"x": 1}, ["x", ["y"]], "answers.nosuch > 1 &&"], ids=repr)
def test_whatever_is_put_in_whatever_place_the_check_answers_with_places(damage: object) -> None:
    places = every_place(good())
    for way in places:
        item: Any = good()
        place = item
        for part in way[:-1]:
            place = place[part]
        place[way[-1]] = damage

        found = check_item(item)

        assert all(one.path and one.rule and one.message for one in found), way


def packed(*items: Item) -> bytes:
    head = Head("demo", "演示", 1, date(2026, 11, 1), datetime(2026, 11, 24, tzinfo=UTC))
    return write_package(head, items, HolidayTable(), PRIVATE)


def test_a_finished_package_can_be_checked_by_who_holds_no_key(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.jbc"
    dirty = good() | {"catalog_code": "512B0003600029"}
    file.write_bytes(packed(dirty, generated_item(1)))
    assert found_in(file) == {(f"{dirty['code']}@1#catalog_code", "code")}
    file.write_bytes(file.read_bytes()[:-5])
    assert found_in(file) == {("catalogue.jbc", "package")}


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(KioskError) as caught:
        check_catalogue(tmp_path / "nothing.json")
    assert caught.value.failure is Failure.FILE_MISSING


def doubts(make: Callable[[Item], Item]) -> set[tuple[str, str]]:
    catalogue = read_package(packed(make(good())), signing.public_of(PRIVATE))
    found = [*entry_doubts(catalogue.entries), *guide_doubts(catalogue)]
    return {(doubt.field, doubt.reason) for doubt in found}


def test_dirty_codes_are_taken_and_doubted() -> None:
    assert doubts(lambda item: item) == set()
    assert doubts(lambda item: item | {"catalog_code": "512B0003600029"}) == {("catalog_code", "nearly")}
    assert doubts(lambda item: item | {"catalog_code": "36"}) == {("catalog_code", "length")}
    assert doubts(lambda item: item | {"task_code": "x"}) == {("task_code", "length")}
    assert doubts(lambda item: item | {"dept": {"name": "某局", "uscc": "无"}}) == {("dept/uscc", "length")}


def test_a_guide_that_cannot_be_read_is_doubted_not_refused() -> None:
    assert doubts(lambda item: item | {"channels": 5}) == {("item $.channels", "unreadable")}
