"""The live picture of a camera with a frame round the sheet it sees. Pictures come from memory two processes share."""

from PySide6.QtCore import Property, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QPolygonF
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.frames import Sight
from ui.controllers.camera import CameraController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

_READY = frozenset({Sight.STILL, Sight.TAKING, Sight.TAKEN, Sight.BLANK})
_SMALLEST = 16.0


@QmlElement
class LiveView(QQuickPaintedItem):
    """Shows `camera`'s newest picture, as large as it fits. The camera makes it that large, so nothing is scaled here.

    The frame is dashed until the sheet lies still: it is told by its shape and not by its colour alone.
    """

    cameraChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._camera: CameraController | None = None
        self._ready, self._waiting, self._stroke = QColor("#1f9d55"), QColor("#e8a317"), 4.0

    def get_camera(self) -> CameraController | None:
        """The camera whose pictures are shown."""
        return self._camera

    def set_camera(self, camera: CameraController | None) -> None:
        """Show another camera."""
        if camera is self._camera:
            return
        self._camera = camera
        if camera is not None:
            camera.pictured.connect(self.update)
            self._tell_size()
        self.cameraChanged.emit()

    camera = Property(CameraController, get_camera, set_camera, notify=cameraChanged)

    def get_ready_colour(self) -> QColor:
        """Colour of the frame round a sheet that lies still."""
        return self._ready

    def set_ready_colour(self, colour: QColor) -> None:
        """See the property."""
        self._ready = colour

    readyColour = Property(QColor, get_ready_colour, set_ready_colour)

    def get_waiting_colour(self) -> QColor:
        """Colour of the frame round a sheet that moves."""
        return self._waiting

    def set_waiting_colour(self, colour: QColor) -> None:
        """See the property."""
        self._waiting = colour

    waitingColour = Property(QColor, get_waiting_colour, set_waiting_colour)

    def get_stroke(self) -> float:
        """Width of the frame in pixels."""
        return self._stroke

    def set_stroke(self, stroke: float) -> None:
        """See the property."""
        self._stroke = stroke

    stroke = Property(float, get_stroke, set_stroke)

    def geometryChange(self, new: QRectF | QRect, old: QRectF | QRect) -> None:
        """See QQuickItem: the camera is told how large its pictures are wanted."""
        super().geometryChange(new, old)
        self._tell_size()

    def _tell_size(self) -> None:
        if self._camera is not None and min(self.width(), self.height()) >= _SMALLEST:
            # Not `self.window()`: PySide then takes the window for a part of this item, and ends it together with it.
            ratio = QGuiApplication.primaryScreen().devicePixelRatio()
            self._camera.fit(int(self.width() * ratio), int(self.height() * ratio))

    def paint(self, painter: QPainter) -> None:
        """See QQuickPaintedItem. Draws the picture in the middle, and the frame over it."""
        camera = self._camera
        if camera is None or camera.image.isNull():
            return
        image, picture = camera.image, camera.picture
        share = min(self.width() / image.width(), self.height() / image.height(), 1.0)
        width, height = image.width() * share, image.height() * share
        left, top = float(int((self.width() - width) / 2)), float(int((self.height() - height) / 2))
        if share == 1.0:
            painter.drawImage(QPointF(left, top), image)
        else:
            painter.drawImage(QRectF(left, top, width, height), image)
        if picture is None or not picture.corners:
            return
        ready = picture.sight in _READY
        pen = QPen(self._ready if ready else self._waiting, self._stroke)
        pen.setStyle(Qt.PenStyle.SolidLine if ready else Qt.PenStyle.DashLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF([QPointF(left + x * width, top + y * height) for x, y in picture.corners]))
