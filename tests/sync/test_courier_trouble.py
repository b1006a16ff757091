"""Sticks that are torn, full, strange, tampered with or prepared by somebody: nothing is lost, nothing believed."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central.courier.registering import register
from central.courier.taking import take_folder
from central.office import Office, open_office
from kiosk.failure import KioskError
from sync.courier import giving, taking
from sync.wire.stick.medium import Stick, blob_place
from tests.sync.courier import Courier, files
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal

Tear = Callable[[bytes], bytes | None]
TEARS: dict[str, Tear] = {
    "nothing of it": lambda _: b"",
    "its first byte": lambda data: data[:1],
    "its first half": lambda data: data[: len(data) // 2],
    "all but its last byte": lambda data: data[:-1],
    "zeros": lambda data: bytes(len(data)),
    "no name": lambda _: None,
}


@pytest.fixture
def courier(platform: Platform, tmp_path: Path) -> Courier:
    return Courier(platform, tmp_path)


@pytest.fixture
def office(platform: Platform) -> Iterator[Office]:
    with platform.office() as opened:
        yield opened


@contextmanager
def torn(path: Path, tear: Tear) -> Iterator[None]:
    whole = path.read_bytes()
    left = tear(whole)
    if left is None:
        path.unlink()
    else:
        path.write_bytes(left)
    yield
    if left is None:
        path.write_bytes(whole)


def test_a_torn_stick_loses_nothing_on_its_way_up(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier, office: Office
) -> None:
    stick = courier.stick()
    name = f"{terminal.name}a".lower()
    whole = 0
    for tear in TEARS.values():
        for place in ("up.jbi", "up", "blobs"):
            case = take(terminal.store, 3_000, index=whole + 1)
            giving.export(terminal.store, terminal.clock, Stick(stick))
            blob = Path(stick, "jinban", *blob_place(name, bytes.fromhex(case.digests[0])))
            path = {"up.jbi": stick / "jinban" / name / place, "blobs": blob}.get(place) or files(stick, name, place)[0]
            with torn(path, tear):
                brought = take_folder(office, Stick(stick), name)
            assert brought.complete == (whole if place == "blobs" else 0)
            assert (case.number in platform.numbers(terminal.name)) == (place == "blobs")
            giving.export(terminal.store, terminal.clock, Stick(stick))
            whole += 1
            assert take_folder(office, Stick(stick), name).complete == whole
    courier.central("export", stick)
    assert courier.take(data, stick)["settled"] == whole


def test_a_torn_stick_loses_nothing_on_its_way_back(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier
) -> None:
    stick = courier.stick()
    folder = stick / "jinban" / f"{terminal.name}a".lower()
    case = take(terminal.store, 3_000)
    courier.export(data, stick)
    courier.central("import", stick)
    platform.decide(case.number, 1, "accepted", b"paper")
    platform.publish(terminal.store.shelf.version() + 1)
    courier.central("export", stick)
    before = terminal.store.shelf.version()
    for path in (*files(stick, "catalog"), *files(stick, folder.name, "down"), folder / "down.jbi"):
        for tear in TEARS.values():
            damaged = courier.copy(stick, "damaged")
            with torn(damaged / path.relative_to(stick), tear):
                index = path.name == "down.jbi"
                told = courier.take(data, damaged, status=2 if index else 1)
                nothing = index and tear(b"ab") is None
            assert told["failure"] == ("courier.nothing_here" if nothing else "courier.torn")
            shutil.rmtree(damaged)
    assert terminal.store.shelf.version() == before + 1
    again = courier.take(data, stick)
    assert (again["failure"], again["pending"]) == (None, 0)
    assert terminal.store.cases.show(case.number).acceptance_no


def test_a_tampered_stick_changes_nothing(terminal: Terminal, data: Path, platform: Platform, courier: Courier) -> None:
    take(terminal.store, 3_000)
    stick = courier.stick()
    courier.export(data, stick)
    index = stick / "jinban" / f"{terminal.name}a".lower() / "up.jbi"
    genuine = index.read_bytes()
    index.write_bytes(genuine[:-70] + bytes([genuine[-70] ^ 1]) + genuine[-69:])
    (brought,) = courier.central("import", stick, status=1)["terminals"]
    assert brought["failure"] in ("courier.not_genuine", "courier.torn")
    index.write_bytes(genuine)
    courier.central("export", stick)
    down = index.with_name("down.jbi")
    down.write_bytes(down.read_bytes()[:-70] + bytes([down.read_bytes()[-70] ^ 1]) + down.read_bytes()[-69:])
    assert courier.take(data, stick, status=2)["failure"] in ("courier.not_genuine", "courier.torn")
    # another terminal's folder under this one's name
    other = stick / "jinban" / "t00000a"
    shutil.copytree(index.parent, other)
    brought = {one["folder"]: one["failure"] for one in courier.central("import", stick, status=1)["terminals"]}
    assert brought["t00000a"] == "courier.not_genuine"
    assert terminal.store.outbox.counts()[0] == 1
    assert len(platform.numbers(terminal.name)) == 1


def test_only_a_registered_stick_of_this_platform_and_township_carries(
    terminal: Terminal, data: Path, courier: Courier, tmp_path: Path
) -> None:
    take(terminal.store)
    plain = tmp_path / "plain"
    plain.mkdir()
    assert courier.export(data, plain, status=2)["failure"] == "courier.unregistered"
    assert courier.take(data, plain, status=2)["failure"] == "courier.unregistered"
    assert courier.central("import", plain, status=2)["failure"] == "courier.unregistered"
    assert not list(plain.iterdir())
    assert courier.export(data, tmp_path / "absent", status=2)["failure"] == "courier.unreadable"
    with open_office(tmp_path / "elsewhere", found=True) as office:
        register(office, Stick(plain), "X-1", "", actor="test")
    assert courier.export(data, plain, status=2)["failure"] == "courier.foreign"
    assert courier.central("import", plain, status=2)["failure"] == "courier.foreign"
    label = plain / "jinban" / "label.jbl"
    label.write_bytes(label.read_bytes()[:-1] + b"?")
    serial = courier.register(plain, "J-9", "512022104")["serial"]
    assert courier.export(data, plain, status=2)["failure"] == "courier.foreign"
    assert courier.register(plain, "J-9")["serial"] == serial
    assert courier.export(data, plain)["name"] == "J-9"


def test_an_export_of_an_earlier_enrolment_is_told_as_such(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier
) -> None:
    take(terminal.store, 2_000)
    stick = courier.stick()
    courier.export(data, stick)
    platform.revoke(terminal.name)
    (brought,) = courier.central("import", stick, status=1)["terminals"]
    assert brought["failure"] == "link.terminal_revoked"
    assert not platform.numbers(terminal.name)


def test_a_prepared_stick_leads_nobody_out_of_it(
    terminal: Terminal, data: Path, courier: Courier, tmp_path: Path
) -> None:
    take(terminal.store, 2_000)
    stick = courier.stick()
    folder = stick / "jinban" / f"{terminal.name}a".lower()
    precious = tmp_path / "precious"
    precious.write_text("mine")
    folder.mkdir()
    (folder / "up.new").symlink_to(precious)
    assert courier.export(data, stick, status=2)["failure"] == "courier.unreadable"
    (folder / "up.new").unlink()
    os.mkfifo(folder / "up.jbi")
    assert courier.export(data, stick, status=2)["failure"] == "courier.unreadable"
    assert courier.central("import", stick, status=2)["failure"] == "courier.unreadable"
    (folder / "up.jbi").unlink()
    folder.rmdir()
    (tmp_path / "outside").mkdir()
    folder.symlink_to(tmp_path / "outside")
    assert courier.export(data, stick, status=2)["failure"] == "courier.unreadable"
    assert precious.read_text() == "mine"
    assert not list((tmp_path / "outside").iterdir())


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A medium of 400 KiB."""
    mounted = tmp_path / "tiny"
    mounted.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", mounted], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("may not mount a file system here")
    yield mounted
    subprocess.run(["umount", "-l", mounted], check=True)


