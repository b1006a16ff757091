"""The operator's and the technician's commands on a running terminal."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.cli.stage import Stage
from kiosk.ports import Store
from tests.journeys.conftest import Run

AT_ANY_TIME = datetime(9999, 1, 1, tzinfo=UTC)
LATER = [
    ("rescue", "export"),
    ("rescue", "import"),
    ("provision", "bundle", "x"),
]


def test_the_doctor_names_everything_and_finds_a_running_terminal_well(run: Run) -> None:
    done = run("doctor", "--json")
    answer = json.loads(done.stdout)
    found = {finding["name"]: finding["health"] for finding in answer["findings"]}

    assert done.returncode == 0, done.stdout
    assert set(found) >= {"disk", "key", "database", "terminal", "clock", "catalogue", "journal", "line", "papers"}
    assert found["key"] == "amber"
    assert {"idcard", "scanner", "printer"} <= set(found)


def test_the_doctor_says_what_is_wrong_with_a_directory_that_is_no_terminal(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--data", str(tmp_path), "--json")

    assert done.returncode == 1
    assert "terminal.not_provisioned" in {one["failure"] for one in json.loads(done.stdout)["findings"]}


def test_a_second_agent_on_one_directory_refuses(run: Run) -> None:
    assert run("sync", "--once", "--json").returncode == 4


def test_a_parked_case_stays_until_somebody_sends_it_again(run: Run, stage: Stage, store: Store) -> None:
    stage.link.cut()
    line = run("apply", "--example", "512B0003600037").stdout
    number = json.loads(run("apply", "-", stdin=line.encode()).stdout)["submission_no"]
    event = next(one.event_id for one in store.outbox.next_batch(AT_ANY_TIME) if one.submission_no == number)
    store.outbox.park(event, "link.intake_refused", "item/withdrawn")
    stage.link.restore()

    shown = json.loads(run("cases", "show", number, "--json").stdout)
    assert (shown["parked"], shown["pending"], shown["reason"]) == (True, True, "item/withdrawn")
    listed = next(line for line in run("cases", "list").stdout.splitlines() if number in line)
    assert "parked" in listed
    assert "link.intake_refused: item/withdrawn" in listed
    assert json.loads(run("cases", "resend", number, "--json").stdout)["resent"] == 1

    deadline = time.monotonic() + 60
    while store.cases.show(number).pending:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert json.loads(run("cases", "resend", number, "--json").stdout)["resent"] == 0
    assert run("cases", "resend", "X-000").returncode == 2


def test_the_journal_is_whole(run: Run) -> None:
    assert run("journal", "verify").returncode == 0


def test_the_catalogue_is_searched_in_every_way(run: Run) -> None:
    for query in ("高龄", "gaoling", "gljt", "512B0003600037"):
        hits = json.loads(run("catalogue", "search", query, "--json").stdout)

        assert "512B0003600037" in {hit["code"] for hit in hits}, query


@pytest.mark.parametrize("command", LATER, ids=" ".join)
def test_what_comes_later_says_so(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command)

    assert done.returncode == 2
    assert "later version" in done.stderr


def test_every_command_has_help(run: Run) -> None:
    listed = run("--help").stdout
    for command in ("demo", "run", "provision", "apply", "sync", "cases", "verify", "doctor", "journal", "catalogue"):
        assert f"\n  {command} " in listed
        assert run(command, "--help").returncode == 0


def test_a_receipt_proves_itself_and_a_changed_one_does_not(run: Run, store: Store) -> None:
    line = run("apply", "--example", "512B0003600037").stdout
    number = json.loads(run("apply", "-", stdin=line.encode()).stdout)["submission_no"]
    qr = store.cases.receipt(number).qr_text
    genuine, changed, foreign = run("verify", qr, "--json"), run("verify", qr[:-3] + "AAA"), run("verify", qr[:60])

    assert len(qr) <= 320
    assert genuine.returncode == 0
    assert json.loads(genuine.stdout)["submission_no"] == number
    assert changed.returncode in (1, 3)
    assert foreign.returncode == 1


def test_no_log_holds_a_name_or_a_number(stage: Stage) -> None:
    logs = list((stage.data / "log").glob("*.log"))
    text = "".join(path.read_text(encoding="utf-8", errors="replace") for path in logs)

    assert logs
    assert not [word for word in ("演示·", "00000019", "0000-7000") if word in text]
