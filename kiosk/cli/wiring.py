"""Wires the rooms together. mypy proves here that what stands around the inside fits its ports."""

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from kiosk.clock import CLOCK_MARK, SystemClock
from kiosk.config import Config, read_config
from kiosk.incidents import Plain
from kiosk.model.board import Topic
from kiosk.ports import Clock, Devices, Press, Store
from kiosk.posted import with_posted

if TYPE_CHECKING:
    from kiosk.desk.desk import Desk
    from kiosk.desk.equipment import Equipment


def open_terminal(data: Path, clock: Clock | None = None) -> Store:
    """The store of an enrolled terminal; `clock` in place of the machine's.

    Raises:
        KioskError: `NOT_PROVISIONED`, or why the store does not open.
    """
    from local_db.store import open_store  # noqa: PLC0415 -- only commands that need the database pay for it

    store = open_store(data, clock=clock)
    try:
        store.settings.identity()
    except BaseException:
        store.close()
        raise
    return store


def clock_of(store: Store) -> SystemClock:
    """The clock, which knows the last platform time this directory has seen."""
    return SystemClock(lambda: store.settings.get(CLOCK_MARK))


def settings_of(data: Path, store: Store, config: Config | None = None) -> Config:
    """The settings in force: the file's, and where it leaves one open what the platform posted."""
    return with_posted(config or read_config(data), data, store.board.held(Topic.SETTINGS))


def new_press() -> Press:
    """The press: papers are drawn in a process of their own, started with the first paper."""
    from kiosk.papers.press import ChildPress  # noqa: PLC0415 -- reportlab stays out of everything else

    return ChildPress()


def new_desk(
    data: Path,
    store: Store,
    *,
    devices: Devices | None = None,
    in_lane: Callable[[Callable[[], None]], None] | None = None,
    config: Config | None = None,
    clock: Clock | None = None,
) -> "Desk":
    """A desk over an opened store."""
    from kiosk.desk.desk import Desk  # noqa: PLC0415 -- the agent has no desk and should not carry one

    return Desk(new_kit(data, store, devices=devices, in_lane=in_lane, config=config, clock=clock))


def new_kit(
    data: Path,
    store: Store,
    *,
    devices: Devices | None = None,
    in_lane: Callable[[Callable[[], None]], None] | None = None,
    config: Config | None = None,
    clock: Clock | None = None,
) -> "Equipment":
    """What a desk works with, over an opened store."""
    from kiosk.desk.equipment import Equipment  # noqa: PLC0415 -- as above
    from kiosk.seal.suite import SUITES  # noqa: PLC0415
    from sync.inquiring import AgentExchange  # noqa: PLC0415
    from sync.line import AgentLine  # noqa: PLC0415

    settings = settings_of(data, store, config)
    kit = Equipment(
        store=store,
        press=new_press(),
        line=AgentLine(data, store.outbox.counts),
        clock=clock or clock_of(store),
        devices=devices,
        config=settings.desk,
        exchange=AgentExchange(data),
        point=lambda: settings_of(data, store, config).point,
        suite=SUITES[settings.seal.suite],
    )
    return replace(kit, in_lane=in_lane) if in_lane else kit


def quiet_logs(level: int = logging.WARNING) -> None:
    """Logs as JSON lines on stderr, from `level` up. They never hold personal data."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(Plain("%(message)s"))
    logging.basicConfig(level=level, handlers=[lines])
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
