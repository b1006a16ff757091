import shutil
from importlib.resources import files
from pathlib import Path

import pypdfium2
import pytest

from central import board, publishing
from central.office import open_office
from kiosk.catalogue.difference import read_difference
from kiosk.catalogue.package import read_package
from kiosk.model.board import Topic
from sync.wire.messages import CatalogueHead
from sync.wire.records import read_record
from tests.central.conftest import Platform
from tests.central.terminal import Terminal

SAMPLES = Path(str(files("central") / "samples"))


def test_a_new_platform_publishes_the_samples_and_terminals_fetch_each_later_version(tmp_path: Path) -> None:
    platform = Platform(tmp_path / "central").start()
    terminal = platform.enrolled()
    answer = terminal.changes(catalogue=0)
    assert answer.head is not None
    assert answer.package is not None
    head = read_record(answer.head, "catalogue", CatalogueHead, terminal.statement.record_key)
    first = read_package(answer.package, terminal.statement.record_key)
    assert (head.version, head.digest.hex(), head.items) == (1, first.head.digest, len(first.lines))
    assert len(first.entries) >= 14

    assert platform.ask("catalogue", "publish", str(SAMPLES)) == {"version": 1, "changed": False}
    edited = tmp_path / "edited"
    shutil.copytree(SAMPLES, edited)
    next((edited / "items").glob("17-*.json")).unlink()
    assert platform.ask("catalogue", "publish", str(edited)) == {"version": 2, "changed": True}
    assert terminal.changes(catalogue=2).package is None
    newer = terminal.changes(catalogue=1).package
    assert newer is not None, "who does not say what it holds gets the whole"
    differing = terminal.changes(catalogue=1, held=bytes.fromhex(first.head.digest))
    assert differing.package is None
    assert differing.difference is not None
    assert len(read_difference(differing.difference).gone) == 1
    assert len(differing.difference) < 2_000
    assert terminal.changes(catalogue=1, held=bytes(32)).package is not None, "another catalogue than was published"
    assert len(read_package(newer, terminal.statement.record_key).entries) == len(first.entries) - 1
    assert platform.ask("enroll")["terminal"] == "T00002"
    platform.stop()


def test_a_faulty_catalogue_is_not_published(tmp_path: Path) -> None:
    open_office(tmp_path / "central", found=True).close()
    broken = tmp_path / "broken"
    shutil.copytree(SAMPLES, broken)
    item = next((broken / "items").glob("01-*.json"))
    item.write_text(item.read_text(encoding="utf-8").replace('"code"', '"kode"', 1), encoding="utf-8")
    platform = Platform(tmp_path / "central")
    said = platform.ask("catalogue", "publish", str(broken), status=2)
    assert said["failure"] == "catalogue.broken"
    office = platform.office()
    assert office.catalogues.version() == 0
    office.close()


def test_a_catalogue_no_terminal_could_take_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_office(tmp_path / "central", found=True).close()
    platform = Platform(tmp_path / "central")
    monkeypatch.setattr(publishing, "MOST_PACKAGE_BYTES", 1000)
    said = platform.ask("catalogue", "publish", str(SAMPLES), status=2)
    assert said["failure"] == "catalogue.broken"
    with platform.office() as office:
        assert office.catalogues.version() == 0


def _text(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_the_three_papers_say_what_was_decided(platform: Platform, terminal: Terminal) -> None:
    filed = [terminal.file() for _ in range(3)]
    terminal.exchange(*(one.event for one in filed))
    numbers = [one.event.number for one in filed]
    accepted = platform.ask("decide", numbers[0], "accept", "--officer", "测试窗口")
    platform.ask("decide", numbers[1], "refuse", "--reason", "r-income")
    platform.ask("decide", numbers[2], "correct", "--material", "proof", "--note", "请写明住院日期")
    texts = [_text(body.paper or b"") for body in terminal.decisions()]
    expected = [
        ("受理通知书", accepted["acceptance_no"], numbers[0], "测试窗口", "5 个工作日", "政务服务热线 12345"),
        ("不予受理通知书", numbers[1], "家庭收入超过当地标准", "行政复议", "行政诉讼"),
        ("补正告知书", numbers[2], "困难情况证明", "请写明住院日期", "0990-1234567"),
    ]
    for text, parts in zip(texts, expected, strict=True):
        plain = "".join(text.split())
        for part in parts:
            assert "".join(part.split()) in plain, (part, plain)


def test_papers_name_the_number_to_call_that_was_posted_for_their_terminal(
    platform: Platform, terminal: Terminal
) -> None:
    with platform.office() as office:
        board.post(office, Topic.SETTINGS, "all", {"point": {"hotline": "0000-1111111"}}, actor="test")
        everywhere = board.hotline(office, terminal.name)
        board.withdraw(office, Topic.SETTINGS, "all", actor="test")
        of_one = {"point": {"hotline": "0000-2222222"}}
        board.post(office, Topic.SETTINGS, terminal.name, of_one, actor="test", terminal=terminal.name)
    filed = terminal.file()
    terminal.exchange(filed.event)
    platform.ask("decide", filed.event.number, "accept")
    (paper,) = [body.paper for body in terminal.decisions() if body.number == filed.event.number]

    assert everywhere == "0000-1111111"
    assert "政务服务热线 0000-2222222" in _text(paper or b"")
