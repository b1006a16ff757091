"""The device page of `kiosk doctor`: every device felt for now, and one line each for a technician."""

from devices.host import DeviceHost
from kiosk.model.terminal import DeviceStatus

SECONDS = 10.0

_KINDS = {
    "idcard": ("身份证读卡器", "ID card reader"),
    "scanner": ("扫描仪", "scanner"),
    "camera": ("高拍仪", "camera"),
    "barcode": ("扫码枪", "code reader"),
    "phone": ("手机传文件", "phone hand-over"),
    "stick": ("U 盘", "USB stick"),
    "printer": ("打印机", "printer"),
}


def check(host: DeviceHost, seconds: float = SECONDS) -> tuple[DeviceStatus, ...]:
    """Ask every device how it is; one that does not answer within `seconds` counts as hung. Waits: not on a screen."""
    return host.probe(seconds)


def describe(status: DeviceStatus) -> str:
    """`打印机 printer (sim): 模拟设备,正常 simulated, well`: Chinese first, the failure by its code."""
    kind, _, place = status.kind.partition("-")
    chinese, english = _KINDS.get(kind, (kind, kind))
    number = f" {place}" if place else ""
    played = ("模拟设备,", "simulated, ") if status.simulated else ("", "")
    state = ("正常", "well") if status.ready else (f"不可用 {status.failure or ''}".strip(), "not ready")
    detail = f" [{status.detail}]" if status.detail else ""
    return f"{chinese}{number} {english} ({status.driver}): {played[0]}{state[0]} {played[1]}{state[1]}{detail}"
