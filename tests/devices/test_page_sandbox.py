"""Files from phones and sticks: what may come in, what comes out, and what a decoder taken over can still do."""

import io
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from devices.page.confine import LAYERS
from devices.page.finished import FileLimits, FinishedPage, Wish
from devices.page.opened import _pictures
from devices.page.sandbox import decode, layers
from devices.page.workshop import Workshop
from kiosk.failure import Failure, KioskError
from tests.devices.foreign_files import encrypted_pdf, pdf, picture, png_bomb, script_pdf, slow_pdf
from tests.devices.page_pictures import A4, CODE_TEXT, bgr, face, form, jpeg, photo, shown

MARK = "EVIL-PAYLOAD-MARK"


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    shop = Workshop()
    yield shop
    shop.close()


def refusal(shop: Workshop, data: bytes, extension: str = "pdf", limits: FileLimits | None = None) -> KioskError:
    with pytest.raises(KioskError) as refused:
        decode(data, extension, limits=limits, workshop=shop)
    return refused.value


def why(shop: Workshop, data: bytes, limits: FileLimits | None = None) -> tuple[Failure, str | int]:
    error = refusal(shop, data, limits=limits)
    return error.failure, error.info["reason"]


# what comes in


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP"])
def test_a_picture_of_every_usual_kind_becomes_a_page(shop: Workshop, kind: str) -> None:
    (page,) = decode(picture(kind, form()), kind, workshop=shop)
    assert (page.extension, page.width, page.height, page.codes) == ("pdf", *A4, (CODE_TEXT,))


def test_every_page_of_a_pdf_becomes_a_page_in_its_order(shop: Workshop) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(3):
        canvas.rect(60, 700 - 150 * number, 400, 80, fill=1)
        canvas.showPage()
    canvas.save()
    pages = decode(out.getvalue(), "pdf", workshop=shop)
    tops = [int(np.argmax((shown(page.image, "pdf")[..., 0] < 128).any(axis=1))) for page in pages]
    assert len(pages) == 3
    assert tops == sorted(tops)
    assert len(set(tops)) == 3


