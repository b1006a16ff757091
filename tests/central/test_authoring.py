"""From the authoring folder to a package a terminal takes: pinyin right, faults refused, the same bytes every time."""

import json
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from pypinyin import lazy_pinyin

import central
from benchmarks.generated import generated_items
from central.authoring import CatalogueViolationsError, build_package, sound_of
from central.authoring.syllables import table
from kiosk.catalogue.check import check_items
from kiosk.catalogue.package import read_package
from kiosk.catalogue.search import SearchIndex
from kiosk.catalogue.sounds import plain_syllable, readings_of
from kiosk.failure import Failure
from kiosk.seal import signing

SAMPLES = Path(central.__file__).parent / "samples"
PRIVATE = bytes(range(32))
PUBLIC = signing.public_of(PRIVATE)
ISSUED = datetime(2026, 11, 24, 8, tzinfo=UTC)


def build(folder: Path, version: int = 1) -> bytes:
    return build_package(folder, record_private=PRIVATE, version=version, issued_at=ISSUED)


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("单县重疾救助", "shan xian zhong ji jiu zhu", "sxzjjz"),
        ("长者食堂", "zhang zhe shi tang", "zzst"),
        ("参保登记", "can bao deng ji", "cbdj"),
        ("行政许可", "xing zheng xu ke", "xzxk"),
        ("银行账户", "yin hang zhang hu", "yhzh"),
        ("农村信用社支行", "nong cun xin yong she zhi hang", "ncxyszh"),
        ("重度残疾人护理补贴", "zhong du can ji ren hu li bu tie", "zdcjrhlbt"),
        ("重新申领", "chong xin shen ling", "cxsl"),
        ("重领", "chong ling", "cl"),
        ("长期护理保险", "chang qi hu li bao xian", "cqhlbx"),
        ("长护险", "chang hu xian", "chx"),
        ("涡阳县", "guo yang xian", "gyx"),
        ("成都市", "cheng du shi", "cds"),
        ("乐清市", "yue qing shi", "yqs"),
        ("六安市", "lu an shi", "las"),
        ("仇家村", "qiu jia cun", "qjc"),
        ("覃塘区", "qin tang qu", "qtq"),
        ("曾都区", "zeng du qu", "zdq"),
        ("尉迟寺", "yu chi si", "ycs"),
        ("助学贷款还款", "zhu xue dai kuan huan kuan", "zxdkhk"),
        ("献血奖励", "xian xue jiang li", "xxjl"),
        ("给付", "ji fu", "jf"),
        ("供养", "gong yang", "gy"),
        ("调解", "tiao jie", "tj"),
        ("档案调出", "dang an diao chu", "dadc"),
        ("女职工生育津贴", "nv zhi gong sheng yu jin tie", "nzgsyjt"),
        ("虐待儿童举报", "nue dai er tong ju bao", "ndetjb"),
        ("80周岁以上高龄津贴", "80 zhou sui yi shang gao ling jin tie", "80zsysgljt"),
        ("X光检查（B超）", "x guang jian cha b chao", "xgjcbc"),
        ("A4", "a4", "a4"),
        ("", "", ""),
    ],
)
def test_names_of_the_trade_are_read_as_people_say_them(name: str, pinyin: str, initials: str) -> None:
    sound = sound_of(name)
    assert (sound.pinyin, sound.initials) == (pinyin, initials)


def test_a_rare_character_without_reading_breaks_nothing() -> None:
    assert sound_of("䶮𠮷福").pinyin.endswith("fu")


def corrections() -> list[tuple[str, list[str]]]:
    lines = files("central.authoring").joinpath("readings.txt").read_text("utf-8").splitlines()
    return [(row[0], row[1:]) for row in (line.split() for line in lines if line and not line.startswith("#"))]


@pytest.mark.parametrize(("word", "syllables"), corrections())
def test_every_correction_is_well_formed_and_still_needed(word: str, syllables: list[str]) -> None:
    assert len(word) == len(syllables)
    assert sound_of(word).pinyin.split() == syllables
    assert [plain_syllable(one) for one in lazy_pinyin(word)] != syllables, "pypinyin reads it rightly by now"


def test_the_shipped_table_of_sounds_is_in_step_with_pypinyin() -> None:
    shipped = files("kiosk.catalogue").joinpath("syllables.txt").read_text("utf-8")
    assert shipped == table()


def test_a_character_may_be_read_in_several_ways() -> None:
    assert [set(one) for one in readings_of("重疾")] == [{"chong", "tong", "zhong"}, {"ji"}]
    assert readings_of("龘福") == ()


def test_the_sample_catalogue_is_built_read_and_searched() -> None:
    catalogue = read_package(build(SAMPLES, version=3), PUBLIC)
    assert (catalogue.head.version, catalogue.head.demo, catalogue.head.issued_at) == (3, True, ISSUED)
    assert catalogue.head.items >= 14
    assert catalogue.holidays.knows(2026)
    assert catalogue.head.as_of >= date(2026, 1, 1)
    assert not any(catalogue.item(entry.code).verified for entry in catalogue.entries)
    index = SearchIndex.build(catalogue.entries)
    for query in ("低保", "db", "dibao", "最低生活"):
        assert index.search(query)[0].code == "512B0003600029"
    for entry in catalogue.entries:
        assert entry.code in {hit.code for hit in index.search(entry.initials)}
        assert entry.code in {hit.code for hit in index.search(entry.pinyin.replace(" ", ""))}


def test_the_same_folder_gives_the_same_bytes() -> None:
    assert build(SAMPLES) == build(SAMPLES)


def test_an_authors_own_pinyin_is_replaced(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    rewrite(folder / "items" / "14-senior-card.json", pinyin="wrong", initials="w")
    entry = next(one for one in read_package(build(folder), PUBLIC).entries if one.name.startswith("老年人"))
    assert entry.pinyin.startswith("lao nian ren")
    assert entry.initials.startswith("lnr")


def test_any_violation_stops_the_build_and_all_are_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    rewrite(folder / "items" / "14-senior-card.json", purpose="", refusals=[])
    rewrite(folder / "items" / "13-social-security-card.json", verified=True)
    with pytest.raises(CatalogueViolationsError) as caught:
        build(folder)
    found = {(one.path, one.rule) for one in caught.value.violations}
    assert found == {
        ("items/14-senior-card.json#purpose", "empty"),
        ("items/14-senior-card.json#purpose", "portrait"),  # its photo is used, and nobody is told
        ("items/14-senior-card.json#refusals", "empty"),
        ("items/13-social-security-card.json#verified", "verified"),
        ("items/13-social-security-card.json#region12", "region"),
    }
    assert caught.value.failure is Failure.CATALOGUE_BROKEN
    assert caught.value.info["violations"] == 5


def test_a_folder_without_head_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(CatalogueViolationsError) as caught:
        build(tmp_path)
    assert caught.value.violations[0].path == "catalogue.toml"


def test_generated_items_of_any_number_are_good_and_all_different() -> None:
    items = {str(number): item for number, item in enumerate(generated_items(400))}
    assert check_items(items) == []
    many = list(generated_items(12_000))
    assert len({item["name"] for item in many}) == len({item["code"] for item in many}) == len(many)


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    (folder / "items").mkdir(parents=True)
    for name in ("catalogue.toml", "holidays.json", "items/13-social-security-card.json", "items/14-senior-card.json"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    return folder


def rewrite(path: Path, **changes: object) -> None:
    item = json.loads(path.read_text("utf-8")) | changes
    path.write_text(json.dumps(item, ensure_ascii=False), "utf-8")
