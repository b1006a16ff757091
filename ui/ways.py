"""Ways in which a result comes, in words."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def way_words(way: str) -> str:
    """A `kiosk.model.afterwards.DeliveryWay` as the person reads it."""
    return {
        "window": translate("Ways", "自己到窗口领"),
        "post": translate("Ways", "寄到家里"),
        "proxy": translate("Ways", "请别人代领"),
        "point": translate("Ways", "到这个服务点来拿"),
    }.get(way, "")
