"""`kiosk apply`: what is good goes through, what is bad is told, and neither disturbs the other."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.headless import ITEM
from kiosk.cli.samples import sample_folder, sample_page
from kiosk.cli.stage import Stage
from kiosk.ports import Store
from tests.journeys.conftest import Run


@pytest.fixture(scope="module")
def example(run: Run) -> dict[str, Any]:
    done = run("apply", "--example", ITEM)

    assert done.returncode == 0, done.stderr
    line: dict[str, Any] = json.loads(done.stdout)
    return line


def applied(run: Run, folder: Path, lines: list[bytes]) -> tuple[int, list[dict[str, Any]]]:
    file = folder / "applications.ndjson"
    file.write_bytes(b"\n".join(lines) + b"\n")
    done = run("apply", str(file))
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def encoded(line: dict[str, Any], **changes: object) -> bytes:
    return json.dumps({**line, **changes}, ensure_ascii=False).encode()


def test_the_printed_example_is_taken_as_it_is(run: Run, example: dict[str, Any], tmp_path: Path) -> None:
    status, (answer,) = applied(run, tmp_path, [encoded(example)])

    assert status == 0
    assert answer["ok"] is True
    assert answer["submission_no"].startswith("T")


def test_the_same_reference_repeats_its_number_and_other_content_is_refused(
    run: Run, example: dict[str, Any], tmp_path: Path
) -> None:
    other = {**example["answers"], "phone": "0000-7000099"}
    status, answers = applied(
        run,
        tmp_path,
        [encoded(example, ref="same"), encoded(example, ref="same"), encoded(example, ref="same", answers=other)],
    )

    assert status == 1
    assert answers[0]["submission_no"] == answers[1]["submission_no"]
    assert answers[2]["failure"] == "apply.ref_reused"


def test_every_bad_line_gets_its_failure_and_the_good_ones_go_through(
    run: Run, example: dict[str, Any], tmp_path: Path
) -> None:
    outside = tmp_path.parent / "outside.jpg"
    shutil.copy(sample_page(), outside)
    shutil.copy(sample_folder() / "household-register.jpg", tmp_path / "page.jpg")
    (tmp_path / "link.jpg").symlink_to(outside)
    (tmp_path / "false.pdf").write_bytes(b"no pdf")
    (tmp_path / "half.jpg").write_bytes(outside.read_bytes()[:20_000])
    material = example["materials"][0]
    applicant = example["applicant"]
    wrong_digit = applicant["id_no"][:-1] + ("0" if applicant["id_no"][-1] != "0" else "1")

    def with_files(*files: str) -> bytes:
        return encoded(example, ref=None, materials=[{**material, "files": list(files)}])

    lines = {
        b"{broken": "apply.line_broken",
        b'{"item": "x"}': "apply.line_broken",
        encoded(example, ref="a\x00b").replace(b"\\u0000", b"\x00"): "apply.line_broken",
        encoded(example, item="no-such-item", ref=None): "item.unknown",
        encoded(example, ref=None, applicant={**applicant, "id_no": wrong_digit}): "identity.invalid",
        with_files("missing.jpg"): "file.missing",
        with_files("../outside.jpg"): "file.outside",
        with_files("link.jpg"): "file.outside",
        with_files("/etc/hostname"): "file.outside",
        with_files("false.pdf"): "file.kind_unknown",
        with_files("half.jpg"): "file.cut_off",
        encoded(example, ref=None, materials=[{**material, "material": "unasked"}]): "application.material_unknown",
        encoded(example, ref=None, materials=[]): "application.materials_missing",
        encoded(example, ref=None, answers={"not_asked": 1}): "application.answers_invalid",
        encoded(example, ref=None, answers={}): "application.answers_invalid",
        encoded(example, ref=None, applicant={**applicant, "name": "甲\n乙"}): "apply.line_broken",
        encoded(example, ref=None, applicant={**applicant, "name": "甲乙\n"}): "apply.line_broken",
        encoded(example, ref=None, applicant={**applicant, "name": "\u202e甲"}): "apply.line_broken",
        encoded(example, ref=None, applicant={**applicant, "name": "甲" * 5000}): "apply.line_broken",
        with_files(*["page.jpg"] * 501): "apply.line_broken",
        with_files("page.jpg"): None,
    }
    status, answers = applied(run, tmp_path, [*lines, b"", b"   "])

    assert status == 1
    assert [answer.get("failure") for answer in answers] == list(lines.values())
    assert [answer["line"] for answer in answers] == list(range(1, len(lines) + 1))
    missing = answers[list(lines.values()).index("application.materials_missing")]["missing"]
    assert missing[0]["ref"] == material["material"]


def test_a_file_from_a_windows_editor_is_read_from_its_first_line(
    run: Run, example: dict[str, Any], tmp_path: Path
) -> None:
    lines = [encoded(example, ref=f"windows {number}") for number in range(2)]
    (tmp_path / "w.ndjson").write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines) + b"\r\n")
    done = run("apply", str(tmp_path / "w.ndjson"))

    assert done.returncode == 0, done.stdout
    assert [json.loads(line)["line"] for line in done.stdout.splitlines()] == [1, 2]


def test_a_household_member_goes_by_a_reference_the_platform_can_file(run: Run, tmp_path: Path) -> None:
    line = json.loads(run("apply", "--example", "512B0003600029").stdout)
    (member,) = line["members"]
    status, (answer,) = applied(run, tmp_path, [encoded(line, ref=None, members=[{**member, "ref": "家人 1"}])])

    assert status == 1
    assert answer["failure"] == "apply.line_broken"
    assert "$.members" in answer["message"]


def test_sixty_megabytes_in_one_line_are_refused_and_the_next_line_is_taken(
    run: Run, example: dict[str, Any], tmp_path: Path
) -> None:
    status, answers = applied(
        run, tmp_path, [b'{"item": "' + b"x" * 60_000_000, encoded(example, ref="after the flood")]
    )

    assert status == 1
    assert [answer.get("failure") for answer in answers] == ["apply.line_too_long", None]


def test_applications_come_from_stdin_with_files_of_the_working_directory(
    run: Run, example: dict[str, Any], tmp_path: Path
) -> None:
    shutil.copy(sample_page(), tmp_path / "mine.jpg")
    line = encoded(example, ref="stdin", materials=[{**example["materials"][0], "files": ["mine.jpg"]}])
    done = run("apply", "-", stdin=line, cwd=tmp_path)

    assert done.returncode == 0
    assert json.loads(done.stdout)["ok"] is True


def test_an_unusable_call_says_so(run: Run, tmp_path: Path) -> None:
    assert run("apply", str(tmp_path / "absent.ndjson")).returncode == 2
    assert run("apply").returncode == 2
    assert run("apply", "--data", str(tmp_path / "nobody"), "x.ndjson").returncode == 2


def test_an_unpledged_material_that_may_follow_is_told_and_a_pledge_lets_it_pass(run: Run, tmp_path: Path) -> None:
    line = json.loads(run("apply", "--example", "512B0003600031").stdout)
    kept = [one for one in line["materials"] if one["material"] == line["materials"][0]["material"]]
    status, (answer,) = applied(run, tmp_path, [encoded(line, ref="unpledged", materials=kept[:0])])

    assert status == 1
    assert answer["failure"] == "application.materials_missing"
    assert answer["missing"]


def test_the_same_papers_handed_in_again_go_up_as_names_alone(
    run: Run, stage: Stage, store: Store, example: dict[str, Any], tmp_path: Path
) -> None:
    """The platform files both cases whole; the bytes travel once."""
    stage.link.cut()
    try:
        _, answers = applied(run, tmp_path, [encoded(example, ref="one"), encoded(example, ref="two")])
        entries = {entry.submission_no: entry for entry in store.outbox.next_batch(datetime(9999, 1, 1, tzinfo=UTC))}
    finally:
        stage.link.restore()
    first, again = (entries[answer["submission_no"]].materials for answer in answers)
    assert first
    assert [part.digest for part in again] == [part.digest for part in first]
