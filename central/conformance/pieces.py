"""§6: files in pieces, from the last byte held, each bad piece alone."""

import secrets
import time
from typing import Final

from central.conformance.checking import Check, NotTriedError
from central.conformance.meeting import enrol_second
from central.conformance.probe import Page, Probe, demand
from sync.wire.frames import FRAME_HEADER_BYTES
from sync.wire.messages import Event, FrameState

_PATH: Final = "/v1/frames"
_SETTLE_SECONDS: Final = 5.0
_FRAME: Final = 4096


def _resume(probe: Probe) -> None:
    event, page = probe.taken(20_000)
    _demand_state(probe.state(page.frames(0, 2 * _FRAME), page), 2 * _FRAME)
    demand([one.have for one in probe.begun(event).missing] == [2 * _FRAME], "does not say from which byte to go on")
    told = probe.frames(page.frames(2 * _FRAME))
    demand(told.acks, "no acknowledgement though the last file came")
    demand(probe.read_ack(told.acks[0], event).complete, "an acknowledgement that is not complete")
    answer = probe.begun(event)
    demand(probe.ack(answer, event).complete and not answer.missing, "what was complete is not complete any more")
    demand(answer.ack == told.acks[0], "a complete case is acknowledged with other bytes")


def _cut(probe: Probe) -> None:
    event, page = probe.taken(30_000)
    body = page.frames()
    connection = probe.connection()
    try:
        connection.putrequest("POST", probe.prefix + _PATH)
        for name, value in probe.head(_PATH, body).items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[: 3 * (_FRAME + FRAME_HEADER_BYTES) + 1000])
        time.sleep(0.5)
    finally:
        connection.close()
    have, until = -1, time.monotonic() + _SETTLE_SECONDS
    while have < 3 * _FRAME and time.monotonic() < until:
        have = next((one.have for one in probe.begun(event).missing), -1)
        time.sleep(0.2)
    demand(have == 3 * _FRAME, f"{have} bytes are held of the {3 * _FRAME} whose frames came whole before the cut")
    _demand_complete(probe, event, page, have)


def _bad_frame(probe: Probe) -> None:
    event, page = probe.taken(12_000)
    _, neighbour = probe.taken(3_000)
    body = bytearray(page.frames(0, 2 * _FRAME))
    body[-1] ^= 1
    told = {one.digest: one for one in probe.frames(bytes(body) + neighbour.frames()).blobs}
    demand(set(told) == {page.entry.digest, neighbour.entry.digest}, "does not answer for both files")
    _demand_state(told[page.entry.digest], _FRAME, "check")
    _demand_state(told[neighbour.entry.digest], neighbour.entry.size)
    _demand_complete(probe, event, page, _FRAME)


def _gap(probe: Probe) -> None:
    event, page = probe.taken(12_000)
    _demand_state(probe.state(page.frames(_FRAME, 2 * _FRAME), page), 0, "offset")
    _demand_complete(probe, event, page, 0)