def test_a_full_stick_carries_all_forms_and_as_many_whole_cases_as_fit(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier, tiny: Path
) -> None:
    courier.register(tiny)
    for index, size in enumerate((150_000, 250_000, 90_000, 200_000), 1):
        take(terminal.store, size, 1_000, index=index)
    told = courier.export(data, tiny, status=3)
    assert (told["whole"], told["forms_only"], told["left"], told["failure"]) == (2, 2, 0, "courier.full")
    (brought,) = courier.central("import", tiny)["terminals"]
    assert (brought["complete"], brought["waiting"], brought["torn"]) == (2, 2, 0)
    assert len(platform.numbers(terminal.name)) == 4
    assert courier.central("export", tiny)["did_not_fit"] == []
    assert courier.take(data, tiny)["settled"] == 2
    assert courier.export(data, tiny, status=3)["whole"] == 1
    courier.central("export", tiny)
    assert courier.take(data, tiny)["settled"] == 1
    assert courier.there_and_back(data, tiny)["pending"] == 0


def test_a_stick_without_space_for_one_form_keeps_what_it_has(
    terminal: Terminal, data: Path, courier: Courier, tiny: Path
) -> None:
    courier.register(tiny)
    take(terminal.store, 1_000)
    courier.export(data, tiny)
    held = {path: path.read_bytes() for path in tiny.rglob("*.jb*")}
    filler = fill(tiny)
    take(terminal.store, 1_000, index=2)
    assert courier.export(data, tiny, status=2)["failure"] == "courier.full"
    assert {path: path.read_bytes() for path in tiny.rglob("*.jb*")} == held
    filler.unlink()
    assert courier.there_and_back(data, tiny)["pending"] == 0


