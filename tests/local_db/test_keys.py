"""Where the key comes from, and who may read it."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from local_db.keys import CredentialKey, FileKey, Standing, key_text, provider_for, provider_secret
from local_db.store import open_store
from tests.local_db.making import SetClock


def failure_of(provider: FileKey | CredentialKey) -> KioskError:
    with pytest.raises(KioskError) as error:
        provider.key()
    return error.value


def test_a_new_key_is_random_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()

    assert FileKey(one).create() != FileKey(other).create()
    assert stat.S_IMODE((one / "key").stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}\n", (one / "key").read_text())


def test_creating_again_gives_the_key_that_is_there(tmp_path: Path) -> None:
    first = FileKey(tmp_path).create()
    before = (tmp_path / "key").read_bytes()

    assert FileKey(tmp_path).create() == first
    assert (tmp_path / "key").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_processes_that_create_at_once_end_with_one_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from local_db.keys import FileKey;"
        "print(FileKey(Path(sys.argv[1])).create().hex())"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {child.communicate()[0].strip() for child in children}

    assert len(keys) == 1
    assert keys == {FileKey(tmp_path).key().hex()}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_key_file_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    FileKey(tmp_path).create()
    (tmp_path / "key").chmod(mode)

    error = failure_of(FileKey(tmp_path))

    assert error.failure is Failure.KEY_EXPOSED
    assert error.info == {"role": "key", "mode": f"{mode:04o}"}


@pytest.mark.parametrize(
    "text", [b"", b"short", b"Z" * 64, b"a" * 63, b"a" * 65, b"a" * 64 + b"\n\n", bytes(range(128, 160))]
)
def test_a_damaged_key_file_is_not_taken_for_a_key(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "key").write_bytes(text)
    (tmp_path / "key").chmod(0o600)

    error = failure_of(FileKey(tmp_path))

    assert (error.failure, error.info["reason"]) == (Failure.KEY_ABSENT, "shape")


def test_a_missing_key_is_never_made_for_a_database_that_exists(data: Path, clock: SetClock) -> None:
    open_store(data, create=True, clock=clock).close()
    (data / "key").unlink()

    with pytest.raises(KioskError) as error:
        open_store(data, create=True, clock=clock)

    assert error.value.failure is Failure.KEY_ABSENT
    assert not (data / "key").exists()


def test_a_systemd_credential_comes_before_the_file_and_is_green(tmp_path: Path) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    file_key = FileKey(tmp_path)
    file_key.create()
    (credentials / "jinban-key").write_bytes(key_text(bytes(range(32))))
    (credentials / "jinban-key").chmod(0o440)

    provider = provider_for(tmp_path, {"CREDENTIALS_DIRECTORY": str(credentials)})

    assert (provider.name, provider.standing) == ("systemd", Standing.GREEN)
    assert provider.key() == provider.create() == bytes(range(32))
    assert (file_key.name, file_key.standing) == ("file", Standing.AMBER)


def test_other_services_credentials_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "other-secret").write_text("x")

    assert isinstance(provider_for(tmp_path, {"CREDENTIALS_DIRECTORY": str(tmp_path)}), FileKey)
    assert isinstance(provider_for(tmp_path, {}), FileKey)


def test_a_credential_everybody_may_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "jinban-key").write_bytes(key_text(bytes(32)))
    (tmp_path / "jinban-key").chmod(0o444)

    assert failure_of(CredentialKey(tmp_path)).failure is Failure.KEY_EXPOSED


def test_a_store_opens_with_a_credential_and_writes_no_key_file(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "jinban-key").write_bytes(key_text(os.urandom(32)))
    (tmp_path / "jinban-key").chmod(0o400)
    provider = CredentialKey(tmp_path)
    with open_store(tmp_path / "data", create=True, clock=clock, provider=provider) as store:
        store.settings.put("a", b"b")

    with open_store(tmp_path / "data", clock=clock, provider=provider) as store:
        assert store.settings.get("a") == b"b"
    assert not (tmp_path / "data" / "key").exists()


def test_the_provider_secret_is_stable_and_is_not_the_database_key(data: Path, clock: SetClock) -> None:
    with open_store(data, create=True, clock=clock) as store:
        secret = store.provider_secret
    key = FileKey(data).key()
    with open_store(data, clock=clock) as store:
        assert store.provider_secret == secret == provider_secret(key)

    assert secret != key
    assert len(secret) == 32
