"""Whoever holds the database's own key and edits the journal by hand: every single change is found.

The honest limit: who also holds the device key can write a new ending with seals. That is found at the platform
(`tests/sync/test_journal_anchors.py`) or with its anchors in hand.
"""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kiosk import journal as chain
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry
from kiosk.seal import signing
from local_db.store import Store
from tests.local_db.making import NOON, SetClock, broken_off, submit

COLUMNS = ("at", "act", "subject", "actor", "details", "previous", "digest")
CHANGE = "UPDATE journal SET {} = ? WHERE position = ?"
READ = "SELECT {} FROM journal WHERE position = ?"
DAYS = 4


@pytest.fixture
def sealed(store: Store, clock: SetClock) -> Store:
    """Four days of work, three of them sealed, told to the platform up to somewhere in the fourth."""
    with store.write_tx():
        store._connection.run("DROP TRIGGER journal_never_changes")
        store._connection.run("DROP TRIGGER journal_never_shrinks")
    for day in range(DAYS):
        clock.at = NOON + timedelta(days=day)
        submit(store)
        store.journal.append("paper.printed", f"receipt-{day}", "terminal", {"copy": "0"})
    store.journal.tell()
    submit(store)
    return store


def entries(store: Store) -> list[JournalEntry]:
    return list(store.journal.entries())


def seals(store: Store) -> list[JournalEntry]:
    return [entry for entry in entries(store) if entry.act == chain.SEALED]


def found(store: Store, *changes: Callable[[], object], anchors: tuple[chain.Anchor, ...] = ()) -> str:
    """What `verify` says after these changes, which are undone afterwards; empty when it says nothing."""
    said: list[str] = []

    def look() -> None:
        try:
            store.journal.verify(anchors)
        except KioskError as error:
            said.append(str(error.info["reason"]) if error.failure is Failure.JOURNAL_BROKEN else "another failure")
        else:
            said.append("")

    broken_off(store, *changes, look)
    return said[0]


def sql(store: Store, text: str, *parameters: Any) -> Callable[[], object]:
    return lambda: store._connection.run(text, parameters)


def rewritten(store: Store, kept: list[JournalEntry]) -> list[Callable[[], object]]:
    """The whole journal written anew from these entries, each numbered, linked and hashed as it should be."""
    head, made = chain.GENESIS, []
    for entry in kept:
        made.append(chain.following(head, entry.at, entry.act, entry.subject, entry.actor, entry.details))
        head = (made[-1].position, made[-1].digest)
    insert = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    acts = [
        sql(store, "DELETE FROM journal"),
        sql(store, "UPDATE counters SET value = ? WHERE name = 'journal'", len(kept)),
    ]
    for one in made:
        details = "{" + ",".join(f'"{key}":"{value}"' for key, value in one.details.items()) + "}"
        row = (one.position, chain.instant(one.at), one.act, one.subject, one.actor, details, one.previous, one.digest)
        acts.append(sql(store, insert, *row))
    return acts


def test_four_days_leave_three_seals_that_verify(sealed: Store) -> None:
    assert [seal.subject for seal in seals(sealed)] == ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert sealed.journal.verify() == sealed.journal.head()
    assert found(sealed, *rewritten(sealed, entries(sealed))) == "", "the forger's pen writes what the product writes"


def test_every_character_of_every_field_of_every_entry_counts(sealed: Store) -> None:
    tried = 0
    for place in range(1, sealed.journal.head()[0] + 1):
        for column in COLUMNS:
            (value,) = sealed._connection.rows(READ.format(column), (place,))[0]
            for index in range(len(value)):
                other = value[:index] + ("0" if value[index] != "0" else "1") + value[index + 1 :]
                change = sql(sealed, CHANGE.format(column), other, place)
                assert found(sealed, change), f"{column} {index} of entry {place}"
                tried += 1
    assert tried > 4000


def test_every_removed_entry_is_found_even_when_all_behind_it_is_written_anew(sealed: Store) -> None:
    whole = entries(sealed)
    for place in range(1, len(whole) + 1):
        without = whole[: place - 1] + whole[place:]
        assert found(sealed, sql(sealed, "DELETE FROM journal WHERE position = ?", place))
        assert (found(sealed, *rewritten(sealed, without)) == "") is (place == len(whole)), place


