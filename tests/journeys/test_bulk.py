"""Many applications at once: what the platform holds is what was handed in, byte for byte."""

import copy
import io
import json
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.cli.example import example_line
from kiosk.cli.stage import Stage
from kiosk.cli.wiring import new_desk, open_terminal
from kiosk.model.people import Assurance
from tests.journeys.conftest import Run

Line = dict[str, Any]
Files = dict[str, bytes]
KINDS = {"jpg": "JPEG", "png": "PNG", "pdf": "PDF", "tif": "TIFF"}
NAMES = ("演示·𠮷小凤", "演示·䶮", "演示·㛃儿", "测试甲", "测试·买买提", '测试·O\'Neil "q" <b>&amp;')


@pytest.fixture(scope="module")
def examples(stage: Stage) -> list[Line]:
    """One complete application for every item that staff may file from papers: households and guardians among them."""
    with closing(open_terminal(stage.data)) as store:
        desk = new_desk(stage.data, store)
        codes = [entry.code for entry in desk.entries()]
        by_paper = [code for code in codes if desk.item(code).min_assurance <= Assurance.PAPER_SEEN]
        assert len(by_paper) > 0.8 * len(codes)
        return [example_line(desk, code) for code in by_paper]


def some_file(chance: random.Random, kind: str) -> bytes:
    """A picture or paper of this kind like no other; what follows the picture must come through, too."""
    noise = chance.randbytes(chance.randrange(7_000, 60_000))
    out = io.BytesIO()
    Image.frombytes("L", (100, 60), noise[:6000]).save(out, KINDS[kind])
    return out.getvalue() + noise


def application(example: Line, number: int, folder: Path, chance: random.Random) -> tuple[Line, Files]:
    """The example as somebody else's, with files of its own lying in `folder`; and the names they shall be found by."""
    line, files = copy.deepcopy(example), {}
    name = f"{NAMES[number % len(NAMES)]}{number}"
    line |= {"ref": f"bulk-{number}", "applicant": {**line["applicant"], "name": name}}
    line["answers"] |= {key: name for key in ("name",) if key in line["answers"]}
    line["answers"] |= {"address": f"演示省演示市演示县近办镇𠮷祥村{number}号"}
    for material in line["materials"]:
        parts = [material["material"], *([material["member"]] if "member" in material else [])]
        material["files"] = []
        for place in range(1, chance.randrange(2, 4)):
            kind = chance.choice(list(KINDS))
            data = some_file(chance, kind)
            own = f"{number} {'-'.join(parts)} {place}.{kind}"
            (folder / own).write_bytes(data)
            material["files"].append(own)
            files["-".join([*parts, f"{place:02d}"]) + f".{kind}"] = data
    return line, files


def delivered(run: Run, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(row["pending"] for row in json.loads(run("cases", "list", "--json", "--limit", "2000").stdout)):
        assert time.monotonic() < deadline, "not delivered in time"
        time.sleep(0.5)


def exported(stage: Stage, target: Path) -> None:
    command = [sys.executable, "-m", "central.cli", "export", str(target), "--data", str(stage.data / "platform")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.parametrize("count", [20, pytest.param(1000, marks=pytest.mark.long)])
def test_the_platform_holds_every_file_byte_for_byte_and_every_form_equal(
    run: Run, stage: Stage, examples: list[Line], tmp_path: Path, count: int
) -> None:
    chance = random.Random(count)
    made = [application(examples[n % len(examples)], n, tmp_path, chance) for n in range(count, 2 * count)]
    file = tmp_path / "applications.ndjson"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line, _ in made), encoding="utf-8")

    first, again = run("apply", str(file)), run("apply", str(file))
    assert first.returncode == 0, first.stdout[-2000:]
    assert again.stdout == first.stdout

    delivered(run, 60 + count)
    exported(stage, tmp_path / "export")

    results = [json.loads(line) for line in first.stdout.splitlines()]
    assert len({result["submission_no"] for result in results}) == count
    for result, (line, files) in zip(results, made, strict=True):
        folder = tmp_path / "export" / result["submission_no"]
        form = json.loads((folder / "form.json").read_text(encoding="utf-8"))

        assert (form["item"], form["answers"]) == (line["item"], line["answers"])
        assert form["draft"]["applicant"]["person"]["name"] == line["applicant"]["name"]
        assert [one["answers"] for one in form["draft"]["members"]] == [
            one["answers"] for one in line.get("members", [])
        ]
        assert {path.name for path in folder.iterdir()} == {"form.json", *files}
        assert all((folder / name).read_bytes() == data for name, data in files.items())
