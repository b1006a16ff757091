"""Made-up pages and the pictures a scanner or a camera would take of them: nobody's data, everything drawn here."""

import io
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import segno
from PIL import Image, ImageDraw, ImageFont

import kiosk.papers

DPI = 200
A4 = (1654, 2339)
RED = (200, 30, 36)
CODE_TEXT = "https://example.invalid/r#DEMO-0000"
_FONT = Path(kiosk.papers.__file__).parent / "fonts"
_LINE = "演示内容仅供测试之用，人物、编号、地址均为虚构。本表由申请人如实填写并对真实性负责。"
_ROWS = ("申请事项", "申请人", "身份证号", "住址", "联系电话", "代办人", "发放账户", "备注")


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT / "JinbanSans-Regular.ttf"), size)


def form(
    *, seal: bool = False, portrait: bool = False, code: bool = True, title: str = "演示事项申请表"
) -> Image.Image:
    """An A4 form at 200 dpi: heading, table, running text, and as asked a QR code, a red seal, a portrait."""
    return _form(seal, portrait, code, title).copy()


@cache
def _form(seal: bool, portrait: bool, code: bool, title: str) -> Image.Image:  # noqa: FBT001 - as `form` names them
    image = Image.new("RGB", A4, (252, 251, 248))
    pen = ImageDraw.Draw(image)
    pen.text((A4[0] // 2, 190), title, font=font(64), fill=(25, 25, 28), anchor="mm")
    for number, label in enumerate(_ROWS):
        top = 300 + number * 90
        pen.rectangle((150, top, 1500, top + 90), outline=(30, 30, 30), width=3)
        pen.line((430, top, 430, top + 90), fill=(30, 30, 30), width=3)
        pen.text((170, top + 45), label, font=font(36), fill=(25, 25, 28), anchor="lm")
        pen.text((460, top + 45), f"演示·测试甲 0000{number}", font=font(36), fill=(25, 25, 28), anchor="lm")
    for number in range(12):
        pen.text((150, 1100 + number * 58), _LINE, font=font(30), fill=(25, 25, 28))
    if code:
        modules = segno.make(CODE_TEXT, error="m")
        out = io.BytesIO()
        modules.save(out, kind="png", scale=7, border=2)
        image.paste(Image.open(out).convert("RGB"), (180, 1880))
    if seal:
        draw_seal(image, (1150, 1980))
    if portrait:
        image.paste(face(), (1180, 1810))
    return image


def draw_seal(image: Image.Image, centre: tuple[int, int], reach: int = 160) -> None:
    pen = ImageDraw.Draw(image)
    x, y = centre
    pen.ellipse((x - reach, y - reach, x + reach, y + reach), outline=RED, width=11)
    pen.text((x, y - 40), "演示专用", font=font(46), fill=RED, anchor="mm")
    pen.text((x, y + 40), "★", font=font(60), fill=RED, anchor="mm")


def face(size: tuple[int, int] = (276, 354)) -> Image.Image:
    """A photograph of nobody: soft shades from dark to light."""
    across, down = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
    head = np.exp(-((across / 0.55) ** 2 + ((down + 0.15) / 0.7) ** 2) * 1.5)
    shades = np.stack([90 + 130 * head, 110 + 90 * head, 150 + 40 * head], axis=-1) - 30 * down[..., None]
    grain = np.random.default_rng(5).normal(0, 3, shades.shape)
    return Image.fromarray(np.clip(shades + grain, 0, 255).astype(np.uint8))


def photo_page() -> Image.Image:
    """A page that is one large photograph."""
    image = Image.new("RGB", A4, (250, 250, 250))
    image.paste(face((1300, 1800)), (177, 250))
    return image


def blank() -> Image.Image:
    """A sheet with nothing on it but its own grain."""
    return _blank().copy()


@cache
def _blank() -> Image.Image:
    noise = np.random.default_rng(3).normal(248, 2.5, (A4[1], A4[0], 3))
    return Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8))


MATS = {
    "dark": (52, 56, 50),
    "green": (58, 110, 84),
    "grey": (128, 128, 130),
    "light": (206, 204, 200),
    "wood": (150, 110, 75),
}


