"""What people and programs write: settings, posted settings, applications a line each, answers to a form."""

import io
import json
import tempfile
import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from kiosk.cli.applications import LONGEST_LINE, content_digest, lines_of, parse_line
from kiosk.config import FILE_NAME, Config, read_config
from kiosk.failure import KioskError
from kiosk.forms import typed
from kiosk.model.board import read_content
from kiosk.posted import PostedSettings, check_settings
from tests.devices.fuzzing import Target
from tests.kiosk.form_sample import COMPILED, GOOD

SETTINGS = (
    b'[screen]\nlanguage = "en"\nsize = "1280x800"\nmix_ups = ["z-zh"]\nscan_seconds = 2.0\n[seal]\nsuite = "sm"\n',
    (
        b'[devices]\nprinter = "cups"\n[devices.options.printer]\nqueue = "a"\n[line]\nscans_between = "22:00-06:00"\n'
        b'budget_mb = 5\n[desk]\nkeep_draft_days = 9\n[point]\nhotline = "0512-12345"\n'
    ),
)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="jinban-fuzz-"))


def settings(data: bytes) -> None:
    """A file of settings is read whole or refused by name."""
    (_folder() / FILE_NAME).write_bytes(data)
    with suppress(KioskError):
        assert isinstance(read_config(_folder()), Config)


POSTED = (
    json.dumps({"point": {"hotline": "12345", "opening_hours": "9-17"}, "line": {"metered": True}}).encode(),
    b'[desk]\ndeliver_within_days = 5\n[screen]\nvoice = "off"\n',
)


def posted(data: bytes) -> None:
    """Settings from afar, as the platform takes them from a file and as a terminal reads them."""
    with suppress(KioskError):
        read_content(data, PostedSettings)
    try:
        raw = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return
    with suppress(KioskError):
        check_settings(raw)


_LINE = {
    "item": "512B0003600037",
    "ref": "a-1",
    "scenario": {"who": "one"},
    "applicant": {"id_no": "000000195001010010", "name": "演示·王大凤", "phone": "15400000001"},
    "members": [{"ref": "m1", "relation": "spouse", "id_no": "000000195001010029", "name": "演示·李小龙"}],
    "agent": {"id_no": "000000198001010010", "name": "演示·王小凤", "relation": "child", "mandate": "m.pdf"},
    "answers": {"income": 900.5, "kinds": ["a"]},
    "materials": [{"material": "idcard", "files": ["1.jpg", "../2.jpg"], "original_seen": True}],
    "delivery": {"way": "post", "name": "演示·王大凤", "phone": "15400000001", "address": "演示县"},
}
APPLICATIONS = (
    json.dumps(_LINE, ensure_ascii=False).encode(),
    b"\xef\xbb\xbf\n\n" + json.dumps(_LINE).encode() + b"\r\n",
)


def applications(data: bytes) -> None:
    """Every line of an applications file is an application or refused, and is no longer than agreed."""
    for line in lines_of(io.BytesIO(data)):
        assert len(line.text) <= LONGEST_LINE
        with suppress(KioskError):
            assert len(content_digest(parse_line(line.text), {})) == 32


ANSWERS = (json.dumps(GOOD, ensure_ascii=False).encode(), json.dumps({"name": "张", "birth": "1950-01-01"}).encode())


def answers(data: bytes) -> None:
    """What a form is answered with, of whatever type, has a verdict; what is in order is in order when read again."""
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raw = {field.name: data.decode("latin-1") for field in COMPILED.fields}
    if isinstance(raw, dict):
        read = typed(COMPILED.fields, raw).answers
        wrong = COMPILED.problems(read)
        assert all(problem.field for problem in wrong)
        assert wrong or typed(COMPILED.fields, read).answers == read


WRITTEN: dict[Target, tuple[bytes, ...]] = {
    settings: SETTINGS,
    posted: POSTED,
    applications: APPLICATIONS,
    answers: ANSWERS,
}
