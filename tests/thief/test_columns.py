"""What a thief of disk *and* key file reads, column by column: no more than docs/security.md says, and no less."""

import tomllib
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.identity.ids import normal
from kiosk.identity.masking import mask_name
from kiosk.seal import drafts, keys, records, signing
from kiosk.seal.statements import read_device_statement
from local_db.store import open_store
from tests.local_db.making import identity
from tests.thief.scene import (
    ANSWER,
    CLERK,
    COMPLAINT,
    CONTACT,
    EMERGENCY,
    HANDED_IN,
    KEPT,
    OF_CLERK,
    PARKED,
    PHONE,
    PIN,
    REASON,
    REF,
    Scene,
)
from tests.thief.thief import Thief

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
KINDS = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def named(kind: str) -> set[str]:
    return {f"{table}.{name}" for table, names in KINDS[kind].items() for name in names.split()}


def holding(thief: Thief, *words: str) -> set[str]:
    """Columns in which one of these words stands."""
    needles = [word.encode(encoding) for word in words for encoding in ENCODINGS]
    return {
        name for name, values in thief.columns.items() if any(needle in value for value in values for needle in needles)
    }


def test_every_column_of_the_database_is_of_one_kind(thief: Thief) -> None:
    kinds = [named(kind) for kind in KINDS]

    assert set().union(*kinds) == set(thief.columns)
    assert sum(len(kind) for kind in kinds) == len(thief.columns), "one stands in two kinds"


def test_words_about_people_stand_in_these_columns_and_nowhere_else(thief: Thief) -> None:
    told = [mask_name(HANDED_IN.name), HANDED_IN.name, HANDED_IN.id_no, CLERK.name]

    assert holding(thief, *told, REASON, ANSWER, PARKED, REF) == named("people")


def test_nobodys_name_number_address_phone_nor_words_stand_there_but_in_the_authoritys_own_paper(thief: Thief) -> None:
    people = [HANDED_IN, KEPT]
    told = [part for card in people for part in (card.name, card.id_no, card.address)]
    told += [OF_CLERK.name, OF_CLERK.id_no, OF_CLERK.address, PHONE, EMERGENCY, COMPLAINT, CONTACT]

    assert holding(thief, *told) == {"decision_papers.paper"}
    assert holding(thief, KEPT.name, KEPT.id_no, OF_CLERK.name, OF_CLERK.id_no, COMPLAINT, CONTACT) == set()


def test_no_file_beside_the_database_says_anything_about_anybody(thief: Thief) -> None:
    told = [part for card in (HANDED_IN, KEPT) for part in (card.name, card.id_no, card.address)]
    needles = [word.encode(encoding) for word in [*told, PHONE, EMERGENCY, COMPLAINT] for encoding in ENCODINGS]

    assert {path.partition("/")[0].partition("-")[0] for path in thief.files} == {
        "blobs",
        "jinban.db",
        "jinban.db.schema",
        "key",
    }
    assert [path for path, data in thief.files.items() if any(needle in data for needle in needles)] == []


def test_a_tag_says_nobodys_number_but_tells_a_right_guess_from_a_wrong_one(thief: Thief) -> None:
    tags = {value for name in named("tags") for value in thief.columns[name]} - {b""}
    assert {len(tag) for tag in tags} == {32}

    right = drafts.owner_tag(thief.secret, normal(HANDED_IN.id_no))
    assert right in thief.columns["case_owners.owner"]
    assert drafts.owner_tag(thief.secret, OF_CLERK.id_no) not in tags, "a clerk's draft is found by the clerk alone"
    assert drafts.staff_tag(thief.secret, CLERK.staff_id) in thief.columns["drafts.owner"]
    assert drafts.owner_tag(bytes(32), HANDED_IN.id_no) not in tags, "without the key file nobody can guess"


def test_the_terminals_own_keys_let_a_thief_speak_as_this_terminal_until_it_is_revoked(
    scene: Scene, thief: Thief
) -> None:
    """Its past cases stay shut; what the platform seals to it from now on does not."""
    with open_store(scene.data) as store:
        signer, own = store.settings.device_key(), store.settings.terminal_key()
    assert {signer, own} <= set(thief.columns["settings.value"])
    assert signing.public_of(signer) == read_device_statement(identity().root_key, identity().statement).device_key

    sealed = records.seal_record(b"a decision to come", keys.sealing_public(own), "decision/T00001")
    assert thief.open_record(sealed, ("decision/T00001",)) == b"a decision to come"


def test_a_pin_can_be_guessed_without_the_lock_out_and_then_opens_its_own_drafts(scene: Scene, thief: Thief) -> None:
    hashes = [value.decode() for value in thief.columns["staff.pin_hash"]]
    assert all(PasswordHasher().verify(one, PIN) for one in hashes)
    with open_store(scene.data) as store:
        _, login_key = store.staff.prove(CLERK.staff_id, PIN, store._connection.now())
    assert drafts.login_kek(thief.secret, login_key) not in thief.outer, "it lies nowhere: each PIN has to be tried"


@pytest.mark.parametrize("kind", ["people", "tags", "secrets", "sealed"])
def test_the_page_on_security_names_every_such_column(kind: str) -> None:
    section = (
        PAGE.read_text(encoding="utf-8").partition("## Disk and key file stolen together")[2].partition("\n## ")[0]
    )

    assert [name for name in sorted(named(kind)) if f"`{name}`" not in section] == []
