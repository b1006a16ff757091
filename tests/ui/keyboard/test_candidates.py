"""What the letters become: the words, names and phrases of a township hall, and the mix-ups of its people."""

import pytest

from kiosk.config import MixUp
from ui.keyboard.lexicon import Lexicon
from ui.keyboard.pinyin import Decoder, Mode

FIRST = """
dibao 低保 dibaohu 低保户 canjirenzheng 残疾人证
gaolingjintie 高龄津贴 shenfenzheng 身份证 hukoubu 户口簿 hukouben 户口本
juzhuzheng 居住证 yibaoka 医保卡 shebaoka 社保卡 yanglaojin 养老金 yanglaobaoxian 养老保险 yiliaobaoxian 医疗保险
linshijiuzhu 临时救助 shiyedengji 失业登记 jiehunzheng 结婚证
weituoshu 委托书 chengnuoshu 承诺书 shouruzhengming 收入证明
jianhuren 监护人 jiatingzhuzhi 家庭住址 shoujihao 手机号 tekunrenyuan 特困人员 yingyezhizhao 营业执照 zhaijidi 宅基地
fuyinjian 复印件 nver 女儿 zuidishenghuobaozhang 最低生活保障 jumin'shenfenzheng 居民身份证
woyaobanliyiliaobaoxian 我要办理医疗保险 meiyoushouru 没有收入 yinbingzhuyuan 因病住院 shenghuokunnan 生活困难
shentibuhao 身体不好 yinbingshenghuokunnan 因病生活困难
beijing 北京 chongqing 重庆 guizhousheng 贵州省 guizhoushengzunyishi 贵州省遵义市 xi'an 西安 changsha 长沙 xiamen 厦门
juweihui 居委会 cunweihui 村委会 wulumuqi 乌鲁木齐
shengfenzheng 身份证 senfenzen 身份证 lanjing 南京 yiniaobaoxian 医疗保险 canjirenzhen 残疾人证 longcun 农村
sfz 身份证 shenfz 身份证 sfenz 身份证 ybk 医保卡 sbk 社保卡 jtzz 家庭住址 hukb 户口簿 yiliaobx 医疗保险
yanglaobaox 养老保险 shenfenzhe 身份证
lvshi 律师 nuer 女儿
"""

SOON = """
xian 县 xian 先 fangan 方案 shiy 失业 shenfen 身份证 yb 医保 hulan 湖南 zhangsan 张三 erzi 儿子 lvxing 旅行
"""

NAMES = """
zhangxiuying 张秀英 lixiaohong 李小红 wangjianguo 王建国 yuchi 尉迟
ouyangna 欧阳娜 wangfang 王芳 liu 刘 chenguihua 陈桂花
zhouzhiqiang 周志强 zhaolei 赵磊 shanli 单丽 zengguofan 曾国藩 lvbu 吕布 lvguiying 吕桂英 renzhiming 任志明
linhaiyan 林海燕 sunyulan 孙玉兰 huangzhiming 黄志明 zhugeliang 诸葛亮 simaguang 司马光
"""

NAMES_SOON = """
chenguihua 陈桂华 zhaolei 赵雷 qiuxiaoming 仇小明 xiexiaoyan 解晓燕 zhayulan 查玉兰
ouyulan 区玉兰 piaozhengxi 朴正熙 zhangxiuyin 张秀英 niuguiying 刘桂英
zhaiwenhua 翟文华 mozi 莫子 wanxiulan 王秀兰 yuchigong 尉迟恭
"""


def pairs(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return list(zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize(("typed", "wanted"), pairs(FIRST))
def test_the_word_that_was_meant_comes_first(decoder: Decoder, typed: str, wanted: str) -> None:
    first = decoder.decode(typed)[0]

    assert (first.text, first.consumed) == (wanted, len(typed))


@pytest.mark.parametrize(("typed", "wanted"), pairs(SOON))
def test_a_rival_word_is_among_the_first(decoder: Decoder, typed: str, wanted: str) -> None:
    assert wanted in [one.text for one in decoder.decode(typed)[:5]]


@pytest.mark.parametrize(("typed", "wanted"), pairs(NAMES))
def test_a_usual_name_comes_first_where_a_name_is_asked_for(decoder: Decoder, typed: str, wanted: str) -> None:
    assert decoder.decode(typed, Mode.NAME)[0].text == wanted


@pytest.mark.parametrize(("typed", "wanted"), pairs(NAMES_SOON))
def test_a_rarer_surname_is_among_the_first(decoder: Decoder, typed: str, wanted: str) -> None:
    assert wanted in [one.text for one in decoder.decode(typed, Mode.NAME)[:6]]


@pytest.mark.parametrize(
    ("typed", "unit"), pairs("hao 号 dong 栋 danyuan 单元 shi 室 zu 组 cun 村 lou 楼 ceng 层 haolou 号楼")
)
def test_what_a_number_counts_comes_first_behind_it(decoder: Decoder, typed: str, unit: str) -> None:
    assert decoder.decode(typed, Mode.COUNT)[0].text == unit


@pytest.mark.parametrize(
    ("mix_up", "typed", "wanted"),
    [
        ("f-h", "funan", "湖南"),
        ("f-h", "feijia", "回家"),
        ("z-zh", "zuzi", "组织"),
        ("s-sh", "senfenzheng", "身份证"),
        ("c-ch", "cengnuoshu", "承诺书"),
        ("n-l", "lanjing", "南京"),
        ("an-ang", "sangdong", "三栋"),
        ("in-ing", "linqian", "零钱"),
    ],
)
def test_a_place_may_say_which_sounds_its_people_mix_up(
    lexicon: Lexicon, mix_up: MixUp, typed: str, wanted: str
) -> None:
    mixed = [one.text for one in Decoder(lexicon, [mix_up]).decode(typed)]
    strict = [one.text for one in Decoder(lexicon, []).decode(typed)]

    assert wanted in mixed
    assert wanted not in strict


@pytest.mark.parametrize(
    ("typed", "rare"), [("yan", "䶮"), ("ji", "𠮷"), ("yan", "龑"), ("zhe", "喆"), ("kun", "堃"), ("jie", "㛃")]
)
def test_a_rare_character_of_a_name_can_be_reached(decoder: Decoder, typed: str, rare: str) -> None:
    offered = [one.text for mode in Mode for one in decoder.decode(typed, mode)]

    assert rare in offered


def test_after_a_word_has_been_chosen_the_rest_is_read_anew(decoder: Decoder) -> None:
    typed = "nanjingludizhuhao"
    chosen = next(one for one in decoder.decode(typed) if one.text == "南京")

    assert typed[chosen.consumed :] == "ludizhuhao"
    assert chosen.reading == ("nan", "jing")


def test_an_apostrophe_parts_what_could_be_one_sound(decoder: Decoder) -> None:
    assert decoder.decode("xian")[0].reading == ("xian",)
    assert all(len(one.reading) > 1 for one in decoder.decode("xi'an") if one.consumed == 5 and one.reading)


def test_letters_that_are_no_pinyin_are_offered_as_they_are(decoder: Decoder) -> None:
    assert [one.text for one in decoder.decode("viii")] == ["viii"]


def test_the_same_letters_always_give_the_same_candidates(decoder: Decoder) -> None:
    before = decoder.decode("shishi")
    for other in ("shishiqiushi", "shi", "s", "zhongguoren"):
        decoder.decode(other)

    assert decoder.decode("shishi") == before
