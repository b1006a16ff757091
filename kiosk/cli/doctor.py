"""`kiosk doctor`: what is wrong with this terminal, in a minute."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from kiosk.calendar import SHANGHAI
from kiosk.channel import SCREEN, Channel
from kiosk.cli.answer import data_option, in_chinese, json_option, message_of, print_json
from kiosk.cli.wiring import clock_of, open_terminal, quiet_logs
from kiosk.config import read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import DeviceStatus, LinkState
from kiosk.ports import Store

_LEAST_FREE_BYTES = 512 * 1024 * 1024
_OLD_CATALOGUE_DAYS = 30
_PROBE_SECONDS = 10.0
_NAME_WIDTH = 12


class Health(StrEnum):
    """Well, worth a look, or in need of somebody."""

    WELL = "well"
    AMBER = "amber"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `failure` is a code of docs/failures.md."""

    name: str
    health: Health
    text: str
    failure: str | None = None


_NAMES = {
    "config": "配置",
    "disk": "磁盘",
    "key": "密钥",
    "database": "数据库",
    "terminal": "终端",
    "clock": "时间",
    "catalogue": "事项目录",
    "journal": "日志链",
    "line": "线路",
    "papers": "打印",
    "devices": "设备",
    "idcard": "读卡器",
    "scanner": "扫描仪",
    "printer": "打印机",
}
_MARKS = {Health.WELL: "✓", Health.AMBER: "!", Health.BAD: "✗"}
_COLOURS = {Health.WELL: "green", Health.AMBER: "yellow", Health.BAD: "red"}


@click.command()
@data_option
@json_option
def doctor(data: Path, *, as_json: bool) -> None:
    """Look at everything this terminal needs; one line each. Exit status: 0 well, 1 not."""
    quiet_logs()
    findings = list(_findings(data))
    bad = any(finding.health is Health.BAD for finding in findings)
    if as_json:
        print_json({"ok": not bad, "findings": findings})
    else:
        for finding in findings:
            mark = click.style(_MARKS[finding.health], fg=_COLOURS[finding.health])
            name = _NAMES.get(finding.name, finding.name) if in_chinese() else finding.name
            click.echo(f"{mark} {_padded(name)}{finding.text}")
    sys.exit(1 if bad else 0)


def _padded(name: str) -> str:
    """A name and the space up to its text; a Chinese character is as wide as two."""
    return name + " " * (_NAME_WIDTH - sum(2 if ord(character) > 0xFF else 1 for character in name))  # noqa: PLR2004


def _said(chinese: str, english: str) -> str:
    return chinese if in_chinese() else english


def _findings(data: Path) -> Iterator[Finding]:
    yield from _looked("config", lambda: [_config(data)])
    yield from _looked("disk", lambda: [_disk(data)])
    yield from _looked("key", lambda: [_key(data)])
    try:
        store = open_terminal(data)
    except KioskError as error:
        yield _bad("database", error)
        return
    with closing(store):
        yield Finding(
            "database", Health.WELL, _said("能用密钥打开，结构是最新的", "opens with its key, schema is current")
        )
        yield from _looked("terminal", lambda: [_terminal(store)])
        yield from _looked("clock", lambda: [_clock(store)])
        yield from _looked("catalogue", lambda: [_catalogue(store)])
        yield from _looked("journal", lambda: [_journal(store)])
        yield from _looked("line", lambda: [_line(data, store)])
        yield from _looked("papers", lambda: [_papers(store)])
    yield from _looked("devices", lambda: _devices(data))


