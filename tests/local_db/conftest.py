"""A fresh data directory for each test, on a real file under a real key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local_db.store import Store, open_store
from tests.local_db.making import SetClock, enrol


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(data: Path, clock: SetClock) -> Iterator[Store]:
    with open_store(data, create=True, clock=clock) as opened:
        enrol(opened)
        yield opened
