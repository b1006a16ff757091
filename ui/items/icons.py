"""Icons in the colour of the text beside them: `image://icon/<name>/<rrggbb>`."""

import logging
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

log = logging.getLogger(__name__)

FOLDER = Path(__file__).parent.parent / "assets" / "icons"
DEFAULT_SIDE = 48


def draw_icon(name: str, colour: str, side: int) -> QImage:
    """Draw one icon, `side` pixels square; `colour` is six hex digits.

    Raises:
        FileNotFoundError: no icon has that name.
    """
    svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", f"#{colour}")
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    return image


class IconProvider(QQuickImageProvider):
    """Answers QML's requests for icons. An unknown name is logged and drawn as nothing."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, icon: str, size: QSize, requested: QSize) -> QImage:
        """See QQuickImageProvider. Never raises: an exception here can end the process."""
        side = requested.width() if requested.width() > 0 else DEFAULT_SIDE
        try:
            name, colour = icon.split("/")
            image = draw_icon(name, colour, side)
        except (OSError, ValueError):
            log.warning("no icon %s", icon)
            image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
        size.setWidth(side)
        size.setHeight(side)
        return image
