"""Draws the shipped sample pages: `python -m devices.scanner.draw FONT.ttc`, only when they are to be made anew.

Every page is made up: people who do not exist, numbers nobody has, a mark across it that says so, and no coat of arms.
The font gives the pictures their letters and is not shipped with them (Noto Sans CJK SC, OFL 1.1, was used).
"""

import io
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_SIZE = (1240, 1754)  # A4 at 150 dpi, drawn
_SHIPPED_SIZE, _SHIPPED_DPI = (992, 1403), 120
_LARGEST_BYTES = 60_000
_INK, _PALE, _RED, _PAPER = (30, 30, 36), (208, 214, 222), (190, 40, 40), (252, 251, 247)
_LEFT, _RIGHT, _TOP = 150, 1090, 190
_NAME, _ID = "演示·张秀英", "000000194305120029"
_DAUGHTER, _DAUGHTER_ID = "演示·李晓芳", "000000199104180247"
_ADDRESS = "演示省演示市演示县近办镇示例村12号"

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One made-up paper: a heading, a table, running text and who has signed it. `card` frames the table as a card."""

    title: str
    rows: Rows = ()
    text: tuple[str, ...] = ()
    signed: str = ""
    seal: str = ""
    card: bool = False


SHEETS: dict[str, Sheet] = {
    "id-card": Sheet(
        "居民身份证复印件",
        (
            ("姓名", _NAME),
            ("性别", "女    民族  汉"),
            ("出生", "1943年5月12日"),
            ("住址", _ADDRESS),
            ("公民身份号码", _ID),
            ("签发机关", "演示县公安局"),
            ("有效期限", "2011.06.20-长期"),
        ),
        card=True,
    ),
    "household-register": Sheet(
        "居民户口簿(常住人口登记卡)",
        (
            ("姓名", _NAME),
            ("户主或与户主关系", "户主"),
            ("曾用名", "无"),
            ("性别", "女"),
            ("出生地", "演示省演示县"),
            ("民族", "汉族"),
            ("出生日期", "1943年5月12日"),
            ("公民身份证件编号", _ID),
            ("文化程度", "小学"),
            ("婚姻状况", "丧偶"),
            ("何时由何地迁来本址", "久居"),
            ("登记日期", "2011年6月20日"),
        ),
        seal="演示户口专用章",
    ),
    "bank-card": Sheet(
        "银行卡复印件",
        (
            ("开户银行", "演示农村商业银行近办支行"),
            ("户名", _NAME),
            ("卡号", "0000 0000 0000 0000 000"),
            ("有效期", "12/99"),
        ),
        card=True,
    ),
    "application-form": Sheet(
        "业务申请表",
        (
            ("申请事项", "高龄津贴"),
            ("申请人", _NAME),
            ("身份证号", _ID),
            ("住址", _ADDRESS),
            ("联系电话", "15400000000"),
            ("代办人", f"{_DAUGHTER}(女儿)"),
            ("发放账户", "0000 0000 0000 0000 000"),
        ),
        ("本人承诺以上内容真实,愿意承担相应责任。",),
        signed=f"申请人签名:{_NAME}    2026年1月5日",
    ),
    "disability-certificate": Sheet(
        "残疾人证(内页)",
        (
            ("姓名", _NAME),
            ("证号", f"{_ID}42"),
            ("残疾类别", "肢体"),
            ("残疾等级", "二级"),
            ("住址", _ADDRESS),
            ("监护人", _DAUGHTER),
            ("签发日期", "2020年3月1日"),
            ("有效期", "至2030年3月1日"),
        ),
        seal="演示残联专用章",
    ),
    "birth-certificate": Sheet(
        "出生医学证明",
        (
            ("新生儿姓名", "演示·王小宝"),
            ("性别", "男"),
            ("出生时间", "2026年2月3日8时20分"),
            ("出生孕周", "39周"),
            ("母亲姓名", _DAUGHTER),
            ("母亲身份证号", _DAUGHTER_ID),
            ("父亲姓名", "演示·王建国"),
            ("出生医学证明编号", "X000000000"),
        ),
        seal="演示医院专用章",
    ),
    "mandate": Sheet(
        "授权委托书",
        text=(
            f"委托人:{_NAME},身份证号 {_ID}。",
            f"受托人:{_DAUGHTER},身份证号 {_DAUGHTER_ID},与委托人关系:女儿。",
            "委托事项:代为提交高龄津贴申请材料,代为签收补正告知书和办理结果。",
            "委托期限:自签字之日起六个月。受托人无转委托权。",
        ),
        signed=f"委托人签名:{_NAME}    2026年1月5日",
    ),
    "income-statement": Sheet(
        "家庭经济状况声明",
        (
            ("声明人", _NAME),
            ("家庭人口", "2人"),
            ("上年家庭总收入", "18600元"),
            ("其中养老金", "2160元"),
            ("务农收入", "6440元"),
            ("子女赡养费", "10000元"),
            ("房屋", "自有平房1处"),
            ("机动车", "无"),
        ),
        ("以上情况属实,同意有关部门依法核查。",),
        signed=f"声明人签名:{_NAME}    2026年1月5日",
    ),
    "village-certificate": Sheet(
        "村民委员会证明",
        text=(
            f"兹证明 {_NAME}(身份证号 {_ID})系我村村民,",
            "现居住在示例村12号,与女儿共同生活。情况属实。",
            "特此证明。",
        ),
        signed="示例村村民委员会    2026年1月6日",
        seal="演示村委会印章",
    ),
    "marriage-certificate": Sheet(
        "结婚证(内页)",
        (
            ("持证人", _DAUGHTER),
            ("登记日期", "2018年5月20日"),
            ("结婚证字号", "J000000-2018-000000"),
            ("姓名", "演示·王建国"),
            ("性别", "男"),
            ("姓名", _DAUGHTER),
            ("性别", "女"),
        ),
        seal="演示婚姻登记专用章",
    ),
    "lease": Sheet(
        "房屋租赁合同(首页)",
        text=(
            "出租方(甲方):演示·赵国强",
            f"承租方(乙方):{_DAUGHTER}",
            "一、甲方将位于演示县近办镇示例路5号的房屋出租给乙方居住使用,建筑面积62平方米。",
            "二、租赁期限自2026年1月1日起至2026年12月31日止。",
            "三、月租金600元,按季支付。乙方应爱护房屋及设施。",
            "四、本合同一式两份,双方各执一份,自签字之日起生效。",
        ),
        signed="甲方签名:演示·赵国强    乙方签名:演示·李晓芳",
    ),
}


class _Pen:
    """Draws one sheet with one font."""

    def __init__(self, font: Path) -> None:
        self._font = font
        self.image = Image.new("RGB", _SIZE, _PAPER)
        self._draw = ImageDraw.Draw(self.image)

    def type(self, size: int) -> ImageFont.FreeTypeFont:
        """The font at a size; index 2 of the Noto Sans CJK collection is simplified Chinese."""
        return ImageFont.truetype(self._font, size, index=2 if self._font.suffix == ".ttc" else 0)

    def mark(self) -> None:
        """The words across the page that nobody can miss."""
        strip = Image.new("RGB", (1500, 260), _PAPER)
        ImageDraw.Draw(strip).text((40, 60), "演示样张 SAMPLE", font=self.type(130), fill=_PALE)
        turned = strip.rotate(32, expand=True, fillcolor=_PAPER)
        self.image.paste(turned, ((_SIZE[0] - turned.width) // 2, 420))

    def sheet(self, sheet: Sheet) -> None:
        """The paper itself, from top to bottom."""
        middle = _SIZE[0] // 2
        self._draw.text((middle, 120), sheet.title, font=self.type(52), fill=_INK, anchor="mm")
        bottom = self._rows(sheet.rows, _TOP + 30)
        if sheet.card:
            self._draw.rounded_rectangle((_LEFT - 40, _TOP, _RIGHT + 40, bottom + 20), 40, outline=_INK, width=3)
        bottom = self._text(sheet.text, bottom + 50)
        if sheet.signed:
            self._draw.text((_RIGHT, bottom + 70), sheet.signed, font=self.type(32), fill=(40, 50, 130), anchor="ra")
        if sheet.seal:
            self._seal((_RIGHT - 160, min(bottom + 150, 1440)), sheet.seal)
        foot = "本页为演示样张,人物、号码均为虚构  Synthetic sample, no real person"
        self._draw.text((middle, 1680), foot, font=self.type(24), fill=(120, 120, 120), anchor="mm")

    def _rows(self, rows: Rows, top: int) -> int:
        for label, value in rows:
            self._draw.text((_LEFT, top + 20), label, font=self.type(30), fill=(90, 90, 100))
            self._draw.text((_LEFT + 330, top + 18), value, font=self.type(34), fill=_INK)
            top += 84
            self._draw.line((_LEFT, top, _RIGHT, top), fill=(170, 170, 176), width=2)
        return top

    def _text(self, paragraphs: tuple[str, ...], top: int) -> int:
        font = self.type(34)
        for paragraph in paragraphs:
            line = "  "
            for character in paragraph:
                if font.getlength(line + character) > _RIGHT - _LEFT:
                    self._draw.text((_LEFT, top), line, font=font, fill=_INK)
                    line, top = "", top + 60
                line += character
            self._draw.text((_LEFT, top), line, font=font, fill=_INK)
            top += 76
        return top

    def _seal(self, centre: tuple[int, int], words: str) -> None:
        x, y = centre
        self._draw.ellipse((x - 130, y - 130, x + 130, y + 130), outline=_RED, width=7)
        font = self.type(30)
        for place, word in enumerate(words):
            angle = math.pi * (1.15 - 1.3 * place / max(1, len(words) - 1))
            at = (x + 96 * math.cos(angle), y - 96 * math.sin(angle))
            self._draw.text(at, word, font=font, fill=_RED, anchor="mm")
        self._draw.text((x, y + 10), "演示", font=self.type(44), fill=_RED, anchor="mm")


def drawn(sheet: Sheet, font: Path) -> bytes:
    """A sheet as JPEG of at most 60 kB."""
    pen = _Pen(font)
    pen.mark()
    pen.sheet(sheet)
    image = pen.image.resize(_SHIPPED_SIZE, Image.Resampling.LANCZOS)
    for quality in range(75, 20, -5):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, dpi=(_SHIPPED_DPI, _SHIPPED_DPI))
        if out.tell() <= _LARGEST_BYTES:
            return out.getvalue()
    raise ValueError("a sheet this busy does not fit")


def main(font: Path) -> None:
    """Draw every sheet into the folder of shipped pages."""
    folder = Path(__file__).parent / "samples"
    folder.mkdir(exist_ok=True)
    for name, sheet in SHEETS.items():
        (folder / f"{name}.jpg").write_bytes(drawn(sheet, font))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
