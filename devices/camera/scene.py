"""What a simulated camera sees: a mat, a lamp, sheets that come in from the side, a hand. Drawn, never photographed.

Everything on it is made up: sample papers of `devices.scanner.samples` and an ID card nobody holds, marked as such.
"""

from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import kiosk.papers.fonts
from devices.camera.pictures import Pixels
from devices.scanner.pages import find, page_names

_Grid: TypeAlias = np.ndarray[Any, Any]

COMING_SECONDS = 0.35
_CARDS = ("id-front", "id-back")
_FONT = Path(kiosk.papers.fonts.__file__).parent / "JinbanSans-Regular.ttf"
_MAT = (46, 52, 44)
_NOISE = 3.0
_NOISES = 3
_PAGE_HEIGHT = 0.86
_CARD_WIDTH = 0.40
_TURN = 0.035
_DARK = 0.1
_LENS = 2.4
_SEED = 448
_CARD_PIXELS = (1027, 648)
_FRONT = (
    ("姓名", "演示·张秀英", 60),
    ("性别", "女    民族  汉", 150),
    ("出生", "1943 年 5 月 12 日", 240),
    ("住址", "演示省演示县近办镇", 330),
    ("", "示例村12号", 396),
    ("公民身份号码", "000000194305120029", 540),
)
_BACK = (("签发机关", "演示县公安局", 430), ("有效期限", "2011.06.20-长期", 520))


def laid_names(data: Path) -> tuple[str, ...]:
    """Everything that can be laid below the camera."""
    return (*page_names(data), *_CARDS)