def _beyond(probe: Probe) -> None:
    event, page = probe.taken(24_000)
    bodies = [page.frames(start * _FRAME, end * _FRAME) for start, end in ((4, 5), (1, 2), (2, 3))]
    ahead = [probe.state(body, page).ahead for body in bodies][-1]
    if ahead == 0:
        raise NotTriedError("keeps nothing beyond a gap")
    demand(ahead == 3 * _FRAME, f"says that it keeps {ahead} bytes beyond the gap, and got {3 * _FRAME}")
    (missing,) = probe.begun(event).missing
    kept = [[first // _FRAME, end // _FRAME] for first, end in missing.beyond]
    demand((missing.have, kept) == (0, [[1, 3], [4, 5]]), f"names {missing.beyond} as what it keeps beyond the gap")
    probe.frames(page.frames(0, _FRAME) + page.frames(3 * _FRAME, 4 * _FRAME))
    _demand_complete(probe, event, page, 5 * _FRAME)


def _held_already(probe: Probe) -> None:
    event, page = probe.taken(12_000)
    probe.state(page.frames(0, 2 * _FRAME), page)
    _demand_state(probe.state(page.frames(0, _FRAME), page), 2 * _FRAME)
    _demand_complete(probe, event, page, 0)


def _too_much(probe: Probe) -> None:
    event, page = probe.taken(5_000)
    longer = Page(page.sealed + bytes(_FRAME), page.entry)
    _demand_state(probe.state(longer.frames(_FRAME), page), 0, "offset", "size")
    state = probe.state(longer.frames(0, size=len(longer.sealed)), page)
    _demand_state(state, 0, "size")
    _demand_complete(probe, event, page, 0)


def _other_content(probe: Probe) -> None:
    event, page = probe.taken(6_000)
    forged = Page(secrets.token_bytes(page.entry.size), page.entry)
    told = probe.frames(forged.frames())
    demand(not told.acks, "acknowledges a file that has another digest")
    _demand_state(told.blobs[0], 0, "content")
    demand(not probe.ack(probe.begun(event), event).complete, "takes a file that has another digest for whole")
    _demand_complete(probe, event, page, 0)


def _unknown(probe: Probe) -> None:
    page = probe.page(1_000)
    _demand_state(probe.state(page.frames(), page), 0, "unknown")


def _broken(probe: Probe) -> None:
    event, page = probe.taken(8_000)
    told = probe.frames(page.frames(0, _FRAME) + b"\xff" * 200).blobs
    named = {one.digest: one for one in told}
    demand(page.entry.digest in named, "forgets the good frame before the broken one")
    _demand_state(named[page.entry.digest], _FRAME)
    demand(b"" in named and named[b""].error == "frame", "does not say that the rest was no frame")
    _demand_complete(probe, event, page, _FRAME)


def _reordered(probe: Probe) -> None:
    """Frames of several files in one body, mixed."""
    (one, page), (two, other) = probe.taken(9_000), probe.taken(9_000)
    mixed = b"".join(part.frames(at, at + _FRAME) for at in range(0, page.entry.size, _FRAME) for part in (page, other))
    acks = probe.frames(mixed).acks
    demand(len(acks) == 2, f"{len(acks)} acknowledgements of two cases")  # noqa: PLR2004 -- said
    for event in (one, two):
        demand(probe.ack(probe.begun(event), event).complete, "mixed files do not arrive")


def _per_terminal(probe: Probe) -> None:
    if probe.second is None:
        raise NotTriedError("needs a second code")
    other = enrol_second(probe, probe.second)
    event, page = probe.taken(9_000)
    probe.state(page.frames(0, _FRAME), page)
    _demand_state(other.state(page.frames(0, _FRAME), page), 0, "unknown")
    theirs = other.event(page)
    (answer,) = other.exchange(theirs)
    other.ack(answer, theirs)
    demand([one.have for one in answer.missing] == [0], "tells one terminal what another one holds")
    _demand_complete(probe, event, page, _FRAME)
    demand(not other.ack(other.begun(theirs), theirs).complete, "one terminal's file completes another one's case")


def _demand_state(state: FrameState, have: int, *errors: str) -> None:
    wanted = errors or ("",)
    demand(state.have == have, f"holds {state.have} bytes instead of {have}")
    demand(state.error in wanted, f"error “{state.error}” instead of “{wanted[0]}”")


def _demand_complete(probe: Probe, event: Event, page: Page, have: int) -> None:
    """Whatever happened to a file, its right bytes complete the case."""
    probe.frames(page.frames(have))
    demand(probe.ack(probe.begun(event), event).complete, "the right bytes do not complete the case afterwards")


CHECKS = (
    Check("frames.resume", "6", "a file goes on from the last byte held and completes its case", _resume),
    Check("frames.cut", "6", "a cut connection costs at most one unfinished frame", _cut),
    Check("frames.bad_frame", "6", "a frame that is not what its check says is repeated alone", _bad_frame),
    Check("frames.gap", "6", "a gap is told", _gap),
    Check("frames.beyond", "5", "what is held beyond a gap is named, and need not come again", _beyond),
    Check("frames.held_already", "6", "a frame already held is no error", _held_already),
    Check("frames.too_much", "6", "nothing beyond the announced size is kept", _too_much),
    Check("frames.other_content", "6", "a file with another digest is thrown away", _other_content),
    Check("frames.unknown", "6", "a file nobody announced is not kept", _unknown),
    Check("frames.broken", "6", "what is no frame spoils nothing before it", _broken),
    Check("frames.reordered", "6", "frames of several files may be mixed", _reordered),
    Check("frames.per_terminal", "5", "names and offsets are resolved per terminal", _per_terminal),
)
