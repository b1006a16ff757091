"""Every device as it answers now, and the services behind them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.channel import SCREEN, Channel
from kiosk.cli.health.finding import Finding, Health, Phrase, bracketed, looked, trouble, well, words
from kiosk.config import Config, read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import DeviceStatus
from kiosk.model.values import JsonObject

if TYPE_CHECKING:
    from devices.services import ServiceState

_PROBE_SECONDS = 10.0
_CUPS_DOWN = Phrase("打印服务 cupsd 没有运行。", "The print service cupsd is not running.")
_START_CUPS = Phrase("运行 systemctl enable --now cups.socket。", "Run systemctl enable --now cups.socket.")
_LAYERS = {
    "calls": "系统调用",
    "files": "文件",
    "memory": "内存",
    "network": "网络",
    "paths": "路径",
    "privileges": "权限",
    "seconds": "时限",
}


def look_at_devices(data: Path) -> Iterator[Finding]:
    """One finding for each service and each device, or why nobody could look."""
    try:
        config = read_config(data)
    except KioskError:
        # The line of the settings has said so.
        return
    # One finding, where one wrong name keeps all three from looking.
    seen: set[Finding] = set()
    looks = (lambda: _services(config), lambda: _reading(config), lambda: map(_device, statuses(data)))
    for look in looks:
        for finding in looked("devices", look):
            if finding not in seen:
                seen.add(finding)
                yield finding


def screen_answers(data: Path) -> JsonObject | None:
    """What the running screen says of its devices; None where no screen runs."""
    answer = Channel(data, SCREEN).ask({"do": "devices"}, _PROBE_SECONDS)
    return answer if answer is not None and isinstance(answer.get("devices"), list) else None


def statuses(data: Path) -> tuple[DeviceStatus, ...]:
    """Ask the running screen, which holds the devices; feel for them ourselves when none is running."""
    answer = screen_answers(data)
    if answer is not None:
        return tuple(DeviceStatus(**status) for status in answer["devices"])
    from devices.check import check  # noqa: PLC0415
    from devices.config import table_of  # noqa: PLC0415
    from devices.host import DeviceHost  # noqa: PLC0415

    with DeviceHost(table_of(read_config(data).devices), data) as host:
        return check(host, _PROBE_SECONDS)


def _services(config: Config) -> Iterator[Finding]:
    from devices.config import choices, table_of  # noqa: PLC0415
    from devices.services import services  # noqa: PLC0415

    for service in services(choices(table_of(config.devices))):
        if service.failure is None:
            yield well(service.name, "在运行", "running")
        else:
            found = trouble(service.name, service.failure)
            # A printer that is silent and a service that is down are the same failure of a print, and other work here.
            yield replace(found, cause=_CUPS_DOWN, action=_START_CUPS) if _cups_is_down(service) else found


def _cups_is_down(service: "ServiceState") -> bool:
    return service.name == "cupsd" and service.failure is Failure.PRINTER_OFFLINE


def _reading(config: Config) -> Iterator[Finding]:
    """Whether strangers' files can be opened safely here, and pages read, where the settings ask for it."""
    if config.devices.phone or config.devices.stick:
        from devices.page.confine import tight  # noqa: PLC0415
        from devices.page.sandbox import layers  # noqa: PLC0415

        held = layers()
        if tight(held):
            yield well(
                "sandbox",
                f"隔离可用（{'、'.join(_LAYERS.get(layer, layer) for layer in sorted(held))}）",
                f"holds ({', '.join(sorted(held))})",
            )
        else:
            yield trouble("sandbox", Failure.FILE_UNSAFE)
    if config.screen.read_pages:
        from devices.page.tesseract import available  # noqa: PLC0415

        if available():
            yield well("ocr", "可以识别文字", "reads pages")
        else:
            yield Finding(
                "ocr",
                Health.AMBER,
                Phrase("不识别文字", "does not read pages"),
                Phrase("没有装 tesseract 或它的中文数据。", "tesseract or its Chinese data is not installed."),
                Phrase(
                    "安装 tesseract-ocr 和 tesseract-ocr-chi-sim。", "Install tesseract-ocr and tesseract-ocr-chi-sim."
                ),
            )


def _device(status: DeviceStatus) -> Finding:
    played = Phrase("，模拟设备", ", simulated") if status.simulated else Phrase()
    detail = f"，{status.detail}" if status.detail and not status.simulated else ""
    if not status.ready:
        state = Phrase(f"不可用（{status.driver}{played.zh}）", f"does not work ({status.driver}{played.en})")
        failure = Failure.of(status.failure) if status.failure else Failure.DEVICE_ABSENT
        found = trouble(status.kind, failure, state)
        return replace(found, cause=bracketed(found.cause, status.detail))
    state = Phrase(
        f"正常（{status.driver}{played.zh}{detail}）", f"works ({status.driver}{played.en}{detail.replace('，', ', ')})"
    )
    if status.warning:
        cause, action = words(Failure.of(status.warning))
        return Finding(status.kind, Health.AMBER, state, cause, action, status.warning)
    if status.simulated:
        return Finding(
            status.kind,
            Health.AMBER,
            state,
            Phrase("这里接的不是真的设备。", "No real device stands here."),
            Phrase("真的终端请在 config.toml 里写上驱动。", "On a real terminal name its driver in config.toml."),
        )
    return Finding(status.kind, Health.WELL, state)