def test_a_chinese_font_that_a_pdf_names_without_bringing_it_is_not_left_out(shop: Workshop) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 40)
    canvas.drawString(60, 600, "演示事项申请表")
    canvas.save()
    (page,) = decode(out.getvalue(), "pdf", workshop=shop)
    dark = shown(page.image, page.extension)[..., 0] < 128
    rows, columns = np.nonzero(dark)
    letters = dark[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    # Seven characters side by side, each with strokes inside and not a box or nothing.
    parts = np.array_split(letters, 7, axis=1)
    assert letters.shape[1] / letters.shape[0] == pytest.approx(7, abs=0.8)
    assert all(0.10 < part[part.shape[0] // 5 : -part.shape[0] // 5].mean() < 0.5 for part in parts)


def test_a_photo_is_turned_upright_and_loses_the_place_where_it_was_taken(shop: Workshop) -> None:
    tags = Image.Exif()
    tags[0x0112] = 6  # to be turned by a quarter
    tags[0x010E] = MARK
    tags.get_ifd(0x8825)[29] = "2026:01:05"
    (page,) = decode(picture("JPEG", face((400, 300)), exif=tags), "jpg", workshop=shop)
    assert (page.extension, page.width, page.height) == ("jpg", 300, 400)
    assert MARK.encode() not in page.image
    with Image.open(io.BytesIO(page.image)) as image:
        assert len(image.getexif()) == 0


def test_a_portrait_comes_out_as_it_went_in(shop: Workshop) -> None:
    (page,) = decode(picture("JPEG", face((413, 579)), quality=92), "jpg", workshop=shop)
    assert np.abs(shown(page.image, "jpg").astype(int) - bgr(face((413, 579)))).mean() < 5


def test_a_photo_of_a_sheet_is_cut_out_when_that_is_wanted_and_left_alone_otherwise(shop: Workshop) -> None:
    data = jpeg(photo(form(), size=(1296, 1728))[0])
    (cut,) = decode(data, "jpg", photo=True, workshop=shop)
    (whole,) = decode(data, "jpg", workshop=shop)
    assert abs(cut.height / cut.width - 2**0.5) < 0.01
    assert (whole.width, whole.height) == (1296, 1728)


# what does not


def test_what_cannot_be_taken_is_named(shop: Workshop) -> None:
    heic, ofd = b"\0\0\0\x18ftypheic" + bytes(64), b"PK\x03\x04" + bytes(64)
    for data, extension, kind in (
        (heic, "jpg", "heic"),
        (ofd, ".OFD", "ofd"),
        (ofd, "docx", "docx"),
        (ofd, "jpg", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", "doc"),
        (b"MZ\x90", "pdf", "program"),
        (b"hello", "pdf", "unknown"),
        (b"", "pdf", "empty"),
    ):
        error = refusal(shop, data, extension)
        assert (error.failure, error.info) == (Failure.FILE_KIND_UNKNOWN, {"kind": kind})


def test_a_file_too_large_in_bytes_pages_or_pixels_is_refused(shop: Workshop) -> None:
    assert refusal(shop, pdf(), limits=FileLimits(largest_bytes=100)).failure is Failure.FILE_TOO_LARGE
    assert why(shop, pdf(10_000)) == (Failure.FILE_TOO_LARGE, "pages")
    assert why(shop, png_bomb(30_000)) == (Failure.FILE_TOO_LARGE, "pixels")


def test_a_small_file_that_unfolds_into_gigabytes_ends_at_the_limit_of_memory(shop: Workshop) -> None:
    error = refusal(shop, png_bomb(19_000), limits=FileLimits(pixels=10**9))
    assert (error.failure, error.info) == (Failure.FILE_UNSAFE, {"reason": "memory"})


def test_a_pdf_locked_with_a_password_is_refused_and_named(shop: Workshop) -> None:
    assert why(shop, encrypted_pdf()) == (Failure.FILE_UNSAFE, "encrypted")


def test_a_page_that_takes_for_ever_to_draw_ends_in_its_time(shop: Workshop) -> None:
    began = time.monotonic()
    assert why(shop, slow_pdf(), FileLimits(seconds=2.0)) == (Failure.FILE_UNSAFE, "seconds")
    assert time.monotonic() - began < 5
    assert len(decode(pdf(), "pdf", workshop=shop)) == 1


def test_files_cut_off_anywhere_are_refused_or_give_only_whole_pages(shop: Workshop) -> None:
    for whole in (jpeg(form()), picture("PNG", form()), pdf(2)):
        for share in (0.1, 0.5, 0.9):
            assert refusal(shop, whole[: int(len(whole) * share)]).failure is Failure.FILE_UNSAFE


def test_a_file_with_nothing_to_see_is_refused(shop: Workshop) -> None:
    assert why(shop, pdf(content="0 0 0 rg")) == (Failure.FILE_UNSAFE, "empty")


# what comes out


def test_scripts_and_attachments_do_not_come_through(shop: Workshop) -> None:
    bad = script_pdf(MARK)
    assert MARK.encode() in bad
    (page,) = decode(bad, "pdf", workshop=shop)
    document = pypdfium2.PdfDocument(page.image)
    assert document.count_attachments() == 0
    document.close()
    for word in (MARK.encode(), b"JavaScript", b"OpenAction", b"EmbeddedFile"):
        assert word not in page.image


def test_a_file_that_is_two_kinds_at_once_comes_out_as_a_picture_alone(shop: Workshop) -> None:
    for both in (jpeg(form()) + script_pdf(MARK) + b"PK\x03\x04" + MARK.encode(), pdf() + b"<script>" + MARK.encode()):
        (page,) = decode(both, "jpg", workshop=shop)
        assert MARK.encode() not in page.image


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.sampled_from(["pdf", "JPEG", "PNG", "TIFF", "WEBP"]),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=40),
)
def test_a_damaged_file_is_refused_or_shown_and_never_more(
    shop: Workshop, which: str, places: list[tuple[float, int]]
) -> None:
    data = bytearray(pdf() if which == "pdf" else picture(which, face((120, 160))))
    for place, value in places:
        data[int(place * (len(data) - 1))] = value
    try:
        pages = decode(bytes(data), which, limits=FileLimits(seconds=20), workshop=shop)
    except KioskError as error:
        assert error.failure in {Failure.FILE_UNSAFE, Failure.FILE_KIND_UNKNOWN, Failure.FILE_TOO_LARGE}  # noqa: PT017 - either end is right
    else:
        assert all(isinstance(page, FinishedPage) and page.width <= 2400 for page in pages)


# a decoder that was taken over

EVIL = """
import os, socket, ctypes, sys
from pathlib import Path
from devices.page import cell

def evil(data, pages, pixels, dpi):
    try:
        {attempt}
    except BaseException as error:
        told = error.errno if isinstance(error, OSError) and error.errno else 250
    else:
        told = 255
    yield 1, 1, 1, 72, bytes([told])

cell.main(evil)
"""
ATTEMPTS = {
    "read a file": "Path('/etc/passwd').read_bytes()",
    "read by number": "os.read(os.open('/proc/self/environ', 0), 9)",
    "write a file": "Path({folder!r}, 'stolen').write_text('x')",
    "list a folder": "os.listdir('/')",
    # One that belongs to the C library and that nothing uses: what is loaded already would need no file.
    "load a library": "ctypes.CDLL('libBrokenLocale.so.1')",
    "remove a file": "os.unlink({folder!r} + '/precious')",
    "make executable memory": "__import__('mmap').mmap(-1, 4096, prot=7)",
    "open many": "[os.dup(1) for _ in range(99)]",
}
FATAL = {
    "reach a network": "socket.socket().connect(('127.0.0.1', {port}))",
    "send a packet": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))",
    "start a program": "os.execv('/bin/true', ['true'])",
    "start a shell": "os.system('echo x > {folder}/stolen')",
    "make a process": "os.fork()",
    "kill its parent": "os.kill(os.getppid(), 9)",
    "trace another": "ctypes.CDLL(None).syscall(101, 16, os.getppid(), 0, 0)",
}


