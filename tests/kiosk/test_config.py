"""What a technician may write into config.toml, and what is not passed over in silence."""

from pathlib import Path

import pytest

from kiosk.config import Config, read_config
from kiosk.failure import Failure, KioskError


def test_without_a_file_every_default_holds(tmp_path: Path) -> None:
    assert read_config(tmp_path) == Config()


def test_what_is_written_holds_and_the_rest_keeps_its_default(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[screen]\nlanguage = "en"\n[devices]\nprinter = "sim"\n[devices.options.printer]\nanything = "goes"\n'
    )
    config = read_config(tmp_path)

    assert config.screen.language == "en"
    assert config.devices.options == {"printer": {"anything": "goes"}}
    assert config.desk == Config().desk


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[desk]\n\n[line\n", "config.toml:3"),
        ("[desk", "config.toml"),
        ("[desk]\nkeep_draft_days = 'a week'\n", "desk.keep_draft_days"),
        ("[desk]\nkeep_draft_day = 9\n", "desk.keep_draft_day"),
        ("[line]\nscans_between = '22-6'\n", "line.scans_between"),
        ("[line]\nscans_between = '22:00-24:30'\n", "line.scans_between"),
        ("[line]\nbudget_mb = -1\n", "line.budget_mb"),
        ("[line]\nbudget_per = 'week'\n", "line.budget_per"),
        ("[dest]\nkeep_draft_days = 9\n", "dest"),
        ("language = 'en'\n", "language"),
    ],
)
def test_a_slip_of_the_pen_is_named_not_passed_over(tmp_path: Path, text: str, where: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(KioskError) as refused:
        read_config(tmp_path)

    assert refused.value.failure is Failure.CONFIG_INVALID
    assert refused.value.info["where"] == where
