"""`kiosk simulate`: play with the simulated devices and the line of a running screen, or run a simulator by itself."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from kiosk.channel import SCREEN, Channel
from kiosk.cli.answer import UNUSABLE, data_option, json_option, message_of, print_json
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject

_SECONDS = 12.0
_ACTIONS = {
    "idcard": "cards; tap name=zhang-xiuying; lift; pull_mid_read; unreadable",
    "scanner": "pages; load pages=NAME,NAME; empty; rotate; jam [after=2]; clear; short_page",
    "camera": "pages; lay page=NAME; take_away; script [sheets=1]; hand; dark; blurred; freeze",
    "barcode": "scan text=TEXT",
    "printer": "paper_out; paper_low; refill; sheets count=3; offline; online; jam; clear",
    "link": "down; up",
}
_EVERY_DEVICE = "hang, crash [at=open|idle|job] [times=1]; unplug; plug; slow seconds=1; reset; state"


@click.group()
def simulate() -> None:
    """Tap a demo card, jam the scanner, take the paper away, cut the line; or run a simulator of your own.

    \b
    idcard | scanner | camera | barcode | printer | link ACTION [NAME=VALUE]...
        of a running demo or terminal with simulated devices
    list, run NAME [OPTIONS]...
        simulators that play a device from the outside: the real driver speaks to them
    """  # noqa: D301 -- click reads the control character itself


def _acting(device: str) -> click.Command:
    """The command for one device of a running screen."""

    @click.argument("action")
    @click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...")
    @data_option
    def command(action: str, arguments: tuple[str, ...], data: Path) -> None:
        _act(device, action, arguments, data)

    every = "" if device == "link" else f"\n\nEvery device: {_EVERY_DEVICE}"
    command.__doc__ = f"Actions: {_ACTIONS[device]}{every}"
    return click.command(device)(command)


for _device in _ACTIONS:
    simulate.add_command(_acting(_device))


def _act(device: str, action: str, arguments: tuple[str, ...], data: Path) -> None:
    question: JsonObject = {"do": "simulate", "device": device, "action": action, "arguments": _parsed(arguments)}
    answer = Channel(data, SCREEN).ask(question, _SECONDS)
    if answer is None:
        _stop("No terminal is running on this data directory.")
    if not answer.get("ok"):
        _stop(_refusal(device, action, str(answer.get("failure", ""))))
    click.echo(json.dumps({key: value for key, value in answer.items() if key != "ok"}, ensure_ascii=False))


@simulate.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """Name the simulators there are. `kiosk simulate run NAME -- --help` tells what one obeys."""
    from kiosk.cli.simulators import shipped  # noqa: PLC0415 -- reads their modules

    found = shipped()
    if as_json:
        print_json([{"name": name, "plays": plays} for name, plays in found.items()])
        return
    for name, plays in found.items():
        click.echo(f"{name:12}{plays}")


@simulate.command(context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS]...")
def run(name: str, options: tuple[str, ...]) -> None:
    """Run a simulator in the foreground, on this machine only, until its input ends.

    The first line on stdout is JSON: address, settings, and the lines of config.toml that use it. Then a JSON command a
    line on stdin is answered with a JSON line. Its own options and commands: `kiosk simulate run NAME -- --help`.
    """
    from kiosk.cli.simulators import run_simulator  # noqa: PLC0415 -- starts a process: only when asked for

    sys.exit(_guarded(lambda: run_simulator(name, options)))


def _guarded(act: Callable[[], int]) -> int:
    try:
        return act()
    except KeyError as error:
        _stop(f"There is no simulator {error}. See kiosk simulate list.")


def _parsed(arguments: tuple[str, ...]) -> JsonObject:
    pairs = [argument.partition("=") for argument in arguments]
    if any(not (name and equals) for name, equals, _ in pairs):
        raise click.BadArgumentUsage("arguments are written NAME=VALUE")
    return {name: int(value) if value.isascii() and value.isdecimal() else value for name, _, value in pairs}


def _refusal(device: str, action: str, code: str) -> str:
    failure = next((one for one in Failure if one.code == code), Failure.CONFIG_INVALID)
    if failure is Failure.CONFIG_INVALID:
        return f"{failure.code}: {device} cannot do {action} with these arguments. See kiosk simulate {device} --help."
    return f"{failure.code}: {message_of(KioskError(failure))}"


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(UNUSABLE)
