"""The supervisor's last act of the day, by command, on a running terminal with its platform."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from kiosk.cli.stage import Stage
from kiosk.ports import Store
from tests.journeys.conftest import Run


def taken(run: Run) -> str:
    line = run("apply", "--example", "512B0003600037").stdout
    return str(json.loads(run("apply", "-", stdin=line.encode()).stdout)["submission_no"])


def central(stage: Stage, *arguments: str) -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "central.cli", "report", "day", "--json", *arguments],
        env={**os.environ, "CENTRAL_DATA": str(stage.data / "platform")},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, json.loads(done.stdout)


def test_both_sides_reckon_the_same_day_and_the_sheet_is_printed(
    run: Run, stage: Stage, store: Store, tmp_path: Path
) -> None:
    number = taken(run)
    deadline = time.monotonic() + 60
    while store.cases.show(number).pending:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    asked = run("report", "day", "--json")
    own = json.loads(asked.stdout)

    assert asked.returncode == 3, "nobody printed a receipt"
    assert (own["submitted"], own["printed"], own["acknowledged"]) == (1, 0, 1)
    assert [one["cause"] for one in own["differences"]] == ["receipt.unasked"]
    kept = tmp_path / "own.json"
    kept.write_text(asked.stdout, encoding="utf-8")
    status, platform = central(stage, "--against", str(kept))
    assert (status, platform["against"], platform["acknowledged"]) == (0, [], 1)

    before = {path.name for path in (stage.data / "papers").glob("*.pdf")}
    for printed in (1, 2):
        done = run("report", "day", "--print")
        assert (done.returncode, done.stderr) == (3, "")
        new = {path.name for path in (stage.data / "papers").glob("*.pdf")} - before
        assert len(new) == printed
    assert all("day-" in name for name in new)
    assert f"  {number}  no receipt was asked for" in run("report", "day").stdout.splitlines()


def test_a_day_without_cases_agrees_and_a_bad_day_is_refused(run: Run) -> None:
    quiet = run("report", "day", "--date", "2026-01-02", "--json")

    assert quiet.returncode == 0
    assert json.loads(quiet.stdout)["agrees"] is True
    assert run("report", "day", "--date", "2026-02-30").returncode == 2
