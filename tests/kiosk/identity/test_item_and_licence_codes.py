"""Codes of organisations, items and e-licences."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.failure import Failure, KioskError
from kiosk.identity import iso7064
from kiosk.identity.codes import (
    is_region12,
    parse_catalog_code,
    parse_elicence_id,
    parse_handle_item_code,
    parse_task_code,
    parse_uscc,
    uscc_check,
)
from kiosk.identity.reasons import Reason, fault

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
GUANGDONG = "11440100007483172Q3440106043001"
SHANDONG = "11370800MB285591843370117002011"


def reason_of(parse: Callable[[str], object], text: str) -> str:
    with pytest.raises(KioskError) as caught:
        parse(text)
    assert caught.value.failure is Failure.IDENTITY_INVALID
    return str(caught.value.info["reason"])


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91110000600037341L",
        "11440100007483172Q",
        "11370800MB28559184",
        "11511301008778298W",
        "12511301452262044F",
    ],
)
def test_real_credit_codes_are_taken(code: str) -> None:
    parsed = parse_uscc(f" {code.lower()} ")
    assert parsed.code == code
    assert (parsed.authority, parsed.category, parsed.region) == (code[0], code[1], code[2:8])


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("91350100M000100Y4", Reason.LENGTH),
        ("91350100M000100Y44", Reason.CHECK_DIGIT),
        ("91350100I000100Y43", Reason.CHARACTERS),
        ("9135010AM000100Y43", Reason.CHARACTERS),
    ],
)
def test_a_wrong_credit_code_says_why(code: str, reason: Reason) -> None:
    assert reason_of(parse_uscc, code) == reason


credit_codes = st.from_regex(rf"[{USCC_ALPHABET}]{{2}}[0-9]{{6}}[{USCC_ALPHABET}]{{9}}", fullmatch=True).map(
    lambda body: body + uscc_check(body)
)


@given(code=credit_codes, place=st.integers(0, 17), replacement=st.sampled_from(USCC_ALPHABET))
def test_any_single_wrong_character_of_a_credit_code_is_caught(code: str, place: int, replacement: str) -> None:
    assert parse_uscc(code).code == code
    if replacement != code[place]:
        reason_of(parse_uscc, code[:place] + replacement + code[place + 1 :])


@given(code=credit_codes, place=st.integers(0, 16))
def test_any_two_swapped_neighbours_of_a_credit_code_are_caught(code: str, place: int) -> None:
    if code[place] != code[place + 1]:
        reason_of(parse_uscc, code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize("code", [GUANGDONG, SHANDONG])
def test_real_task_codes_are_taken_apart(code: str) -> None:
    parsed = parse_task_code(code)
    assert (parsed.uscc.code, parsed.level, parsed.catalog.code) == (code[:18], "3", code[19:])
    assert parsed.catalog.province == code[2:4]
    handled = parse_handle_item_code(code + "01")
    assert (handled.serial, handled.uscc, handled.catalog) == ("01", parsed.uscc, parsed.catalog)


@pytest.mark.parametrize(
    ("parse", "code", "reason"),
    [
        (parse_task_code, GUANGDONG[:-1], Reason.LENGTH),
        (parse_task_code, GUANGDONG.replace("Q3", "Q8"), Reason.LEVEL),
        (parse_task_code, GUANGDONG.replace("Q3", "R3"), Reason.CHECK_DIGIT),
        (parse_task_code, GUANGDONG[:-1] + "A", Reason.CHARACTERS),
        (parse_handle_item_code, GUANGDONG, Reason.LENGTH),
        (parse_handle_item_code, GUANGDONG + "0A", Reason.CHARACTERS),
        (parse_catalog_code, "512B0003600029", Reason.LENGTH),
        (parse_catalog_code, "51B000360002", Reason.CHARACTERS),
    ],
)
def test_a_wrong_item_code_says_why(parse: Callable[[str], object], code: str, reason: Reason) -> None:
    assert reason_of(parse, code) == reason


def test_who_takes_over_dirty_codes_learns_the_fault_without_an_exception() -> None:
    assert fault(parse_catalog_code, "512B0003600029") is Reason.LENGTH
    assert fault(parse_catalog_code, "440106043001") is None


@pytest.mark.parametrize(
    ("code", "issuer", "version"),
    [
        ("11100000000013338W011.11430000006122244L.20230000403.001.U", "11430000006122244L", "001"),
        ("11100000MB03271699022.340100.000000016.001.9", "340100", "001"),
        ("11100000000013338W009.11330105002500287C.2025052201.002.0", "11330105002500287C", "002"),
    ],
)
def test_real_licence_identifiers_are_taken(code: str, issuer: str, version: str) -> None:
    parsed = parse_elicence_id(f"1.2.156.3005.2.{code}")
    assert (parsed.issuer, parsed.version, len(parsed.type)) == (issuer, version, 21)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.8", Reason.CHECK_DIGIT),
        ("1.2.156.3005.2.11100000MB03271699022.340100.000000016.01.9", Reason.CHARACTERS),
        ("1.2.156.3005.3.11100000MB03271699022.340100.000000016.001.9", Reason.CHARACTERS),
    ],
)
def test_a_wrong_licence_identifier_says_why(code: str, reason: Reason) -> None:
    assert reason_of(parse_elicence_id, code) == reason


def test_a_licence_with_a_right_check_but_impossible_parts_is_refused() -> None:
    for kind, issuer, reason in (
        ("11100000MB0327169902", "340100", Reason.LENGTH),
        ("11100000MB03271699022", "91350100M000100Y44", Reason.ISSUER),
        ("11100000MB03271699022", "3401", Reason.ISSUER),
    ):
        check = iso7064.mod_37_36(f"{kind}{issuer}000000016001")
        assert reason_of(parse_elicence_id, f"1.2.156.3005.2.{kind}.{issuer}.000000016.001.{check}") == reason


@given(place=st.integers(15, 58), replacement=st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_any_single_wrong_character_of_a_licence_is_caught(place: int, replacement: str) -> None:
    code = "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9"
    if code[place] not in {".", replacement}:
        reason_of(parse_elicence_id, code[:place] + replacement + code[place + 1 :])


@given(body=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=60), data=st.data())
def test_mod_37_36_catches_every_wrong_character(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if other != body[place]:
        assert iso7064.mod_37_36(body[:place] + other + body[place + 1 :]) != iso7064.mod_37_36(body)


def test_a_region_code_has_twelve_digits() -> None:
    assert is_region12("511602000000")
    assert not is_region12("51160200000")
    assert not is_region12("011602000000")
    assert re.fullmatch(r"\d{12}", "٥١١٦٠٢٠٠٠٠٠٠")
    assert not is_region12("٥١١٦٠٢٠٠٠٠٠٠")
