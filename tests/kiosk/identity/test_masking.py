"""What a stranger may see of a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.identity.masking import mask_account, mask_address, mask_id_no, mask_name, mask_phone


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("11010519491231002X", "110***********002X"),
        ("USA110080010501", "USA********0501"),
        ("H12345678", "H********"),
        ("", ""),
    ],
)
def test_a_number_shows_three_and_four_characters(number: str, shown: str) -> None:
    assert mask_id_no(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张凤", "张*"),
        ("张小凤", "张**"),
        ("欧阳小凤", "欧阳**"),
        ("欧阳凤", "欧阳*"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("𠮷田明", "𠮷**"),
        ("𠮷\U000e0101明", "𠮷\U000e0101*"),
        ("阿卜杜·买买提", "阿**·***"),
        ("尼玛·次仁·卓玛", "尼*·**·**"),
        ("JOHN SMITH", "J*** S****"),
        ("Zoe\u0308 Li", "Z** L*"),
        ("演示·张小凤", "演示·张**"),
        ("测试甲", "测**"),
        ("", ""),
    ],
)
def test_a_name_shows_the_surname_and_never_half_a_character(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(surname=st.sampled_from("王李张刘陈杨赵"), given_name=st.text("凤英华明兰军平芳㛃𠮷䶮", min_size=1, max_size=3))
def test_a_given_name_never_shows(surname: str, given_name: str) -> None:
    masked = mask_name(surname + given_name)
    assert masked == surname + "*" * len(given_name)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("15400000001", "154****0001"),
        ("0826-1234567", "**********67"),
        ("123456", "****56"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_masked(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


def test_an_account_shows_its_last_four() -> None:
    assert mask_account("6217000000000001234") == "****1234"
    assert mask_account("12345678") == "********"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("演示省演示市演示县近办镇示例村1号", "演示省演示市演示县****"),
        ("广西壮族自治区南宁市青秀区某路1号", "广西壮族自治区南宁市青秀区****"),
        ("内蒙古自治区锡林郭勒盟东乌珠穆沁旗某镇", "内蒙古自治区锡林郭勒盟东乌珠穆沁旗****"),
        ("北京市朝阳区某小区3号楼", "北京市朝阳区****"),
        ("海南省文昌市文城镇某村", "海南省文昌市****"),
        ("幸福社区3号楼2单元", "****"),
        ("幸福村12号", "****"),
        ("", ""),
    ],
)
def test_an_address_shows_its_county_at_most(address: str, shown: str) -> None:
    assert mask_address(address) == shown
