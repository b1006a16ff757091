"""Nothing of a person lies about after a visit; who looks for it would find it, wherever and however written."""

import io
import mmap
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk.cli.traces.places import Place, places
from kiosk.cli.traces.processes import leaves_an_image
from kiosk.cli.traces.search import Search
from kiosk.cli.traces.sought import CODINGS, STRIDE, Sought, sought
from local_db.store import open_store

NAME, NUMBER, ADDRESS, PHONE = "演示·张小凤", "00000019500101001X", "演示县测试镇近办村一组七号", "15400000001"
WORDS = (NAME, NUMBER, ADDRESS, PHONE)


def page() -> bytes:
    """A page with something on it everywhere."""
    out = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


PAGE = page()


@pytest.fixture(scope="module")
def wanted() -> Sought:
    return sought(WORDS, (PAGE,))


def looked(place: Place, wanted: Sought) -> Search:
    search = Search()
    search.look_at_files(place, wanted, demo=True)
    return search


def planted() -> Iterator[tuple[str, bytes]]:
    """Every word in every coding, and parts of a page in every form it takes."""
    for word in WORDS:
        for coding in CODINGS:
            yield f"{coding}-{WORDS.index(word)}", word.encode(coding)
    pixels = Image.open(io.BytesIO(PAGE))
    long_enough = STRIDE + 64
    yield "encoded", PAGE[900 : 900 + long_enough]
    yield "grey", pixels.convert("L").tobytes()[5000 : 5000 + long_enough]
    yield "rgb", pixels.tobytes()[7001 : 7001 + long_enough]
    yield "bgr", Image.merge("RGB", pixels.split()[::-1]).tobytes()[7001 : 7001 + long_enough]


@pytest.mark.parametrize("own", [True, False])
def test_whatever_lies_about_is_found_in_whatever_coding(tmp_path: Path, wanted: Sought, *, own: bool) -> None:
    every = dict(planted())
    for name, data in every.items():
        (tmp_path / name).write_bytes(os.urandom(3000) + data + os.urandom(3000))
    (tmp_path / "clean").write_bytes(os.urandom(300_000))
    search = looked(Place("here", tmp_path, own=own), wanted)

    assert {one.removeprefix("here: ") for one in search.left} == set(every)
    assert search.files == len(every) + 1


def test_what_lies_across_two_pieces_of_a_large_file_is_found(tmp_path: Path, wanted: Sought) -> None:
    (tmp_path / "large").write_bytes(bytes((1 << 20) - 9) + NAME.encode("utf-16-le") + bytes(100))

    assert looked(Place("here", tmp_path), wanted).left == ["here: large"]


def test_a_file_named_after_somebody_is_told_without_its_name(tmp_path: Path, wanted: Sought) -> None:
    (tmp_path / f"{NUMBER}.pdf").write_bytes(NAME.encode())
    left = looked(Place("here", tmp_path), wanted).left

    assert left == ["here: a file's name", "here: …"]


def test_only_a_demonstrations_papers_cards_and_platform_are_passed_over(tmp_path: Path, wanted: Sought) -> None:
    for name in ("papers", "sim", "platform", "log"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "left").write_text(NAME)
    real = Search()
    real.look_at_files(Place("data", tmp_path, own=True), wanted, demo=False)

    assert looked(Place("data", tmp_path, own=True), wanted).left == ["data: log/left"]
    assert len(real.left) == 4


_XDG = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


def test_what_lies_in_any_folder_a_program_may_write_in_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in _XDG:
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "data").mkdir()
    found, word = places(tmp_path / "data"), secrets.token_hex(8)
    shared = ["/var/tmp", "/dev/shm"]  # noqa: S108 -- real ones: what is laid there goes again
    left: list[str] = []
    for place in found:
        if place.path.is_relative_to(tmp_path):
            place.path.mkdir(exist_ok=True)
        elif str(place.path) not in shared:
            continue
        laid = place.path / f"jinban-test-{os.getpid()}"
        laid.write_text(f"…{word}…", encoding="utf-16-le")
        search = Search()
        search.look_at_files(place, sought([word]), demo=False, since=time.time() - 60)
        laid.unlink()
        left += search.left

    assert found[0] == Place("data", tmp_path / "data", own=True)
    assert len({place.path for place in found}) == len(found)
    assert {place.name for place in found} >= {"/tmp", "/var/spool/cups", "/var/crash"}  # noqa: S108 -- same
    assert left == [f"{name}: {laid.name}" for name in ("data", "temporary", *_XDG, *shared)]


