"""The platform wants to be sealed to another key: terminals move over, and nothing sealed before is lost to anybody."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from central import board, casebook, keys
from central.cli import central
from central.exchange.library import _CONTEXT
from central.office import lock_office
from central.store import events, postings
from kiosk.failure import Failure, KioskError
from kiosk.model.board import PLATFORM_KEYS, PostedKeys, Topic, write_keys
from kiosk.seal import records, signing
from kiosk.seal.keys import new_sealing_key, sealing_public
from kiosk.seal.statements import PlatformStatement, make_platform_statement, read_platform_statement
from tests.sync.conftest import Opener
from tests.sync.courier import Courier, call
from tests.sync.platform import Platform
from tests.sync.taking import Taken, take
from tests.sync.terminal import Terminal


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform of this file's own: its keys change."""
    running = Platform(tmp_path_factory.mktemp("rekeyed"))
    yield running
    running.kill()


def renew(platform: Platform) -> bytes:
    """As its operator does it: stop, renew, start."""
    platform.kill()
    told = call(central, "keys", "renew", "--data", platform.data)
    platform.start()
    return bytes.fromhex(told["platform_key"])


def opens(platform: Platform, terminal: str, *cases: Taken) -> bool:
    """Whether the platform reads each of these cases and the pages in them."""
    with platform.office() as office:
        for case in cases:
            with office.store.read() as connection:
                stored = events.find(connection, terminal, case.event)
                entries = events.files(connection, terminal, case.event)
            assert stored is not None
            assert casebook.open_payload(office, stored).submission_no == case.number
            assert [len(office.keys.open_wrap(entry.wrap)) for entry in entries] == [32] * len(case.digests)
    return True


def key_of(terminal: Terminal) -> bytes:
    return terminal.store.settings.identity().platform_key


def test_a_terminal_moves_over_at_its_next_contact_and_the_platform_opens_what_was_sealed_before_and_after(
    terminal: Terminal, platform: Platform
) -> None:
    sent = take(terminal.store, 3_000, index=1)
    assert terminal.agent.run_once().settled == 1
    waiting, before = take(terminal.store, 3_000, index=2), key_of(terminal)

    fresh = renew(platform)
    assert key_of(terminal) == before != fresh
    assert terminal.agent.run_once().settled == 1, "what waited was sealed to the former key"
    assert key_of(terminal) == fresh
    after = take(terminal.store, 3_000, index=3)
    assert terminal.agent.run_once().settled == 1

    assert opens(platform, terminal.name, sent, waiting, after)
    assert [one.subject for one in terminal.store.journal.entries() if one.act == "platform.rekeyed"] == [terminal.name]
    again = renew(platform)
    terminal.agent.run_once()
    assert key_of(terminal) == again
    assert opens(platform, terminal.name, sent, waiting, after), "after two renewals too"


def test_a_terminal_without_a_line_moves_over_by_stick(data: Path, platform: Platform, tmp_path: Path) -> None:
    fresh = renew(platform)
    courier = Courier(platform, tmp_path)
    courier.there_and_back(data, courier.stick())

    with closing(Terminal(data, platform.url)) as terminal:
        assert key_of(terminal) == fresh


def test_a_crash_between_the_posting_and_the_move_is_made_good_at_the_next_look(
    opened: Opener, platform: Platform
) -> None:
    terminal, fresh = opened(), renew(platform)
    assert key_of(terminal) != fresh
    terminal.agent.run_once()
    with terminal.store.write_tx():  # as it stood when the power went
        terminal.store.settings.seal_to(sealing_public(new_sealing_key()))
        terminal.store._connection.run("DELETE FROM settings WHERE name = 'platform.stated_at'")

    terminal.agent.run_once()

    assert key_of(terminal) == fresh


@pytest.mark.parametrize("wrong", ["another root", "another platform", "another record key", "older", "no statement"])
def test_a_key_the_root_did_not_state_for_this_platform_now_is_not_followed(
    opened: Opener, platform: Platform, wrong: str
) -> None:
    terminal = opened()
    if wrong == "older":
        renew(platform)
    terminal.agent.run_once()
    held = key_of(terminal)
    with platform.office() as office:
        stated = read_platform_statement(office.root_public, office.statement)
        forged = replace(stated, platform_key=sealing_public(new_sealing_key()), issued_at=datetime.now(UTC))
        root = office.keys.root
        if wrong == "another root":
            root = signing.new_signing_key()
        elif wrong == "another platform":
            forged = replace(forged, platform="P-OTHER")
        elif wrong == "another record key":
            forged = replace(forged, record_key=signing.public_of(signing.new_signing_key()))
        elif wrong == "older":
            forged = replace(forged, issued_at=stated.issued_at - timedelta(days=1))
        content = write_keys(PostedKeys(b"" if wrong == "no statement" else make_platform_statement(root, forged)))
        with office.store.write() as connection:
            now = office.now()
            postings.put(connection, Topic.KEYS, PLATFORM_KEYS, terminal="", at=now, content=content)

    report = terminal.agent.run_once()

    assert key_of(terminal) == held
    assert report.failure == (None if wrong == "older" else Failure.PLATFORM_ROOT_WRONG.code)
    fresh = renew(platform)
    assert terminal.agent.run_once().failure is None
    assert key_of(terminal) == fresh, "the next true one is"


def test_a_renewal_broken_off_leaves_the_key_that_was_stated(platform: Platform) -> None:
    with platform.office() as office:
        before = office.keys.platform_public
        unused = keys.add_platform_key(office.data / "keys")
        (office.data / "keys" / "platform.old").write_bytes(b"a copy somebody made")
    with platform.office() as office:
        assert office.keys.platform_public == before
        assert unused in office.keys.former
        sealed = records.seal_record(b"told", before, _CONTEXT)
        assert office.keys.open_record(sealed, _CONTEXT) == b"told"
        with pytest.raises(KioskError) as refused:
            office.keys.open_record(records.seal_record(b"told", sealing_public(new_sealing_key()), _CONTEXT), _CONTEXT)
    assert refused.value.failure is Failure.BLOB_DAMAGED
    assert renew(platform) != before


def test_nobody_renews_the_keys_of_a_platform_that_serves_nor_posts_keys_by_hand(platform: Platform) -> None:
    with closing(lock_office(platform.data)):
        call(central, "keys", "renew", "--data", platform.data, status=2)
    with platform.office() as office:
        with pytest.raises(KioskError) as refused:
            board.post(office, Topic.KEYS, "platform", {"statement": ""}, actor="test")
        assert isinstance(read_platform_statement(office.root_public, office.statement), PlatformStatement)
    assert refused.value.failure is Failure.POSTING_UNREADABLE
