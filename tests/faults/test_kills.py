"""Any process may be killed at any moment, again and again: in the end everything is there once."""

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

from kiosk.cli.rehearsal.chain import Chain
from kiosk.cli.rehearsal.counting import count
from tests.proofs import Prove


def killed(folder: Path, kills: int, seed: int, wanted: int = 0) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", str(folder), str(kills), str(seed), str(wanted)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("kills", "seed"), [(100, 1), *(pytest.param(350, seed, marks=pytest.mark.long) for seed in (2, 3, 4))]
)
@pytest.mark.timeout(1800)
def test_desk_agent_and_platform_may_be_killed_at_any_moment(
    tmp_path: Path, kills: int, seed: int, prove: Prove
) -> None:
    found = killed(tmp_path, kills, seed)

    prove("kills", kills=sum(found["kills"].values()), cases=found["told"], wrong=len(found["wrong"]))
    assert found["wrong"] == []
    assert set(found["kills"]) == {"desk", "agent", "platform"}
    assert found["told"] > kills / 4


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_ten_thousand_cases_through_kills_are_ten_thousand_at_the_platform(tmp_path: Path, prove: Prove) -> None:
    found = killed(tmp_path, 100, 5, 10_000)

    prove("ten-thousand", cases=found["told"], kills=sum(found["kills"].values()), wrong=len(found["wrong"]))
    assert found["wrong"] == []


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_counter_and_its_drivers_may_be_killed_in_any_visit(tmp_path: Path, prove: Prove) -> None:
    chance, told, kills, visits = random.Random(6), [], 0, 0
    with Chain(tmp_path / "terminal") as chain:
        while kills < 100:
            visits += 1
            chain.tell({"do": "visit", "trouble": "none"})
            answer = chain.answer(chance.random() * 2.0)
            if visits % 4 == 0:
                chain.power_cut()
                kills += 3
            elif (driver := a_driver_of(chain, chance)) is not None:
                os.kill(driver, signal.SIGKILL)
                kills += 1
                answer = answer or chain.answer(120.0)
                assert answer is not None, "a visit without an end"
            if answer and answer["ok"]:
                told.append(answer["number"])
        chain.ask({"do": "tidy"})
        deadline = time.monotonic() + 120
        while (made := count(tmp_path / "terminal", told, tmp_path / "none")).waiting and time.monotonic() < deadline:
            time.sleep(2.0)

    prove("kills", kills=kills, cases=made.rows, wrong=len(made.wrong))
    assert made.wrong == []


def a_driver_of(chain: Chain, chance: random.Random) -> int | None:
    """The process id of one of the counter's drivers."""
    children = Path(f"/proc/{chain.counter}/task/{chain.counter}/children").read_text(encoding="ascii").split()
    drivers = [int(one) for one in children if b"devices" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return chance.choice(drivers) if drivers else None
