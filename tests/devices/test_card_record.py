from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from devices.idcard.nations import NATIONS
from devices.idcard.record import PHOTO_BYTES, RECORD_BYTES, encode, parse
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard, IdType

PHOTO = bytes(range(256)) * 4
RARE = "𠮷䶮㛃"
CITIZEN = IdCard(
    id_type=IdType.RESIDENT_ID,
    id_no="00000019500101001X",
    name="演示·张小凤",
    sex="male",
    nation="土家",
    birth=date(1950, 1, 1),
    address="演示省演示市演示县近办镇示例村1号",
    issuer="演示县公安局",
    valid_from=date(2020, 2, 29),
    valid_to=None,
    secret=PHOTO,
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def words(most: int, alphabet: str = "演示张凤阿依古丽买提·" + RARE) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=1, max_size=most).filter(lambda text: units(text) <= most)


def latin(most: int) -> st.SearchStrategy[str]:
    return st.from_regex(rf"[A-Z]([A-Z ,\-]{{0,{most - 2}}}[A-Z])?", fullmatch=True)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NUMBERS = st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True)
COMMON = {
    "sex": st.sampled_from(["male", "female", ""]),
    "birth": DAYS,
    "valid_from": DAYS,
    "valid_to": st.none() | DAYS,
    "secret": st.binary(min_size=PHOTO_BYTES, max_size=PHOTO_BYTES),
}
CITIZENS = st.builds(
    IdCard,
    id_type=st.just(IdType.RESIDENT_ID),
    id_no=NUMBERS,
    name=words(15),
    nation=st.sampled_from(NATIONS),
    address=words(35),
    issuer=words(15),
    **COMMON,
)
PERMITS = st.builds(
    IdCard,
    id_type=st.just(IdType.RESIDENCE_PERMIT),
    id_no=NUMBERS,
    name=words(15),
    address=words(35),
    issuer=words(15),
    **COMMON,
)
CARDS_2017 = st.builds(
    IdCard,
    id_type=st.just(IdType.FOREIGNER_ID_2017),
    id_no=st.from_regex(r"[A-Z]{3}[0-9]{12}", fullmatch=True),
    name=st.just("") | words(15),
    english_name=latin(60),
    nationality=st.from_regex(r"[A-Z]{3}", fullmatch=True),
    issuer=st.from_regex(r"[0-9]{4}", fullmatch=True),
    **COMMON,
)
CARDS_2023 = st.builds(
    IdCard,
    id_type=st.just(IdType.FOREIGNER_ID),
    id_no=NUMBERS,
    name=st.just("") | words(15),
    english_name=latin(46),
    nationality=st.from_regex(r"[A-Z]{3}", fullmatch=True),
    **COMMON,
)


@settings(deadline=None)  # a machine at work elsewhere proves nothing about a card
@given(CITIZENS | PERMITS | CARDS_2017 | CARDS_2023)
@example(CITIZEN)
@example(replace(CITIZEN, name=f"演示·{RARE}", address=RARE * 5))
@example(replace(CITIZEN, name="演示·阿依古丽·买买提", nation="维吾尔"))
def test_every_card_of_every_layout_reads_as_what_was_written(card: IdCard) -> None:
    record = encode(card)
    assert len(record) == RECORD_BYTES
    assert parse(record, card.secret) == card


def test_each_field_of_a_resident_id_stands_where_the_published_layout_says() -> None:
    record = encode(CITIZEN)
    where = {
        (0, 30): "演示·张小凤",
        (30, 2): "1",
        (32, 4): "15",
        (36, 16): "19500101",
        (52, 70): CITIZEN.address,
        (122, 36): "00000019500101001X",
        (158, 30): "演示县公安局",
        (188, 16): "20200229",
        (204, 16): "长期",
        (248, 2): "",
    }
    for (offset, length), text in where.items():
        assert record[offset : offset + length].decode("utf-16-le").rstrip(" ") == text


