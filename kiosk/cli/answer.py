"""How commands answer: text for people, JSON with --json, and one way to fail."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from kiosk.failure import Failure, KioskError

_P = ParamSpec("_P")
_R = TypeVar("_R")

UNUSABLE = 2


def data_option(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """`--data DIR` or KIOSK_DATA; a data directory is always explicit."""
    return click.option(
        "--data",
        envvar="KIOSK_DATA",
        required=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="The terminal's data directory (or KIOSK_DATA).",
    )(command)


def json_option(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON on stdout.")(command)


def plain(value: object) -> Any:
    """A value as JSON knows it: dataclasses as objects, instants and days in ISO 8601, bytes left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(inner) for key, inner in asdict(value).items() if not isinstance(inner, bytes)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def print_json(value: object) -> None:
    """One JSON document on one line."""
    click.echo(json.dumps(plain(value), ensure_ascii=False))


def fail(error: KioskError, *, as_json: bool, status: int = UNUSABLE) -> NoReturn:
    """Say what went wrong and what to do, then end with `status`."""
    message = message_of(error)
    if as_json:
        print_json({"ok": False, "failure": error.failure.code, "message": message})
    else:
        click.echo(f"{error.failure.code}: {message}", err=True)
    sys.exit(status)


def in_chinese() -> bool:
    """Whether this environment speaks Chinese, by the variables every program goes by."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return locale.startswith("zh")


def message_of(error: KioskError) -> str:
    """The technician's sentence for a failure, cause and next action, in the language of the environment."""
    from kiosk.words import Audience, failure_words  # noqa: PLC0415 -- only when something failed

    words = failure_words(error.failure, Audience.TECHNICIAN, "zh" if in_chinese() else "en")
    details = ", ".join(f"{key}={value}" for key, value in error.info.items())
    return f"{words.cause} {words.action}" + (f" ({details})" if details else "")


def usable(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn an expected failure that a command lets through into exit status 2."""

    @wraps(command)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except KioskError as error:
            fail(error, as_json=bool(kwargs.get("as_json")))

    return call


def not_yet(what: str) -> NoReturn:
    """Say that a command comes later, exit 2."""
    click.echo(f"{Failure.NOT_YET.code}: {what} comes with a later version.", err=True)
    sys.exit(UNUSABLE)
