"""A file that cannot be opened is refused by its role and reason, and not one byte of it is changed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from local_db.driver import connect
from local_db.keys import FileKey, key_text
from local_db.migrations import SCHEMA_VERSION
from local_db.store import Store, open_store
from tests.local_db.making import SetClock, enrol, submit

DB = "jinban.db"


def contents(data: Path) -> dict[str, str]:
    """Every file that holds something; SQLite's lock table (-shm) is rebuilt from nothing by whoever opens."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm") and path.stat().st_size
    }


def refusal(data: Path, *, create: bool = False) -> KioskError:
    with pytest.raises(KioskError) as error:
        open_store(data, create=create, clock=SetClock())
    return error.value


@pytest.fixture
def closed(data: Path, clock: SetClock) -> Path:
    """A data directory with some cases in it, closed in order."""
    with open_store(data, create=True, clock=clock) as store:
        enrol(store)
        for _ in range(20):
            submit(store, pages=1)
    return data


def crashed(data: Path) -> Path:
    """Leave committed work in the write-ahead log, as a process that was killed does."""
    code = (
        "import os, signal, sys; from pathlib import Path; from local_db.store import open_store;"
        "s = open_store(Path(sys.argv[1])); s.settings.put('late', b'work'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(data)], check=False).returncode == -9
    assert (data / f"{DB}-wal").stat().st_size
    return data


def test_what_is_not_there_is_not_made_by_opening(tmp_path: Path) -> None:
    error = refusal(tmp_path / "nowhere")

    assert error.failure is Failure.NOT_PROVISIONED
    assert not (tmp_path / "nowhere").exists()


def test_a_lost_database_is_not_replaced_by_an_empty_one(closed: Path) -> None:
    (closed / DB).unlink()
    before = contents(closed)

    error = refusal(closed)

    assert (error.failure, error.info["reason"]) == (Failure.NOT_PROVISIONED, "lost")
    assert contents(closed) == before


def test_a_new_directory_is_for_its_owner_alone(data: Path) -> None:
    open_store(data, create=True, clock=SetClock()).close()

    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / DB).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in data.iterdir()) == [DB, f"{DB}.schema", "key"]


def test_creating_where_there_is_one_opens_it(closed: Path) -> None:
    with open_store(closed, create=True, clock=SetClock()) as store:
        assert store.outbox.counts()[0] == 20


@pytest.mark.parametrize("dirty", [False, True], ids=["closed", "after a crash"])
def test_a_wrong_key_is_told_from_damage(closed: Path, dirty: bool) -> None:  # noqa: FBT001 -- pytest's parameter
    if dirty:
        crashed(closed)
    (closed / "key").write_bytes(key_text(os.urandom(32)))
    before = contents(closed)

    error = refusal(closed)

    assert (error.failure, error.info) == (Failure.STORE_WRONG_KEY, {"role": "database"})
    assert contents(closed) == before


@pytest.mark.parametrize("dirty", [False, True], ids=["closed", "after a crash"])
def test_a_newer_schema_is_refused(closed: Path, dirty: bool) -> None:  # noqa: FBT001 -- pytest's parameter
    connection = connect(closed / DB, FileKey(closed).key())
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    if dirty:
        write_ahead(closed)
    before = contents(closed)

    error = refusal(closed)

    assert error.failure is Failure.STORE_NEWER
    assert error.info == {"role": "database", "found": SCHEMA_VERSION + 1, "known": SCHEMA_VERSION}
    assert contents(closed) == before


def write_ahead(data: Path) -> None:
    """A newer program was killed with work in its write-ahead log."""
    code = (
        "import os, signal, sys; from pathlib import Path; from local_db.driver import connect;"
        "from local_db.keys import FileKey; d = Path(sys.argv[1]); c = connect(d / 'jinban.db', FileKey(d).key());"
        "c.execute('CREATE TABLE from_the_future (x)'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(data)], check=False).returncode == -9
    assert (data / f"{DB}-wal").stat().st_size


@pytest.mark.parametrize(
    ("offset", "length"), [(20, 8), (100, 1), (4000, 90)], ids=["header", "one byte", "page signature"]
)
def test_a_damaged_first_page_is_named_corrupt(closed: Path, offset: int, length: int) -> None:
    flip(closed / DB, offset, length)
    before = contents(closed)

    error = refusal(closed)

    assert (error.failure, error.info) == (Failure.STORE_CORRUPT, {"role": "database"})
    assert contents(closed) == before


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"SQLite format 3\0" + b"\0" * 5000, os.urandom(9000)])
def test_a_file_that_is_no_database_of_ours_stays_what_it_is(closed: Path, content: bytes) -> None:
    (closed / DB).write_bytes(content)

    error = refusal(closed)

    assert error.failure in {Failure.STORE_CORRUPT, Failure.STORE_WRONG_KEY}
    assert (closed / DB).read_bytes() == content
    assert refusal(closed, create=True).failure is error.failure
    assert (closed / DB).read_bytes() == content


