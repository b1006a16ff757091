"""The suite for other platforms: ours holds all of it, and every fault is caught by the check that names it."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from central import fleet
from central.conformance.checking import Outcome, go_through
from central.conformance.every import CHECKS
from central.conformance.probe import new_probe
from kiosk.catalogue.item import ServiceItem
from kiosk.failure import KioskError
from tests.central.catalogue import ITEM, item, publish
from tests.central.conftest import Platform
from tests.central.faulty import AFTER, BEFORE, CHANGES, Faulty

CAUGHT = {
    "shows another root": "root",
    "refuses in HTML": "refusal.no_door",
    "enrols other keys with a used secret": "enrol.other_keys",
    "believes what nobody signed": "signed.none",
    "believes any signature": "signed.wrong_key",
    "takes the same question twice": "nonce.spent",
    "wants rising nonces": "nonce.window",
    "spoils the catalogue": "catalogue.full",
    "gives an old answer": "exchange.empty",
    "acknowledges before the files are there": "exchange.taken",
    "acknowledges other bytes": "exchange.taken",
    "acknowledges anew each time": "exchange.repeat",
    "takes other bytes under the same id": "exchange.other_bytes",
    "lets one bad event spoil all": "exchange.alone",
    "blames no field": "exchange.not_asked",
    "does not say what it never saw": "exchange.begun",
    "takes what is no message": "exchange.unreadable",
    "refuses fields of later versions": "exchange.unknown_fields",
    "forgets from which byte to go on": "frames.resume",
    "forgets what it keeps beyond a gap": "frames.beyond",
    "waits for the whole": "frames.cut",
    "keeps silent about bad frames": "frames.bad_frame",
    "complains of frames it holds": "frames.held_already",
    "sends the catalogue every time": "catalogue.unchanged",
    "wants a media type": "changes.no_media",
    "lets the cursor stand beyond its last": "changes.far_cursor",
    "forges the answer to a visit": "inquiry",
}


@pytest.fixture(scope="module")
def tried(founded: Callable[..., Platform]) -> Iterator[Platform]:
    """A platform of its own, whose forms say what a good answer is: the suite files cases by the hundred."""
    running = founded("tried")
    with closing(running.office()) as office:
        publish(office, with_sample())
    running.start()
    yield running
    running.stop()


def with_sample(code: str = ITEM) -> ServiceItem:
    main, member = item().forms
    return item(code=code, forms=(replace(main, sample={"phone": "15400000001", "income": 900}), member))


def code_of(platform: Platform) -> str:
    with closing(platform.office()) as office:
        return fleet.new_code(office, actor="test", point_name="演示服务点", region12="990101000000").text


def test_our_platform_holds_everything_the_page_says(tried: Platform, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.jbcat"
    with closing(tried.office()) as office:
        earlier.write_bytes(office.catalogues.package(office.catalogues.version()))
        publish(office, with_sample(), with_sample("99TEST00000002"))
    told = json.loads(
        tried.command_without_data(
            *("conformance", "--url", tried.url, "--code", code_of(tried), "--second-code", code_of(tried)),
            *("--earlier", str(earlier), "--json"),
        )
    )
    assert told["ok"]
    assert {(row["check"], row["outcome"], row["why"]) for row in told["checks"]} == {
        (check.name, "holds", None) for check in CHECKS
    }


def test_every_fault_we_know_of_is_tried() -> None:
    assert set(CAUGHT) == set(BEFORE) | set(AFTER) | set(CHANGES) | {"waits for the whole"}
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    assert set(CAUGHT.values()) <= set(names)


@pytest.mark.parametrize("fault", CAUGHT)
def test_a_fault_is_caught_by_the_check_that_names_it(tried: Platform, fault: str) -> None:
    with closing(tried.office()) as office:
        record = office.keys.record
    faulty = Faulty(tried.url, record, fault)
    wanted = [check for check in CHECKS if check.first or check.name == CAUGHT[fault]]
    findings = go_through(new_probe(faulty.url, code_of(tried), None), wanted)
    faulty.server.close()
    failed = [one.check.name for one in findings if one.outcome is Outcome.FAILS]
    assert failed[:1] == [CAUGHT[fault]], [(one.check.name, one.why) for one in findings]
    assert findings[[one.check.name for one in findings].index(failed[0])].why


def test_without_a_fault_the_same_checks_hold_through_the_same_stranger(tried: Platform) -> None:
    faulty = Faulty(tried.url, b"", "none")
    wanted = [check for check in CHECKS if check.first or check.name in CAUGHT.values()]
    findings = go_through(new_probe(faulty.url, code_of(tried), None), wanted)
    faulty.server.close()
    assert [(one.check.name, one.why) for one in findings if one.outcome is not Outcome.HOLDS] == []


def test_what_everything_stands_on_ends_the_rest(tried: Platform) -> None:
    findings = go_through(new_probe("http://127.0.0.1:9", code_of(tried), None), CHECKS)
    assert findings[0].outcome is Outcome.FAILS
    assert {one.outcome for one in findings[1:]} == {Outcome.NOT_TRIED}
    told = tried.command_without_data("conformance", "--url", "http://127.0.0.1:9", "--code", code_of(tried), status=1)
    assert "root does not hold" in told


def test_a_mistyped_code_is_told_before_anything_is_asked() -> None:
    with pytest.raises(KioskError):
        new_probe("http://127.0.0.1:9", "ABCDE-FGHIJ", None)
