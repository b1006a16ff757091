"""Connections begun beforehand are used while they are good, and one that ends takes only what it carried with it."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import sync.spare
from sync.exchange import Exchange
from sync.parts import parts_of
from sync.simlink import LinkSimulator
from sync.spare import Spare
from sync.tempo import Tempo
from sync.upload import Upload, WantedBlob
from sync.wire.messages import SignedRecord
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.taking import take

PATIENCE = 2.0


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as there:
        there.settimeout(5)
        yield there


@pytest.fixture
def spare() -> Iterator[Spare]:
    held = Spare()
    yield held
    held.drop()


def begun(spare: Spare, listener: socket.socket, count: int) -> list[socket.socket]:
    """Begin so many; their other ends."""
    with socket.create_connection(listener.getsockname()) as first:
        spare.open_like(first, count)
        ends = [listener.accept()[0] for _ in range(count + 1)]
    ends.pop(0).close()
    return ends


def test_each_is_taken_once_and_leads_to_where_the_first_one_led(spare: Spare, listener: socket.socket) -> None:
    ends = begun(spare, listener, 2)
    for end in ends:
        taken = spare.take(PATIENCE)
        assert taken is not None
        with taken, end:
            assert taken.getpeername() == listener.getsockname()
            taken.sendall(b"asked")
            assert end.recv(5) == b"asked"
    assert spare.take(PATIENCE) is None


def test_one_that_the_other_end_left_is_passed_over(spare: Spare, listener: socket.socket) -> None:
    gone, there = begun(spare, listener, 2)
    gone.close()
    taken = spare.take(PATIENCE)
    assert taken is not None
    with taken, there:
        taken.sendall(b"asked")
        assert there.recv(5) == b"asked"


def test_one_that_nobody_used_for_long_is_not_trusted(
    spare: Spare, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync.spare, "_FRESH_SECONDS", 0.05)
    (end,) = begun(spare, listener, 1)
    time.sleep(0.1)
    assert spare.take(PATIENCE) is None
    with end:
        assert end.recv(1) == b"", "it is closed, not left behind"


def test_nobody_waits_longer_than_their_patience_for_one_that_never_comes_up(spare: Spare) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.create_connection(full.getsockname()) as one:
        spare.open_like(one, 3)  # nobody accepts: the queue is full, and no more come up
        began = time.monotonic()
        taken = [spare.take(0.3) for _ in range(3)]
        assert time.monotonic() - began < PATIENCE
        assert taken[-1] is None
        for connection in taken:
            if connection is not None:
                connection.close()


def test_dropping_lets_go_of_all(spare: Spare, listener: socket.socket) -> None:
    ends = begun(spare, listener, 2)
    spare.drop()
    assert spare.take(PATIENCE) is None
    for end in ends:
        with end:
            assert end.recv(1) == b""


def test_a_connection_that_ends_while_others_carry_costs_only_what_was_in_it(
    opened: Opener, platform: Platform, simlink: LinkSimulator
) -> None:
    terminal = opened()
    taken = take(terminal.store, *[150_000] * 6)
    (entry,) = terminal.store.outbox.next_batch(datetime.now(UTC))
    parts = parts_of(terminal.store, terminal.link, terminal.clock)
    missing = next(iter(Exchange(parts).turn([entry], []).missing.values()))
    sizes = {bytes.fromhex(part.digest): part.size for part in entry.materials}
    acks: list[SignedRecord] = []
    simlink.limit(300_000)
    simlink.drop_answers(1)
    first = Upload(parts, Tempo(), acks.extend).run(
        [WantedBlob(part.digest, sizes[part.digest], part.have) for part in missing]
    )
    assert (first.failure, first.broken) == (None, 1), "the others went on"
    assert first.moved > 300_000
    simlink.restore()
    before = simlink.bytes_up
    assert terminal.agent.run_once().settled == 1
    assert simlink.bytes_up - before < 50_000, "what had arrived is not sent again"
    assert len(platform.files(terminal.name, taken.event)) == 6
