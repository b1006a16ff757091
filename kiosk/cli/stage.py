"""Everything around one terminal for a demonstration: platform, line, agent and devices, each a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from devices.config import table_of
from devices.host import DeviceHost
from devices.scanner.pages import find
from kiosk.channel import AGENT, Channel
from kiosk.clock import SystemClock
from kiosk.config import read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role
from kiosk.ports import Store
from local_db.store import open_store
from sync.provision import provision_online
from sync.simlink import LinkSimulator

DEMO_CLERK = Operator("demo", "演示·工作人员", Role.CLERK)
DEMO_SUPERVISOR = Operator("lead", "演示·带班", Role.SUPERVISOR)
DEMO_PIN = "246810"
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
PLATFORM = "platform"
"""The platform's folder below the data directory."""


@dataclass(slots=True)
class Stage:
    """The processes of a demonstration. `open` makes the directory a demo terminal if it is not one yet."""

    data: Path
    link: LinkSimulator
    devices: DeviceHost
    _exit: ExitStack

    def at_platform(self, *arguments: str) -> None:
        """Do something at the demonstration's platform, as its operator would, and have the agent look at once.

        Raises:
            KioskError: `LINK_DOWN` where the command failed.
        """
        command = _command(["central.cli", *arguments, "--data", str(self.data / PLATFORM)])
        answer = subprocess.run(command, capture_output=True, check=False, env=_environment())
        if answer.returncode:
            raise KioskError(Failure.LINK_DOWN, reason="demo_platform", status=answer.returncode)
        Channel(self.data, AGENT).ask({"do": "wake"})

    def close(self) -> None:
        """Stop everything; nothing keeps running behind."""
        self._exit.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def open_stage(data: Path) -> Stage:
    """Start platform, line, agent and devices around `data`.

    Raises:
        KioskError: what kept one of them from starting.
    """
    data = data.absolute()
    _leave_others_alone(data)
    make_folders(data)
    devices_table = {**_brought_along(data), **table_of(read_config(data).devices)}
    with ExitStack() as stack:
        url, _ = start_platform(stack, data / PLATFORM, data / "log")
        link = LinkSimulator(url)
        stack.callback(link.close)
        make_terminal(data, link.url)
        start_agent(stack, data)
        devices = stack.enter_context(DeviceHost(devices_table, data))
        return Stage(data, link, devices, stack.pop_all())


def _brought_along(data: Path) -> dict[str, list[dict[str, str]]]:
    """What a demonstration has besides a terminal's defaults: a played camera, a stick, a counter for phones.

    Only this machine can reach the counter; `phone = "lan"` in the settings opens it to the local network.
    """
    stick = data / "sim" / "stick"
    if not stick.exists():
        stick.mkdir(parents=True)
        for name, page in {"演示·户口本.jpg": "household-register", "演示·收入证明.jpg": "income-statement"}.items():
            shutil.copyfile(find(data, page), stick / name)
    return {
        "camera": [{"driver": "sim"}],
        "phone": [{"driver": "lan", "address": "127.0.0.1"}],
        "stick": [{"driver": "folder", "roots": str(stick), "unmounted": "yes"}],
    }


def _leave_others_alone(data: Path) -> None:
    """A terminal of a real platform would be moved to the demonstration's own, and a running one disturbed.

    Raises:
        KioskError: `ALREADY_PROVISIONED`, `AGENT_ALREADY_RUNNING`.
    """
    if Channel(data, AGENT).ask({"do": "status"}) is not None:
        raise KioskError(Failure.AGENT_ALREADY_RUNNING)
    try:
        store = open_store(data)
    except KioskError as error:
        if error.failure is Failure.NOT_PROVISIONED:
            return
        raise
    with closing(store):
        own = (data / PLATFORM).is_dir()
        if _is_terminal(store) and not (own and store.settings.identity().demo):
            raise KioskError(Failure.ALREADY_PROVISIONED)


def make_folders(data: Path) -> None:
    """The data directory and where logs go.

    Raises:
        KioskError: `STORE_UNREADABLE`.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "log").mkdir(exist_ok=True)
    except OSError as error:
        raise KioskError(Failure.STORE_UNREADABLE, role="data") from error


def start_platform(stack: ExitStack, folder: Path, logs: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """A platform that decides by itself, until the stack is left; its URL and its process.

    Raises:
        KioskError: `LINK_DOWN` when it does not start.
    """
    log = stack.enter_context((logs / "platform.log").open("ab"))
    platform = spawn(
        ["central.cli", "serve", "--data", str(folder), "--port", "0", "--review", "auto", "--demo"],
        stdout=subprocess.PIPE,
        stderr=log,
    )
    stack.callback(_stop, platform)
    line = platform.stdout.readline() if platform.stdout else b""
    try:
        return str(json.loads(line)["url"]), platform
    except (ValueError, KeyError) as error:
        raise KioskError(Failure.LINK_DOWN, reason="demo_platform", see="log/platform.log") from error


def make_terminal(data: Path, platform_url: str) -> None:
    """Enrol the directory at the platform inside it, or, where it is enrolled, tell it where the platform now is.

    Raises:
        KioskError: what kept it from becoming a terminal.
    """
    with closing(open_store(data, create=True)) as store:
        if _is_terminal(store):
            store.settings.relocate(platform_url)
            return
        answer = subprocess.run(
            _command(["central.cli", "enroll", "--data", str(data / PLATFORM), "--point", "演示便民服务点", "--json"]),
            capture_output=True,
            check=False,
            env=_environment(),
        )
        if answer.returncode:
            raise KioskError(Failure.LINK_DOWN, reason="demo_enrolment", status=answer.returncode)
        provision_online(platform_url, json.loads(answer.stdout)["code"], store, SystemClock())
        for who in (DEMO_CLERK, DEMO_SUPERVISOR):
            store.staff.add(who, DEMO_PIN)


def _is_terminal(store: Store) -> bool:
    try:
        store.settings.identity()
    except KioskError as error:
        if error.failure is Failure.NOT_PROVISIONED:
            return False
        raise
    return True


def start_agent(stack: ExitStack, data: Path) -> subprocess.Popen[bytes]:
    """The agent, until the stack is left; returns when it answers.

    Raises:
        KioskError: `LINK_DOWN` when it does not start.
    """
    log = stack.enter_context((data / "log" / "agent.log").open("ab"))
    agent = spawn(["kiosk.cli", "sync", "--data", str(data)], stdout=log, stderr=log)
    stack.callback(_stop, agent)
    channel = Channel(data, AGENT)
    waited = 0.0
    while channel.ask({"do": "status"}, 0.5) is None:
        if agent.poll() is not None or waited > _START_SECONDS:
            raise KioskError(Failure.LINK_DOWN, reason="demo_agent", see="log/agent.log")
        try:
            agent.wait(0.05)
        except subprocess.TimeoutExpired:
            waited += 0.05
    return agent


def spawn(
    module: Sequence[str], *, stdout: int | IO[bytes], stderr: IO[bytes], stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """A program of ours that ends when this one does."""
    return subprocess.Popen(
        _command(["kiosk.bound", str(os.getpid()), *module]),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=_environment(),
    )


def _command(module: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", *module]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("KIOSK_DATA", "CENTRAL_DATA")}


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
