"""What lies on a social-security card and how it is asked for, without a reader."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.pcsc import codes
from devices.idcard.pcsc.dialogue import APPLICATION, read_elements
from devices.idcard.pcsc.records import Element, ShortRecordError, card_of, encode, record, split
from devices.idcard.simulated.social_card import demo_card
from devices.idcard.simulated.social_chip import BANK, Chip, Manners
from kiosk.failure import Failure, KioskError
from kiosk.model.people import CardMedium, IdCard, IdType
from tests.devices import fuzz_social_card
from tests.devices.fuzzing import Target, run

LI = demo_card("li-xiaofang")
RARE = demo_card("rare-name")
LONG_NAME = replace(demo_card("ayiguli"), name="演示·阿卜杜热合曼·艾合买提江·吐尔逊")

# A card laid out by hand from the published table, not by our own encoder.
BY_HAND = {
    0x01: bytes.fromhex("110000D15600000500AABBCCDDEEFF01"),
    0x05: bytes.fromhex("20180607"),
    0x06: bytes.fromhex("20280607"),
    0x08: b"000000199104180247",
    0x09: bytes.fromhex("D1DDCABEA1A4C0EED0A1B7BC") + bytes(18),
    0x0B: bytes.fromhex("01"),
}


def read(chip: Chip) -> IdCard:
    return card_of(read_elements(chip.answer))


def failure(chip: Chip) -> KioskError:
    with pytest.raises(KioskError) as raised:
        read(chip)
    return raised.value


def test_a_card_laid_out_by_hand_is_read_as_the_published_table_says() -> None:
    card = card_of(BY_HAND)
    assert (card.id_type, card.id_no, card.name) == (IdType.RESIDENT_ID, "000000199104180247", "演示·李小芳")
    assert (card.sex, card.nation, card.birth) == ("female", "汉", date(1991, 4, 18))
    assert (card.valid_from, card.valid_to) == (date(2018, 6, 7), date(2028, 6, 7))
    assert card.secret == BY_HAND[0x01]
    assert card.medium is CardMedium.SOCIAL_SECURITY
    assert (card.address, card.issuer) == ("", "")


def test_the_application_is_named_as_published() -> None:
    assert APPLICATION.hex().upper() == "7378312E73682EC9E7BBE1B1A3D5CF"


@pytest.mark.parametrize("numbering", ["identifiers", "numbers", "both"])
@pytest.mark.parametrize("lengths", ["any", "exact", "fetched", "zero"])
@pytest.mark.parametrize("person", [LI, RARE, LONG_NAME], ids=["plain", "rare characters", "long name"])
def test_every_way_of_counting_and_answering_reads_the_same_card(person: IdCard, numbering: str, lengths: str) -> None:
    chip = Chip(encode(person, split_name=person is LONG_NAME), Manners(numbering, lengths))
    card = read(chip)
    assert (card.id_no, card.name, card.nation) == (person.id_no, person.name, person.nation)
    assert (card.birth, card.sex) == (person.birth, person.sex)
    assert (card.valid_from, card.valid_to, card.secret) == (person.valid_from, person.valid_to, person.secret)


def test_nothing_is_asked_of_the_card_that_an_application_does_not_need() -> None:
    chip = Chip(encode(LI), Manners(numbering="identifiers"))
    read(chip)
    assert chip.commands == ["A40400", "A40200", "B20100", "B20600", "B20500", "A40200", "B20800", "B20900", "B20B00"]


@pytest.mark.parametrize("numbering", ["identifiers", "numbers"])
def test_the_card_number_and_the_bank_are_never_asked_for(numbering: str) -> None:
    told: list[bytes] = []
    chip = Chip(encode(LONG_NAME, split_name=True), Manners(numbering))

    def overheard(command: bytes) -> bytes:
        told.append(command)
        return chip.answer(command)

    read_elements(overheard)
    assert not any(BANK[:5] in command for command in told)
    assert not any(command[1:3] == b"\xb2\x07" for command in told)


@pytest.mark.parametrize(
    ("manners", "expected", "detail"),
    [
        (Manners(application=False), Failure.CARD_WRONG, {"status": "6A82"}),
        (Manners(locked="6A81"), Failure.CARD_REJECTED, {"status": "6A81"}),
        (Manners(locked="6283"), Failure.CARD_REJECTED, {"status": "6283"}),
        (Manners(locked="6E00"), Failure.CARD_WRONG, {"status": "6E00"}),
        (Manners(status="6982"), Failure.CARD_NEEDS_VENDOR, {"status": "6982"}),
        (Manners(status="6983"), Failure.CARD_NEEDS_VENDOR, {"status": "6983"}),
        (Manners(status="6985"), Failure.CARD_NEEDS_VENDOR, {"status": "6985"}),
        (Manners(status="6F00"), Failure.CARD_UNREADABLE, {"status": "6F00"}),
        (Manners(records="garbled"), Failure.CARD_UNREADABLE, {"field": "number"}),
        (Manners(records="truncated"), Failure.CARD_UNREADABLE, {"field": "record"}),
    ],
)
def test_a_card_that_gives_nothing_says_why(manners: Manners, expected: Failure, detail: dict[str, str]) -> None:
    error = failure(Chip(encode(LI), manners))
    assert (error.failure, error.info) == (expected, detail)


def test_a_nation_behind_a_key_is_done_without() -> None:
    chip = Chip(encode(LI))

    def guarded(command: bytes) -> bytes:
        return b"\x69\x82" if command[1:3] == b"\xb2\x0b" else chip.answer(command)

    card = card_of(read_elements(guarded))
    assert (card.id_no, card.nation) == (LI.id_no, "")


def test_a_record_longer_than_the_specification_says_is_asked_for_again_whole() -> None:
    elements = encode(LI) | {Element.NAME: LI.name.encode("gbk").ljust(60, b"\0")}
    chip = Chip(elements, Manners(numbering="identifiers"))
    assert read(chip).name == LI.name
    assert chip.commands.count("B20900") == 2


@pytest.mark.parametrize(
    ("tag", "value", "field"),
    [
        (Element.NUMBER, b"000000199104180248", "number"),
        (Element.NUMBER, b"000000910418024\0\0\0", "number"),
        (Element.NUMBER, bytes(18), "number"),
        (Element.NAME, bytes(30), "name"),
        (Element.NAME, b"\xff" * 30, "name"),
        (Element.NAME, b"\x81" + bytes(29), "name"),
        (Element.NAME, b"a\nb".ljust(30, b"\0"), "name"),
        (Element.EXPIRES, bytes.fromhex("20281301"), "to"),
        (Element.EXPIRES, bytes.fromhex("2028AB01"), "to"),
        (Element.ISSUED, bytes.fromhex("20230229"), "from"),
    ],
)
def test_an_element_that_makes_no_sense_is_named_and_never_quoted(tag: Element, value: bytes, field: str) -> None:
    with pytest.raises(KioskError) as raised:
        card_of(BY_HAND | {tag: value})
    assert raised.value.failure is Failure.CARD_UNREADABLE
    assert raised.value.info == {"field": field}
    assert raised.value.__cause__ is None


@pytest.mark.parametrize("tag", [0x01, 0x06, 0x08, 0x09])
def test_a_card_without_what_is_needed_is_unreadable(tag: int) -> None:
    elements = {name: value for name, value in encode(LI).items() if name != tag}
    assert failure(Chip(elements)).failure is Failure.CARD_UNREADABLE


@pytest.mark.parametrize("blank", ["00000000", "FFFFFFFF", ""])
def test_a_blank_last_day_is_no_end(blank: str) -> None:
    assert card_of(BY_HAND | {Element.EXPIRES: bytes.fromhex(blank)}).valid_to is None


@pytest.mark.parametrize("code", [bytes(16), b"\xff" * 16, b"\x11" * 8])
def test_an_identification_code_nobody_wrote_is_no_secret(code: bytes) -> None:
    assert card_of(BY_HAND | {Element.IDENTIFICATION: code}).secret == b""


@pytest.mark.parametrize("nation", ["FF", "00", "77"])
def test_a_nation_nobody_knows_is_left_open(nation: str) -> None:
    assert card_of(BY_HAND | {Element.NATION: bytes.fromhex(nation)}).nation == ""


def test_a_name_in_old_private_characters_is_written_as_today() -> None:
    # 䶮 is FE9F in GB 18030-2005 and was a private character in GBK; 𠮷 needs four bytes.
    name = "演示·".encode("gbk") + bytes.fromhex("FE9F9534B235")
    assert card_of(BY_HAND | {Element.NAME: name.ljust(30, b"\0")}).name == "演示·䶮𠮷"


def test_a_name_cut_in_the_middle_of_a_character_goes_on_in_the_next_element() -> None:
    elements = encode(replace(LI, name="演示·" + "a" + "安" * 14), split_name=True)
    assert elements[Element.NAME][-1] > 0x7F
    assert card_of(elements).name == "演示·a" + "安" * 14


def test_no_card_shows_itself_when_it_is_printed() -> None:
    shown = repr(card_of(BY_HAND))
    assert "李" not in shown
    assert "1991" not in shown
    assert "AABB" not in shown.upper()


@given(st.lists(st.tuples(st.integers(1, 0xFE), st.binary(max_size=200)), max_size=6), st.binary(max_size=3))
def test_records_come_apart_as_they_were_put_together(parts: list[tuple[int, bytes]], fill: bytes) -> None:
    told = b"".join(record(tag, value) for tag, value in parts) + bytes(len(fill))
    expected: dict[int, bytes] = {}
    for tag, value in parts:
        expected.setdefault(tag, value)
    assert split(told) == expected


@given(st.integers(1, 0xFE), st.binary(min_size=1, max_size=300), st.data())
def test_a_record_cut_anywhere_says_how_long_it_should_be(tag: int, value: bytes, data: st.DataObject) -> None:
    whole = bytes((tag, 0x82)) + len(value).to_bytes(2, "big") + value
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(ShortRecordError) as raised:
        split(whole[:cut])
    assert cut < raised.value.needed <= len(whole)


@given(st.binary(max_size=120))
def test_any_bytes_are_elements_or_no_record(data: bytes) -> None:
    try:
        found = split(data)
    except ValueError:
        return
    assert all(tag not in {0x00, 0xFF} for tag in found)


@pytest.mark.parametrize("target", fuzz_social_card.TARGETS, ids=lambda target: target.__name__)
def test_no_bytes_at_all_crash_a_reading_or_keep_it_going(target: Target) -> None:
    assert run(target, fuzz_social_card.mutations, 0.6, seed=20260101) > 20


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (0x8010001D, Failure.CARD_SERVICE_DOWN),
        (0x8010001E, Failure.CARD_SERVICE_DOWN),
        (0x80100013, Failure.CARD_SERVICE_DOWN),
        (0x8010006A, Failure.DEVICE_FORBIDDEN),
        (0x8010002E, Failure.DEVICE_ABSENT),
        (0x80100017, Failure.DEVICE_ABSENT),
        (0x80100069, Failure.CARD_PULLED),
        (0x80100066, Failure.CARD_UNREADABLE),
        (0x80100067, Failure.CARD_UNREADABLE),
        (0x80100016, Failure.DEVICE_DISTURBED),
        (0x8010000B, Failure.DEVICE_BUSY),
        (0x80100001, Failure.DEVICE_DISTURBED),
    ],
)
def test_every_code_of_the_card_service_has_its_failure_signed_or_not(code: int, expected: Failure) -> None:
    for number in (code, code - (1 << 32)):
        with pytest.raises(KioskError) as raised:
            codes.demand(number)
        assert raised.value.failure is expected
        assert raised.value.info == {"pcsc": f"{code:08X}"}
    codes.demand(0)
