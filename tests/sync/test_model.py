"""The protocol searched to its end in small, and the real platform held to what the search assumes of it."""

import pytest

from central.completion import file_arrived
from central.intake.answers import take_manifest
from central.intake.reading import ReadManifest
from central.store import terminals
from sync.proof import event_of
from sync.wire.coding import decode
from sync.wire.messages import Ack, Begun
from tests.sync.conftest import Opener
from tests.sync.model import Held, Rules, answer, explore
from tests.sync.platform import Platform
from tests.sync.taking import take

SMALL = [Rules(cases=1, parts=3), Rules(cases=2, parts=2), Rules(cases=3, parts=1)]
LARGE = pytest.param(Rules(cases=3, parts=2), marks=pytest.mark.long)


@pytest.mark.parametrize("rules", [*SMALL, LARGE])
def test_however_loss_repetition_and_crashes_interleave_nothing_is_lost_doubled_or_stuck(rules: Rules) -> None:
    found = explore(rules)
    assert found.broken is None
    assert found.stuck is None
    assert len(found.worlds) > 100


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (Rules(by_event_id=False), "a case is there twice"),
        (Rules(complete_only=False), "settled here, not whole there"),
    ],
)
def test_the_search_finds_what_is_broken_on_purpose(rules: Rules, why: str) -> None:
    broken = explore(rules).broken
    assert broken is not None
    assert broken[1] == why


def test_a_platform_that_did_not_look_on_its_disk_would_still_come_to_an_end_by_sending_again() -> None:
    assert explore(Rules(cases=1, asks_disk=False)).stuck is None


WHOLE = 2
REACHED = [Held(), Held(1, 0), Held(1, 1), Held(1, WHOLE), Held(1, WHOLE, whole=True)]


@pytest.mark.parametrize("fresh", [True, False], ids=["whole", "begun"])
@pytest.mark.parametrize("held", REACHED, ids=lambda held: f"{held.copies}-{held.parts}-{held.whole}")
def test_the_real_platform_answers_as_the_search_assumes(
    opened: Opener, platform: Platform, held: Held, *, fresh: bool
) -> None:
    terminal = opened()
    case = take(terminal.store, 20_000)
    (entry,) = terminal.store.outbox.next_batch(terminal.clock.now())
    event, (digest,) = event_of(entry), (bytes.fromhex(name) for name in case.digests)
    office = platform.office()
    try:
        with office.store.read() as connection:
            signer = terminals.find(connection, terminal.name)
        assert signer is not None
        scan = terminal.store.blobs.read(case.digests[0])
        half = len(scan) // 2
        if held.copies:
            take_manifest(office, signer, ReadManifest(signer.id, "A", 1, "", (event,), ()))
        if held.parts:
            office.blobs.append(signer.id, digest, len(scan), 0, scan[:half])
        if held.parts == WHOLE:
            office.blobs.append(signer.id, digest, len(scan), half, scan[half:])
        if held.whole:
            file_arrived(office, signer.id, digest)
        begun = Begun(event.event, event.payload_digest())
        said = take_manifest(
            office, signer, ReadManifest(signer.id, "A", 1, "", (event,) * fresh, (begun,) * (not fresh))
        )
    finally:
        office.close()
    after, complete, have = answer(held, Rules(cases=1, parts=WHOLE), fresh=fresh)
    (one,) = said
    assert (one.outcome == "unknown") is (have is None)
    if one.ack is not None:
        assert decode(one.ack.body, Ack).complete is complete
        parts = WHOLE if not one.missing else round(WHOLE * one.missing[0].have / len(scan))
        assert parts == have
    assert platform.numbers(terminal.name).count(case.number) == after.copies