def planted(folder: Path, attempt: str, port: int = 9) -> tuple[int, dict[str, str | int]]:
    """What an attempt from inside the cell was answered: its errno (255: it worked), or how the cell ended."""
    program = EVIL.format(attempt=attempt.format(folder=str(folder), port=port))
    command = [sys.executable, "-P", "-c", program]
    try:
        ((told, _),) = _pictures(b"x", Wish(), FileLimits(seconds=20), command)
    except KioskError as error:
        return 0, error.info
    return int(told[0, 0]), {}


def needs(*wanted: str) -> None:
    missing = set(wanted) - layers()
    if missing and os.environ.get("CI"):
        pytest.fail(f"this kernel lacks {', '.join(sorted(missing))}")
    if missing:
        pytest.skip(f"this kernel lacks {', '.join(sorted(missing))}")


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_decoder_taken_over_cannot(tmp_path: Path, attempt: str) -> None:
    needs("calls")
    (tmp_path / "precious").write_text("here")
    told, ended = planted(tmp_path, ATTEMPTS[attempt])
    assert told in {1, 2, 12, 13, 24, 250}, (told, ended)
    assert (tmp_path / "precious").exists()
    assert not (tmp_path / "stolen").exists()


@pytest.mark.parametrize("attempt", FATAL)
def test_a_decoder_taken_over_dies_when_it_tries_to(tmp_path: Path, attempt: str) -> None:
    needs("calls")
    assert planted(tmp_path, FATAL[attempt]) == (0, {"reason": "forbidden"})
    assert not (tmp_path / "stolen").exists()


def test_the_planted_attempts_would_work_outside(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("here")
    for attempt in (ATTEMPTS["read a file"], ATTEMPTS["write a file"], ATTEMPTS["list a folder"]):
        exec(attempt.format(folder=str(tmp_path)), {"os": os, "Path": Path})  # noqa: S102 - our own lines above
    assert (tmp_path / "stolen").exists()


def test_the_layers_of_this_machine_are_told() -> None:
    assert {"memory", "files", "seconds", "privileges"} <= layers() <= set(LAYERS)


def test_a_cell_at_work_is_really_confined(shop: Workshop) -> None:
    needs("calls", "network")
    found: list[dict[str, str]] = []

    def look() -> None:
        worker = shop._process
        for _ in range(200):
            with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
                children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split() if worker else []
                for child in children:
                    lines = Path(f"/proc/{child}/status").read_text().splitlines()
                    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
                    if status["Seccomp"].strip() == "2":
                        found.append(status)
                        return
            time.sleep(0.01)

    decode(pdf(), "pdf", workshop=shop)
    watcher = threading.Thread(target=look)
    watcher.start()
    refusal(shop, slow_pdf(), limits=FileLimits(seconds=2.0))
    watcher.join()
    assert [(status["NoNewPrivs"].strip(), status["Threads"].strip()) for status in found] == [("1", "1")]


def test_nothing_of_a_file_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    fresh = Workshop()
    try:
        assert decode(script_pdf(MARK), "pdf", workshop=fresh)
    finally:
        fresh.close()
    assert list(tmp_path.rglob("*")) == []
