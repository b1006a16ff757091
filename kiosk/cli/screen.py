"""The screen of a terminal or a demonstration, wired: store, desk, devices, channel, Qt."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.channel import SCREEN, Channel
from kiosk.cli.mending import begin_sound
from kiosk.cli.wiring import new_desk, open_terminal, settings_of
from kiosk.config import Config, ScreenConfig, read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject

if TYPE_CHECKING:
    from devices.host import DeviceHost
    from kiosk.cli.stage import Stage
    from ui.demo import DemoControls

SetLine = Callable[[bool], None]


def show_demo(data: Path) -> int:
    """The whole demonstration with its screen; ends with the window."""
    from kiosk.cli.stage import open_stage  # noqa: PLC0415 -- the demo's processes only for the demo

    with open_stage(data) as stage:
        config = _windowed(read_config(stage.data))

        def set_line(up: bool) -> None:  # noqa: FBT001 -- a switch has one bare value
            (stage.link.restore if up else stage.link.cut)()

        return show(stage.data, stage.devices, config, set_line, _controls(stage, set_line))


def show_terminal(data: Path) -> int:
    """The terminal as provisioned.

    Raises:
        KioskError: what keeps the store from opening; nothing was made in a directory that is no terminal.
    """
    from devices.config import table_of  # noqa: PLC0415
    from devices.host import DeviceHost  # noqa: PLC0415

    config = read_config(data)
    begin_sound(data)
    open_terminal(data).close()
    with DeviceHost(table_of(config.devices), data) as devices:
        return show(data, devices, config)


def show(
    data: Path,
    devices: "DeviceHost",
    config: Config,
    set_line: SetLine | None = None,
    demo: "DemoControls | None" = None,
) -> int:
    """The screen over an opened store; answers doctor and simulate meanwhile."""
    from ui.app import ScreenDeps, run  # noqa: PLC0415 -- Qt only for the screen

    with closing(open_terminal(data)) as store:
        config = settings_of(data, store, config)
        server = Channel(data, SCREEN).serve(_answering(devices, set_line))
        try:
            return run(
                ScreenDeps(
                    make_desk=lambda in_lane: new_desk(data, store, devices=devices, in_lane=in_lane, config=config),
                    devices=devices,
                    config=config,
                    demo=demo,
                )
            )
        finally:
            server.close()


def _answering(devices: "DeviceHost", set_line: SetLine | None) -> Callable[[JsonObject], JsonObject]:
    def answer(question: JsonObject) -> JsonObject:
        asked = question.get("do")
        if asked == "devices":
            return {"ok": True, "devices": [asdict(status) for status in devices.status()]}
        if asked != "simulate":
            return {"ok": False}
        try:
            return {"ok": True, **_simulate(devices, set_line, question)}
        except KioskError as error:
            return {"ok": False, "failure": error.failure.code, "message": str(error)}

    return answer


def _simulate(devices: "DeviceHost", set_line: SetLine | None, question: JsonObject) -> JsonObject:
    device, action = str(question.get("device")), str(question.get("action"))
    if device != "link":
        return devices.simulate(device, action, **dict(question.get("arguments") or {}))
    if set_line is None or action not in ("up", "down"):
        raise KioskError(Failure.CONFIG_INVALID, where="link")
    set_line(action == "up")
    return {}


def _controls(stage: "Stage", set_line: SetLine) -> "DemoControls":
    from ui.demo import DemoControls  # noqa: PLC0415

    devices = stage.devices
    return DemoControls(
        cards=lambda: devices.simulate("idcard", "cards"),
        tap=lambda name: _ignore(devices.simulate("idcard", "tap", name=name)),
        lift=lambda: _ignore(devices.simulate("idcard", "lift")),
        set_line=set_line,
        set_paper=lambda there: _ignore(devices.simulate("printer", "refill" if there else "paper_out")),
    )


def _ignore(_answer: JsonObject) -> None:
    return


def _windowed(config: Config) -> Config:
    if config.screen != ScreenConfig():
        return config
    return replace(config, screen=ScreenConfig(size="1280x800"))
