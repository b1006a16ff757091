"""The hash chain: what it covers, and that no tampering passes."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import journal
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry

START = datetime(2026, 11, 24, 3, 41, tzinfo=UTC)


def chain(length: int) -> list[JournalEntry]:
    entries: list[JournalEntry] = []
    head = journal.GENESIS
    for step in range(length):
        at = START + timedelta(seconds=step)
        entry = journal.following(head, at, "case.submitted", f"T00001A-{step}", "desk", {"materials": str(step)})
        entries.append(entry)
        head = (entry.position, entry.digest)
    return entries


def reason_of(error: pytest.ExceptionInfo[KioskError]) -> tuple[object, object]:
    assert error.value.failure is Failure.JOURNAL_BROKEN
    return error.value.info["position"], error.value.info["reason"]


def test_an_untouched_journal_verifies_to_its_head() -> None:
    entries = chain(20)

    assert journal.verify(entries) == (20, entries[-1].digest)


def test_a_journal_can_be_verified_in_runs() -> None:
    entries = chain(20)
    middle = journal.verify(entries[:7])

    assert journal.verify(entries[7:], middle) == (20, entries[-1].digest)


def test_an_empty_journal_is_whole() -> None:
    assert journal.verify([]) == journal.GENESIS


def test_the_digest_can_be_computed_by_anybody_from_the_published_form() -> None:
    entry = journal.following(journal.GENESIS, START, "paper.printed", "T00001A", "clerk-7", {"b": "2", "a": "一"})
    zeros = "0" * 64
    text = f'[1,"2026-11-24T03:41:00.000000Z","paper.printed","T00001A","clerk-7",{{"a":"一","b":"2"}},"{zeros}"]'

    assert entry.digest == hashlib.sha256(b"jinban/journal/1\0" + text.encode()).hexdigest()


def test_the_zone_an_instant_was_written_in_does_not_matter() -> None:
    shanghai = START.astimezone(timezone(timedelta(hours=8)))
    one = journal.following(journal.GENESIS, START, "a", "s", "x")
    other = journal.following(journal.GENESIS, shanghai, "a", "s", "x")

    assert one.digest == other.digest


def test_a_removed_entry_is_found() -> None:
    entries = chain(9)
    del entries[4]

    with pytest.raises(KioskError) as error:
        journal.verify(entries)

    assert reason_of(error) == (5, "order")


def test_an_entry_removed_and_renumbered_is_found() -> None:
    entries = chain(9)
    del entries[4]
    renumbered = [replace(entry, position=place) for place, entry in enumerate(entries, 1)]

    with pytest.raises(KioskError) as error:
        journal.verify(renumbered)

    assert reason_of(error) == (5, "link")


def test_two_exchanged_entries_are_found() -> None:
    entries = chain(9)
    entries[2], entries[3] = entries[3], entries[2]

    with pytest.raises(KioskError) as error:
        journal.verify(entries)

    assert reason_of(error) == (3, "order")


@given(
    st.sampled_from(["at", "act", "subject", "actor", "details", "previous", "digest"]),
    st.integers(min_value=0, max_value=5),
)
def test_a_change_of_any_field_of_any_entry_is_found(name: str, place: int) -> None:
    entries = chain(6)
    old = entries[place]
    changed: dict[str, object] = {
        "at": old.at + timedelta(microseconds=1),
        "act": old.act + "x",
        "subject": old.subject + "x",
        "actor": old.actor + "x",
        "details": {**old.details, "added": ""},
        "previous": "f" * 64,
        "digest": "f" * 64,
    }
    entries[place] = replace(old, **{name: changed[name]})  # type: ignore[arg-type] # one field at a time

    with pytest.raises(KioskError) as error:
        journal.verify(entries)

    assert reason_of(error)[0] == place + 1


@given(st.text(), st.text(), st.text())
def test_fields_cannot_be_shifted_into_one_another(act: str, subject: str, actor: str) -> None:
    one = JournalEntry(1, START, act, subject, actor, {}, "0" * 64)
    other = JournalEntry(1, START, act + subject, "", actor, {}, "0" * 64)

    assert (journal.digest_of(one) == journal.digest_of(other)) is (subject == "")
