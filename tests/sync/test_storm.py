"""Through a line on which every connection meets a fault of its own: nothing lost, nothing twice, nothing false."""

from contextlib import closing

import pytest

from sync.link import LinkOptions
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.storm import FAULTS, Storm
from tests.sync.taking import take

IMPATIENT = LinkOptions(connect=1.0, answer=1.0)
LONG = [pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 40)]


@pytest.mark.parametrize("seed", [1, 2, *LONG])
def test_in_a_storm_of_faults_every_case_arrives_once_and_whole(opened: Opener, platform: Platform, seed: int) -> None:
    with closing(Storm(platform.url, seed)) as storm:
        terminal = opened(storm.url, options=IMPATIENT)
        cases = []
        for index in range(10):
            cases.append(take(terminal.store, 30_000, index=index + 1))
            terminal.link.close()
            report = terminal.agent.run_once()
            there = platform.numbers(terminal.name)
            assert len(there) == len(set(there))
            assert report.parked == 0, "no fault of the line is held against a case"
            for case in cases:
                if not terminal.store.cases.show(case.number).pending:
                    assert len(platform.files(terminal.name, case.event)) == 1
        storm.on = False
        terminal = opened(storm.url)
        assert terminal.agent.run_once().pending == 0
        assert len(storm.met & set(FAULTS)) > 3
        assert sorted(platform.numbers(terminal.name)) == sorted(case.number for case in cases)
        for case in cases:
            held = [terminal.store.blobs.read(digest) for digest in case.digests]
            assert platform.files(terminal.name, case.event) == held
