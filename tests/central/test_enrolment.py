import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from central import fleet
from central.office import open_office
from kiosk import enrolment
from kiosk.failure import KioskError
from kiosk.seal import keys, signing
from kiosk.seal.statements import read_device_statement
from sync.wire.coding import encode
from sync.wire.messages import EnrolRequest
from tests.central.conftest import Platform
from tests.central.terminal import RefusedError, Terminal, answered, ask


def _post_secret(url: str, secret: str) -> None:
    request = EnrolRequest(
        secret, signing.public_of(signing.new_signing_key()), keys.sealing_public(keys.new_sealing_key())
    )
    answered(*ask(url, "POST", "/v1/enrol", encode(request), {}))


def test_a_code_makes_a_terminal_whose_key_the_root_vouches_for(platform: Platform) -> None:
    made = platform.ask("enroll", "--point", "演示服务点", "--region", "990101001000")
    terminal = Terminal.enrol(platform.url, made["code"])
    assert terminal.name == made["terminal"]
    assert (terminal.answer.epoch, terminal.answer.point_name, terminal.answer.region12) == (
        "A",
        "演示服务点",
        "990101001000",
    )
    stated = read_device_statement(terminal.answer.root, terminal.answer.device_statement)
    assert (stated.terminal, stated.epoch, stated.device_key) == (
        terminal.name,
        "A",
        signing.public_of(terminal.device),
    )


def test_a_code_works_once_and_only_its_first_device_may_ask_again(platform: Platform) -> None:
    code = platform.ask("enroll")["code"]
    terminal = Terminal.enrol(platform.url, code)
    again = Terminal.enrol(platform.url, code, terminal.device, terminal.sealing)
    assert again.answer == terminal.answer
    with pytest.raises(RefusedError) as refused:
        Terminal.enrol(platform.url, code)
    assert (refused.value.status, refused.value.refusal.failure) == (403, "enrolment.code_refused")


def test_five_wrong_tries_spend_a_code_and_no_other(platform: Platform) -> None:
    attacked, other = platform.ask("enroll"), platform.ask("enroll")
    secret = enrolment.parse(attacked["code"]).secret
    wrong = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for _ in range(5):
        with pytest.raises(RefusedError):
            _post_secret(platform.url, wrong)
    with pytest.raises(RefusedError):
        Terminal.enrol(platform.url, attacked["code"])
    assert Terminal.enrol(platform.url, other["code"]).name == other["terminal"]


def test_tries_are_counted_even_when_they_come_all_at_once(platform: Platform) -> None:
    code = platform.ask("enroll")["code"]
    secret = enrolment.parse(code).secret
    wrong = secret[:-2] + ("00" if secret[-2:] != "00" else "11")
    refused: list[int] = []

    def attempt() -> None:
        try:
            _post_secret(platform.url, wrong)
        except RefusedError as error:
            refused.append(error.status)

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [403] * 8
    with pytest.raises(RefusedError):
        Terminal.enrol(platform.url, code)


def test_a_code_ends_after_two_hours(tmp_path: Path) -> None:
    with open_office(tmp_path / "central", found=True) as office:
        code = fleet.new_code(office, actor="test", point_name="p", region12="990101000000")
        late = replace(office, now=lambda: code.expires + timedelta(seconds=1))
        secret = enrolment.parse(code.text).secret
        with pytest.raises(KioskError) as refused:
            fleet.enrol(late, secret, bytes(32), bytes(32))
        assert refused.value.failure.code == "enrolment.code_refused"
        assert code.expires - office.now() > timedelta(hours=1, minutes=59)


def test_a_secret_lies_nowhere_in_the_database(tmp_path: Path) -> None:
    office = open_office(tmp_path / "central", found=True)
    code = fleet.new_code(office, actor="test", point_name="p", region12="990101000000")
    office.close()
    secret = enrolment.parse(code.text).secret.encode()
    held = b"".join(path.read_bytes() for path in (tmp_path / "central").glob("central.db*"))
    assert secret[4:] not in held
    assert len(held) > 4096


def test_enrolling_again_raises_the_epoch_and_silences_the_old_device(platform: Platform) -> None:
    first = platform.enrolled()
    second = Terminal.enrol(platform.url, platform.ask("enroll", "--terminal", first.name)["code"])
    assert (second.name, second.answer.epoch) == (first.name, "B")
    assert second.exchange().answers == ()
    with pytest.raises(RefusedError) as refused:
        first.exchange()
    assert (refused.value.status, refused.value.refusal.failure) == (401, "link.refused")
    old_number = first.file().event.number
    assert second.exchange(second.file(number=old_number).event).answers[0].outcome == "taken"


def test_a_revoked_terminal_is_told_so_until_it_is_enrolled_again(platform: Platform) -> None:
    terminal = platform.enrolled()
    platform.ask("terminals", "revoke", terminal.name)
    with pytest.raises(RefusedError) as refused:
        terminal.exchange(terminal.file().event)
    assert (refused.value.status, refused.value.refusal.failure) == (403, "link.terminal_revoked")
    back = Terminal.enrol(platform.url, platform.ask("enroll", "--terminal", terminal.name)["code"])
    assert back.exchange().answers == ()


def test_another_platform_is_recognised_before_the_secret_leaves(platform: Platform, tmp_path: Path) -> None:
    with open_office(tmp_path / "other", found=True) as other:
        code = fleet.new_code(other, actor="test", point_name="p", region12="990101000000")
    with pytest.raises(AssertionError):
        Terminal.enrol(platform.url, code.text)


def test_garbage_at_the_enrolment_door_is_refused_in_our_words(platform: Platform) -> None:
    for body, status in ((b"", 400), (b"\xff" * 100, 400), (b"x" * 5000, 413), (b"\x91" * 4000, 400)):
        with pytest.raises(RefusedError) as refused:
            answered(*ask(platform.url, "POST", "/v1/enrol", body, {}))
        assert refused.value.status == status


def test_keys_that_others_can_read_are_not_used(tmp_path: Path) -> None:
    open_office(tmp_path / "central", found=True).close()
    key = tmp_path / "central" / "keys" / "record"
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o644)
    with pytest.raises(KioskError) as refused:
        open_office(tmp_path / "central")
    assert refused.value.failure.code == "key.exposed"