def _looked(name: str, look: Callable[[], list[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except KioskError as error:
        yield _bad(name, error)


def _bad(name: str, error: KioskError) -> Finding:
    return Finding(name, Health.BAD, message_of(error), error.failure.code)


def _config(data: Path) -> Finding:
    read_config(data)
    if (data / "config.toml").exists():
        return Finding("config", Health.WELL, _said("可以读取", "readable"))
    return Finding("config", Health.WELL, _said("默认值", "defaults"))


def _disk(data: Path) -> Finding:
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        raise KioskError(Failure.STORE_UNREADABLE, role="data") from error
    megabytes = free // (1024 * 1024)
    text = _said(f"剩余 {megabytes} MB", f"{megabytes} MB free")
    if free < _LEAST_FREE_BYTES:
        return Finding("disk", Health.BAD, text + _said("，请腾出空间", "; make room"), Failure.STORE_FULL.code)
    return Finding("disk", Health.WELL, text)


def _key(data: Path) -> Finding:
    from local_db.keys import Standing, provider_for  # noqa: PLC0415
    from local_db.opening import FILE_NAME  # noqa: PLC0415

    provider = provider_for(data)
    try:
        provider.key()
    except KioskError as error:
        if error.failure is Failure.KEY_ABSENT and not (data / FILE_NAME).exists():
            return Finding("key", Health.AMBER, _said("还没有，登记终端时生成", "none yet; provisioning makes it"))
        raise
    source = _said(f"来自 {provider.name}", f"from {provider.name}")
    if provider.standing is Standing.GREEN:
        return Finding("key", Health.WELL, source)
    exposed = _said(
        "：拿走磁盘的人也拿到了它，请改用 systemd 凭据",
        ": whoever takes the disk has it too; use a systemd credential",
    )
    return Finding("key", Health.AMBER, source + exposed)


def _terminal(store: Store) -> Finding:
    identity = store.settings.identity()
    demo = _said("（演示）", " (demo)") if identity.demo else ""
    who = _said(
        f"{identity.terminal}，第 {identity.epoch} 期，{identity.point_name}",
        f"{identity.terminal} epoch {identity.epoch}, {identity.point_name}",
    )
    return Finding("terminal", Health.WELL, who + demo)


def _clock(store: Store) -> Finding:
    clock = clock_of(store)
    time = f"{clock.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if clock.trusted():
        return Finding("clock", Health.WELL, time)
    wrong = _said(" 不可信；照常办事，但请校准时间", " is not believed; work goes on, but set the time")
    return Finding("clock", Health.BAD, time + wrong)


def _catalogue(store: Store) -> Finding:
    head = store.shelf.head()
    age = (clock_of(store).now() - head.issued_at).days
    text = _said(
        f"第 {head.version} 版，{head.items} 个事项，截至 {head.as_of}",
        f"version {head.version}, {head.items} items, as of {head.as_of}",
    )
    if age > _OLD_CATALOGUE_DAYS:
        return Finding("catalogue", Health.AMBER, text + _said(f"，已有 {age} 天", f"; {age} days old"))
    return Finding("catalogue", Health.WELL, text)


def _journal(store: Store) -> Finding:
    position, _ = store.journal.verify()
    return Finding("journal", Health.WELL, _said(f"{position} 条，链条完整", f"{position} entries, chain whole"))


def _line(data: Path, store: Store) -> Finding:
    from sync.line import AgentLine  # noqa: PLC0415

    status = AgentLine(data, store.outbox.counts).status()
    waiting = _said(
        f"待送出 {status.queued} 件，停下 {status.parked} 件", f"{status.queued} waiting, {status.parked} parked"
    )
    if status.state is LinkState.SILENT:
        silent = _said("送件程序没有运行，请启动 kiosk sync；", "the agent is not running, start kiosk sync; ")
        return Finding("line", Health.BAD, silent + waiting)
    if status.failure == Failure.AGENT_FAULTY.code:
        return Finding("line", Health.BAD, message_of(KioskError(Failure.AGENT_FAULTY)), status.failure)
    online = status.state is not LinkState.OFFLINE
    contact = _said("在线；", "online; ")
    if not online:
        why = status.failure or _said("还没有联系上", "no contact yet")
        contact = _said(f"离线（{why}）；", f"offline ({why}); ")
    if status.parked:
        see = _said("。请看 kiosk cases list，处理后 resend", ". See kiosk cases list, then resend")
        return Finding("line", Health.AMBER, contact + waiting + see)
    return Finding("line", Health.WELL if online else Health.AMBER, contact + waiting)


def _papers(store: Store) -> Finding:
    open_ends = store.papers.unfinished()
    if open_ends:
        return Finding(
            "papers",
            Health.AMBER,
            _said(
                f"{len(open_ends)} 张不知道打完没有，请看出纸口",
                f"{len(open_ends)} prints whose end is unknown; look at the tray",
            ),
        )
    return Finding("papers", Health.WELL, _said("每一张都有结果", "every print has a known end"))


def _devices(data: Path) -> list[Finding]:
    """Ask the running screen, which holds the devices; feel for them ourselves when none is running."""
    answer = Channel(data, SCREEN).ask({"do": "devices"}, _PROBE_SECONDS)
    if answer is not None and isinstance(answer.get("devices"), list):
        return [_device(DeviceStatus(**status)) for status in answer["devices"]]
    from devices.check import check  # noqa: PLC0415
    from devices.config import table_of  # noqa: PLC0415
    from devices.host import DeviceHost  # noqa: PLC0415

    with DeviceHost(table_of(read_config(data).devices), data) as host:
        return [_device(status) for status in check(host, _PROBE_SECONDS)]


def _device(status: DeviceStatus) -> Finding:
    from devices.check import describe  # noqa: PLC0415

    health = Health.BAD if not status.ready else Health.AMBER if status.simulated else Health.WELL
    return Finding(status.kind, health, describe(status), status.failure)