def test_a_damaged_page_further_in_is_named_when_it_is_read(closed: Path) -> None:
    with open_store(closed, clock=SetClock()) as store:
        page = store._connection.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'cases'")[0][0]
    flip(closed / DB, (page - 1) * 4096 + 500, 4)
    before = contents(closed)

    with open_store(closed, clock=SetClock()) as store:
        for read in (store.cases.page, lambda: submit(store)):
            with pytest.raises(KioskError) as error:
                read()
            assert error.value.failure is Failure.STORE_CORRUPT

    assert contents(closed) == before


def test_a_damaged_schema_is_refused_on_opening(closed: Path) -> None:
    for page in range(2, (closed / DB).stat().st_size // 4096):
        flip(closed / DB, page * 4096 + 500, 4)
    before = contents(closed)

    assert refusal(closed).failure is Failure.STORE_CORRUPT
    assert contents(closed) == before


def test_one_flipped_bit_anywhere_is_found_by_the_examination(closed: Path) -> None:
    with open_store(closed, clock=SetClock()) as store:
        store.examine()
    flip(closed / DB, (closed / DB).stat().st_size - 2000, 1)

    with open_store(closed, clock=SetClock()) as store, pytest.raises(KioskError) as error:
        store.examine()

    assert error.value.failure is Failure.STORE_CORRUPT


def flip(path: Path, offset: int, length: int) -> None:
    content = bytearray(path.read_bytes())
    for place in range(offset, offset + length):
        content[place] ^= 0xFF
    path.write_bytes(content)


def test_a_folder_in_place_of_the_database_is_unreadable(closed: Path) -> None:
    (closed / DB).unlink()
    (closed / DB).mkdir()

    assert refusal(closed).failure in {Failure.STORE_UNREADABLE, Failure.STORE_CORRUPT}


def test_a_directory_this_user_may_not_enter_is_unreadable(closed: Path) -> None:
    """As another user where we are root, else with our own rights taken away."""
    code = (
        "import os, sys; from pathlib import Path; from kiosk.failure import KioskError;"
        "from local_db.store import open_store\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "for create in (False, True):\n"
        "    try: open_store(Path(sys.argv[1]), create=create)\n"
        "    except KioskError as error: print(error.failure.code, error.info['role'])"
    )
    before = contents(closed)
    closed.chmod(0o700 if os.getuid() == 0 else 0)
    try:
        answer = subprocess.run([sys.executable, "-c", code, str(closed)], check=True, capture_output=True, text=True)
    finally:
        closed.chmod(0o700)

    assert answer.stdout.split() == ["store.unreadable", "data"] * 2
    assert contents(closed) == before


def test_a_database_this_user_may_not_write_is_unreadable(closed: Path) -> None:
    """A file of another owner, in a folder everybody may enter."""
    code = (
        "import os, sys; from pathlib import Path; from kiosk.failure import KioskError;"
        "from local_db.keys import key_text; from local_db.store import open_store\n"
        "class Given:\n"
        "    name, standing = 'given', 'green'\n"
        "    def key(self): return bytes.fromhex(sys.argv[2])\n"
        "    create = key\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "try: open_store(Path(sys.argv[1]), provider=Given()).settings.put('a', b'b')\n"
        "except KioskError as error: print(error.failure.code)"
    )
    shared = Path("/tmp") / f"jinban-{os.getpid()}-shared"  # noqa: S108 -- must be enterable by another user
    shared.mkdir()
    try:
        (shared / DB).write_bytes((closed / DB).read_bytes())
        (shared / DB).chmod(0o444)
        shared.chmod(0o555)
        before = contents(shared)
        key = FileKey(closed).key().hex()
        answer = subprocess.run(
            [sys.executable, "-c", code, str(shared), key], check=True, capture_output=True, text=True
        )
        assert answer.stdout.strip() == "store.unreadable"
        assert contents(shared) == before
    finally:
        shared.chmod(0o700)
        for path in shared.iterdir():
            path.unlink()
        shared.rmdir()


def test_no_refusal_names_a_path(closed: Path) -> None:
    (closed / DB).write_bytes(b"")

    error = refusal(closed)

    assert str(closed) not in str(error)
    assert "/" not in repr(error)


def test_an_older_schema_is_brought_up_to_date_on_opening(data: Path, clock: SetClock) -> None:
    """Version 0 stands for an older program here: an encrypted file without any of our tables."""
    data.mkdir()
    key = FileKey(data).create()
    connection = connect(data / DB, key, "rwc")
    connection.execute("CREATE TABLE theirs (x)")
    connection.execute("INSERT INTO theirs VALUES (7)")
    connection.commit()
    connection.close()

    with open_store(data, clock=clock) as store:
        enrol(store)
        assert store._connection.row("SELECT x FROM theirs") == (7,)
        assert store._connection.row("PRAGMA user_version") == (SCHEMA_VERSION,)


def test_a_store_closes_and_opens_while_another_process_works(closed: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from local_db.store import open_store\n"
        "for turn in range(60):\n"
        "    with open_store(Path(sys.argv[1])) as store: store.settings.put('turn', b'%d' % turn)"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(closed)], stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]

    assert [(child.communicate()[1], child.returncode) for child in children] == [("", 0)] * 2


def test_the_same_file_is_the_same_store(store: Store, data: Path) -> None:
    submit(store, pages=2)
    with open_store(data, clock=SetClock()) as other:
        assert other.cases.page() == store.cases.page()
        assert other.settings.identity() == store.settings.identity()
