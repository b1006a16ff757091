"""Identity numbers: the vectors of the field, and what the check digits promise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.failure import Failure, KioskError
from kiosk.identity import iso7064
from kiosk.identity.age import age_on
from kiosk.identity.ids import parse_id_number
from kiosk.identity.reasons import Reason
from kiosk.identity.synthetic import synthetic_id_no
from kiosk.model.people import IdType

TODAY = date(2026, 11, 24)
DIGITS = "0123456789"


def reason_of(number: str, today: date | None = TODAY, kind: IdType | None = None) -> str:
    with pytest.raises(KioskError) as caught:
        parse_id_number(number, today, kind)
    assert caught.value.failure is Failure.IDENTITY_INVALID
    assert number[:6] not in str(caught.value)
    return str(caught.value.info["reason"])


@pytest.mark.parametrize(
    ("number", "kind", "area", "birth", "sex"),
    [
        ("11010519491231002X", IdType.RESIDENT_ID, "110105", date(1949, 12, 31), "female"),
        ("00000019500101001X", IdType.RESIDENT_ID, "000000", date(1950, 1, 1), "male"),
        ("810000199408230021", IdType.RESIDENCE_PERMIT, "810000", date(1994, 8, 23), "female"),
        ("820000199001010010", IdType.RESIDENCE_PERMIT, "820000", date(1990, 1, 1), "male"),
        ("830000199201300022", IdType.RESIDENCE_PERMIT, "830000", date(1992, 1, 30), "female"),
        ("932682198501010017", IdType.FOREIGNER_ID, "320000", date(1985, 1, 1), "male"),
        ("911124198108030024", IdType.FOREIGNER_ID, "110000", date(1981, 8, 3), "female"),
    ],
)
def test_every_kind_of_card_gives_its_parts(number: str, kind: IdType, area: str, birth: date, sex: str) -> None:
    parsed = parse_id_number(number, TODAY)
    assert (parsed.kind, parsed.number, parsed.area, parsed.birth, parsed.sex) == (kind, number, area, birth, sex)
    assert parsed.synthetic is (area == "000000")


def test_a_foreigners_card_names_the_nationality() -> None:
    assert parse_id_number("932682198501010017", TODAY).nationality == "682"
    old = parse_id_number("USA110080010501", TODAY)
    assert (old.kind, old.nationality, old.birth) == (IdType.FOREIGNER_ID_2017, "USA", None)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("810000199001010011", Reason.CHECK_DIGIT),
        ("11010119000307669X", Reason.CHECK_DIGIT),
        ("110105194902300020", Reason.DATE_IMPOSSIBLE),
        ("110105209912310029", Reason.DATE_FUTURE),
        ("130503670401001", Reason.FIRST_GENERATION),
        ("1101051949123100", Reason.LENGTH),
        ("11010519491231002X0", Reason.LENGTH),
        ("11010", Reason.LENGTH),
        ("1101O519491231002X", Reason.CHARACTERS),
        ("1101051949123100X2", Reason.CHARACTERS),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢٩", Reason.CHARACTERS),
        ("USA11008001050A", Reason.CHARACTERS),
    ],
)
def test_each_fault_has_its_own_reason(number: str, reason: Reason) -> None:
    assert reason_of(number) == reason


def test_a_permit_of_an_area_that_issues_none_is_refused() -> None:
    body = "81000119900101001"
    assert reason_of(body + iso7064.mod_11_2(body)) == Reason.AREA


def test_a_number_of_another_kind_than_the_card_is_refused() -> None:
    assert reason_of("11010519491231002X", kind=IdType.RESIDENCE_PERMIT) == Reason.KIND
    assert reason_of("130503670401001", kind=IdType.FOREIGNER_ID_2017) == Reason.FIRST_GENERATION
    assert reason_of("11010519491231002X", kind=IdType.FOREIGNER_ID_2017) == Reason.LENGTH


def test_a_number_is_taken_as_people_write_it() -> None:
    assert parse_id_number(" 11010519491231002x ", TODAY).number == "11010519491231002X"
    wide = "１１０１０５１９４９１２３１００２Ｘ"
    assert parse_id_number(wide, TODAY).number == "11010519491231002X"


def test_an_untrusted_clock_refuses_nobody_as_not_yet_born() -> None:
    assert reason_of("11010519491231002X", date(1949, 12, 30)) == Reason.DATE_FUTURE
    assert parse_id_number("11010519491231002X", date(1949, 12, 31)).birth == date(1949, 12, 31)
    assert parse_id_number("110105209912310029", None).birth == date(2099, 12, 31)


def test_a_dissolved_county_stays_valid_and_an_unknown_province_is_only_a_hint() -> None:
    known = parse_id_number("11010519491231002X", TODAY)
    unknown = parse_id_number("00000019500101001X", TODAY)
    assert known.area_known
    assert not unknown.area_known


def test_a_number_does_not_show_in_repr() -> None:
    assert "1949" not in repr(parse_id_number("11010519491231002X", TODAY))


numbers = st.builds(
    synthetic_id_no,
    st.integers(0, 9_999),
    st.dates(date(1900, 1, 1), TODAY),
    st.sampled_from(["male", "female"]),
)


@given(number=numbers, place=st.integers(0, 17), replacement=st.sampled_from(DIGITS + "X"))
def test_any_single_wrong_character_is_caught(number: str, place: int, replacement: str) -> None:
    assert parse_id_number(number, TODAY).number == number
    if number[place] != replacement:
        reason_of(number[:place] + replacement + number[place + 1 :])


@given(number=numbers, place=st.integers(0, 16))
def test_any_two_neighbours_swapped_are_caught(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        reason_of(swapped)


@given(body=st.text(DIGITS, min_size=1, max_size=30), data=st.data())
def test_mod_11_2_catches_every_wrong_digit_and_every_swap(body: str, data: st.DataObject) -> None:
    check = iso7064.mod_11_2(body)
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from(DIGITS))
    if other != body[place]:
        assert iso7064.mod_11_2(body[:place] + other + body[place + 1 :]) != check
    if place + 1 < len(body) and body[place] != body[place + 1]:
        assert iso7064.mod_11_2(body[:place] + body[place + 1] + body[place] + body[place + 2 :]) != check


@pytest.mark.parametrize("compute", [iso7064.mod_11_2, iso7064.mod_37_36])
def test_a_character_outside_the_alphabet_is_no_check_input(compute: object) -> None:
    assert callable(compute)
    with pytest.raises(ValueError, match="substring"):
        compute("12a4")


def test_age_changes_on_the_birthday() -> None:
    birth = date(1946, 11, 25)
    assert age_on(birth, date(2026, 11, 24)) == 79
    assert age_on(birth, date(2026, 11, 25)) == 80
    assert age_on(birth, birth) == 0
    assert age_on(birth, date(1946, 11, 24)) == -1


def test_who_was_born_on_29_february_is_older_on_1_march() -> None:
    birth = date(2008, 2, 29)
    assert age_on(birth, date(2026, 2, 28)) == 17
    assert age_on(birth, date(2026, 3, 1)) == 18
    assert age_on(birth, date(2028, 2, 29)) == 20
