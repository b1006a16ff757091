"""The key in a TPM 2, against a software one over its socket: the same commands that a board's chip is given."""

import json
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import kiosk
from kiosk.failure import Failure, KioskError
from local_db import tpmkey
from local_db.keys import FileKey, Standing, TpmKey, key_text, provider_for
from local_db.store import open_store
from local_db.tpm.chip import OWNER, Chip
from local_db.tpm.line import TpmLine
from tests.local_db.making import SetClock, enrol
from tests.stacks.swtpm import SoftTpm, listening


@pytest.fixture
def chip(tmp_path: Path) -> Iterator[SoftTpm]:
    soft = SoftTpm(tmp_path / "tpm")
    yield soft
    soft.switch_off()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def failure_of(provider: TpmKey) -> Failure:
    with pytest.raises(KioskError) as refused:
        provider.key()
    return refused.value.failure


def test_a_terminal_whose_key_is_in_the_chip_opens_again_after_the_power_was_off(chip: SoftTpm, data: Path) -> None:
    made = TpmKey(data, chip.socket)
    with open_store(data, create=True, clock=SetClock(), provider=made) as store:
        enrol(store)
        store.settings.put("a", b"b")
    chip.switch_off()
    chip.switch_on()

    provider = provider_for(data, {})
    with open_store(data, clock=SetClock()) as store:
        assert store.settings.get("a") == b"b"
    assert (provider.name, provider.standing) == ("tpm", Standing.GREEN)
    assert not (data / "key").exists()
    assert stat.S_IMODE((data / tpmkey.FILE_NAME).stat().st_mode) == 0o600
    assert provider.create() == provider.key(), "the one that is there stays"


def test_the_file_holds_nothing_that_opens_without_the_chip(chip: SoftTpm, data: Path) -> None:
    key = TpmKey(data, chip.socket).create()
    text = (data / tpmkey.FILE_NAME).read_bytes()

    assert key not in text
    assert key.hex().encode() not in text
    assert set(json.loads(text)) == {"tpm", "owner", "endorsement", "public", "private"}


def test_who_listens_between_processor_and_chip_hears_no_key(chip: SoftTpm, data: Path, tmp_path: Path) -> None:
    with listening(chip, tmp_path / "wire") as heard:
        provider = TpmKey(data, tmp_path / "wire")
        key = provider.create()
        assert provider.key() == key
    assert len(heard) > 20
    assert not [message for message in heard if key in message]
    assert [message for message in heard if b"\x00\x00\x01\x5e" in message[:10]], "it was unsealed on this wire"


def test_an_answer_that_was_changed_on_the_way_is_refused(chip: SoftTpm, data: Path) -> None:
    provider = TpmKey(data, chip.socket)
    provider.create()
    sealed = json.loads((data / tpmkey.FILE_NAME).read_text())
    public, private = (bytes.fromhex(sealed[name]) for name in ("public", "private"))
    with TpmLine(chip.socket) as line:
        asked = line.ask

        def bent(command: bytes) -> tuple[int, bytes]:
            code, rest = asked(command)
            unsealing = command[6:10] == b"\x00\x00\x01\x5e"
            return code, rest[:10] + bytes([rest[10] ^ 1]) + rest[11:] if unsealing else rest

        line.ask = bent  # type: ignore[method-assign]
        with pytest.raises(KioskError) as refused, Chip(line).storage(OWNER) as owner:
            Chip(line).unseal(owner, public, private)
    assert (refused.value.failure, refused.value.info["reason"]) == (Failure.TPM_REFUSED, "proof")


def test_an_answer_that_is_cut_is_refused_by_name(data: Path, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "cut"))
        server.listen()

        def answer_nothing() -> None:
            asking, _ = server.accept()
            with asking:
                while asking.recv(4096):
                    asking.sendall(bytes.fromhex("80010000000a00000000"))

        answering = threading.Thread(target=answer_nothing)
        answering.start()
        with pytest.raises(KioskError) as refused:
            TpmKey(data, tmp_path / "cut").create()
        answering.join(10)
    assert (refused.value.failure, refused.value.info["reason"]) == (Failure.TPM_REFUSED, "answer")
    assert not (data / tpmkey.FILE_NAME).exists()


def test_nothing_stays_loaded_in_the_chip(chip: SoftTpm, data: Path) -> None:
    provider = TpmKey(data, chip.socket)
    provider.create()
    for _ in range(5):
        provider.key()
    assert chip.slots_taken() == 0


def test_a_disk_put_into_another_machine_says_so(chip: SoftTpm, data: Path, tmp_path: Path) -> None:
    TpmKey(data, chip.socket).create()
    chip.switch_off()
    other = SoftTpm(tmp_path / "other")
    _say_where(data, other.socket)
    try:
        assert failure_of(TpmKey(data)) is Failure.TPM_OTHER
        assert other.slots_taken() == 0
    finally:
        other.switch_off()


def test_a_chip_that_was_cleared_says_so(chip: SoftTpm, data: Path) -> None:
    TpmKey(data, chip.socket).create()
    chip.clear()

    assert failure_of(TpmKey(data)) is Failure.TPM_CLEARED


def test_parts_of_another_key_are_not_taken_for_this_one(chip: SoftTpm, data: Path, tmp_path: Path) -> None:
    TpmKey(data, chip.socket).create()
    other = SoftTpm(tmp_path / "other")
    (tmp_path / "elsewhere").mkdir()
    TpmKey(tmp_path / "elsewhere", other.socket).create()
    other.switch_off()
    mine, theirs = (json.loads((folder / "key.tpm").read_text()) for folder in (data, tmp_path / "elsewhere"))
    (data / "key.tpm").write_text(json.dumps({**mine, "public": theirs["public"], "private": theirs["private"]}))

    assert failure_of(TpmKey(data)) is Failure.TPM_OTHER


