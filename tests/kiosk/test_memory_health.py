"""The doctor says whether memory may come to lie on a disk."""

from pathlib import Path

import pytest

from kiosk.cli.health.finding import Health
from kiosk.cli.health.memory import look_at_memory

HEAD = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
ROW = "{0}                               partition\t2097148\t\t0\t\t-2\n"


@pytest.mark.parametrize(
    ("swap", "crashes", "health", "state"),
    [
        ("", "core\n", Health.WELL, "is not written to disk"),
        ("/dev/zram0", "core\n", Health.WELL, "is not written to disk"),
        ("/dev/dm-1", "core.%p\n", Health.WELL, "is not written to disk"),
        ("/dev/sda2", "core\n", Health.AMBER, "may be swapped to disk"),
        ("/swapfile", "|/bin/false\n", Health.AMBER, "may be swapped to disk"),
        ("", "|/usr/lib/systemd/systemd-coredump %P\n", Health.AMBER, "crashes are collected"),
    ],
)
def test_swap_and_programs_that_take_crashes_are_told(
    tmp_path: Path, swap: str, crashes: str, health: Health, state: str
) -> None:
    (tmp_path / "swaps").write_text(HEAD + (ROW.format(swap) if swap else ""))
    (tmp_path / "sys" / "kernel").mkdir(parents=True)
    (tmp_path / "sys" / "kernel" / "core_pattern").write_text(crashes)
    found = look_at_memory(tmp_path)

    assert (found.health, found.state.en) == (health, state)
    assert bool(found.action.zh) == (health is Health.AMBER)


def test_a_machine_that_tells_nothing_is_not_doubted(tmp_path: Path) -> None:
    assert look_at_memory(tmp_path).health is Health.WELL
