"""`kiosk simulate`: play with the simulated devices and the line of a running demo or terminal."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from kiosk.channel import SCREEN, Channel
from kiosk.cli.answer import UNUSABLE, data_option, message_of
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject

_SECONDS = 12.0


@click.command()
@click.argument("device", type=click.Choice(["idcard", "scanner", "printer", "link"]))
@click.argument("action")
@click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...")
@data_option
def simulate(device: str, action: str, arguments: tuple[str, ...], data: Path) -> None:
    """Tap a demo card, jam the scanner, take the paper away, cut the line.

    \b
    idcard    cards; tap name=zhang-xiuying; lift; pull_mid_read; unreadable
    scanner   pages; load pages=NAME,NAME; empty; rotate; jam [after=2]; clear; short_page
    printer   paper_out; refill; sheets count=3; offline; online; jam; clear
    link      down; up
    """  # noqa: D301 -- click reads the control character itself
    question: JsonObject = {"do": "simulate", "device": device, "action": action, "arguments": _parsed(arguments)}
    answer = Channel(data, SCREEN).ask(question, _SECONDS)
    if answer is None:
        _stop("No terminal is running on this data directory.")
    if not answer.get("ok"):
        _stop(_refusal(device, action, str(answer.get("failure", ""))))
    click.echo(json.dumps({key: value for key, value in answer.items() if key != "ok"}, ensure_ascii=False))


def _parsed(arguments: tuple[str, ...]) -> JsonObject:
    pairs = [argument.partition("=") for argument in arguments]
    if any(not (name and equals) for name, equals, _ in pairs):
        raise click.BadArgumentUsage("arguments are written NAME=VALUE")
    return {name: int(value) if value.isascii() and value.isdecimal() else value for name, _, value in pairs}


def _refusal(device: str, action: str, code: str) -> str:
    failure = next((one for one in Failure if one.code == code), Failure.CONFIG_INVALID)
    if failure is Failure.CONFIG_INVALID:
        return f"{failure.code}: {device} cannot do {action} with these arguments. See kiosk simulate --help."
    return f"{failure.code}: {message_of(KioskError(failure))}"


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(UNUSABLE)
