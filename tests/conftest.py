"""Discipline for every test: an unexpected log of WARNING or above fails it, long proofs run only with --long.

At the end of a run stand how many real stacks took part (`tests.stacks`) and what was proven (`tests.proofs`).
"""

import logging
from collections.abc import Iterator

import pytest

from tests.order import place
from tests.proofs.telling import ProofTable, prove
from tests.stacks.counting import StackCount

__all__ = ["prove"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --long, which `./dev prove` passes, and --renew-goldens, which `./dev goldens` passes."""
    parser.addoption("--long", action="store_true", help="also run the long proofs")
    parser.addoption("--renew-proofs", action="store_true", help="write what a long run measured into the proof table")
    parser.addoption("--renew-goldens", action="store_true", help="draw the pictures of the key screens anew")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers, and count the real stacks."""
    config.pluginmanager.register(StackCount())
    config.pluginmanager.register(ProofTable())
    config.addinivalue_line("markers", "long: takes minutes; runs with ./dev prove")
    config.addinivalue_line("markers", "expects_logs: this test provokes warnings and asserts on them itself")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long proofs out unless they were asked for, and begin with the files that take longest."""
    long = [] if config.getoption("--long") else [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
    items[:] = sorted((item for item in items if item not in long), key=lambda item: place(item.nodeid))


@pytest.fixture(autouse=True)
def _no_unexpected_logs(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    if request.node.get_closest_marker("expects_logs"):
        return
    loud = [
        record for when in ("setup", "call") for record in caplog.get_records(when) if record.levelno >= logging.WARNING
    ]
    assert not loud, f"unexpected log: {loud[0].name}: {loud[0].getMessage()}"
