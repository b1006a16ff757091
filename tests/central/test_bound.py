"""Every material as one document, for systems that take no more than that."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from central.bound import bind_materials
from kiosk.cli.samples import sample_page
from sync.wire.messages import BlobEntry
from tests.central.conftest import Platform
from tests.central.terminal import Terminal, child


@pytest.fixture
def platform(founded: Callable[[str], Platform]) -> Iterator[Platform]:
    """One that holds nobody else's cases: what is handed out is told of all of them together."""
    running = founded("bound").start()
    yield running
    running.stop()


def pages_of(path: Path) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [page.get_size() for page in document]
    finally:
        document.close()


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG", dpi=(100, 100))
    return out.getvalue()


def test_an_officer_gets_one_document_of_every_material_in_the_order_of_its_pages(
    platform: Platform, terminal: Terminal, tmp_path: Path
) -> None:
    pages = [
        terminal.page(picture(200, 100), index=0),
        terminal.page(picture(300, 100), index=1),
        terminal.page(sample_page().read_bytes(), material="hukou", member="m1"),
    ]
    filed = terminal.file(pages, draft=terminal.draft(pages, members=(child(),)))
    terminal.exchange(filed.event)
    terminal.upload(*pages)
    folder = tmp_path / "out" / filed.event.number

    assert platform.ask("export", str(tmp_path / "out"))["files"] == 3
    assert not (folder / "bound").exists()
    told = platform.ask("export", str(tmp_path / "out"), "--bound")
    assert (told["files"], told["incomplete"]) == (3, [])
    assert sorted(path.name for path in (folder / "bound").iterdir()) == ["hukou-m1.pdf", "idcard.pdf"]
    assert pages_of(folder / "bound" / "idcard.pdf") == [(144, 72), (216, 72)]
    assert sample_page().read_bytes() in (folder / "bound" / "hukou-m1.pdf").read_bytes(), "not a byte was touched"
    assert (folder / "idcard-01.jpg").read_bytes() == pages[0].plain


def test_a_document_is_never_made_with_a_page_missing_and_says_when_it_cannot_be_made(
    platform: Platform, terminal: Terminal, tmp_path: Path
) -> None:
    pages = [
        terminal.page(picture(200, 100), index=0),
        terminal.page(picture(300, 100), index=1),
        terminal.page(b"\xff\xd8\xff no picture \xff\xd9", material="proof"),
    ]
    filed = terminal.file(pages)
    terminal.exchange(filed.event)
    terminal.upload(pages[0], pages[2])
    told = platform.ask("export", str(tmp_path / "out"), "--bound", status=1)

    assert told["incomplete"] == [{"submission_no": filed.event.number, "missing": 1, "unbound": 1, "failure": None}]
    assert not (tmp_path / "out" / filed.event.number / "bound").exists()
    terminal.upload(pages[1])
    platform.ask("export", str(tmp_path / "out"), "--bound", status=1)
    assert [path.name for path in (tmp_path / "out" / filed.event.number / "bound").iterdir()] == ["idcard.pdf"]


@pytest.mark.parametrize("turned", [False, True])
def test_two_materials_of_one_name_do_not_end_in_one_document(tmp_path: Path, *, turned: bool) -> None:
    files = [
        ("a-b-01.jpg", BlobEntry("a", 0, bytes(32), 1, "jpg", b"", "b")),
        ("a-b-02.jpg", BlobEntry("a-b", 0, bytes(32), 1, "jpg", b"")),
    ]
    for name, _ in files:
        (tmp_path / name).write_bytes(picture(200, 100))
    assert bind_materials(tmp_path, reversed(files) if turned else files, ()) == 0
    assert sorted(path.name for path in (tmp_path / "bound").iterdir()) == ["a-b.pdf", "a-b~2.pdf"]
    assert all(len(pages_of(path)) == 1 for path in (tmp_path / "bound").iterdir())
