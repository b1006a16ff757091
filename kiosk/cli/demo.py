"""`kiosk demo`: everything at once, to be tried by a newcomer."""

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import click

from kiosk.cli.answer import fail, json_option, message_of, print_json
from kiosk.cli.display import has_display
from kiosk.cli.wiring import open_terminal, quiet_logs
from kiosk.failure import KioskError
from kiosk.model.values import JsonObject


@click.command()
@click.option("--headless", is_flag=True, help="Walk one whole visit without a screen and end with one JSON line.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Where; a new temporary folder if left out."
)
@json_option
def demo(*, headless: bool, data: Path | None, as_json: bool) -> None:
    """Platform, agent, simulated devices and screen on this machine, with synthetic people only."""
    quiet_logs()
    folder = data.absolute() if data else Path(tempfile.mkdtemp(prefix="jinban-demo-"))
    click.echo(f"演示数据目录 Demo data directory: {folder}", err=True)
    if not headless and not has_display():
        click.echo("没有显示器，改为无屏幕演示。 No display: walking the visit without a screen.", err=True)
        headless = True
    if headless:
        sys.exit(_headless(folder))
    from kiosk.cli.screen import show_demo  # noqa: PLC0415 -- Qt only for the screen

    try:
        status = show_demo(folder)
    except KioskError as error:
        fail(error, as_json=as_json, status=1)
    sys.exit(status)


def _headless(folder: Path) -> int:
    from kiosk.cli.headless import Walk  # noqa: PLC0415 -- the demo's processes only when it runs
    from kiosk.cli.stage import open_stage  # noqa: PLC0415

    started = time.monotonic()
    try:
        with open_stage(folder) as stage, closing(open_terminal(stage.data)) as store:
            walked = Walk(stage.data, stage.devices, store).whole(stage.link)
    except KioskError as error:
        print_json({"ok": False, "failure": error.failure.code, "message": message_of(error)})
        return 1
    answer: JsonObject = {
        "ok": True,
        "submission_no": walked.case.submission_no,
        "acceptance_no": walked.case.acceptance_no,
        "state": str(walked.case.state),
        "item": walked.case.item_code,
        "receipt_pdf": str(walked.receipt_pdf),
        "acceptance_pdf": str(walked.acceptance_pdf),
        "seconds": round(time.monotonic() - started, 1),
    }
    print_json(answer)
    return 0