def test_a_stick_without_space_for_the_answers_says_for_whom(
    terminal: Terminal, data: Path, courier: Courier, tiny: Path
) -> None:
    courier.register(tiny)
    take(terminal.store, 1_000)
    courier.export(data, tiny)
    filler = fill(tiny)
    held = sorted(tiny.rglob("*"))
    assert courier.central("export", tiny, status=1)["did_not_fit"] == [terminal.name]
    assert [path for path in sorted(tiny.rglob("*")) if path.is_file()] == [path for path in held if path.is_file()]
    filler.unlink()
    courier.central("export", tiny)
    assert courier.take(data, tiny)["pending"] == 0


def fill(medium: Path) -> Path:
    """Use up what space there is; the file that does."""
    filler = medium / "holiday.mov"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))
    return filler


def test_a_driver_that_flushes_no_folder_alone_still_carries(
    terminal: Terminal, data: Path, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, whole = os.fsync, []

    def only_files(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_dir() and "jinban" in path.parts:
            raise OSError(errno.EINVAL, "no folder")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    monkeypatch.setattr(os, "sync", lambda: whole.append(1))
    take(terminal.store, 3_000)
    assert courier.there_and_back(data, courier.stick())["pending"] == 0
    assert whole, "then everything is flushed"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_bytes_lie_on_a_stick_both_sides_stay_well(
    fuzzed: Path, terminal: Terminal, office: Office, data: st.DataObject
) -> None:
    sample = fuzzed
    stick = sample.with_name("mutant")
    shutil.rmtree(stick, ignore_errors=True)
    shutil.copytree(sample, stick)
    paths = sorted(path for path in stick.rglob("*") if path.is_file())
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(paths))
        whole = bytearray(path.read_bytes())
        if data.draw(st.booleans()) and whole:
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
        else:
            start = data.draw(st.integers(0, len(whole)))
            whole[start : start + data.draw(st.integers(0, 64))] = data.draw(st.binary(max_size=64))
        path.write_bytes(whole)
    with suppress_named():
        taking.take(terminal.store, Stick(stick))
    assert terminal.store.outbox.counts()[1] == 0
    with suppress_named():
        for folder in Stick(stick).terminals():
            take_folder(office, Stick(stick), folder)


@contextmanager
def suppress_named() -> Iterator[None]:
    """Let pass what has a name; anything else is a bug."""
    with suppress(KioskError):
        yield


@pytest.fixture
def fuzzed(terminal: Terminal, platform: Platform, courier: Courier) -> Path:
    """A stick that brings a case up, and its answers, a decision and a catalogue back."""
    case = take(terminal.store, 2_000)
    stick = courier.stick("sample")
    courier.export(terminal.data, stick)
    courier.central("import", stick)
    platform.decide(case.number, 1, "accepted")
    platform.publish(terminal.store.shelf.version() + 1)
    courier.central("export", stick)
    return stick