def test_no_chip_and_a_busy_one_are_told_apart(chip: SoftTpm, data: Path) -> None:
    TpmKey(data, chip.socket).create()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as holding:
        holding.connect(str(chip.socket))
        assert failure_of(TpmKey(data, patience=0.3)) is Failure.TPM_BUSY
    chip.switch_off()
    assert failure_of(TpmKey(data)) is Failure.TPM_ABSENT


def test_an_owner_hierarchy_with_a_password_is_told_with_the_chips_own_code(chip: SoftTpm, data: Path) -> None:
    TpmKey(data, chip.socket).create()
    chip.owner_password(b"somebody")
    with pytest.raises(KioskError) as refused:
        TpmKey(data).key()
    assert refused.value.failure is Failure.TPM_REFUSED
    assert refused.value.info["command"] == "0x131"


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"tpm": 1}'])
def test_a_damaged_file_is_not_taken_for_a_key(data: Path, text: str) -> None:
    (data / tpmkey.FILE_NAME).write_text(text)
    (data / tpmkey.FILE_NAME).chmod(0o600)
    assert failure_of(TpmKey(data)) is Failure.KEY_ABSENT
    (data / tpmkey.FILE_NAME).chmod(0o644)
    assert failure_of(TpmKey(data)) is Failure.KEY_EXPOSED


def test_a_terminal_moves_its_key_from_the_file_into_the_chip(chip: SoftTpm, data: Path) -> None:
    with open_store(data, create=True, clock=SetClock()) as store:
        enrol(store)
    key = FileKey(data).key()

    moved = CliRunner().invoke(kiosk, ["key", "to-tpm", "--data", str(data), "--tpm", str(chip.socket), "--json"])

    assert moved.exit_code == 0, moved.output
    assert json.loads(moved.stdout) == {"ok": True, "provider": "tpm"}
    assert not (data / "key").exists()
    assert provider_for(data, {}).key() == key
    with open_store(data) as store:
        assert ("key.moved", "tpm") in {(entry.act, entry.subject) for entry in store.journal.entries()}
    findings = json.loads(CliRunner().invoke(kiosk, ["doctor", "--data", str(data), "--json"]).stdout)["findings"]
    line = next(one for one in findings if one["name"] == "key")
    assert line["health"] == "well"
    assert "TPM" in line["state"]


def test_a_move_broken_off_between_chip_and_file_leaves_the_key_usable_and_is_finished_later(
    chip: SoftTpm, data: Path
) -> None:
    open_store(data, create=True, clock=SetClock()).close()
    key = FileKey(data).key()
    TpmKey(data, chip.socket).keep(key)  # the power went before the file was deleted

    findings = json.loads(CliRunner().invoke(kiosk, ["doctor", "--data", str(data), "--json"]).stdout)["findings"]
    assert next(one for one in findings if one["name"] == "key")["health"] == "amber"
    assert CliRunner().invoke(kiosk, ["key", "to-tpm", "--data", str(data)]).exit_code == 0
    assert not (data / "key").exists()
    assert provider_for(data, {}).key() == key


def test_a_cleared_chip_is_given_the_key_again_from_a_rescued_file(chip: SoftTpm, data: Path) -> None:
    open_store(data, create=True, clock=SetClock(), provider=TpmKey(data, chip.socket)).close()
    key = TpmKey(data).key()
    chip.clear()
    (data / "key").write_bytes(key_text(key))  # what the platform's rescue key gave back
    (data / "key").chmod(0o600)

    assert CliRunner().invoke(kiosk, ["key", "to-tpm", "--data", str(data)]).exit_code == 0
    assert provider_for(data, {}).key() == key
    with open_store(data, clock=SetClock()):
        pass


def test_a_wrong_file_is_never_sealed_over_the_right_key(chip: SoftTpm, data: Path) -> None:
    open_store(data, create=True, clock=SetClock(), provider=TpmKey(data, chip.socket)).close()
    before = (data / tpmkey.FILE_NAME).read_bytes()
    (data / "key").write_bytes(key_text(bytes(range(32))))
    (data / "key").chmod(0o600)

    refused = CliRunner().invoke(kiosk, ["key", "to-tpm", "--data", str(data)])

    assert refused.exit_code != 0
    assert (data / tpmkey.FILE_NAME).read_bytes() == before
    assert (data / "key").exists()


def test_a_key_in_the_chip_is_renewed_in_the_chip(chip: SoftTpm, data: Path) -> None:
    with open_store(data, create=True, clock=SetClock(), provider=TpmKey(data, chip.socket)) as store:
        enrol(store)
        store.settings.put("a", b"b")
    before = TpmKey(data).key()

    renewed = CliRunner().invoke(kiosk, ["key", "renew", "--data", str(data), "--json"])

    assert json.loads(renewed.stdout) == {"ok": True, "provider": "tpm"}
    assert TpmKey(data).key() != before
    assert {path.name for path in data.iterdir()} >= {"key.tpm"}
    assert not (data / "key").exists()
    with open_store(data) as store:
        assert store.settings.get("a") == b"b"


def _say_where(data: Path, socket_path: Path) -> None:
    sealed = json.loads((data / tpmkey.FILE_NAME).read_text())
    (data / tpmkey.FILE_NAME).write_text(json.dumps({**sealed, "tpm": str(socket_path)}))
