"""Whatever people type, the item they mean is found, and the likeliest comes first."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generated import generated_name
from central.authoring import sound_of
from kiosk.catalogue.column import Column, Fit
from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import Department, ItemState
from kiosk.catalogue.search import Hit, Kind, SearchIndex

DEPT = Department("演示县民政局", "11990101000001011C")


def entry(name: str, code: str = "", state: ItemState = ItemState.LIVE, **more: object) -> Entry:
    short = str(more.get("short_name", ""))
    sound, short_sound = sound_of(name), sound_of(short)
    return Entry(
        code or f"51{abs(hash(name)) % 10**10:010d}",
        name,
        "20",
        1,
        state,
        DEPT,
        date(2026, 1, 1),
        short_name=short,
        name_en=str(more.get("name_en", "")),
        pinyin=sound.pinyin,
        initials=sound.initials,
        short_pinyin=short_sound.pinyin,
        short_initials=short_sound.initials,
        local_catalog_code=str(more.get("local", "")),
        topics_person=(str(more.get("topic", "社会保障")),),
    )


ALLOWANCE = entry(
    "80周岁以上高龄津贴", "512B0003600037", short_name="高龄津贴", name_en="Old-Age Allowance", topic="养老"
)
DIBAO = entry("最低生活保障对象认定", "512B0003600029", short_name="低保", topic="社会救助")
URGENT = entry("临时救助", "512B0003600031", topic="社会救助", local="LSJZ-0031")
CARD = entry("社会保障卡申领", "512B0070200003", short_name="社保卡")
PENSION = entry("城乡居民基本养老保险参保登记", "512B0359100011")
MEDICAL = entry("城乡居民基本医疗保险参保登记", "990101360001")
WEST = entry("西安路户口登记")
COUNTY = entry("单县重疾救助")
INDEX = SearchIndex.build([ALLOWANCE, DIBAO, URGENT, CARD, PENSION, MEDICAL, WEST, COUNTY])


def first(query: str) -> tuple[str, Kind]:
    hits = INDEX.search(query)
    assert hits, query
    return hits[0].name, hits[0].kind


@pytest.mark.parametrize(
    ("query", "meant", "kind"),
    [
        ("津贴", ALLOWANCE, Kind.NAME),
        ("低保", DIBAO, Kind.NAME),
        ("保", DIBAO, Kind.NAME),
        ("80周岁", ALLOWANCE, Kind.NAME),
        ("８０周岁", ALLOWANCE, Kind.NAME),
        ("gljt", ALLOWANCE, Kind.INITIALS),
        ("GLJT", ALLOWANCE, Kind.INITIALS),
        ("80zsysgljt", ALLOWANCE, Kind.INITIALS),
        ("sbk", CARD, Kind.INITIALS),
        ("gaolingjintie", ALLOWANCE, Kind.PINYIN),
        ("gao ling jin tie", ALLOWANCE, Kind.PINYIN),
        ("gaol", ALLOWANCE, Kind.PINYIN),
        ("80zhousui", ALLOWANCE, Kind.PINYIN),
        ("dibao", DIBAO, Kind.PINYIN),
        ("linshijiuz", URGENT, Kind.PINYIN),
        ("xi'an", WEST, Kind.PINYIN),
        ("shanxian", COUNTY, Kind.PINYIN),
        ("zhongji", COUNTY, Kind.PINYIN),
        ("512b0003600031", URGENT, Kind.CODE),
        ("3600031", URGENT, Kind.CODE),
        ("allowance", ALLOWANCE, Kind.ENGLISH),
        ("old-age", ALLOWANCE, Kind.ENGLISH),
        ("age allow", ALLOWANCE, Kind.WORDS),
        ("高玲津贴", ALLOWANCE, Kind.HOMOPHONE),
        ("底保", DIBAO, Kind.HOMOPHONE),
        ("重济救助", COUNTY, Kind.HOMOPHONE),
        ("养老 登记", PENSION, Kind.WORDS),
        ("登记 yil", MEDICAL, Kind.WORDS),
        ("医疗bx", MEDICAL, Kind.WORDS),
        ("养老bx", PENSION, Kind.WORDS),
    ],
)
def test_what_is_typed_finds_what_is_meant(query: str, meant: Entry, kind: Kind) -> None:
    assert first(query) == (meant.name, kind)


def test_letters_that_may_be_cut_in_two_ways_find_both() -> None:
    names = [hit.name for hit in INDEX.search("xian")]
    assert WEST.name in names
    assert COUNTY.name in names


def test_pinyin_begins_where_a_syllable_begins() -> None:
    index = SearchIndex.build([entry("电视变更"), entry("安置办理")])
    assert [hit.name for hit in index.search("an")] == ["安置办理"]
    assert [hit.name for hit in index.search("anz")] == ["安置办理"]
    assert not index.search("ianshi")


def test_a_theme_finds_its_items_after_those_that_say_the_word() -> None:
    hits = INDEX.search("救助")
    assert [hit.name for hit in hits] == [URGENT.name, COUNTY.name, DIBAO.name]
    assert [hit.kind for hit in hits] == [Kind.NAME, Kind.NAME, Kind.TOPIC]
    assert [hit.rank for hit in hits] == [0, 1, 2]


def test_the_exact_name_comes_before_names_that_begin_so_and_those_before_names_that_hold_it() -> None:
    names = ["城乡居民失业登记", "失业登记", "失业登记注销", "失业登记年审办理"]
    index = SearchIndex.build(entry(name) for name in names)
    found = [hit.name for hit in index.search("失业登记")]
    assert found == ["失业登记", "失业登记注销", "失业登记年审办理", "城乡居民失业登记"]
    assert [hit.name for hit in index.search("sydj")] == found
    assert [hit.name for hit in index.search("shiyedengji")] == found


def test_a_name_that_begins_so_is_not_crowded_out_by_a_thousand_that_hold_it() -> None:
    crowd = [entry(f"甲{chr(0x4E00 + n)}救助") for n in range(1_000)]
    wanted = entry("救助站流浪乞讨人员临时安置申请")
    index = SearchIndex.build([*crowd, wanted])
    assert index.search("救助", 5)[0].name == wanted.name
    assert index.search("jiuzhu", 5)[0].name == wanted.name


def test_a_cancelled_item_is_not_offered_and_a_paused_one_comes_last() -> None:
    index = SearchIndex.build(
        [
            entry("失业登记", "1", ItemState.CANCELLED),
            entry("失业证", "2", ItemState.PAUSED),
            entry("失业保险金申领", "3"),
        ]
    )
    assert [hit.code for hit in index.search("失业")] == ["3", "2"]


def test_an_item_met_by_name_and_short_name_is_one_hit() -> None:
    index = SearchIndex.build([entry("高龄津贴发放", short_name="高龄津贴"), entry("高龄老人体检")])
    assert [hit.name for hit in index.search("高龄", 2)] == ["高龄津贴发放", "高龄老人体检"]


def test_no_more_hits_than_asked_for() -> None:
    index = SearchIndex.build(entry(generated_name(n), f"{n}") for n in range(300))
    assert len(index.search("登", 20)) == 20
    assert len(index.search("登 记", 7)) == 7
    assert index.search("登", 0) == ()


@pytest.mark.parametrize("query", ["", " ", "\n", "\t", "不存在的事项名称", "zzzz", "%", "'", "''", "‘", "\x00", "𠮷"])
def test_nothing_found_is_an_empty_answer(query: str) -> None:
    assert INDEX.search(query) == ()


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_query_is_an_error(query: str) -> None:
    hits = INDEX.search(query)
    assert all(isinstance(hit, Hit) for hit in hits)
    assert len({hit.code for hit in hits}) == len(hits)


def test_an_empty_catalogue_can_be_searched() -> None:
    assert SearchIndex.build([]).search("低保") == ()
    assert SearchIndex.build([]).search("db") == ()


def test_the_search_box_can_ask_for_a_very_long_text() -> None:
    assert INDEX.search("xi" * 5_000) == ()


MANY = [entry(generated_name(n * 37), f"{n}") for n in range(600)]
MANY_INDEX = SearchIndex.build(MANY)


@settings(deadline=None)
@given(st.data())
def test_every_piece_of_a_name_finds_exactly_the_items_that_have_it(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(MANY))
    start = data.draw(st.integers(0, len(one.name) - 2))
    piece = one.name[start : start + data.draw(st.integers(1, 4))].strip("（）")
    if piece:
        found = {hit.code for hit in MANY_INDEX.search(piece, 1_000) if hit.kind is Kind.NAME}
        assert found == {other.code for other in MANY if piece in other.name}


def sounds_so(one: Entry, typed: str) -> bool:
    syllables = one.pinyin.split()
    return any("".join(syllables[at:]).startswith(typed) for at in range(len(syllables)))


@settings(deadline=None)
@given(st.data())
def test_every_run_of_syllables_finds_every_item_that_sounds_so_and_no_other_by_pinyin(data: st.DataObject) -> None:
    syllables = data.draw(st.sampled_from(MANY)).pinyin.split()
    start = data.draw(st.integers(0, len(syllables) - 1))
    typed = "".join(syllables[start : start + data.draw(st.integers(1, 4))])
    hits = MANY_INDEX.search(typed, 1_000)
    sounding = {other.code for other in MANY if sounds_so(other, typed)}
    assert sounding
    assert sounding <= {hit.code for hit in hits}
    assert {hit.code for hit in hits if hit.kind is Kind.PINYIN} <= sounding


@settings(deadline=None)
@given(
    st.lists(st.text("ab甲", min_size=1, max_size=6), min_size=1, max_size=30), st.text("ab甲", min_size=1, max_size=4)
)
def test_a_column_finds_what_a_plain_look_finds(texts: list[str], query: str) -> None:
    column = Column.of([(text, number) for number, text in enumerate(texts)])
    found = column.find(query, 100)
    assert {one.item for one in found} == {number for number, text in enumerate(texts) if query in text}
    for one in found:
        text = texts[one.item]
        wanted = Fit.EXACT if text == query else Fit.PREFIX if text.startswith(query) else Fit.INSIDE
        assert one.fit is wanted
    assert [one.fit for one in found] == sorted(one.fit for one in found)