def test_every_pair_of_exchanged_entries_is_found_even_when_all_is_written_anew(sealed: Store) -> None:
    whole = entries(sealed)
    told = sealed.journal._told()[0].position
    for one in range(len(whole)):
        for other in range(one + 1, len(whole)):
            swapped = list(whole)
            swapped[one], swapped[other] = whole[other], whole[one]
            assert one + 1 <= told, "only the last entry was not told yet"
            assert found(sealed, *rewritten(sealed, swapped)), (one, other)


def test_every_cut_off_end_is_found(sealed: Store) -> None:
    last, told = sealed.journal.head()[0], sealed.journal._told()[0].position
    for length in range(last):
        cut = sql(sealed, "DELETE FROM journal WHERE position > ?", length)
        assert found(sealed, cut), length
        recounted = sql(sealed, "UPDATE counters SET value = ? WHERE name = 'journal'", length)
        assert (found(sealed, cut, recounted) == "anchor") is (length < told), length


def test_an_end_cut_off_with_everything_on_the_disk_set_back_is_found_by_the_platforms_anchors(sealed: Store) -> None:
    last = sealed.journal.head()
    for length in range(last[0]):
        acts = (
            sql(sealed, "DELETE FROM journal WHERE position > ?", length),
            sql(sealed, "UPDATE counters SET value = ? WHERE name = 'journal'", length),
            sql(sealed, "DELETE FROM settings WHERE name = 'journal.told'"),
        )
        assert found(sealed, *acts) == "", "nothing on the disk can tell"
        assert found(sealed, *acts, anchors=(chain.Anchor(*last),)) == "anchor"


def test_a_changed_entry_of_a_closed_day_is_found_by_its_seal_alone(sealed: Store) -> None:
    whole, forget = entries(sealed), sql(sealed, "DELETE FROM settings WHERE name = 'journal.told'")
    last_seal = seals(sealed)[-1].position
    for place in range(1, last_seal):
        forged = list(whole)
        old = forged[place - 1]
        forged[place - 1] = JournalEntry(place, old.at, old.act + "x", old.subject, old.actor, old.details)
        assert found(sealed, *rewritten(sealed, forged), forget) in {"seal", "unsealed"}, place


def test_a_seal_of_another_key_or_without_its_statement_is_none(sealed: Store) -> None:
    whole = entries(sealed)
    place = seals(sealed)[1].position
    seal = whole[place - 1]
    stranger = chain.seal_details((place - 1, seal.previous), NOON.date(), signing.new_signing_key(), b"")
    for details in ({**seal.details, "signature": stranger["signature"]}, {**seal.details, "statement": ""}, {}):
        forged = [*whole[: place - 1], JournalEntry(place, seal.at, seal.act, seal.subject, seal.actor, details)]
        assert found(sealed, *rewritten(sealed, forged)) == "seal"


def test_every_bit_of_a_seals_signature_counts(sealed: Store) -> None:
    seal = seals(sealed)[0]
    anchor = chain.anchor_of(seal)
    key = sealed.settings.device_key()
    assert chain.seal_is_genuine(anchor, signing.public_of(key))
    for bit in range(8 * len(anchor.signature)):
        flipped = bytearray(anchor.signature)
        flipped[bit // 8] ^= 1 << bit % 8
        other = chain.Anchor(anchor.position, anchor.digest, anchor.day, bytes(flipped))
        assert not chain.seal_is_genuine(other, signing.public_of(key))
    assert base64.b64decode(seal.details["signature"]) == anchor.signature


def test_a_clock_that_jumps_back_and_forth_seals_each_change_of_day(store: Store, clock: SetClock) -> None:
    for at in (NOON, NOON - timedelta(days=20_000), NOON, NOON + timedelta(days=730)):
        clock.at = at
        submit(store)

    assert [seal.subject for seal in seals(store)] == ["2026-11-24", "1972-02-21", "2026-11-24"]
    store.journal.verify()
