"""Enrolment: the right platform or none, the code used once, and an interruption costs nothing."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from kiosk import enrolment
from kiosk.clock import SystemClock
from kiosk.failure import Failure, KioskError
from kiosk.seal import keys, signing
from kiosk.seal.statements import PlatformStatement, make_platform_statement, read_device_statement
from local_db.store import Store, open_store
from sync.provision import Provisioned, provision_online
from sync.simlink import LinkSimulator
from sync.wire.coding import MEDIA_TYPE, encode
from sync.wire.messages import RootAnswer
from tests.sync.impostor import meddler
from tests.sync.platform import Platform
from tests.sync.strangers import http, stranger
from tests.sync.terminal import QUICK


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "new", create=True)) as opened:
        yield opened


def provision(store: Store, url: str, code: str) -> Provisioned:
    return provision_online(url, code, store, SystemClock(), QUICK)


def refusal(store: Store, url: str, code: str) -> KioskError:
    with pytest.raises(KioskError) as caught:
        provision(store, url, code)
    return caught.value


def provisioned(store: Store) -> bool:
    try:
        store.settings.identity()
    except KioskError:
        return False
    return True


def test_a_code_makes_an_empty_directory_a_terminal_with_its_catalogue(store: Store, platform: Platform) -> None:
    done = provision(store, platform.url + "/", platform.code())
    assert done.failure is None
    identity = done.identity
    assert identity == store.settings.identity()
    assert identity.platform_url == platform.url
    assert identity.region12 == "000000000000"
    device = read_device_statement(identity.root_key, identity.statement)
    assert device.device_key == signing.public_of(store.settings.device_key())
    assert (device.terminal, device.epoch) == (identity.terminal, identity.epoch)
    assert done.catalogue_version == store.shelf.version() > 0
    assert store.shelf.items()


def test_the_key_is_sealed_for_rescue_at_once(tmp_path: Path, store: Store, platform: Platform) -> None:
    provision(store, platform.url, platform.code())
    assert (tmp_path / "new" / "rescue.sealed").stat().st_size > 32


def test_another_platform_never_sees_the_secret(store: Store, platform: Platform) -> None:
    root = signing.new_signing_key()
    statement = PlatformStatement(
        "P-OTHER", signing.public_of(root), keys.sealing_public(root), keys.sealing_public(root), SystemClock().now()
    )
    answer = RootAnswer("P-OTHER", signing.public_of(root), make_platform_statement(root, statement))
    code = platform.code()
    with stranger(http("200 OK", encode(answer), media=MEDIA_TYPE)) as impostor:
        assert refusal(store, impostor.url, code).failure is Failure.PLATFORM_ROOT_WRONG
        asked = b"".join(impostor.requests)
    assert b"/v1/enrol" not in asked
    assert enrolment.parse(code).secret.encode() not in asked
    assert not provisioned(store)
    assert provision(store, platform.url, code).failure is None


def test_the_right_root_with_forged_working_keys_is_refused(store: Store, platform: Platform) -> None:
    office = platform.office()
    root, name = office.root_public, office.name
    office.close()
    forged = PlatformStatement(
        name, signing.public_of(signing.new_signing_key()), b"k" * 32, b"k" * 32, SystemClock().now()
    )
    answer = RootAnswer(name, root, make_platform_statement(signing.new_signing_key(), forged))
    with stranger(http("200 OK", encode(answer), media=MEDIA_TYPE)) as impostor:
        assert refusal(store, impostor.url, platform.code()).failure is Failure.PLATFORM_ROOT_WRONG
        assert len(impostor.requests) == 1


def test_what_a_terminal_is_told_to_be_cannot_be_altered_on_the_way(store: Store, platform: Platform) -> None:
    code = platform.code()
    alter = meddler(
        platform.url, lambda answer: msgspec.structs.replace(answer, point_name="别处", demo=not answer.demo)
    )
    with stranger(alter) as line:
        assert refusal(store, line.url, code).failure is Failure.RECORD_NOT_GENUINE
    assert not provisioned(store)
    assert provision(store, platform.url, code).failure is None


def test_a_mistyped_code_is_refused_before_anybody_is_asked(store: Store) -> None:
    with stranger(b"") as nobody:
        error = refusal(store, nobody.url, "AAAAA-AAAAA")
        assert (error.failure, error.info["reason"]) == (Failure.ENROLMENT_CODE_REFUSED, "length")
        assert nobody.requests == []


def test_a_used_code_makes_no_second_terminal(tmp_path: Path, store: Store, platform: Platform) -> None:
    code = platform.code()
    provision(store, platform.url, code)
    with closing(open_store(tmp_path / "second", create=True)) as second:
        assert refusal(second, platform.url, code).failure is Failure.ENROLMENT_CODE_REFUSED
        assert not provisioned(second)


def test_a_terminal_is_not_made_another_one(store: Store, platform: Platform) -> None:
    code = platform.code()
    first = provision(store, platform.url, code)
    for again in (code, platform.code()):
        assert refusal(store, platform.url, again).failure is Failure.ALREADY_PROVISIONED
    assert store.settings.identity() == first.identity


def test_a_lost_answer_is_asked_for_again_with_the_same_keys(
    store: Store, platform: Platform, simlink: LinkSimulator
) -> None:
    simlink.drop_answers(1, after=1)
    done = provision(store, simlink.url, platform.code())
    assert done.failure is None
    device = read_device_statement(done.identity.root_key, done.identity.statement)
    assert device.device_key == signing.public_of(store.settings.device_key())


def test_enrolment_goes_on_after_a_restart_with_the_same_code(
    tmp_path: Path, platform: Platform, simlink: LinkSimulator
) -> None:
    code = platform.code()
    data = tmp_path / "new"
    simlink.drop_answers(99, after=1)
    with closing(open_store(data, create=True)) as store:
        assert refusal(store, simlink.url, code).failure is Failure.LINK_DOWN
        assert not provisioned(store)
    simlink.restore()
    with closing(open_store(data)) as store:
        done = provision(store, simlink.url, code)
        device = read_device_statement(done.identity.root_key, done.identity.statement)
        assert device.device_key == signing.public_of(store.settings.device_key())
        assert done.identity.epoch == "A", "the platform gave the name out once"


def test_a_full_disk_at_the_rescue_copy_is_made_good_by_calling_again(
    tmp_path: Path, store: Store, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = platform.code()

    def full(_key: bytes) -> None:
        raise KioskError(Failure.STORE_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(store, "seal_rescue", full)
        assert refusal(store, platform.url, code).failure is Failure.STORE_FULL
    terminal = store.settings.identity().terminal
    assert provision(store, platform.url, code).identity.terminal == terminal
    assert (tmp_path / "new" / "rescue.sealed").exists()


def test_a_catalogue_that_does_not_come_at_once_does_not_undo_the_enrolment(
    store: Store, platform: Platform, simlink: LinkSimulator
) -> None:
    simlink.drop_answers(99, after=2)
    done = provision(store, simlink.url, platform.code())
    assert done.failure is not None
    assert done.failure.failure is Failure.LINK_DOWN
    assert (done.catalogue_version, provisioned(store)) == (0, True)


def test_nobody_there_is_said_so(store: Store, platform: Platform, simlink: LinkSimulator) -> None:
    simlink.cut()
    assert refusal(store, simlink.url, platform.code()).failure is Failure.LINK_DOWN
    assert refusal(store, "no address", platform.code()).failure is Failure.CONFIG_INVALID
