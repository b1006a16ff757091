"""Whatever moment the power goes: what was shown as taken is there, and nothing half done can be seen."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kiosk import numbers
from local_db.store import open_store
from tests.local_db.crashing import page_faults
from tests.local_db.making import SetClock, enrol, submit


@pytest.fixture(scope="module")
def deaths(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """One visit, killed at every statement and file operation it consists of."""
    folder = tmp_path_factory.mktemp("crash")
    command = [sys.executable, "-m", "tests.local_db.crashing", str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def test_no_death_at_any_step_leaves_anything_half_done(deaths: list[dict[str, Any]]) -> None:
    assert [death for death in deaths if death["wrong"]] == []


def test_every_step_of_a_visit_was_tried(deaths: list[dict[str, Any]]) -> None:
    killed_at = [death["what"] for death in deaths]

    assert len(deaths) > 45
    assert killed_at.count("COMMIT") == 6
    for step in ("os.rename", "INSERT INTO blobs", "UPDATE blobs SET draft_wrap", "INSERT INTO journal", "build"):
        assert any(what.startswith(step) for what in killed_at), step
    assert killed_at[-1] == "lived"


def test_a_case_appears_with_its_commit_and_not_before(deaths: list[dict[str, Any]]) -> None:
    reached = [death["reached"] for death in deaths]

    assert reached == sorted(reached, key=["nothing", "drafted", "submitted"].index)
    assert set(reached) == {"nothing", "drafted", "submitted"}
    first = reached.index("submitted")
    assert deaths[first]["what"].startswith("acknowledged")
    assert deaths[first - 1]["what"] == "COMMIT"


def test_what_was_acknowledged_before_a_kill_at_a_random_moment_is_there(data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from local_db.store import open_store;"
        "from tests.local_db.making import submit\n"
        "store = open_store(Path(sys.argv[1]))\n"
        "while True: print(submit(store, pages=1).summary.submission_no, flush=True)"
    )
    with open_store(data, create=True, clock=SetClock()) as store:
        enrol(store)
    chance = random.Random(7)
    acknowledged: set[str] = set()
    for _ in range(8):
        child = subprocess.Popen([sys.executable, "-c", code, str(data)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        acknowledged.add(child.stdout.readline().strip())
        time.sleep(chance.random() * 0.05)
        os.kill(child.pid, signal.SIGKILL)
        acknowledged |= {line.strip() for line in child.stdout if line.endswith("\n")}
        child.stdout.close()
        child.wait()

    with open_store(data, clock=SetClock()) as store:
        store.examine()
        held = {case.submission_no for case in store.cases.page(limit=100_000)}
        assert acknowledged <= held
        assert len(held) <= len(acknowledged) + 8
        assert store.outbox.counts()[0] == len(held)
        for entry in store.outbox.next_batch(SetClock().at, 100_000):
            assert page_faults(store, tuple(one.digest for one in entry.materials), draft_wraps=False) == []
        newest = max(numbers.parse(number).counter for number in held)
        assert numbers.parse(submit(store).summary.submission_no).counter == newest + 1
