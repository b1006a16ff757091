"""`kiosk simulate`: play with the simulated devices and the line of a running demo or terminal."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from kiosk.channel import SCREEN, Channel
from kiosk.cli.answer import UNUSABLE, data_option
from kiosk.model.values import JsonObject

_SECONDS = 12.0


@click.command()
@click.argument("device", type=click.Choice(["idcard", "scanner", "printer", "link"]))
@click.argument("action")
@click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...")
@data_option
def simulate(device: str, action: str, arguments: tuple[str, ...], data: Path) -> None:
    r"""Tap a demo card, jam the scanner, take the paper away, cut the line.

    \b
    kiosk simulate idcard tap card=zhang-xiuying
    kiosk simulate idcard lift
    kiosk simulate scanner jam
    kiosk simulate printer paper_out
    kiosk simulate link down | up
    """
    question: JsonObject = {"do": "simulate", "device": device, "action": action, "arguments": _parsed(arguments)}
    answer = Channel(data, SCREEN).ask(question, _SECONDS)
    if answer is None:
        _stop("No terminal is running on this data directory.")
    if not answer.get("ok"):
        _stop(f"{answer.get('failure', 'refused')}: {answer.get('message', '')}")
    click.echo(json.dumps({key: value for key, value in answer.items() if key != "ok"}, ensure_ascii=False))


def _parsed(arguments: tuple[str, ...]) -> JsonObject:
    pairs = (argument.partition("=") for argument in arguments)
    return {name: int(value) if value.isdigit() else value for name, _, value in pairs}


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(UNUSABLE)
