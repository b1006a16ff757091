"""How the platform's commands answer: text for people, JSON with --json, exit status with a meaning."""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from central.cli.words import platform_words
from kiosk.failure import Failure, KioskError

_P = ParamSpec("_P")
_R = TypeVar("_R")

REFUSED = 1
UNUSABLE = 2


def data_option(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """`--data DIR` or CENTRAL_DATA, and `--db URL`; a data directory is always explicit."""
    with_db = click.option(
        "--db",
        metavar="URL",
        help="Another database than DATA/central.db, as an SQLAlchemy URL (SQLite in this version).",
    )(command)
    return click.option(
        "--data",
        envvar="CENTRAL_DATA",
        required=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="The platform's data directory (or CENTRAL_DATA).",
    )(with_db)


def json_option(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON on stdout.")(command)


def print_json(value: Any) -> None:
    """One JSON document on one line, at once."""
    click.echo(json.dumps(value, ensure_ascii=False))
    sys.stdout.flush()


def fail(failure: str, message: str, *, as_json: bool, status: int = UNUSABLE) -> NoReturn:
    """Say what went wrong, then end with `status`."""
    if as_json:
        print_json({"ok": False, "failure": failure, "message": message})
    else:
        click.echo(f"{failure}: {message}", err=True)
    sys.exit(status)


def usable(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn an expected failure that a command lets through into exit status 2."""

    @wraps(command)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except KioskError as error:
            fail(error.failure.code, message_of(error), as_json=bool(kwargs.get("as_json")))

    return call


@contextmanager
def writing() -> Iterator[None]:
    """Around what writes where the operator said.

    Raises:
        KioskError: `STORE_FULL`, or `STORE_UNREADABLE` with reason `target` when it cannot be written there.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise KioskError(Failure.STORE_FULL) from error
        raise KioskError(Failure.STORE_UNREADABLE, reason="target") from error


def message_of(error: KioskError) -> str:
    """Cause and next action in the words of whoever runs a platform, in the language of the environment."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    message = platform_words(error.failure, str(error.info.get("reason", "")), chinese=locale.startswith("zh"))
    details = ", ".join(f"{key}={value}" for key, value in error.info.items())
    return f"{message} ({details})" if details else message
