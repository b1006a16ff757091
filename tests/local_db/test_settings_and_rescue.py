"""Who this terminal is, and how its database is opened again when its key is lost."""

import os
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.seal import keys, signing
from local_db.keys import FileKey, key_text
from local_db.rescue import open_key
from local_db.store import Store, open_store
from tests.local_db.making import SetClock, broken_off, enrol, identity, submit


def test_before_enrolment_there_is_no_identity(data: Path) -> None:
    with open_store(data, create=True, clock=SetClock()) as store:
        for wanted in (store.settings.identity, store.settings.device_key, store.settings.terminal_key):
            with pytest.raises(KioskError) as error:
                wanted()
            assert error.value.failure is Failure.NOT_PROVISIONED


def test_enrolment_is_one_write_and_survives_a_restart(data: Path) -> None:
    device, terminal = signing.new_signing_key(), keys.new_sealing_key()
    with open_store(data, create=True, clock=SetClock()) as store:
        broken_off(store, lambda: store.settings.enrol(identity(), device, terminal))
        with pytest.raises(KioskError):
            store.settings.identity()
        store.settings.enrol(identity(), device, terminal)

    with open_store(data, clock=SetClock()) as store:
        assert store.settings.identity() == identity()
        assert (store.settings.device_key(), store.settings.terminal_key()) == (device, terminal)
        assert store.journal.entries()[0].act == "terminal.enrolled"


def test_enrolling_again_changes_the_epoch_and_erases_nothing(store: Store) -> None:
    submit(store, pages=1)

    store.settings.enrol(identity("B"), signing.new_signing_key(), keys.new_sealing_key())

    assert store.settings.identity().epoch == "B"
    assert store.outbox.counts()[0] == 1
    assert submit(store).summary.submission_no.split("-")[2] == "00002"


def test_a_setting_is_what_was_put_last(store: Store) -> None:
    assert store.settings.get("a") is None
    store.settings.put("a", b"1")
    store.settings.put("a", b"")
    assert store.settings.get("a") == b""


def test_the_rescue_copy_opens_the_database_when_the_key_is_lost(store: Store, data: Path) -> None:
    private = keys.new_sealing_key()
    store.seal_rescue(keys.sealing_public(private))
    taken = submit(store, pages=1)
    store.close()
    (data / "key").write_bytes(key_text(os.urandom(32)))

    key = open_key((data / "rescue.sealed").read_bytes(), private, "T00001")
    (data / "key").write_bytes(key_text(key))

    with open_store(data, clock=SetClock()) as rescued:
        assert rescued.cases.show(taken.summary.submission_no)


def test_the_rescue_copy_opens_nothing_by_itself(store: Store, data: Path) -> None:
    private = keys.new_sealing_key()
    store.seal_rescue(keys.sealing_public(private))
    sealed = (data / "rescue.sealed").read_bytes()

    assert FileKey(data).key() not in sealed
    for other, terminal in ((keys.new_sealing_key(), "T00001"), (private, "T00002")):
        with pytest.raises(KioskError) as error:
            open_key(sealed, other, terminal)
        assert error.value.failure is Failure.BLOB_DAMAGED


def test_a_new_rescue_key_replaces_the_copy_whole(store: Store, data: Path) -> None:
    first, second = keys.new_sealing_key(), keys.new_sealing_key()
    store.seal_rescue(keys.sealing_public(first))
    store.seal_rescue(keys.sealing_public(second))

    assert open_key((data / "rescue.sealed").read_bytes(), second, "T00001") == FileKey(data).key()
    assert not (data / "rescue.sealed.part").exists()


def test_no_rescue_copy_is_made_of_a_terminal_that_is_none(data: Path) -> None:
    with open_store(data, create=True, clock=SetClock()) as store, pytest.raises(KioskError) as error:
        store.seal_rescue(keys.sealing_public(keys.new_sealing_key()))
    assert error.value.failure is Failure.NOT_PROVISIONED
    assert not (data / "rescue.sealed").exists()


def test_opening_a_demo_twice_finds_the_same_terminal(data: Path) -> None:
    with open_store(data, create=True, clock=SetClock()) as store:
        enrol(store)
    with open_store(data, create=True, clock=SetClock()) as store:
        assert store.settings.identity() == identity()