def photo(
    page: Image.Image,
    *,
    mat: str = "dark",
    tilt: float = 4.0,
    lean: float = 0.05,
    light: float = 0.35,
    size: tuple[int, int] = (1944, 2592),
    fill: float = 0.80,
    shift: tuple[float, float] = (0.0, 0.0),
    blur: float = 0.0,
    exposure: float = 1.0,
    noise: float = 2.5,
    seed: int = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """What a document camera sees (BGR), and the true corners (4x2, clockwise from the sheet's top left)."""
    mat_grain, sensor_noise = _grain(size, seed)
    sheet = cv2.cvtColor(np.asarray(page.convert("RGB")), cv2.COLOR_RGB2BGR)
    height, width = sheet.shape[:2]
    corners = _placed(width, height, size, tilt, lean, fill, shift)
    ground = np.full((size[1], size[0], 3), MATS[mat][::-1], np.float32)
    ground += mat_grain[..., None]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    over = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), over, size, flags=cv2.INTER_AREA)
    shade = np.roll(cv2.GaussianBlur(mask, (0, 0), 14), (10, 8), (0, 1)).astype(np.float32)[..., None] / 255
    lying = cv2.warpPerspective(sheet, over, size, flags=cv2.INTER_AREA).astype(np.float32)
    cover = cv2.GaussianBlur(mask, (0, 0), 0.7).astype(np.float32)[..., None] / 255
    picture = ground * (1 - 0.22 * shade) * (1 - cover) + lying * cover
    across, down = np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1])[:, None]
    lamp = 1.0 - light * (0.65 * across + 0.35 * down)
    picture *= (lamp * exposure)[..., None].astype(np.float32)
    if blur:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur))
    picture += sensor_noise * noise
    return np.clip(picture, 0, 255).astype(np.uint8), corners


@lru_cache(maxsize=1)
def _grain(size: tuple[int, int], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The grain of the mat and the noise of the camera; most pictures share them, and they take longest to draw."""
    chance = np.random.default_rng(seed)
    grain = chance.standard_normal((size[1], size[0], 1), np.float32) * 9
    noise = chance.standard_normal((size[1], size[0], 3), np.float32)
    return np.asarray(cv2.GaussianBlur(grain, (0, 0), 1.2)), noise


def _placed(
    width: int, height: int, size: tuple[int, int], tilt: float, lean: float, fill: float, shift: tuple[float, float]
) -> np.ndarray:
    scale = fill * min(size[0] / width, size[1] / height)
    half = np.array([width, height]) * scale / 2
    box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float) * half
    box[:2, 0] *= 1 - lean
    box[1, 1] *= 1 - lean / 2
    turn = np.deg2rad(tilt)
    laid: np.ndarray = box @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    laid += np.array(size) / 2 + np.array(shift) * np.array(size)
    return laid


def jpeg(picture: np.ndarray | Image.Image, quality: int = 92) -> bytes:
    if isinstance(picture, np.ndarray):
        picture = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def bgr(page: Image.Image) -> np.ndarray:
    """The page as a scanner at 200 dpi sees it."""
    return cv2.cvtColor(np.asarray(page.convert("RGB")), cv2.COLOR_RGB2BGR)


def turned(page: Image.Image, degrees: float) -> np.ndarray:
    """The page turned clockwise on paper of its own colour."""
    turn = cv2.getRotationMatrix2D((A4[0] / 2, A4[1] / 2), -degrees, 1.0)
    return cv2.warpAffine(bgr(page), turn, A4, flags=cv2.INTER_CUBIC, borderValue=(248, 251, 252))


def shown(page: bytes, extension: str) -> np.ndarray:
    """A finished page as anybody sees it, blue green red."""
    if extension == "pdf":
        document = pypdfium2.PdfDocument(page)
        try:
            return np.asarray(document[0].render(scale=DPI / 72).to_numpy())
        finally:
            document.close()
    return np.asarray(cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_COLOR))


def shaded(picture: np.ndarray, *, depth: float = 0.55, soft: float = 26.0) -> np.ndarray:
    """The picture with the shadow of a head over its middle."""
    height, width = picture.shape[:2]
    return np.asarray(picture * (1 - (1 - depth) * _cast(width, height, soft)[..., None]), np.uint8)


@lru_cache(maxsize=1)
def _cast(width: int, height: int, soft: float) -> np.ndarray:
    cast = np.zeros((height, width), np.float32)
    cv2.ellipse(cast, (width // 2, int(height * 0.7)), (width // 4, height // 3), 20, 0, 360, 1.0, -1)
    return np.asarray(cv2.GaussianBlur(cast, (0, 0), soft))


def grey_box(page: Image.Image) -> Image.Image:
    """The page with white letters in a printed grey box."""
    pen = ImageDraw.Draw(page)
    pen.rectangle((150, 1850, 1500, 2250), fill=(150, 150, 150))
    pen.text((300, 2050), "白字灰底演示", font=font(80), fill=(255, 255, 255), anchor="lm")
    return page
