"""Who can see and settle the prints that ask for somebody: the operator, by command."""

import json

from kiosk.ports import Store
from tests.journeys.conftest import Run


def began(store: Store, subject: str, outcome: str) -> int:
    entry, _ = store.papers.begin("receipt", subject, "d")
    store.papers.end(entry, outcome)
    return entry


def test_prints_that_ask_for_somebody_are_listed_by_number_and_named_by_the_doctor(run: Run, store: Store) -> None:
    uncertain, parked = began(store, "A", "uncertain"), began(store, "B", "parked")
    rows = json.loads(run("papers", "list", "--json").stdout)
    doctor = json.loads(run("doctor", "--json").stdout)["findings"]

    assert [(row["entry"], row["subject"], row["state"], row["copy"]) for row in rows] == [
        (uncertain, "A", "uncertain", 0),
        (parked, "B", "parked", 0),
    ]
    (papers,) = (one for one in doctor if one["name"] == "papers")
    assert papers["health"] == "amber"
    assert "kiosk papers list" in papers["action"]
    told = run("papers", "list").stdout.splitlines()
    assert "look into the tray" in told[0]
    assert "with the person's card" in told[1]

    for entry, found in ((uncertain, "printed"), (parked, "not-printed")):
        done = run("papers", "settle", str(entry), found, "--json")
        assert done.returncode == 0
        assert json.loads(done.stdout)["settled"] == found
    assert json.loads(run("papers", "list", "--json").stdout) == []
    assert run("papers", "list").stdout == "every print has a known end\n"


def test_a_print_that_asks_nothing_cannot_be_settled(run: Run, store: Store) -> None:
    parked = began(store, "C", "parked")

    for entry, found in ((99999, "printed"), (parked, "printed")):
        done = run("papers", "settle", str(entry), found, "--json")
        assert done.returncode == 2
        assert json.loads(done.stdout)["ok"] is False
    assert "kiosk papers list" in run("papers", "settle", "99999", "printed").stderr
    assert run("papers", "settle", str(parked), "not-printed").returncode == 0
