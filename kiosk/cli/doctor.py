"""`kiosk doctor`: what is wrong with this terminal, in a minute."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from kiosk.channel import SCREEN, Channel
from kiosk.cli.answer import data_option, json_option, message_of, print_json
from kiosk.cli.wiring import clock_of, open_terminal, quiet_logs
from kiosk.config import read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import DeviceStatus, LinkState
from kiosk.ports import Store

_LEAST_FREE_BYTES = 512 * 1024 * 1024
_OLD_CATALOGUE_DAYS = 30
_PROBE_SECONDS = 10.0


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
            click.echo(f"{mark} {finding.name:<12}{finding.text}")
    sys.exit(1 if bad else 0)


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
        yield Finding("database", Health.WELL, "opens with its key, schema is current")
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
    return Finding("config", Health.WELL, "readable" if (data / "config.toml").exists() else "defaults")


def _disk(data: Path) -> Finding:
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        raise KioskError(Failure.STORE_UNREADABLE, role="data") from error
    text = f"{free // (1024 * 1024)} MB free"
    if free < _LEAST_FREE_BYTES:
        return Finding("disk", Health.BAD, f"{text}; make room", Failure.STORE_FULL.code)
    return Finding("disk", Health.WELL, text)


def _key(data: Path) -> Finding:
    from local_db.keys import Standing, provider_for  # noqa: PLC0415
    from local_db.opening import FILE_NAME  # noqa: PLC0415

    provider = provider_for(data)
    try:
        provider.key()
    except KioskError as error:
        if error.failure is Failure.KEY_ABSENT and not (data / FILE_NAME).exists():
            return Finding("key", Health.AMBER, "none yet; provisioning makes it")
        raise
    if provider.standing is Standing.GREEN:
        return Finding("key", Health.WELL, f"from {provider.name}")
    return Finding(
        "key", Health.AMBER, f"from {provider.name}: whoever takes the disk has it too; use a systemd credential"
    )


def _terminal(store: Store) -> Finding:
    identity = store.settings.identity()
    demo = " (demo)" if identity.demo else ""
    return Finding("terminal", Health.WELL, f"{identity.terminal} epoch {identity.epoch}, {identity.point_name}{demo}")


def _clock(store: Store) -> Finding:
    clock = clock_of(store)
    if clock.trusted():
        return Finding("clock", Health.WELL, f"{clock.now():%Y-%m-%d %H:%M} UTC")
    return Finding(
        "clock", Health.BAD, f"{clock.now():%Y-%m-%d %H:%M} UTC is not believed; work goes on, but set the time"
    )


def _catalogue(store: Store) -> Finding:
    head = store.shelf.head()
    age = (clock_of(store).now() - head.issued_at).days
    text = f"version {head.version}, {head.items} items, as of {head.as_of}"
    if age > _OLD_CATALOGUE_DAYS:
        return Finding("catalogue", Health.AMBER, f"{text}; {age} days old")
    return Finding("catalogue", Health.WELL, text)


def _journal(store: Store) -> Finding:
    position, _ = store.journal.verify()
    return Finding("journal", Health.WELL, f"{position} entries, chain whole")


def _line(data: Path, store: Store) -> Finding:
    from sync.line import AgentLine  # noqa: PLC0415

    status = AgentLine(data, store.outbox.counts).status()
    waiting = f"{status.queued} waiting, {status.parked} parked"
    if status.state is LinkState.SILENT:
        return Finding("line", Health.BAD, f"the agent is not running; {waiting}. Start kiosk sync")
    if status.parked:
        return Finding("line", Health.AMBER, f"{status.state}; {waiting}. See kiosk cases list, then resend")
    if status.state is LinkState.OFFLINE:
        return Finding("line", Health.AMBER, f"offline ({status.failure or 'no contact yet'}); {waiting}")
    return Finding("line", Health.WELL, f"online; {waiting}")


def _papers(store: Store) -> Finding:
    open_ends = store.papers.unfinished()
    if open_ends:
        return Finding("papers", Health.AMBER, f"{len(open_ends)} prints whose end is unknown; look at the tray")
    return Finding("papers", Health.WELL, "every print has a known end")


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