def test_root_looks_for_what_the_terminals_user_left_and_not_for_its_own(
    tmp_path: Path, wanted: Sought, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "of root"))
    user = os.getuid()
    (tmp_path / "left").write_bytes(NAME.encode())
    monkeypatch.setattr(os, "getuid", lambda: user + 1)

    found = places(tmp_path)
    assert {place.user for place in found} == {user}
    assert tmp_path / "of root" not in [place.path for place in found]
    assert looked(Place("elsewhere", tmp_path, user=user), wanted).left == ["elsewhere: left"]
    assert looked(Place("elsewhere", tmp_path, user=user + 1), wanted).left == []


def test_what_a_process_shares_in_memory_is_found_open_or_only_mapped(tmp_path: Path, wanted: Sought) -> None:
    program = (
        "import mmap, os, sys\n"
        "fd = os.memfd_create('page'); os.write(fd, bytes.fromhex(sys.argv[2]))\n"
        "kept = mmap.mmap(fd, 0)\n"
        "if sys.argv[3] == 'closed': os.close(fd)\n"
        "print('ready', flush=True); sys.stdin.read()\n"
    )
    told = []
    for how, data in (("open", NAME.encode("gbk")), ("closed", NUMBER.encode()), ("open", b"nobody")):
        named = {"KIOSK_DATA": str(tmp_path)} if how == "open" else {}  # a service says it so
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                program,
                "" if named else f"--data={tmp_path}",
                data.ljust(mmap.PAGESIZE).hex(),
                how,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | named,
        )
        assert process.stdout is not None
        process.stdout.readline()
        search = Search()
        search.look_at_processes(tmp_path, wanted)
        process.communicate(b"")
        told.append((search.processes, [one for one in search.left if "shared" in one], search.unread))

    assert [(count, len(left), unread) for count, left, unread in told] == [(1, 1, []), (1, 1, []), (1, 0, [])]


def test_a_process_whose_crash_would_be_written_down_is_told() -> None:
    """Where a program takes crashes the limit alone does not count; of root's processes no more can be told."""
    told = []
    for limit in ("4096", "0"):
        program = f"import resource as r; r.setrlimit(r.RLIMIT_CORE, ({limit}, {limit})); print(1, flush=True); input()"
        process = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        told.append(leaves_an_image(process.pid))
        process.communicate(b"\n")

    assert told == [True, os.geteuid() != 0]


@pytest.mark.parametrize(
    "start",
    [
        "import runpy; runpy.run_module('kiosk.papers', run_name='__main__')",
        "import sys; sys.argv = ['kiosk', '--version']; import kiosk.cli as c; c.main()",
        "import sys; sys.argv = ['central', 'terminals', 'list', '--data', 'none']; import central.cli as c; c.main()",
        "import devices.settled as s; s.settle()",
    ],
    ids=["press", "every command of kiosk", "every command of central", "drivers"],
)
def test_no_crash_of_ours_is_written_down(start: str) -> None:
    """Each process says itself how it stands once it has begun: the limit, and the mark the kernel goes by."""
    program = f"""
try:
    {start}
except SystemExit:
    pass
import ctypes, resource
print("stands", resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    done = subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True, check=True)

    assert done.stdout.decode().splitlines()[-1] == "stands (0, 0) 0"


def test_what_stands_in_the_opened_database_is_found(tmp_path: Path, wanted: Sought) -> None:
    with open_store(tmp_path / "data", create=True) as store:
        clean, search = Search(), Search()
        clean.look_at_database(store, wanted)
        store.journal.append("case.shown", NAME, "somebody")
        search.look_at_database(store, wanted)

    assert clean.left == []
    assert clean.values > 0
    assert search.left == ["database: journal.subject"]
