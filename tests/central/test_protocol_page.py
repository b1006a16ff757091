"""The page that describes the wire names every message, every field and every limit that the code knows."""

import re
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

import sync.wire.messages as wire
import sync.wire.stick.messages as stick
from central import blobs, fleet, nonces
from central.courier import giving, taking
from central.intake import fitness, reading
from central.publishing import MOST_PACKAGE_BYTES
from central.routes import exchange, frames
from kiosk.failure import Failure
from sync.wire.coding import MAX_BODY_BYTES
from sync.wire.stick import distant

PAGE = (Path(__file__).parents[2] / "docs" / "sync-protocol.md").read_text(encoding="utf-8")
MESSAGES = {
    name: kind
    for name, kind in (vars(distant) | vars(stick) | vars(wire)).items()
    if isinstance(kind, type) and issubclass(kind, wire.Message) and kind is not wire.Message
}
MIB = 1024 * 1024


@pytest.mark.parametrize("name", MESSAGES)
def test_the_page_lists_exactly_the_fields_of_every_message(name: str) -> None:
    section = re.split(r"^##", PAGE.partition(f"\n### {name}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    table = section.partition("| field |")[2].partition("\n\n")[0]
    listed = re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)
    assert tuple(listed) == MESSAGES[name].__struct_fields__
    optional = re.findall(r"^\| `(\w+)` \| [^|]*= ", table, flags=re.MULTILINE)
    defaults = [field.name for field in msgspec.structs.fields(MESSAGES[name]) if not field.required]
    assert optional == defaults


def test_the_page_states_the_limits_that_hold() -> None:
    assert f"exchange body {exchange.MOST_BYTES // MIB} MiB" in PAGE
    assert f"frames body {frames.MOST_BYTES // MIB} MiB" in PAGE
    assert f"{reading.MOST_EVENTS:,} events" in PAGE
    assert f"one payload {fitness.MOST_PAYLOAD_BYTES // MIB} MiB, {fitness.MOST_FILES} files an event" in PAGE
    assert f"{fitness.MOST_FILE_BYTES // MIB} MiB a file" in PAGE
    assert (
        f"an answer {MAX_BODY_BYTES // MIB} MiB, a catalogue package in it {MOST_PACKAGE_BYTES // MIB} MiB long" in PAGE
    )
    assert f"of the {nonces.WINDOW:,} below it" in PAGE
    assert f"kept for {blobs.PARTS_KEPT.days} days" in PAGE
    assert f"index {taking.MOST_INDEX_BYTES // MIB} MiB, manifest {taking.MOST_MANIFEST_BYTES // MIB} MiB" in PAGE
    assert f"the last {giving.SAID_AGAIN.days} days" in PAGE
    assert (timedelta(hours=2), 5) == (fleet.CODE_LASTS, fleet.CODE_TRIES)


def test_the_page_names_only_failures_that_exist() -> None:
    named = set(re.findall(r"`((?:link|enrolment)\.\w+)`", PAGE))
    assert named
    assert all(Failure.of(code) for code in named)
