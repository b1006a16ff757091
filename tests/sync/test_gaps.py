"""A terminal that starts again sends what lies between the bytes the platform holds, and nothing of them twice."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from sync.body import Body
from sync.exchange import Exchange
from sync.parts import parts_of
from sync.simlink import LinkSimulator
from sync.tempo import Tempo
from sync.upload import Upload, WantedBlob
from sync.wire.coding import FRAMES_TYPE
from sync.wire.frames import frames_of
from sync.wire.messages import Missing, SignedRecord
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal

KB = 1000
STRETCHES = ((100 * KB, 250 * KB), (300 * KB, 480 * KB), (520 * KB, 700 * KB))
HELD = sum(end - start for start, end in STRETCHES)


def file_with_gaps(terminal: Terminal, stretches: Sequence[tuple[int, int]]) -> str:
    """A case of one page of 700 kB, of which these stretches came before the agent was killed; the page's name."""
    taken = take(terminal.store, 700 * KB)
    (entry,) = terminal.store.outbox.next_batch(datetime.now(UTC))
    parts = parts_of(terminal.store, terminal.link, terminal.clock)
    Exchange(parts).turn([entry], [])
    name = bytes.fromhex(taken.digests[0])
    sealed = memoryview(terminal.store.blobs.read(taken.digests[0]))
    for start, end in stretches:
        body = Body(*frames_of(name, sealed[: min(end, len(sealed))], start, 10 * KB))
        terminal.link.ask(parts.signer.question("/v1/frames", body, parts.signer.nonce(), FRAMES_TYPE))
    return taken.event


@pytest.mark.parametrize("last", [700 * KB, 800 * KB], ids=["an end to send", "the end is held"])
def test_only_what_lies_between_is_sent(
    terminal: Terminal, platform: Platform, simlink: LinkSimulator, last: int
) -> None:
    event = file_with_gaps(terminal, (*STRETCHES[:2], (STRETCHES[2][0], last)))
    before = simlink.bytes_up
    report = terminal.agent.run_once()
    assert (report.settled, report.pending, report.failure) == (1, 0, None)
    assert simlink.bytes_up - before < 700 * KB - HELD + 10 * KB
    assert len(platform.files(terminal.name, event)) == 1


def test_a_platform_that_lost_what_it_had_named_gets_it_again(terminal: Terminal, platform: Platform) -> None:
    event = file_with_gaps(terminal, STRETCHES)
    parts = parts_of(terminal.store, terminal.link, terminal.clock)
    (entry,) = terminal.store.outbox.next_batch(datetime.now(UTC))
    ((missing,),) = Exchange(parts).turn([], [entry]).missing.values()
    (ahead,) = (platform.data / "blobs" / terminal.name).rglob("*.ahead")
    ahead.unlink()
    acks: list[SignedRecord] = []
    wanted = WantedBlob(missing.digest, entry.materials[0].size, missing.have, missing.beyond)
    result = Upload(parts, Tempo(), acks.extend).run([wanted])
    assert (result.failure, result.refused, wanted.have, len(acks)) == (None, set(), wanted.size, 1)
    assert len(platform.files(terminal.name, event)) == 1


def test_stretches_that_do_not_fit_are_not_believed() -> None:
    told = ((5, 10), (20, 15), (30, 40), (35, 50), (60, 60), (90, 101))
    wanted = WantedBlob(bytes(32), 100, 10, told)
    assert (wanted.beyond, wanted.gap_end, wanted.unsent) == (((30, 40),), 30, 80)


def test_an_older_platform_names_no_stretches() -> None:
    assert Missing(bytes(32), 10).beyond == ()