def test_a_card_of_2023_keeps_a_name_longer_than_its_first_field() -> None:
    card = IdCard(
        id_type=IdType.FOREIGNER_ID,
        id_no="932682198501010017",
        name="",
        english_name="YANSHI, A VERY LONG NAME OF A SAMPLE PERSON X",
        sex="male",
        nationality="SAU",
        birth=date(1985, 1, 1),
        valid_from=date(2024, 1, 1),
        valid_to=date(2034, 1, 1),
        secret=PHOTO,
    )
    record = encode(card, renewals="01", old_number="ABC")
    assert record[52:122].decode("utf-16-le") == card.english_name[:35]
    assert record[220:242].decode("utf-16-le").rstrip() == card.english_name[35:]
    assert record[248:250].decode("utf-16-le") == "Y"
    assert parse(record, PHOTO).english_name == card.english_name


def test_a_foreigner_is_never_read_as_a_citizen() -> None:
    """Readers that know only two letters take a card of 2023 for a resident ID (its number has 18 digits too)."""
    record = encode(replace(CITIZEN, id_type=IdType.FOREIGNER_ID, nation="", address="", issuer="", nationality="SAU"))
    assert parse(record, PHOTO).id_type is IdType.FOREIGNER_ID


def test_a_layout_nobody_knows_yet_is_refused_rather_than_read_as_a_citizen() -> None:
    record = bytearray(encode(CITIZEN))
    record[248:250] = "K".encode("utf-16-le")
    with pytest.raises(KioskError) as refused:
        parse(bytes(record), PHOTO)
    assert refused.value.info == {"field": "flag"}


def test_reserved_bytes_of_a_resident_id_mean_nothing() -> None:
    record = bytearray(encode(CITIZEN))
    record[220:248] = b"\xff\xd8" * 14
    record[248:250] = b"\x00\x00"
    assert parse(bytes(record), PHOTO) == CITIZEN


def test_a_rare_character_written_the_old_way_is_the_same_name() -> None:
    assert parse(encode(replace(CITIZEN, name="演示\ue863\ue863")), PHOTO).name == "演示䶮䶮"
    assert parse(encode(replace(CITIZEN, name="演示\ue831\ue855")), PHOTO).name == "演示𡗗𤇾"
    assert parse(encode(replace(CITIZEN, name="演示\ue900")), PHOTO).name == "演示\ue900"


@pytest.mark.parametrize(
    ("offset", "text", "field"),
    [
        (36, "19500231", "birth"),
        (36, "1950 101", "birth"),
        (122, "0000001950010100XX", "number"),
        (188, "        ", "from"),
        (204, "        ", "to"),
        (204, "永远      ", "to"),
        (30, "3", "sex"),
        (32, "59", "nation"),
        (0, " " * 15, "name"),
        (0, "演\x00示", "name"),
    ],
)
def test_a_field_that_makes_no_sense_makes_the_card_unreadable(offset: int, text: str, field: str) -> None:
    record = bytearray(encode(CITIZEN))
    encoded = text.encode("utf-16-le")
    record[offset : offset + len(encoded)] = encoded
    with pytest.raises(KioskError) as refused:
        parse(bytes(record), PHOTO)
    assert refused.value.failure is Failure.CARD_UNREADABLE
    assert refused.value.info == {"field": field}
    assert refused.value.__cause__ is None


@settings(deadline=None)
@given(st.binary(min_size=RECORD_BYTES, max_size=RECORD_BYTES))
@example(b"\x00\xd8" * 128)
@example(b"\x00" * 256)
def test_no_bytes_at_all_do_more_than_make_a_card_unreadable(record: bytes) -> None:
    outcome: object = None
    try:
        outcome = parse(record, PHOTO)
    except KioskError as error:
        outcome = error.failure
    assert isinstance(outcome, IdCard) or outcome is Failure.CARD_UNREADABLE


@pytest.mark.parametrize(("text", "photo"), [(255, 1024), (256, 1023), (0, 0), (512, 1024)])
def test_a_record_of_the_wrong_length_is_unreadable(text: int, photo: int) -> None:
    with pytest.raises(KioskError) as refused:
        parse(b" \x00" * (text // 2) + b" " * (text % 2), bytes(photo))
    assert refused.value.failure is Failure.CARD_UNREADABLE


def test_what_does_not_fit_on_a_chip_is_not_written_there() -> None:
    with pytest.raises(ValueError, match="name is too long"):
        encode(replace(CITIZEN, name="演" * 16))
    with pytest.raises(ValueError, match="no field old_number"):
        encode(CITIZEN, old_number="ABC")