class Scene:
    """One camera's view, `size` pixels wide and high; with `face` a drawn face instead of the mat."""

    def __init__(self, data: Path, size: tuple[int, int], *, face: bool) -> None:
        self._data = data
        self._size = size
        self._mat = _face(size) if face else _mat(size)
        self._face = face
        random = np.random.default_rng(_SEED)
        shape = (size[1], size[0], 3)
        self._noises = [
            np.asarray(np.clip(random.normal(_NOISE, _NOISE, shape), 0, 255), np.uint8) for _ in range(_NOISES)
        ]
        self._sheet: Pixels | None = None
        self._page = ""
        self._since = -COMING_SECONDS
        self._lies: tuple[Pixels, Pixels] | None = None
        self._count = 0

    def picture(self, page: str | None, now: float, *, hand: bool, dark: bool, blurred: bool) -> Pixels:
        """The picture at `now`, in seconds, while `page` lies there or comes in."""
        self._put(page or "", now)
        whole = self._lying(min(1.0, (now - self._since) / COMING_SECONDS))
        if hand:
            whole = _with_hand(whole)
        if dark:
            whole = np.asarray(whole * _DARK, np.uint8)
        if blurred:
            whole = np.asarray(cv2.GaussianBlur(whole, (0, 0), _LENS), np.uint8)
        self._count += 1
        return np.asarray(cv2.add(whole, self._noises[self._count % _NOISES]), np.uint8)

    def _put(self, page: str, now: float) -> None:
        if page == self._page:
            return
        self._page, self._since, self._lies = page, now, None
        self._sheet = self._drawn(page) if page else None

    def _lying(self, there: float) -> Pixels:
        """The mat with the sheet so far in, 0.0 to 1.0; a sheet that lies is drawn once."""
        if self._sheet is None or self._face:
            return self._mat
        if there < 1.0:
            return self._over(self._sheet, 1.0 - there)
        if self._lies is None:
            self._lies = (self._sheet, self._over(self._sheet, 0.0))
        return self._lies[1]

    def _over(self, sheet: Pixels, out: float) -> Pixels:
        """The sheet on the mat, a little turned and seen a little from the side, `out` of the way to the right."""
        width, height = self._size
        card = self._page in _CARDS
        tall, wide = sheet.shape[:2]
        scale = width * _CARD_WIDTH / wide if card else height * _PAGE_HEIGHT / tall
        corners = np.array([[-wide, -tall], [wide, -tall], [wide, tall], [-wide, tall]], np.float32) * scale / 2
        turn = _TURN * (1.0 if len(self._page) % 2 else -1.0) + out * 0.2
        turned = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]], np.float32)
        turned[:2, 0] *= 0.985
        placed = turned + np.array([width * (0.5 + out * 0.9), height * 0.5], np.float32)
        flat = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
        how = cv2.getPerspectiveTransform(flat, np.asarray(placed, np.float32))
        result = self._mat.copy()
        cv2.warpPerspective(sheet, how, self._size, dst=result, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
        return np.asarray(result, np.uint8)

    def _drawn(self, page: str) -> Pixels:
        if page in _CARDS:
            return _card(page)
        with Image.open(find(self._data, page)) as image:
            return np.asarray(np.asarray(image.convert("RGB"))[:, :, ::-1].copy(), np.uint8)


def _mat(size: tuple[int, int]) -> Pixels:
    """A dark mat under a lamp that is brighter in the middle."""
    across, down = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
    lamp: _Grid = 1.0 - 0.18 * (across**2 + down**2)
    return np.asarray(lamp[..., None] * np.array(_MAT), np.uint8)


def _face(size: tuple[int, int]) -> Pixels:
    """Somebody before a wall: enough to see that a live picture is shown."""
    picture: Pixels = np.full((size[1], size[0], 3), (196, 188, 178), np.uint8)
    width, height = size
    cv2.ellipse(picture, (width // 2, height), (width // 3, height // 3), 0, 0, 360, (120, 84, 60), -1)
    cv2.ellipse(picture, (width // 2, height * 9 // 20), (height // 5, height // 4), 0, 0, 360, (150, 178, 214), -1)
    for side in (-1, 1):
        cv2.circle(picture, (width // 2 + side * height // 12, height * 2 // 5), height // 60, (50, 44, 40), -1)
    cv2.ellipse(picture, (width // 2, height // 2), (height // 14, height // 30), 0, 20, 160, (80, 80, 150), 6)
    return picture


def _with_hand(picture: Pixels) -> Pixels:
    """A forearm with a fist, reaching over the lower half."""
    shown = picture.copy()
    height, width = shown.shape[:2]
    cv2.line(shown, (width, height), (width * 6 // 10, height * 6 // 10), (126, 158, 208), height // 7)
    cv2.circle(shown, (width * 6 // 10, height * 6 // 10), height // 9, (126, 158, 208), -1)
    return shown


def _card(name: str) -> Pixels:
    """One side of a card of nobody. It has no emblem and says on its face that it is a sample."""
    image = Image.new("RGB", _CARD_PIXELS, (214, 232, 240) if name == "id-front" else (226, 236, 232))
    pen = ImageDraw.Draw(image)
    for row in range(0, _CARD_PIXELS[1], 9):
        pen.line((0, row, _CARD_PIXELS[0], row + 30), fill=(202, 222, 232), width=2)
    for label, value, top in _FRONT if name == "id-front" else _BACK:
        wide = len(label) > 2  # noqa: PLR2004 - the short labels stand in one column
        pen.text((56, top), label, font=ImageFont.truetype(_FONT, 34), fill=(40, 96, 150))
        pen.text((300 if wide else 160, top - 4), value, font=ImageFont.truetype(_FONT, 42), fill=(24, 24, 28))
    if name == "id-front":
        pen.rounded_rectangle((720, 70, 970, 400), 20, fill=(236, 240, 242), outline=(150, 160, 168), width=3)
        pen.ellipse((785, 130, 905, 270), fill=(176, 186, 196))
        pen.pieslice((745, 280, 945, 500), 180, 360, fill=(176, 186, 196))
    else:
        pen.text((514, 190), "演示居民身份证", font=ImageFont.truetype(_FONT, 76), fill=(40, 40, 46), anchor="mm")
    pen.text(
        (514, 470 if name == "id-front" else 300),
        "演示样证 SAMPLE",
        font=ImageFont.truetype(_FONT, 44),
        fill=(176, 120, 120),
        anchor="mm",
    )
    return np.asarray(np.asarray(image)[:, :, ::-1].copy(), np.uint8)
