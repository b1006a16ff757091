"""The page being looked at: `image://page/<turn>`. One page at a time, in memory only, gone with the visit."""

from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtQuick import QQuickImageProvider

from ui.items.fax import tiff_of

LONGEST_SIDE = 1100
"""Pixels a preview has at most: what a screen can show of a page."""


class PageProvider(QQuickImageProvider):
    """Answers QML's request for the preview. `show` and `clear` run on the GUI thread, as do the requests."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._image = QImage()
        self._turn = 0

    def show(self, data: bytes) -> str:
        """Take one page as it is kept (JPEG, PNG, black text in a PDF) and return the URL under which it is shown."""
        self._image = _of_text(data) if data.startswith(b"%PDF-") else _of_picture(data)
        self._turn += 1
        return f"image://page/{self._turn}"

    def clear(self) -> None:
        """Forget the page."""
        self._image = QImage()

    def requestImage(self, _turn: str, size: QSize, requested: QSize) -> QImage:
        """See QQuickImageProvider. Never raises: an exception here can end the process."""
        image = self._image
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
        elif requested.width() > 0 and requested.height() > 0:
            image = image.scaled(
                requested, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def _of_picture(data: bytes) -> QImage:
    reader, buffer = _reader(data)
    size = reader.size()
    if max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(size.scaled(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    return image


def _of_text(pdf: bytes) -> QImage:
    """Scaled in grey: letters shrunk as black and white fall apart."""
    tiff = tiff_of(pdf)
    if tiff is None:
        return QImage()
    reader, buffer = _reader(tiff)
    image = reader.read().convertToFormat(QImage.Format.Format_Grayscale8)
    buffer.close()
    if max(image.width(), image.height()) <= LONGEST_SIDE:
        return image
    return image.scaled(
        LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _reader(data: bytes) -> tuple[QImageReader, QBuffer]:
    """A reader, and the buffer that must outlive it."""
    buffer = QBuffer()
    buffer.setData(data)
    return QImageReader(buffer), buffer


class CodeProvider(QQuickImageProvider):
    """QR codes: `image://code/<turn>`, one module a pixel, drawn large by the screen."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._image = QImage()
        self._turn = 0

    def show(self, rows: list[list[int]]) -> str:
        """Take the modules of a code (1 dark) and return the URL under which it is shown."""
        side = len(rows)
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    image.setPixel(x, y, 0xFF000000)
        self._image = image
        self._turn += 1
        return f"image://code/{self._turn}"

    def clear(self) -> None:
        """Forget the code."""
        self._image = QImage()

    def requestImage(self, _turn: str, size: QSize, requested: QSize) -> QImage:
        """See QQuickImageProvider. Never raises."""
        image = self._image
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.white)
        elif requested.width() > 0:
            image = image.scaled(requested, Qt.AspectRatioMode.KeepAspectRatio)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
