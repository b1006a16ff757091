"""What SANE backends call things: options, sources and modes as `scanimage -A` prints them for devices in the field."""

import time
from pathlib import Path

import pytest

from devices.conformance.trial_job import TrialJob
from devices.scanner.asked import Source, Wishes, far, wishes
from devices.scanner.sane.batch import Batch
from devices.scanner.sane.choosing import Sources, asked, both_sides, sources, ways
from devices.scanner.sane.driver import plugged_in
from devices.scanner.sane.options import Option, options
from devices.scanner.sane.pnm import Raster
from devices.scanner.sane.program import Question
from devices.scanner.sane.status import failure
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages

A4 = wishes({})
# brother4, epsonds, fujitsu and a vendor's backend with Chinese words, cut down to what is read of them.
BROTHER = """
  Mode:
    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color[Fast]|24bit Color [24bit Color[Fast]]
        Select the scan mode
    --resolution 100|150|200|300|400|600|1200dpi [200]
    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [Automatic \
Document Feeder(left aligned)]
    --brightness -50..50% (in steps of 1) [inactive]
  Geometry:
    -l 0..215.9mm (in steps of 0.0999908) [0]
    -t 0..355.6mm (in steps of 0.0999908) [0]
    -x 0..215.9mm (in steps of 0.0999908) [215.88]
    -y 0..355.6mm (in steps of 0.0999908) [355.567]
"""
EPSON = """
    --mode Lineart|Gray|Color [Lineart]
    --depth 8 [inactive]
    --source Document Table|ADF [Document Table]
    --duplex[=(yes|no)] [no]
    --resolution 50..600dpi (in steps of 1) [75]
    -x 0..215.9mm [215.9]
    -y 0..297.18mm [297.18]
"""
FUJITSU = """
    --source ADF Front|ADF Back|ADF Duplex|Card Front|Card Duplex [ADF Front]
    --mode Lineart|Halftone|Gray|Color [Lineart]
    --resolution 50..600dpi (in steps of 1) [600]
    --page-width 0..221.121mm (in steps of 0.0211639) [215.872]
    --page-height 0..863.489mm (in steps of 0.0211639) [279.364]
    --swdeskew[=(yes|no)] [no]
    -x 0..215.872mm (in steps of 0.0211639) [215.872]
    -y 0..279.364mm (in steps of 0.0211639) [279.364]
"""
CHINESE = """
    --mode 黑白|灰度|彩色 [灰度]
    --source 平板|自动进纸(单面)|自动进纸(双面) [平板]
    --resolution 200|300dpi [200]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            BROTHER,
            Sources(
                "FlatBed",
                "Automatic Document Feeder(left aligned)",
                "Automatic Document Feeder(left aligned,Duplex)",
            ),
        ),
        (EPSON, Sources("Document Table", "ADF", None)),
        (FUJITSU, Sources(None, "ADF Front", "ADF Duplex")),
        (CHINESE, Sources("平板", "自动进纸(单面)", "自动进纸(双面)")),
        ("    --source Flatbed|ADF|ADF Duplex [Flatbed]", Sources("Flatbed", "ADF", "ADF Duplex")),
        ("    --source Normal|Transparency|Negative [Normal]", Sources()),
        ("    --source Flatbed|Transparency Adapter [Flatbed]", Sources("Flatbed")),
        ("    --source Flatbed|ADF [inactive]", Sources()),
        ("", Sources()),
    ],
    ids=["brother", "epson", "fujitsu", "chinese", "airscan", "film", "plustek", "inactive", "none"],
)
def test_every_backend_s_word_for_a_source_is_understood(text: str, expected: Sources) -> None:
    assert sources(options(text)) == expected


@pytest.mark.parametrize(
    ("text", "colour", "grey"),
    [
        (BROTHER, "24bit Color[Fast]", "True Gray"),
        (EPSON, "Color", "Gray"),
        (FUJITSU, "Color", "Gray"),
        (CHINESE, "彩色", "灰度"),
        ("    --mode Color [Color]", "Color", "Color"),
    ],
    ids=["brother", "epson", "fujitsu", "chinese", "colour only"],
)
def test_every_backend_s_word_for_a_mode_is_understood(text: str, colour: str, grey: str) -> None:
    for wanted, expected in ((True, colour), (False, grey)):
        words = asked(options(text), A4, ScanPages(colour=wanted)).words
        assert words[words.index("--mode") + 1] == expected


def test_only_what_is_offered_is_asked_for() -> None:
    assert asked({}, A4, ScanPages()).words == ()
    assert "--depth" not in asked(options(EPSON), A4, ScanPages()).words
    assert asked(options(CHINESE), A4, ScanPages(dpi=240)).words == ("--mode", "彩色", "--resolution", "300")


def test_the_area_is_the_sheet_s_or_the_largest_there_is() -> None:
    ask = asked(options(FUJITSU), A4, ScanPages(dpi=200))
    assert ask.words[-4:] == ("-x", "210", "-y", "279.364")
    assert ask.words[ask.words.index("--page-height") + 1] == "297"
    assert (ask.width, ask.height) == (1654, 2200)
    assert asked(options(EPSON), wishes({"size": "148x210"}), ScanPages(dpi=300)).height == 2480


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EPSON, ["--duplex=yes"]),
        ("    --adf-mode Simplex|Duplex [Simplex]", ["--adf-mode", "Duplex"]),
        ("    --adf-mode Simplex|Duplex [inactive]", None),
        (FUJITSU, None),
    ],
)
def test_both_sides_may_be_an_option_of_their_own(text: str, expected: list[str] | None) -> None:
    assert both_sides(options(text)) == expected


@pytest.mark.parametrize(
    ("source", "found", "expected"),
    [
        (Source.AUTO, Sources("Flatbed", "ADF"), (Source.FEEDER, Source.FLATBED)),
        (Source.AUTO, Sources(None, "ADF"), (Source.FEEDER,)),
        (Source.AUTO, Sources("Flatbed"), (Source.FLATBED,)),
        (Source.AUTO, Sources(), (Source.FLATBED,)),
        (Source.FLATBED, Sources("Flatbed", "ADF"), (Source.FLATBED,)),
        (Source.FEEDER, Sources(), (Source.FEEDER,)),
    ],
)
def test_a_device_that_does_not_tell_is_never_fed_from_for_ever(
    source: Source, found: Sources, expected: tuple[Source, ...]
) -> None:
    assert ways(Wishes(source, duplex=False, width_mm=210, height_mm=297, patience=30), found) == expected


def test_lines_that_cannot_be_read_are_options_nobody_asks_for() -> None:
    found = options(
        "garbage\n    --\n    -\n    --a\n    --b[=(yes|no)] [no]\n    --c <float> [inactive]\n"
        "    --d 1..2,... (in steps of 1)\n"
        "    --e <string> [x]\n        --f 1|2 [1]\n    --g 1|2 [1] [read-only]\n    --h 1|2 [1] [advanced]\n"
    )
    assert found == {
        "a": Option(),
        "b": Option(("yes", "no")),
        "d": Option((), 1.0, 2.0),
        "e": Option(),
        "h": Option(("1", "2")),
    }


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        ("", 0, None),
        ("scanimage: rounded value of br-x from 210 to 209.9\n", 0, None),
        ("scanimage: open of device x:1 failed: Invalid argument\n", 1, Failure.DEVICE_ABSENT),
        ("scanimage: open of device x:1 failed: Error during device I/O\n", 1, Failure.DEVICE_ABSENT),
        ("scanimage: open of device x:1 failed: Device busy\n", 1, Failure.DEVICE_BUSY),
        ("scanimage: open of device x:1 failed: Access to resource has been denied\n", 1, Failure.DEVICE_FORBIDDEN),
        ("scanimage: no SANE devices found\n", 1, Failure.DEVICE_ABSENT),
        ("scanimage: sane_start: Document feeder jammed\n", 6, Failure.SCANNER_JAM),
        ("scanimage: sane_start: Document feeder out of documents\n", 0, Failure.SCANNER_EMPTY),
        ("scanimage: setting of option --mode failed (Invalid argument)\n", 1, Failure.CONFIG_INVALID),
        ("scanimage: unrecognized option '--foo'\n", 1, Failure.CONFIG_INVALID),
        ("", 9, Failure.DEVICE_DISTURBED),
        ("", 77, Failure.DEVICE_DISTURBED),
        ("", -11, Failure.DEVICE_CRASHED),
    ],
)
def test_the_last_words_of_scanimage_have_a_name(words: str, code: int, expected: Failure | None) -> None:
    problem = failure(words, code)
    assert (problem.failure if problem else None) is expected


@pytest.mark.parametrize(
    ("stream", "size"),
    [
        (b"P6\n# SANE data follows\n4 3\n255\n" + bytes(36), (4, 3)),
        (b"P5 4 3 255\n" + bytes(12), (4, 3)),
        (b"P5\n4 3\n65535\n" + bytes(24), (4, 3)),
        (b"P4\n# SANE data follows\n9 3\n" + bytes(6), (9, 3)),
    ],
    ids=["colour", "grey", "deep", "lineart"],
)
def test_a_page_is_whole_with_its_last_byte_and_not_before(stream: bytes, size: tuple[int, int]) -> None:
    raster = Raster()
    for byte in stream[:-1]:
        raster.feed(bytes([byte]))
        assert not raster.whole
    raster.feed(stream[-1:])
    assert raster.whole
    assert (raster.width, raster.height) == size
    assert raster.page() == (stream, "pnm")


@pytest.mark.parametrize(
    "stream", [b"GIF89a", b"P6\n4 3\n255\n" + bytes(37), b"P5\n90000 90000\n255\n", b"P" + b" " * 600]
)
def test_what_is_no_page_or_more_than_one_is_refused(stream: bytes) -> None:
    with pytest.raises(KioskError) as caught:
        Raster().feed(stream)
    assert caught.value.failure is Failure.DEVICE_DISTURBED


def test_a_page_too_large_to_pass_on_becomes_a_jpeg() -> None:
    raster = Raster()
    raster.feed(b"P5\n9000 7000\n255\n" + b"\xf0" * 63_000_000)
    image, extension = raster.page()
    assert (extension, image[:2]) == ("jpg", b"\xff\xd8")


def test_how_far_a_stack_of_unknown_height_is_never_goes_back_and_never_ends_early() -> None:
    steps = [far(pages, part / 10) for pages in range(20) for part in range(11)]
    assert steps == sorted(steps)
    assert 0.0 <= steps[0] < steps[-1] < far(900, 1.0) < 1.0


def test_a_pulled_plug_shows_on_the_bus_without_opening_the_device(tmp_path: Path) -> None:
    (tmp_path / "001").mkdir()
    (tmp_path / "001/004").touch()
    assert plugged_in("genesys:libusb:001:004", tmp_path) is True
    assert plugged_in("genesys:libusb:001:005", tmp_path) is False
    assert plugged_in("airscan:e0:Sim", tmp_path) is None
    assert plugged_in("genesys:libusb:001:004", tmp_path / "no-usb-here") is None


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program named like SANE's that never stops talking, whatever it is asked and told; a folder for its pages."""
    program = tmp_path / "bin" / "scanimage"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\ntrap '' INT\nfor word in \"$@\"; do case $word in --batch=*) place=${word#--batch=}; esac; done\n"
        '[ -z "$place" ] && exec yes\n'
        "{ printf 'P6 1000 1000 255\\n'; exec yes; } > ${place%/*}/1.part\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path / "pages"


def test_a_program_that_never_stops_talking_is_not_listened_to_for_ever(endless: Path) -> None:
    began = time.monotonic()
    question = Question(["-A"], 20.0)
    question.wait()
    code, answer, _ = question.end()
    assert code is None
    assert len(answer) <= 256 * 1024 + 1
    assert time.monotonic() - began < 10.0
    assert not endless.exists()


def test_a_scan_that_pours_on_without_end_is_ended(endless: Path) -> None:
    began = time.monotonic()
    with pytest.raises(KioskError) as refused, Batch([], endless, 1, TrialJob(60.0), 5.0) as batch:
        list(batch.pages(lambda _number, _part: None))
    assert refused.value.failure is Failure.DEVICE_DISTURBED
    assert time.monotonic() - began < 10.0
    assert not endless.exists()
