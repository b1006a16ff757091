"""A catalogue published again does not make the terminal's cases strangers to the platform."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from kiosk.cli.headless import ITEM
from kiosk.cli.stage import open_stage
from kiosk.cli.wiring import open_terminal
from kiosk.model.state import CaseState
from sync.line import AgentLine


def called(module: str, *arguments: str, stdin: bytes | None = None) -> bytes:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ}, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def with_another_item_changed(folder: Path) -> Path:
    """The sample catalogue, in which the item we apply for stays at its version and another rises."""
    changed = folder / "samples"
    shutil.copytree(str(files("central") / "samples"), changed)
    path = next(changed.glob("items/01-*.json"))
    item = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**item, "version": item["version"] + 1, "notes": "改过的说明。"}, ensure_ascii=False))
    return changed


def test_a_case_made_after_the_catalogue_was_published_again_is_accepted(tmp_path: Path) -> None:
    with open_stage(tmp_path / "terminal") as stage, closing(open_terminal(stage.data)) as store:
        data, platform = str(stage.data), str(stage.data / "platform")
        first = store.shelf.version()
        called("central.cli", "catalogue", "publish", str(with_another_item_changed(tmp_path)), "--data", platform)
        AgentLine(stage.data, store.outbox.counts).wake()  # the next look may lie half a minute off
        deadline = time.monotonic() + 60
        while store.shelf.version() == first:
            assert time.monotonic() < deadline, "the newer catalogue never came"
            time.sleep(0.3)
        line = called("kiosk.cli", "apply", "--example", ITEM, "--data", data)
        number = json.loads(called("kiosk.cli", "apply", "-", "--data", data, stdin=line))["submission_no"]
        while (case := store.cases.show(number)).state is not CaseState.ACCEPTED:
            assert not case.parked, case.reason
            assert time.monotonic() < deadline + 60, case.state
            time.sleep(0.3)

    assert case.acceptance_no
