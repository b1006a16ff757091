"""What scanners say of themselves, in every dialect, and what is refused."""

import tracemalloc
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_the_test
from hypothesis import strategies as st

from devices.scanner.escl.capabilities import Capabilities, Intake, Status, capabilities, status
from devices.scanner.escl.xmltree import LARGEST, BadXmlError, read
from devices.scanner.simulated import settings
from tests.devices import fuzz_escl
from tests.devices.fuzzing import Target, run

# As a multi-function printer answers it: other prefixes, a range of resolutions, PDF first, no feeder state.
OTHER = b"""<?xml version="1.0" encoding="UTF-8"?>
<e:ScannerCapabilities xmlns:e="http://schemas.hp.com/imaging/escl/2011/05/03"><p:Version>2.6</p:Version>
<p:MakeAndModel>\xe6\xbc\x94\xe7\xa4\xba
 9000</p:MakeAndModel><e:Adf><e:AdfDuplexInputCaps><e:MaxWidth>2551</e:MaxWidth><e:MaxHeight>4200</e:MaxHeight>
<e:SettingProfiles><e:SettingProfile><e:ColorModes><e:ColorMode>BlackAndWhite1</e:ColorMode><e:ColorMode>Grayscale8
</e:ColorMode></e:ColorModes><e:DocumentFormats><p:DocumentFormat>application/pdf</p:DocumentFormat>
<e:DocumentFormatExt>image/jpeg</e:DocumentFormatExt></e:DocumentFormats><e:SupportedResolutions><e:ResolutionRange>
<e:XResolutionRange><e:Min>100</e:Min><e:Max>300</e:Max></e:XResolutionRange></e:ResolutionRange>
</e:SupportedResolutions></e:SettingProfile></e:SettingProfiles></e:AdfDuplexInputCaps></e:Adf></e:ScannerCapabilities>"""


def read_capabilities(data: bytes) -> Capabilities:
    found = capabilities(read(data))
    assert found is not None
    return found


def read_status(data: bytes) -> Status:
    found = status(read(data))
    assert found is not None
    return found


def test_the_simulated_scanner_says_what_a_real_one_says() -> None:
    able = read_capabilities(settings.capabilities("Scanner").encode())
    way = Intake(
        settings.WIDTH, settings.HEIGHT, settings.RESOLUTIONS, frozenset(settings.MODES), frozenset({"image/jpeg"})
    )
    assert able == Capabilities("2.63", "Scanner", way, way, way)


def test_another_dialect_is_understood() -> None:
    able = read_capabilities(OTHER)
    assert (able.model, able.platen, able.feeder) == ("演示 9000", None, None)
    assert able.duplex is not None
    assert able.duplex.resolutions == (100, 150, 200, 240, 300)
    assert able.duplex.formats == {"application/pdf", "image/jpeg"}
    assert (able.duplex.mode(colour=True), able.duplex.resolution(175)) == ("Grayscale8", 200)


def test_what_is_left_out_is_filled_with_what_every_scanner_can_do() -> None:
    able = read_capabilities(b"<ScannerCapabilities><PlatenInputCaps/></ScannerCapabilities>")
    assert able.platen == Intake(2480, 3508, (300,), frozenset({"RGB24"}), frozenset({"image/jpeg"}))


@pytest.mark.parametrize(
    "value", [b"-5", b"0", b"1e9", b"99999999999999999999", "３００".encode(), b"", b"<a>300</a>", b"NaN"]
)
def test_a_measure_that_makes_no_sense_costs_the_measure_and_not_the_scanner(value: bytes) -> None:
    profile = b"<DiscreteResolution><XResolution>" + value + b"</XResolution></DiscreteResolution>"
    caps = b"<PlatenInputCaps><MaxWidth>" + value + b"</MaxWidth>" + profile + b"</PlatenInputCaps>"
    able = read_capabilities(b"<ScannerCapabilities>" + caps + b"</ScannerCapabilities>")
    assert able.platen is not None
    assert (able.platen.width, able.platen.resolutions) == (2480, (300,))


@pytest.mark.parametrize(
    ("feeder", "reasons", "expected"),
    [
        ("ScannerAdfLoaded", (), (False, False, False, True)),
        ("ScannerAdfEmpty", (), (False, False, True, False)),
        ("ScannerAdfJam", (), (True, False, False, False)),
        ("ScannerAdfMispick", (), (True, False, False, False)),
        ("ScannerAdfHatchOpen", (), (False, True, False, False)),
        ("", ("media-jam",), (True, False, False, False)),
        ("", ("CoverOpen",), (False, True, False, False)),
        ("", ("door-open-error",), (False, True, False, False)),
        ("", ("none",), (False, False, False, False)),
    ],
)
def test_a_status_is_understood(feeder: str, reasons: tuple[str, ...], expected: tuple[bool, ...]) -> None:
    found = read_status(settings.status("Idle", feeder, reasons, "").encode())
    assert (found.jammed, found.open, found.empty, found.loaded) == expected


def test_the_jam_of_an_old_job_is_not_a_jam_of_today() -> None:
    old = settings.job_info("1", "Aborted", "MediaJam", 0)
    assert not read_status(settings.status("Idle", "ScannerAdfLoaded", (), old).encode()).jammed


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"<html><br></html>",
        b"<a>",
        b"<a/><b/>",
        b"\xff\xfe<\0a\0",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<a>\xff</a>",
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
        b"<a>&undefined;</a>",
        b"<a>" * 40 + b"</a>" * 40,
        b"<a>" + b"<b/>" * 30_000 + b"</a>",
        b"<a>" + b" " * LARGEST + b"</a>",
    ],
    ids=lambda data: repr(data[:40]),
)
def test_what_is_no_bounded_xml_is_refused_without_quoting_it(data: bytes) -> None:
    with pytest.raises(BadXmlError) as caught:
        read(data)
    assert "etc" not in str(caught.value)


def test_a_small_answer_never_becomes_a_large_one() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(10))
    bomb = f"<!DOCTYPE a [{levels}]><ScannerStatus>&e9;</ScannerStatus>".encode()
    wide = b"<a>" + b"<b c='d'/>" * 19_000 + b"</a>"
    tracemalloc.start()
    try:
        with pytest.raises(BadXmlError):
            read(bomb)
        assert sum(1 for _ in read(wide).every("b")) == 19_000
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@settings_of_the_test(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_tree_or_refused(data: bytes) -> None:
    fuzz_escl.trees(data)


@settings_of_the_test(deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_any_model_and_reason_can_be_told(model: str, reason: str) -> None:

    for data in (settings.capabilities(escape(model)), settings.status("Idle", "", (escape(reason),), "")):
        fuzz_escl.abilities(data.encode("utf-8", "replace"))
        fuzz_escl.conditions(data.encode("utf-8", "replace"))


@pytest.mark.parametrize("target", fuzz_escl.TARGETS, ids=lambda target: target.__name__)
def test_no_bytes_at_all_crash_or_hang_a_scanner(target: Target) -> None:
    assert run(target, fuzz_escl.mutations, 0.5, seed=20260101) > 20
