"""The print ledger: one original, counted reprints, and no guess about a print nobody saw the end of."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.model.printing import OpenEnd
from local_db.driver import DriverError
from local_db.store import Store, open_store
from tests.local_db.making import SetClock

RECEIPT = ("receipt", "T00001A-20261124-00001-X", "digest")


def test_there_is_one_original_and_reprints_are_counted(store: Store) -> None:
    copies = []
    for _ in range(3):
        entry, copy = store.papers.begin(*RECEIPT)
        store.papers.end(entry, "printed")
        copies.append(copy)

    assert copies == [0, 1, 2]


def test_a_receipt_can_be_printed_as_the_original_after_paper_ran_out(store: Store) -> None:
    for outcome in ("failed", "parked", "failed"):
        entry, copy = store.papers.begin(*RECEIPT)
        assert copy == 0
        store.papers.end(entry, outcome)

    assert store.papers.begin(*RECEIPT)[1] == 0


def test_a_reprint_that_failed_gives_its_number_back(store: Store) -> None:
    for outcome, expected in (("printed", 0), ("failed", 1), ("printed", 1), ("printed", 2)):
        entry, copy = store.papers.begin(*RECEIPT)
        assert copy == expected
        store.papers.end(entry, outcome)


def test_an_uncertain_original_is_not_printed_as_the_original_again(store: Store) -> None:
    entry, _ = store.papers.begin(*RECEIPT)
    store.papers.end(entry, "uncertain")

    assert store.papers.begin(*RECEIPT)[1] == 1


def test_a_print_that_is_still_running_is_not_the_original_twice(store: Store) -> None:
    assert [store.papers.begin(*RECEIPT)[1] for _ in range(2)] == [0, 1]


def test_papers_of_different_kinds_and_cases_do_not_count_for_each_other(store: Store) -> None:
    for kind, subject in (("receipt", "A"), ("receipt", "B"), ("notice", "A")):
        assert store.papers.begin(kind, subject, "d")[1] == 0


def test_what_a_crash_interrupted_is_uncertain_afterwards(store: Store, data: Path) -> None:
    done, _ = store.papers.begin("receipt", "done", "d")
    store.papers.end(done, "printed")
    torn, _ = store.papers.begin("receipt", "torn", "d")
    assert store.papers.unfinished() == ()
    store.close()

    with open_store(data, clock=SetClock()) as again:
        assert again.papers.unfinished() == ((torn, "receipt", "torn"),)
        assert again.papers.unfinished() == ((torn, "receipt", "torn"),)
        assert again.papers.begin("receipt", "torn", "d")[1] == 1


def test_a_print_that_is_going_on_in_another_process_is_not_called_interrupted(store: Store, data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from local_db.store import open_store;"
        "store = open_store(Path(sys.argv[1])); print(store.papers.begin('receipt', 'A', 'd')[0], flush=True);"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        entry = int(child.stdout.readline())
        assert store.papers.unfinished() == ()
        child.kill()
        child.wait()

        assert store.papers.unfinished() == ((entry, "receipt", "A"),)


def test_whoever_looks_into_the_tray_settles_an_uncertain_print(store: Store) -> None:
    for outcome, copy in (("failed", 0), ("printed", 1)):
        entry, _ = store.papers.begin("receipt", outcome, "d")
        store.papers.end(entry, "uncertain")
        store.papers.end(entry, outcome)
        assert store.papers.begin("receipt", outcome, "d")[1] == copy
    assert store.papers.unfinished() == ()


def test_another_process_that_only_opens_does_not_disturb_a_print(store: Store, data: Path) -> None:
    entry, _ = store.papers.begin(*RECEIPT)
    open_store(data, clock=SetClock()).close()

    store.papers.end(entry, "printed")

    assert store.papers.unfinished() == ()


def test_a_print_ends_once(store: Store) -> None:
    entry, _ = store.papers.begin(*RECEIPT)
    store.papers.end(entry, "printed")
    store.papers.end(entry, "printed")

    for wrong in ("failed", "lost"):
        with pytest.raises(ValueError, match="print"):
            store.papers.end(entry, wrong)


def test_the_file_itself_refuses_a_second_original(store: Store) -> None:
    store.papers.begin(*RECEIPT)

    with pytest.raises(DriverError), store.write_tx():
        store._connection.run(
            "INSERT INTO papers (kind, subject, digest, copy, outcome, run, begun_at)"
            " SELECT kind, subject, digest, 0, 'printed', run, begun_at FROM papers"
        )


def printing(store: Store, outcome: str, kind: str = "receipt", subject: str = "A") -> int:
    entry, _ = store.papers.begin(kind, subject, "d")
    store.papers.end(entry, outcome)
    return entry


def test_a_paper_that_waits_for_a_printer_is_listed_until_it_is_printed(store: Store) -> None:
    printing(store, "parked")
    newest = printing(store, "parked")
    (waiting,) = store.papers.open_ends()
    assert (waiting.entry, waiting.subject, waiting.copy, waiting.end) == (newest, "A", 0, OpenEnd.PARKED)

    printing(store, "failed")
    assert [one.entry for one in store.papers.open_ends()] == [newest]
    printing(store, "printed")
    assert store.papers.open_ends() == ()


def test_after_a_reprint_nothing_is_the_original_any_more_whatever_became_of_the_first(store: Store) -> None:
    lost = printing(store, "uncertain")
    printing(store, "printed")
    assert [one.entry for one in store.papers.open_ends()] == [lost], "it may still lie in the printer"
    store.papers.settle(lost, printed=False, actor="c7")

    assert store.papers.open_ends() == ()
    assert store.papers.begin("receipt", "A", "d")[1] == 2
    assert store.journal.entries()[-1].actor == "c7"


def test_what_waits_is_asked_for_by_the_number_of_its_case_with_all_its_editions(store: Store) -> None:
    first = printing(store, "parked", subject="T00001A-20261124-00001-T")
    second = printing(store, "uncertain", subject="T00001A-20261124-00001-T-a1b2c3d4")
    printing(store, "parked", subject="T00001A-20261124-00001-TX")

    assert [one.entry for one in store.papers.open_ends("T00001A-20261124-00001-T")] == [first, second]


def test_a_sheet_that_its_visit_draws_afresh_and_a_list_that_is_nobodys_wait_for_nobody(store: Store) -> None:
    for kind in ("notice", "list", "signature"):
        printing(store, "parked", kind)

    assert store.papers.open_ends() == ()


def test_a_look_into_the_tray_settles_a_print_and_the_journal_says_so(store: Store) -> None:
    there, missing = printing(store, "uncertain", subject="A"), printing(store, "uncertain", subject="B")
    store.papers.settle(there, printed=True)
    store.papers.settle(missing, printed=False)

    assert store.papers.open_ends() == ()
    assert store.papers.begin("receipt", "A", "d")[1] == 1
    assert store.papers.begin("receipt", "B", "d")[1] == 0
    acts = [(one.act, one.subject, one.details["printed"]) for one in store.journal.entries()[-2:]]
    assert acts == [("paper.settled", "A", "true"), ("paper.settled", "B", "false")]


def test_what_waited_before_was_not_printed_because_a_later_one_was(store: Store) -> None:
    waited, later = printing(store, "parked"), printing(store, "uncertain")
    store.papers.settle(later, printed=True)
    outcomes: dict[int, str] = dict(store._connection.rows("SELECT entry, outcome FROM papers"))

    assert outcomes == {waited: "failed", later: "printed"}


def test_a_paper_that_waits_can_be_given_up_but_nobody_can_have_seen_it_printed(store: Store) -> None:
    printing(store, "parked")
    entry = printing(store, "parked")
    with pytest.raises(LookupError):
        store.papers.settle(entry, printed=True)
    store.papers.settle(entry, printed=False)

    assert store.papers.open_ends() == ()
    for wrong in (entry, printing(store, "printed"), 999):
        with pytest.raises(LookupError):
            store.papers.settle(wrong, printed=False)


def test_a_print_that_a_crash_interrupted_asks_for_a_look_into_the_tray(store: Store, data: Path) -> None:
    torn, _ = store.papers.begin(*RECEIPT)
    store.close()

    with open_store(data, clock=SetClock()) as again:
        assert [(one.entry, one.end) for one in again.papers.open_ends()] == [(torn, OpenEnd.UNCERTAIN)]
